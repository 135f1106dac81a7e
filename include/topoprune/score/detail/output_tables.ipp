// SPDX-License-Identifier: MIT
#pragma once

#include "output_tables.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void softmax(std::span<double> row) {
    const double highest = *std::max_element(row.begin(), row.end());
    double sum = 0;
    for (double& value : row)
        sum += value = std::exp(value - highest);
    for (double& value : row)
        value /= sum;
}

TOPOPRUNE_DEFINE training_dynamics outputs_of(const dataset& data, std::string_view function) {
    const std::int64_t n = std::ssize(data.labels);
    const bool has_logits = data.logits.columns() > 0;
    require(has_logits || !data.dynamics.empty() || n == 0, function, "the classifier's output", "missing",
            "given as logits or as training dynamics");
    const training_dynamics outputs =
        !data.dynamics.empty()
            ? data.dynamics
            : training_dynamics{.values = {data.logits.data(), static_cast<std::size_t>(data.logits.size())},
                                .epochs = 1,
                                .samples = data.logits.rows(),
                                .classes = data.logits.columns()};
    require(outputs.samples == n || n == 0, function, "the number of samples of the classifier's output",
            outputs.samples, "the number of labels,", n);
    require(std::ssize(outputs.values) == outputs.epochs * outputs.samples * outputs.classes, function,
            "the size of the classifier's output", outputs.values.size(), "epochs x samples x classes,",
            outputs.epochs * outputs.samples * outputs.classes);
    for (const std::int64_t label : data.labels)
        require(label >= 0 && label < outputs.classes, function, "a label", label,
                "a column of the classifier's output, at least 0 and below", outputs.classes);
    for (const float value : outputs.values)
        require(std::isfinite(value), function, "an output of the classifier", value, "finite");
    if (outputs.unit == output_unit::probabilities)
        for (const float value : outputs.values)
            require(value >= 0 && value <= 1, function, "a probability", value, "between 0 and 1");
    return outputs;
}

TOPOPRUNE_DEFINE void require_epochs(const dataset& data, std::string_view function, std::int64_t least) {
    const std::int64_t epochs = outputs_of(data, function).epochs;
    require(data.labels.empty() || epochs >= least, function, "the number of epochs of training dynamics",
            epochs, "at least that of which the score is made,", least);
}

TOPOPRUNE_DEFINE double largest_other(std::span<const double> row, std::size_t without) {
    double largest = row[without == 0 ? 1 : 0];
    for (std::size_t j = 0; j < row.size(); ++j)
        if (j != without)
            largest = std::max(largest, row[j]);
    return largest;
}

} // namespace topoprune::detail
