// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "out_of_memory.hpp"
#include "output_set.hpp"
#include "settings.hpp"

#include <topoprune/core/execution.hpp>
#include <topoprune/io/input_log.hpp>

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The files that a run reads and writes, looked at before it begins.
namespace program {

/// The files `names` of the folder that --out names, which is created if it is missing.
[[nodiscard]] output_set outputs_in(const std::string& out, std::vector<std::string> names);

/// The file that --out names. Throws usage_error if that cannot be the name of a file.
[[nodiscard]] output_set outputs_of(const std::string& out);

/// Refuses, before any work, files with which the run would end badly or mislead. All commands call it, once
/// their options are checked and before they compute. `inputs`: every file that the run reads, by option, the
/// configuration among them. Throws usage_error for numbers of the command that are not finite, and
///   - if an output is one of the inputs, by whatever path or link: it would be destroyed;
///   - if the outputs cannot be written: --out is a file in the place of a folder or a folder in the place of
///     a file, cannot be created, may not be written, or is more files than can be open at once;
///   - if a manifest could not hold a name or an option, because it is no UTF-8.
/// Throws input_error if an input is an output of an earlier run but not the file that the manifest of that
/// run lists.
void check_files(const command_options& command,
                 const std::vector<std::pair<std::string, std::string>>& inputs,
                 const std::optional<output_set>& outputs);

/// Gives the finished files, an atomic_file or atomic_files, their names, unless the run was asked to end.
template <class Files>
void put_in_place(Files& files, const topoprune::execution& where) {
    where.check_interruption();
    files.commit();
    results_are_in_place();
    end_progress();
}

/// The inputs as the manifest takes them.
[[nodiscard]] std::vector<std::pair<std::string, std::filesystem::path>>
as_paths(const std::vector<std::pair<std::string, std::string>>& inputs);

/// Throws input_error if a file was read that is not the one which the configuration found at its place.
void require_unchanged(const applied_config& config,
                       const std::vector<std::pair<std::string, std::string>>& inputs,
                       const topoprune::input_log& read);

/// The inputs and the configuration, if there is one.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
with_config(std::vector<std::pair<std::string, std::string>> inputs, const std::string& config);

/// Notes on stderr if another version wrote the manifest, or if the files beside it are not the outputs that
/// it lists.
void note_differences(const std::filesystem::path& manifest, const nlohmann::json& document);

} // namespace program
