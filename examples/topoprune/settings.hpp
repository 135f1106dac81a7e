// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "usage_error.hpp"

#include <topoprune/core/execution.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What the commands share: options that belong together, and how a run is watched.
namespace program {

/// Seed, threads and progress of any run.
struct run_settings {
    std::uint64_t seed = 1;
    int threads = 0;
    bool progress = false;

    void add_to(command_options& command);
};

/// Throws usage_error unless the text is one of the choices, which it lists.
void require_choice(const std::string& option, const std::string& value,
                    const std::vector<std::string>& choices);

/// Throws usage_error if the option was not given.
void require_given(const std::string& option, bool given);

/// The run options for a command: seed and threads, a stop token that an interrupt sets, and progress on
/// stderr if that is a terminal or progress was asked for.
[[nodiscard]] topoprune::run_options start_run(const run_settings& settings);

/// Ends the current progress line, if there is one.
void end_progress();

/// The largest memory that the process has had so far.
[[nodiscard]] std::int64_t peak_bytes();

} // namespace program
