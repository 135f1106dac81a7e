// SPDX-License-Identifier: MIT
#pragma once

#include "label_noise.hpp"

#include "detail/kept_mask.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE label_noise count_wrong_labels(std::span<const std::int64_t> labels,
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
