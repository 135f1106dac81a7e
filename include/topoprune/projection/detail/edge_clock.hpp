// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstdint>

namespace topoprune::detail {

/// When an edge is sampled, and with how many negative samples, without any state.
///
/// An edge of rate r = weight / largest weight, 0 < r <= 1, is due at the multiples of 1 / r epochs, hence
/// sampled in the epochs n = 1, 2, ... where floor(n r) steps up (epochs count from 0, where none is). With s
/// negative samples per sample, they are due at the multiples of 1 / (s r) from the second one on: an edge
/// sampled in epoch n has by then had floor(n s r) - 1 of them. These are the counts of umap-learn, whose s
/// is thus a rate and not a number per sample.
[[nodiscard]] inline bool is_sampled(double rate, std::int32_t epoch) {
    return static_cast<std::int32_t>(epoch * rate) > static_cast<std::int32_t>((epoch - 1) * rate);
}

/// Negative samples of an edge in an epoch where it is sampled. Without branches or calls, so that a loop
/// over edges becomes vector code.
TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t count_negative_samples(double rate, std::int32_t epoch,
                                                                    std::int32_t negative_sample_rate);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "edge_clock.ipp"
#endif
