// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "file_buffer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>

namespace topoprune::detail {

/// A file that is written beside its target under a temporary name, and removed unless it is published. It is
/// locked while it has that name, as leftovers.hpp says.
class staged_file {
public:
    TOPOPRUNE_DECLARE explicit staged_file(std::filesystem::path target);

    staged_file(const staged_file&) = delete;
    staged_file& operator=(const staged_file&) = delete;
    ~staged_file() {
        if (published_)
            return;
        std::error_code ignored;
        std::filesystem::remove(temporary_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& target() const { return target_; }
    [[nodiscard]] std::ostream& stream() { return stream_; }

    /// Of what was written up to now.
    [[nodiscard]] file_checksum checksum() { return buffer_->checksum(); }

    /// Brings the content to the disk; nothing can be written afterwards.
    void finish() {
        buffer_->synchronize();
        require_replaceable();
    }

    /// Puts the finished file in the place of its target.
    TOPOPRUNE_DECLARE void publish();

private:
    /// Renaming would destroy a device, and fail late on a directory.
    TOPOPRUNE_DECLARE void require_replaceable() const;

    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::optional<file_buffer> buffer_;
    std::ostream stream_{nullptr};
    bool published_ = false;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "staged_file.ipp"
#endif
