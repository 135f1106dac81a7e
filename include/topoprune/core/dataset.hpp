// SPDX-License-Identifier: MIT
#pragma once

#include "matrix.hpp"
#include "training_dynamics.hpp"

#include <cstdint>
#include <span>

namespace topoprune {

/// What a person brings. Views only: the caller keeps the memory.
struct dataset {
    /// n x d, row-major, one sample per row.
    matrix_view<const float> features{};
    /// n class labels, any integers.
    std::span<const std::int64_t> labels{};
    /// n x c outputs of a classifier before the softmax, column j belonging to label j; empty if there are
    /// none.
    matrix_view<const float> logits{};
    /// n predicted labels, in place of logits; empty if there are none.
    std::span<const std::int64_t> predictions{};
    /// Outputs of the classifier after each epoch of its training; empty if there are none.
    training_dynamics dynamics{};

    [[nodiscard]] std::int64_t samples() const { return features.rows(); }
};

} // namespace topoprune
