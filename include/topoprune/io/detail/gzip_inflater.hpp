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
#include <vector>

namespace topoprune::detail {

/// Gunzips a file: one gzip member or several, one after another (RFC 1952), each with its checksum checked.
class gzip_inflater {
public:
    /// `head`: the bytes already taken from the front of the file.
    TOPOPRUNE_DECLARE explicit gzip_inflater(std::span<const std::byte> head);

    gzip_inflater(const gzip_inflater&) = delete;
    gzip_inflater& operator=(const gzip_inflater&) = delete;
    ~gzip_inflater() { inflateEnd(&stream_); }

    /// Fills `target` and returns how many bytes it got; fewer than asked only at the end of the last member.
    TOPOPRUNE_DECLARE std::size_t read(file_input& file, std::span<std::byte> target);

    /// More bytes than these cannot be left: deflate stores at most 258 bytes in 2 bits.
    TOPOPRUNE_DECLARE [[nodiscard]] std::optional<std::uint64_t>
    bytes_left_at_most(const file_input& file) const;

private:
    static constexpr std::size_t input_bytes = std::size_t{1} << 16;

    void refill(file_input& file) {
        const std::size_t got = file.read(input_);
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(got);
    }

    TOPOPRUNE_DECLARE [[noreturn]] void fail(const file_input& file) const;

    std::vector<std::byte> input_;
    z_stream stream_{};
    bool between_members_ = false;
    bool members_read_ = false;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "gzip_inflater.ipp"
#endif
