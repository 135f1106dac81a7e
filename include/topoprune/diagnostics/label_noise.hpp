// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// How many labels are wrong among all samples and among the kept ones.
struct label_noise {
    std::int64_t samples = 0;
    std::int64_t wrong = 0;
    std::int64_t kept = 0;
    std::int64_t kept_wrong = 0;

    /// In [0, 1]; 0 for no samples.
    [[nodiscard]] double share() const { return share_of(wrong, samples); }
    /// Below share(), the selection cleans; above, it seeks wrong labels, as choosing hard samples does.
    [[nodiscard]] double kept_share() const { return share_of(kept_wrong, kept); }

private:
    [[nodiscard]] static double share_of(std::int64_t part, std::int64_t whole) {
        return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    }
};

/// labels: those that the selection saw; true_labels: as many. Throws std::invalid_argument otherwise, and
/// for a row number that there is not or that stands twice. O(n).
TOPOPRUNE_DECLARE [[nodiscard]] label_noise count_wrong_labels(std::span<const std::int64_t> labels,
                                                               std::span<const std::int64_t> true_labels,
                                                               std::span<const std::int64_t> kept);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "label_noise.ipp"
#endif
