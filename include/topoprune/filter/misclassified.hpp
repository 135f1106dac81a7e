// SPDX-License-Identifier: MIT
#pragma once

#include "filter.hpp"

#include <algorithm>

namespace topoprune {

/// Drops the samples that the base model gets wrong (TopoCore, section 3): those whose largest logit, the
/// first one among equals, is not that of their label, or whose given prediction is not their label. Without
/// logits and predictions every sample passes, and the note says so. O(n c).
struct misclassified {
    static constexpr std::string_view name = "misclassified";

    /// Throws std::invalid_argument if both logits and predictions are given, if their number is not that of
    /// the labels, if a label has no logit column, or a logit is not finite.
    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
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

private:
    static filter_result by_logits(const dataset& data, const execution& where) {
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
                const auto row = data.logits.row(i);
                const auto predicted = std::max_element(row.begin(), row.end()) - row.begin();
                const auto at = static_cast<std::size_t>(i);
                result.passes[at] = predicted == data.labels[at];
            }
        });
        return result;
    }
};

static_assert(Filter<misclassified>);

} // namespace topoprune
