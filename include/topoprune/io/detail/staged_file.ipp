// SPDX-License-Identifier: MIT
#pragma once

#include "staged_file.hpp"

#include "../file_error.hpp"
#include "leftovers.hpp"
#include "message_text.hpp"

#include <locale>

namespace topoprune::detail {

TOPOPRUNE_DEFINE staged_file::staged_file(std::filesystem::path target) : target_(std::move(target)) {
    if (!target_.has_filename())
        throw output_error(target_.string(), "is not the name of a file");
    require_replaceable();
    constexpr int most_attempts = 1000;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        temporary_ =
            target_.parent_path() / unfinished_name(target_.filename().string(), ::getpid(), attempt);
        buffer_.emplace(temporary_, O_CREAT | O_EXCL, target_.string());
        if (!buffer_->is_open() && errno == EEXIST)
            continue;
        // Between the two calls another process may have taken the file for a leftover.
        if (!buffer_->is_open() || claim_unfinished(buffer_->descriptor()))
            break;
    }
    if (!buffer_->is_open()) {
        const int reason = errno;
        throw output_error(target_.string(), "cannot be created: " + system_message(reason));
    }
    stream_.rdbuf(&*buffer_);
    stream_.imbue(std::locale::classic());
    stream_.exceptions(std::ios::badbit);
}

TOPOPRUNE_DEFINE void staged_file::publish() {
    std::error_code error;
    std::filesystem::rename(temporary_, target_, error);
    if (error)
        throw output_error(target_.string(), "cannot be put in place: " + error.message());
    published_ = true;
    buffer_->close();
}

TOPOPRUNE_DEFINE void staged_file::require_replaceable() const {
    std::error_code ignored;
    const auto status = std::filesystem::status(target_, ignored);
    if (std::filesystem::is_directory(status))
        throw output_error(target_.string(), "is a directory, must be a file");
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw output_error(target_.string(), "is a device or a pipe, must be a file");
}

} // namespace topoprune::detail
