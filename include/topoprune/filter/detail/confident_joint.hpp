// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/dataset.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// What a classifier says of the labels that a dataset has (Northcutt, Jiang, Chuang 2021). With t_j the mean
/// probability of class j among the samples labeled j, a sample is counted to the class of largest p_j among
/// those with p_j >= t_j, among equals to its label, else to the first; to its own label if it reaches no
/// threshold. Probabilities are the softmax of data.logits. O(n c) in time, 13 bytes a sample.
class confident_joint {
public:
    /// Throws std::invalid_argument unless every sample has finite logits with a column for its label.
    TOPOPRUNE_DECLARE confident_joint(const dataset& data, std::string_view function);

    /// Whether sample i is counted to another class than its label.
    [[nodiscard]] bool counts_elsewhere(std::size_t i) const { return elsewhere_[i] != 0; }
    /// p(label), in [0, 1].
    [[nodiscard]] double self_confidence(std::size_t i) const { return own_[i]; }
    /// The class of the largest logit, among equals the label, else the first, as `misclassified` has it.
    [[nodiscard]] std::size_t predicted(std::size_t i) const { return predicted_[i]; }

private:
    std::vector<std::uint8_t> elsewhere_;
    std::vector<std::uint32_t> predicted_;
    std::vector<double> own_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "confident_joint.ipp"
#endif
