// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../homology/signed_measure.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>

namespace topoprune {

/// mu - nu, so that the transport of it to zero is the distance OT(mu, nu) = W_1(mu+ + nu-, nu+ + mu-).
/// The atoms of mu come first, then those of nu with their masses negated and their ids kept; nothing is
/// sorted or merged: entry i of a gradient belongs to atom i of mu, entry mu.size() + j to atom j of nu.
/// Throws std::invalid_argument if a mass of nu has no negative (-2^31). O(mu.size() + nu.size()).
[[nodiscard]] inline signed_measure difference(const signed_measure& mu, const signed_measure& nu) {
    signed_measure result = mu;
    result.reserve(mu.size() + nu.size());
    for (atom a : nu) {
        require(a.mass != std::numeric_limits<std::int32_t>::min(), "difference", "a mass of nu", a.mass,
                "above -2^31");
        a.mass = -a.mass;
        result.push_back(a);
    }
    return result;
}

} // namespace topoprune
