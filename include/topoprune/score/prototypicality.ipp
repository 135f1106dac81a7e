// SPDX-License-Identifier: MIT
#pragma once

#include "prototypicality.hpp"

#include "../neighbors/k_means.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> prototypicality::column(const dataset& data,
                                                             const execution& where) const {
    require(!prototypes || *prototypes >= 1, "prototypicality", "prototypes", prototypes.value_or(0),
            "at least 1");
    require_features(data, "prototypicality");
    std::vector<std::int64_t> labels(data.labels.begin(), data.labels.end());
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    const std::int64_t clusters = prototypes.value_or(std::max<std::int64_t>(1, std::ssize(labels)));
    return k_means{.clusters = clusters, .most_iterations = most_iterations, .spherical = true}
        .run(data.features, where)
        .distance;
}

} // namespace topoprune
