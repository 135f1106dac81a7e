// SPDX-License-Identifier: MIT
#pragma once

#include "input_place.hpp"

#include <system_error>

namespace topoprune {

TOPOPRUNE_DEFINE input_place::input_place(const std::filesystem::path& path) : file(path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return;
    const std::string text = path.string();
    for (std::size_t colon = text.find(':'); colon != std::string::npos; colon = text.find(':', colon + 1)) {
        const std::filesystem::path front(text.substr(0, colon));
        const auto status = std::filesystem::status(front, ignored);
        if (!std::filesystem::exists(status) || std::filesystem::is_directory(status))
            continue;
        file = front;
        member = text.substr(colon + 1);
        return;
    }
}

TOPOPRUNE_DEFINE std::filesystem::path whole_path(const std::filesystem::path& path) {
    std::error_code failed;
    std::filesystem::path whole = std::filesystem::weakly_canonical(path, failed);
    return failed ? std::filesystem::absolute(path).lexically_normal() : whole;
}

} // namespace topoprune
