// SPDX-License-Identifier: MIT
#pragma once

#include "detail/kept_mask.hpp"

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
[[nodiscard]] inline label_noise count_wrong_labels(std::span<const std::int64_t> labels,
                                                    std::span<const std::int64_t> true_labels,
                                                    std::span<const std::int64_t> kept) {
    require(labels.size() == true_labels.size(), "count_wrong_labels", "the number of true labels",
            true_labels.size(), "the number of labels,", labels.size());
    const std::vector<std::uint8_t> mask = detail::kept_mask(kept, std::ssize(labels), "count_wrong_labels");
    label_noise result{.samples = std::ssize(labels), .kept = std::ssize(kept)};
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (labels[i] != true_labels[i]) {
            ++result.wrong;
            result.kept_wrong += mask[i];
        }
    return result;
}

} // namespace topoprune
