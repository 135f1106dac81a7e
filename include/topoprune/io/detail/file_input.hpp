// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../input_log.hpp"
#include "../input_place.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace topoprune::detail {

/// The raw bytes of a file, front to back, which are noted in the input_log of the thread. A pipe is a file
/// of unknown size. The path may name a member of an archive, see input_place.
class file_input {
public:
    TOPOPRUNE_DECLARE explicit file_input(const std::filesystem::path& path);

    /// The path as it was given.
    [[nodiscard]] const std::string& name() const { return name_; }

    /// The name of the member that is asked for.
    [[nodiscard]] const std::optional<std::string>& member() const { return member_; }

    /// Fills `target` and returns how many bytes it got; fewer than asked only at the end of the file.
    TOPOPRUNE_DECLARE std::size_t read(std::span<std::byte> target);

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
    std::optional<std::string> member_;
    std::unique_ptr<std::FILE, closer> file_;
    std::optional<std::uint64_t> size_;
    std::uint64_t consumed_ = 0;
    /// Of a log that is kept: its entry so far.
    input_log* log_ = input_log::current();
    input_log::entry noted_{};
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "file_input.ipp"
#endif
