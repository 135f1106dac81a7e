// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/App.hpp>

/// The commands of the program: each adds itself to the command line with its options.
namespace program {

void add_prune(CLI::App& app);
void add_score(CLI::App& app);
void add_select(CLI::App& app);
void add_project(CLI::App& app);
void add_measure(CLI::App& app);
void add_transport(CLI::App& app);
void add_evaluate(CLI::App& app);

} // namespace program
