// SPDX-License-Identifier: MIT
#pragma once

#include "noise_adapted.hpp"

#include "../core/class_partition.hpp"
#include "../core/random.hpp"
#include "detail/confident_joint.hpp"
#include "misclassified.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace topoprune {

namespace detail {

/// The share of wrong labels, if they are spread over all other classes alike: the other classes times the
/// interquartile mean of the share of one class that is classified as another, over all pairs of classes
/// that there are.
inline double confusion_floor(const confident_joint& joint, const class_partition& classes,
                              std::size_t columns) {
    std::vector<double> shares, counts(columns);
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::fill(counts.begin(), counts.end(), 0.0);
        for (const std::int64_t i : classes.members(c))
            ++counts[joint.predicted(static_cast<std::size_t>(i))];
        for (std::int64_t other = 0; other < classes.count(); ++other)
            if (other != c)
                shares.push_back(counts[static_cast<std::size_t>(classes.label(other))] /
                                 static_cast<double>(classes.size(c)));
    }
    if (shares.empty())
        return 0;
    std::sort(shares.begin(), shares.end());
    const auto quarter = std::ssize(shares) / 4;
    const double middle = std::accumulate(shares.begin() + quarter, shares.end() - quarter, 0.0) /
                          static_cast<double>(std::ssize(shares) - 2 * quarter);
    return static_cast<double>(classes.count() - 1) * middle;
}

/// How many samples of each class seem wrongly labeled: e_c of noise_adapted.
inline std::vector<double> wrong_labels(const confident_joint& joint, const class_partition& classes,
                                        std::size_t columns) {
    std::vector<double> counted(static_cast<std::size_t>(classes.count()), 0.0);
    double all = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        for (const std::int64_t i : classes.members(c)) {
            counted[static_cast<std::size_t>(c)] += joint.counts_elsewhere(static_cast<std::size_t>(i));
            all += joint.counts_elsewhere(static_cast<std::size_t>(i));
        }
    const double floor = confusion_floor(joint, classes, columns);
    const double least = floor * static_cast<double>(classes.samples());
    for (std::int64_t c = 0; c < classes.count() && least > all; ++c) {
        double& of_class = counted[static_cast<std::size_t>(c)];
        of_class = all > 0 ? of_class * (least / all) : floor * static_cast<double>(classes.size(c));
    }
    return counted;
}

} // namespace detail

TOPOPRUNE_DEFINE filter_result noise_adapted::apply(const dataset& data, const execution& where) const {
    constexpr std::string_view function = "noise_adapted";
    require(lenient_share >= 0 && lenient_share <= 1, function, "lenient_share", lenient_share,
            "at least 0 and at most 1");
    require(strict_share >= 0 && strict_share <= lenient_share, function, "strict_share", strict_share,
            "at least 0 and at most lenient_share,", lenient_share);
    require(suspect_share >= 0 && suspect_share <= 1, function, "suspect_share", suspect_share,
            "at least 0 and at most 1");
    if (data.logits.columns() == 0 || !data.predictions.empty())
        return misclassified{}.apply(data, where);
    const detail::confident_joint joint(data, function);
    const class_partition classes(data.labels);
    const std::vector<double> wrong =
        detail::wrong_labels(joint, classes, static_cast<std::size_t>(data.logits.columns()));
    const auto n = static_cast<std::size_t>(classes.samples());
    filter_result result{std::vector<std::uint8_t>(n, 1), "", {}, {}, std::vector<double>(n, 0.0)};
    constexpr std::uint64_t stream = 0x4e4f495345ULL;
    const random_stream random(where.seed(), stream);
    std::int64_t graded = 0, suspected = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::vector<std::size_t> missed;
        for (const std::int64_t i : classes.members(c))
            if (static_cast<std::int64_t>(joint.predicted(static_cast<std::size_t>(i))) != classes.label(c))
                missed.push_back(static_cast<std::size_t>(i));
        // Equal ones at random: else the rows of one place in a file would be dropped together.
        std::sort(missed.begin(), missed.end(), [&](std::size_t a, std::size_t b) {
            const double x = joint.self_confidence(a), y = joint.self_confidence(b);
            return x != y ? x > y : random.bits(a) < random.bits(b);
        });
        const double estimate = wrong[static_cast<std::size_t>(c)];
        const std::int64_t suspects =
            std::min<std::int64_t>(std::llround(estimate + std::sqrt(estimate)), std::ssize(missed));
        const std::int64_t others = std::ssize(missed) - suspects, returning = std::min(2 * others, suspects);
        const double left =
            static_cast<double>(classes.size(c) - suspects) / static_cast<double>(classes.size(c));
        // The t-th of `count`, from 0 on, on the way from `least` to `most`.
        const auto along = [](double least, double most, std::int64_t t, std::int64_t count) {
            return least + (most - least) * (static_cast<double>(t) + 0.5) / static_cast<double>(count);
        };
        for (std::int64_t t = 0; t < std::ssize(missed); ++t) {
            const std::size_t at = missed[static_cast<std::size_t>(t)];
            if (t < others)
                result.least_share[at] = left * along(strict_share, lenient_share, t, others);
            else if (t - others < returning && suspect_share < 1)
                result.least_share[at] = along(suspect_share, 1, t - others, returning);
            else
                result.passes[at] = 0;
        }
        graded += others;
        suspected += suspects;
    }
    result.note = std::to_string(suspected) +
                  " samples that seem wrongly labeled were filtered, but for some where much is kept; where "
                  "little is kept so were others that the classifier gets wrong, up to " +
                  std::to_string(graded);
    return result;
}

} // namespace topoprune
