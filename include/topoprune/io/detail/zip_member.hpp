// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "file_input.hpp"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// One member of a zip archive (PKWARE's APPNOTE 6.3, as numpy.savez and zipfile write it: stored or
/// deflated, with 64-bit sizes or without), read front to back, so that a pipe will do. The member is the
/// named one, its name with or without .npy, or the only one. All of the archive is read: sizes and checksum
/// of the member must be right, and the archive must end with a directory of as many members as it has.
class zip_member {
public:
    /// `head`: the bytes already taken from the front of the file. Goes to the member.
    TOPOPRUNE_DECLARE zip_member(file_input& file, std::span<const std::byte> head,
                                 std::optional<std::string> name);

    zip_member(const zip_member&) = delete;
    zip_member& operator=(const zip_member&) = delete;
    ~zip_member() = default;

    /// Fills `target` and returns how many bytes it got; fewer than asked only at the end of the member.
    TOPOPRUNE_DECLARE std::size_t read(std::span<std::byte> target);

    /// True if bytes_left_at_most() is exact: the member is stored, and the file is as long as it says.
    [[nodiscard]] bool size_known() const { return current_.is_stored && file_.bytes_left().has_value(); }

    /// More bytes than these cannot be left.
    TOPOPRUNE_DECLARE [[nodiscard]] std::optional<std::uint64_t> bytes_left_at_most() const;

private:
    /// The state of zlib, given back even if the archive is refused at once.
    struct inflater {
        z_stream stream{};

        inflater() {
            constexpr int largest_window_raw = -15;
            if (inflateInit2(&stream, largest_window_raw) != Z_OK)
                throw std::bad_alloc();
        }
        inflater(const inflater&) = delete;
        inflater& operator=(const inflater&) = delete;
        ~inflater() { inflateEnd(&stream); }
    };

    /// What stands in front of a member.
    struct header {
        std::string name;
        bool is_stored = true;
        /// Sizes and checksum follow the data.
        bool described_behind = false;
        bool has_wide_sizes = false;
        std::uint32_t checksum = 0;
        std::uint64_t packed = 0;
        std::uint64_t unpacked = 0;
    };

    TOPOPRUNE_DECLARE [[noreturn]] void fail(const std::string& defect) const;

    /// The next bytes of the archive; fewer than asked at its end.
    TOPOPRUNE_DECLARE std::size_t take(std::span<std::byte> target);
    TOPOPRUNE_DECLARE std::uint64_t number(std::size_t bytes);
    TOPOPRUNE_DECLARE void skip(std::uint64_t bytes);

    /// Reads the header that follows its signature.
    TOPOPRUNE_DECLARE header read_header();

    /// Makes ready to read the data of the member whose header was read.
    TOPOPRUNE_DECLARE void begin_data();
    TOPOPRUNE_DECLARE std::size_t read_stored(std::span<std::byte> target);
    TOPOPRUNE_DECLARE std::size_t read_deflated(std::span<std::byte> target);

    /// Behind the data: the descriptor if there is one, then what the checksum and the sizes must be.
    TOPOPRUNE_DECLARE void end_data();
    TOPOPRUNE_DECLARE void skip_data();

    /// The members behind the one read, and the directory at the end.
    TOPOPRUNE_DECLARE void read_rest();
    TOPOPRUNE_DECLARE void read_directory();

    /// "x, y and z", without .npy.
    TOPOPRUNE_DECLARE [[nodiscard]] std::string names() const;

    /// Refuses archives that another program writes for its own purposes, with the way out.
    TOPOPRUNE_DECLARE void refuse_known(const std::string& member) const;

    file_input& file_;
    std::optional<std::string> wanted_;
    std::vector<std::byte> input_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    inflater inflater_;
    header current_;
    std::vector<std::string> seen_;
    bool data_ended_ = false;
    bool archive_ended_ = false;
    std::uint32_t next_signature_ = 0;
    std::uint32_t checksum_ = 0;
    std::uint64_t packed_read_ = 0;
    std::uint64_t unpacked_read_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "zip_member.ipp"
#endif
