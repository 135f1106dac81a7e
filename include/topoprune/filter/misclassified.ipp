// SPDX-License-Identifier: MIT
#pragma once

#include "misclassified.hpp"

#include "../core/detail/is_right.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE filter_result misclassified::apply(const dataset& data, const execution& where) const {
    const std::int64_t n = data.samples();
    const bool has_logits = data.logits.columns() > 0;
    if (!has_logits && data.predictions.empty())
        return {std::vector<std::uint8_t>(static_cast<std::size_t>(n), 1),
                "no logits and no predictions were given, so no sample was filtered"};
    require(!has_logits || data.predictions.empty(), "misclassified", "the number of predictions",
            data.predictions.size(), "0 when logits are given");
    if (has_logits)
        return by_logits(data, where);
    require(std::ssize(data.predictions) == n, "misclassified", "the number of predictions",
            data.predictions.size(), "the number of samples,", n);
    filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(n)),
                         "samples whose prediction is not their label were filtered"};
    for (std::size_t i = 0; i < result.passes.size(); ++i)
        result.passes[i] = data.predictions[i] == data.labels[i];
    return result;
}

TOPOPRUNE_DEFINE filter_result misclassified::by_logits(const dataset& data, const execution& where) {
    require(data.logits.rows() == data.samples(), "misclassified", "the number of logit rows",
            data.logits.rows(), "the number of samples,", data.samples());
    require_finite(data.logits, "misclassified", "logits");
    for (const std::int64_t label : data.labels)
        require(label >= 0 && label < data.logits.columns(), "misclassified", "a label", label,
                "a column of the logits, at least 0 and below", data.logits.columns());
    filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples())),
                         "samples whose largest logit is not that of their label were filtered"};
    where.parallel_ranges(data.samples(), 4096, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const auto at = static_cast<std::size_t>(i);
            result.passes[at] =
                detail::is_right(data.logits.row(i), static_cast<std::size_t>(data.labels[at]));
        }
    });
    return result;
}

} // namespace topoprune
