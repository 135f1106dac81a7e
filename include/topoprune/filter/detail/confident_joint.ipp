// SPDX-License-Identifier: MIT
#pragma once

#include "confident_joint.hpp"

#include "../../core/detail/is_right.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

/// p becomes the softmax of the logits.
inline void softmax_into(std::span<const float> logits, std::vector<double>& p) {
    const auto highest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (std::size_t j = 0; j < p.size(); ++j)
        sum += p[j] = std::exp(static_cast<double>(logits[j]) - highest);
    for (double& value : p)
        value /= sum;
}

TOPOPRUNE_DEFINE confident_joint::confident_joint(const dataset& data, std::string_view function) {
    const std::int64_t n = std::ssize(data.labels), c = data.logits.columns();
    require(data.logits.rows() == n, function, "the number of logit rows", data.logits.rows(),
            "the number of labels,", n);
    require_finite(data.logits, function, "logits");
    for (const std::int64_t label : data.labels)
        require(label >= 0 && label < c, function, "a label", label,
                "a column of the logits, at least 0 and below", c);
    std::vector<double> threshold(static_cast<std::size_t>(c), 0.0), count(threshold), p(threshold);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto label = static_cast<std::size_t>(data.labels[static_cast<std::size_t>(i)]);
        softmax_into(data.logits.row(i), p);
        threshold[label] += p[label];
        ++count[label];
    }
    // A class without samples has no threshold to reach.
    for (std::size_t j = 0; j < threshold.size(); ++j)
        threshold[j] = count[j] > 0 ? threshold[j] / count[j] : 2.0;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto label = static_cast<std::size_t>(data.labels[static_cast<std::size_t>(i)]);
        softmax_into(data.logits.row(i), p);
        std::size_t counted = p.size();
        for (std::size_t j = 0; j < p.size(); ++j) {
            if (p[j] >= threshold[j] &&
                (counted == p.size() || p[j] > p[counted] || (j == label && p[j] == p[counted])))
                counted = j;
        }
        elsewhere_.push_back(counted != p.size() && counted != label);
        own_.push_back(p[label]);
        const auto row = data.logits.row(i);
        predicted_.push_back(static_cast<std::uint32_t>(
            is_right(row, label) ? static_cast<std::ptrdiff_t>(label)
                                 : std::max_element(row.begin(), row.end()) - row.begin()));
    }
}

} // namespace topoprune::detail
