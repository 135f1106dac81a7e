// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../homology/signed_measure.hpp"

#include <cstddef>
#include <cstdint>

namespace topoprune {

/// mu - nu, so that the transport of it to zero is the distance OT(mu, nu) = W_1(mu+ + nu-, nu+ + mu-).
/// The atoms of mu come first, then those of nu with their masses negated and their ids kept; nothing is
/// sorted or merged: entry i of a gradient belongs to atom i of mu, entry mu.size() + j to atom j of nu.
/// Throws std::invalid_argument if a mass of nu has no negative (-2^31). O(mu.size() + nu.size()).
TOPOPRUNE_DECLARE [[nodiscard]] signed_measure difference(const signed_measure& mu, const signed_measure& nu);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "difference.ipp"
#endif
