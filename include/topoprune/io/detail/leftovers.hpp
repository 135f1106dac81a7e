// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Unfinished files: how they are called beside their targets, and what becomes of those whose process died.
/// An unfinished file is locked (flock) by its process for as long as that works on it.
namespace topoprune::detail {

/// ".NAME.PROCESS-ATTEMPT.partial"
TOPOPRUNE_DECLARE [[nodiscard]] std::string unfinished_name(std::string_view target, pid_t process,
                                                            int attempt);

/// The process in the name of an unfinished file; nothing for other names.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<pid_t> process_of_unfinished(std::string_view name);

/// Whether the open file `descriptor` could be locked as one's own unfinished file and still has its name.
/// Where the file system has no locks, the name alone decides.
TOPOPRUNE_DECLARE [[nodiscard]] bool claim_unfinished(int descriptor);

/// Removes the unfinished files of the folder that no process works on any more: nobody holds their lock, and
/// the process in their name has ended or is this one. So neither a run beside this one loses a file, nor one
/// in another container, whose process numbers mean nothing here. Failures are passed over: what stays behind
/// harms nobody. O(names in the folder).
TOPOPRUNE_DECLARE void remove_leftovers(const std::filesystem::path& folder);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "leftovers.ipp"
#endif
