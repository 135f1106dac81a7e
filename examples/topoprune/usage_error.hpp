// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace program {

/// Wrong usage: one line that names the argument, what it was and what it must be. Exit status 2.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace program
