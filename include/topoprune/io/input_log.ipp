// SPDX-License-Identifier: MIT
#pragma once

#include "input_log.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::optional<input_log::entry> input_log::find(const std::filesystem::path& path) const {
    for (const auto& [name, read] : files_)
        if (name.native() == path.native())
            return read;
    return std::nullopt;
}

TOPOPRUNE_DEFINE void input_log::note(const std::filesystem::path& name, entry read) {
    for (auto& [known, before] : files_)
        if (known.native() == name.native()) {
            before = std::move(read);
            return;
        }
    files_.emplace_back(name, std::move(read));
}

} // namespace topoprune
