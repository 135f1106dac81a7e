// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace program {

/// The files that a command writes: `names`, all in one folder.
struct output_set {
    std::filesystem::path folder;
    std::vector<std::string> names;
    /// The last of them is a manifest, which names the others and all inputs; the folder is created if it is
    /// missing.
    bool has_manifest = false;
};

} // namespace program
