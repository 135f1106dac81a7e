// SPDX-License-Identifier: MIT
#pragma once

#include "principal_persistence_sampling.hpp"

#include "../core/checks.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE void principal_persistence_sampling::check(std::string_view function) const {
    if (samples)
        require(*samples >= 1 && *samples <= std::int64_t{1} << 50, function, "samples", *samples,
                "between 1 and 2^50");
    if (pool)
        require(*pool >= 1 && *pool <= std::int64_t{1} << 31, function, "pool", *pool, "between 1 and 2^31");
}

} // namespace topoprune
