// SPDX-License-Identifier: MIT
#pragma once

#include "noise_adapted.hpp"

#include "../core/class_partition.hpp"
#include "detail/confident_joint.hpp"
#include "misclassified.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace topoprune {

TOPOPRUNE_DEFINE filter_result noise_adapted::apply(const dataset& data, const execution& where) const {
    constexpr std::string_view function = "noise_adapted";
    require(strict_share >= 0 && strict_share <= lenient_share, function, "strict_share", strict_share,
            "at least 0 and at most lenient_share,", lenient_share);
    require(lenient_share <= 1, function, "lenient_share", lenient_share, "at most 1");
    if (data.logits.columns() == 0 || !data.predictions.empty())
        return misclassified{}.apply(data, where);
    const detail::confident_joint joint(data, function);
    const class_partition classes(data.labels);
    const auto n = static_cast<std::size_t>(classes.samples());
    filter_result result{std::vector<std::uint8_t>(n, 1), "", {}, {}, std::vector<double>(n, 0.0)};
    std::int64_t wrong = 0, graded = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::vector<std::size_t> missed;
        std::int64_t elsewhere = 0;
        for (const std::int64_t i : classes.members(c)) {
            const auto at = static_cast<std::size_t>(i);
            elsewhere += joint.counts_elsewhere(at);
            if (joint.margin(at) <= 0)
                missed.push_back(at);
        }
        std::stable_sort(missed.begin(), missed.end(),
                         [&](std::size_t a, std::size_t b) { return joint.margin(a) > joint.margin(b); });
        const std::int64_t dropped = std::min(elsewhere, std::ssize(missed));
        const std::int64_t others = std::ssize(missed) - dropped;
        const double left =
            static_cast<double>(classes.size(c) - dropped) / static_cast<double>(classes.size(c));
        for (std::int64_t t = 0; t < std::ssize(missed); ++t) {
            const std::size_t at = missed[static_cast<std::size_t>(t)];
            if (t < others)
                result.least_share[at] =
                    left * (strict_share + (lenient_share - strict_share) * (static_cast<double>(t) + 0.5) /
                                               static_cast<double>(others));
            else
                result.passes[at] = 0;
        }
        wrong += dropped;
        graded += others;
    }
    result.note = "samples that seem wrongly labeled were filtered: " + std::to_string(wrong);
    result.note += "; others that the classifier gets wrong pass where much is kept: ";
    result.note += std::to_string(graded);
    return result;
}

} // namespace topoprune
