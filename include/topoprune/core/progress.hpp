// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <stdexcept>
#include <string_view>

namespace topoprune {

/// What a long stage tells now and then: its name and how much of it is done, from 0 to 1.
struct progress_event {
    std::string_view stage;
    double fraction = 0;
};

/// Receives progress. Calls never overlap, but may come from any thread of the run.
using progress_callback = std::function<void(const progress_event&)>;

/// Thrown out of a run whose stop token was set. Nothing of the run is kept.
class interrupted : public std::runtime_error {
public:
    interrupted() : std::runtime_error("interrupted") {}
};

} // namespace topoprune
