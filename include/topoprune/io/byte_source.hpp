// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/file_input.hpp"
#include "detail/gzip_inflater.hpp"
#include "detail/zip_member.hpp"
#include "file_error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune {

/// The bytes of a file, front to back. A file that begins as gzip does is gunzipped on the way, whatever its
/// name; one that begins as a zip archive does, as .npz is one, gives the bytes of its only member, or of the
/// one that the path names behind a colon. Every defect (missing, a directory, unreadable, corrupt or
/// truncated gzip or zip, no such member) is an input_error. Opens the file once and never goes back, so that
/// a pipe will do. Memory: 100 KiB for gzip and zip, whatever the file says of itself.
class byte_source {
public:
    TOPOPRUNE_DECLARE explicit byte_source(const std::filesystem::path& path);

    [[nodiscard]] const std::string& name() const { return file_.name(); }

    /// Throws input_error "name: defect".
    [[noreturn]] void fail(const std::string& defect) const { throw input_error(name(), defect); }

    /// Fills `target` and returns how many bytes it got; fewer than asked only at the end.
    TOPOPRUNE_DECLARE std::size_t read(std::span<std::byte> target);

    /// Fills `target`, or throws "truncated: `what` needs ... bytes, only ... there".
    TOPOPRUNE_DECLARE void read_exactly(std::span<std::byte> target, std::string_view what);

    /// The next `count` bytes, which stay unread; fewer only at the end. Valid until the next call.
    TOPOPRUNE_DECLARE std::span<const std::byte> peek(std::size_t count);

    /// Throws "bytes follow `what`" unless all is read. For gzip this also checks the last checksum.
    void require_end(std::string_view what) {
        if (!peek(1).empty())
            fail("bytes follow " + std::string(what));
    }

    /// True if bytes_left_at_most() is exact.
    [[nodiscard]] bool size_known() const {
        return member_ ? member_->size_known() : !inflater_ && file_.bytes_left().has_value();
    }

    /// A bound of the bytes left, to refuse what a header claims before memory is taken for it: exact for
    /// plain files and stored members, 1032 times what is left of packed ones, none for pipes.
    [[nodiscard]] std::uint64_t bytes_left_at_most() const {
        const auto left = member_     ? member_->bytes_left_at_most()
                          : inflater_ ? inflater_->bytes_left_at_most(file_)
                                      : file_.bytes_left();
        return left ? *left + ahead_.size() : std::numeric_limits<std::uint64_t>::max();
    }

private:
    std::size_t read_past_lookahead(std::span<std::byte> target) {
        if (member_)
            return member_->read(target);
        return inflater_ ? inflater_->read(file_, target) : file_.read(target);
    }

    detail::file_input file_;
    std::optional<detail::gzip_inflater> inflater_;
    std::optional<detail::zip_member> member_;
    std::vector<std::byte> ahead_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "byte_source.ipp"
#endif
