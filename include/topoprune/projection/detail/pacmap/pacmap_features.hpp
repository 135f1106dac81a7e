// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../pca.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The features as pairs are chosen by.
struct pacmap_features {
    /// n x d', row-major.
    matrix<float> rows;
    /// Whether the columns are the leading principal components, by descending variance.
    bool principal = false;
    std::vector<std::string> notes;
};

/// More than `most` features become the leading `most` principal components (most = 0: never). Fewer are
/// brought to [0, 1], by the least and the largest of all, and centered.
TOPOPRUNE_DECLARE [[nodiscard]] pacmap_features
prepare_pacmap_features(matrix_view<const float> features, std::int64_t most, const execution& where);

/// Normal numbers times 10^-4, n x m.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> random_pacmap_init(std::int64_t n, std::int64_t m,
                                                                 std::uint64_t seed);

/// The first m principal components times 0.01, n x m.
[[nodiscard]] inline matrix<float> principal_pacmap_init(const pacmap_features& features, std::int64_t m,
                                                         const execution& where) {
    if (features.principal && m <= features.rows.cols())
        return features.rows.leftCols(m) * 0.01F;
    return (pca{.dimensions = m}.project(features.rows, where).points * 0.01).cast<float>();
}

/// A given start with mean 0, times 10^-4 / its standard deviation, column by column.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> standardized_pacmap_init(const matrix<double>& given);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pacmap_features.ipp"
#endif
