// SPDX-License-Identifier: MIT
#pragma once

#include "matrix.hpp"
#include "stored_view.hpp"
#include "training_dynamics.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace topoprune {

/// What a person brings. Views only: the caller keeps the memory, so what a function returns is named first.
struct dataset {
    /// n x d, row-major, one sample per row.
    stored_view<matrix_view<const float>> features{};
    /// n class labels, any integers.
    stored_view<std::span<const std::int64_t>> labels{};
    /// n x c outputs of a classifier before the softmax, column j belonging to label j; empty if there are
    /// none.
    stored_view<matrix_view<const float>> logits{};
    /// n predicted labels, in place of logits; empty if there are none.
    stored_view<std::span<const std::int64_t>> predictions{};
    /// Outputs of the classifier after each epoch of its training; empty if there are none.
    training_dynamics dynamics{};

    /// n: the rows of the features, or where there are none the number of labels.
    [[nodiscard]] std::int64_t samples() const {
        return features.rows() > 0 ? features.rows() : static_cast<std::int64_t>(labels.size());
    }
};

/// Throws std::invalid_argument unless every sample has features, and they are finite.
inline void require_features(const dataset& data, std::string_view function) {
    require(data.features.rows() == data.samples(), function, "the number of feature rows",
            data.features.rows(), "the number of samples,", data.samples());
    require_finite(data.features, function, "features");
}

} // namespace topoprune
