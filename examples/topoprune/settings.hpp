// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What the commands share: options that belong together, the configuration file, and how a run is watched.
namespace program {

/// Wrong usage: one line that names the argument, what it was and what it must be. Exit status 2.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Seed, threads and progress of any run.
struct run_settings {
    std::uint64_t seed = 1;
    int threads = 0;
    bool progress = false;

    void add_to(CLI::App& command);
};

/// Throws usage_error unless the text is one of the choices, which it lists.
void require_choice(const std::string& option, const std::string& value,
                    const std::vector<std::string>& choices);

/// Throws usage_error if the option was not given.
void require_given(const std::string& option, bool given);

/// An option that a choice leaves without effect.
struct unused_option {
    std::string name;   ///< without its dashes
    std::string choice; ///< "--density knn"
};

/// Gives every option that stands in the JSON file, and was not given on the command line, its value. The
/// file is a flat object {"option": value}, or the manifest of an earlier run, whose inputs must be
/// unchanged. Returns the names of the options that a manifest gave: defaults of that run, which nobody asked
/// for in this one.
std::set<std::string> apply_config(CLI::App& command, const std::filesystem::path& file);

/// Throws usage_error if one of the options was given, but for those of a manifest.
void refuse_unused(const CLI::App& command, const std::vector<unused_option>& unused,
                   const std::set<std::string>& of_manifest = {});

/// Every option of the command by name with its value as it is now, but for those that change no result and
/// those that are unused.
[[nodiscard]] nlohmann::ordered_json options_of(const CLI::App& command,
                                                const std::vector<unused_option>& unused);

/// The input files that were given, by option, wherever the command is run from.
[[nodiscard]] std::vector<std::pair<std::string, std::filesystem::path>>
absolute_paths(const std::vector<std::pair<std::string, std::string>>& inputs);

/// The run options for a command: seed and threads, a stop token that an interrupt sets, and progress on
/// stderr if that is a terminal or progress was asked for.
[[nodiscard]] topoprune::run_options start_run(const run_settings& settings);

/// Ends the current progress line, if there is one.
void end_progress();

/// The largest memory that the process has had so far.
[[nodiscard]] std::int64_t peak_bytes();

} // namespace program
