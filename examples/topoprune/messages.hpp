// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"

#include <string>

namespace program {

/// What the library says of a wrong value, "function: argument is value, must be bound", in terms of the
/// option of the command that the value came from: "--neighbors: n_neighbors is 0, must be at least 2". A
/// message of which no option is to blame stays as it is.
[[nodiscard]] std::string in_terms_of_options(const std::string& message, const command_options& command);

} // namespace program
