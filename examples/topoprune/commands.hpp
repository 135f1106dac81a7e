// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"

/// The commands of the program: each adds itself to the command line with its options.
namespace program {

void add_prune(command_options& app);
void add_score(command_options& app);
void add_select(command_options& app);
void add_project(command_options& app);
void add_measure(command_options& app);
void add_transport(command_options& app);
void add_evaluate(command_options& app);

} // namespace program
