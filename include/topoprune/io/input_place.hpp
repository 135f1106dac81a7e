// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace topoprune {

/// Where an input is: a file, or a member of the archive that the file is, which a person names behind a
/// colon, FILE.npz:x. A path that exists as it stands is a file, whatever colons it has.
struct input_place {
    std::filesystem::path file;
    std::optional<std::string> member;

    /// Looks which part of the path exists; if none does, all of it is the file.
    TOPOPRUNE_DECLARE explicit input_place(const std::filesystem::path& path);
};

/// The path from the root, links followed as far as they lead to files: the path of a descriptor, as a shell
/// makes for <(command), has none.
TOPOPRUNE_DECLARE [[nodiscard]] std::filesystem::path whole_path(const std::filesystem::path& path);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "input_place.ipp"
#endif
