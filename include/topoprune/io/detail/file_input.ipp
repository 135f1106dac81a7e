// SPDX-License-Identifier: MIT
#pragma once

#include "file_input.hpp"

#include "../file_error.hpp"
#include "message_text.hpp"

#include <system_error>

namespace topoprune::detail {

TOPOPRUNE_DEFINE file_input::file_input(const std::filesystem::path& path) : name_(path.string()) {
    const input_place place(path);
    member_ = place.member;
    std::error_code ignored;
    const auto status = std::filesystem::status(place.file, ignored);
    if (std::filesystem::is_directory(status))
        throw input_error(name_, "is a directory, must be a file");
    errno = 0;
    file_.reset(std::fopen(place.file.c_str(), "rb"));
    if (!file_)
        throw input_error(name_, "cannot be opened: " + system_message(errno));
    if (std::filesystem::is_regular_file(status)) {
        const auto size = std::filesystem::file_size(place.file, ignored);
        if (!ignored)
            size_ = size;
    }
    if (log_ != nullptr)
        noted_.path = whole_path(path);
}

TOPOPRUNE_DEFINE std::size_t file_input::read(std::span<std::byte> target) {
    const std::size_t got = std::fread(target.data(), 1, target.size(), file_.get());
    if (got < target.size() && std::ferror(file_.get()) != 0)
        throw input_error(name_, "cannot be read: " + system_message(errno));
    consumed_ += got;
    if (log_ != nullptr) {
        noted_.checksum.add(target.first(got));
        if (got < target.size() || consumed_ == size_)
            log_->note(name_, noted_);
    }
    return got;
}

} // namespace topoprune::detail
