// SPDX-License-Identifier: MIT
#pragma once

#include "usage_error.hpp"

#include <topoprune/io/file_error.hpp>

#include <fmt/format.h>

#include <string>
#include <utility>

namespace program {

/// What `read` returns; if it refuses its file, a usage_error that names the option which the person typed.
template <class Read>
auto read_for(const std::string& option, Read&& read) {
    try {
        return std::forward<Read>(read)();
    } catch (const topoprune::input_error& error) {
        throw usage_error(fmt::format("{} {}", option, error.what()));
    }
}

} // namespace program
