// SPDX-License-Identifier: MIT
#pragma once

#include "confident_learning.hpp"

#include "../core/matrix.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE filter_result confident_learning::apply(const dataset& data, const execution&) const {
    constexpr std::string_view function = "confident_learning";
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
        softmax_of(data.logits.row(i), p);
        threshold[label] += p[label];
        ++count[label];
    }
    // A class without samples has no threshold to reach.
    for (std::size_t j = 0; j < threshold.size(); ++j)
        threshold[j] = count[j] > 0 ? threshold[j] / count[j] : 2.0;
    filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(n), 1),
                         "samples that confident learning counts to another class were filtered"};
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        softmax_of(data.logits.row(i), p);
        std::int64_t counted = -1;
        for (std::size_t j = 0; j < p.size(); ++j)
            if (p[j] >= threshold[j] && (counted < 0 || p[j] > p[static_cast<std::size_t>(counted)]))
                counted = static_cast<std::int64_t>(j);
        result.passes[at] = counted < 0 || counted == data.labels[at];
    }
    return result;
}

TOPOPRUNE_DEFINE void confident_learning::softmax_of(std::span<const float> logits, std::vector<double>& p) {
    const auto highest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (std::size_t j = 0; j < p.size(); ++j)
        sum += p[j] = std::exp(static_cast<double>(logits[j]) - highest);
    for (double& value : p)
        value /= sum;
}

} // namespace topoprune
