// SPDX-License-Identifier: MIT
#pragma once

#include "../file_error.hpp"
#include "message_text.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <system_error>

namespace topoprune::detail {

/// The raw bytes of a file, front to back. A pipe is a file of unknown size.
class file_input {
public:
    explicit file_input(const std::filesystem::path& path) : name_(path.string()) {
        std::error_code ignored;
        const auto status = std::filesystem::status(path, ignored);
        if (std::filesystem::is_directory(status))
            throw input_error(name_, "is a directory, must be a file");
        errno = 0;
        file_.reset(std::fopen(name_.c_str(), "rb"));
        if (!file_)
            throw input_error(name_, "cannot be opened: " + system_message(errno));
        if (std::filesystem::is_regular_file(status)) {
            const auto size = std::filesystem::file_size(path, ignored);
            if (!ignored)
                size_ = size;
        }
    }

    [[nodiscard]] const std::string& name() const { return name_; }

    /// Fills `target` and returns how many bytes it got; fewer than asked only at the end of the file.
    std::size_t read(std::span<std::byte> target) {
        const std::size_t got = std::fread(target.data(), 1, target.size(), file_.get());
        if (got < target.size() && std::ferror(file_.get()) != 0)
            throw input_error(name_, "cannot be read: " + system_message(errno));
        consumed_ += got;
        return got;
    }

    /// The bytes not yet read; nothing if the size of the file is not known.
    [[nodiscard]] std::optional<std::uint64_t> bytes_left() const {
        if (!size_)
            return std::nullopt;
        return *size_ > consumed_ ? *size_ - consumed_ : 0;
    }

private:
    struct closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::string name_;
    std::unique_ptr<std::FILE, closer> file_;
    std::optional<std::uint64_t> size_;
    std::uint64_t consumed_ = 0;
};

} // namespace topoprune::detail
