// SPDX-License-Identifier: MIT
// A projection of one's own: two of the features, as they are.
#include "rings.hpp"

#include <topoprune/topoprune.hpp>

#include <iostream>

using namespace topoprune;

/// Places every sample at the values of two of its features. O(n).
struct feature_pair {
    std::int64_t first = 0;
    std::int64_t second = 1;

    [[nodiscard]] embedding project(matrix_view<const float> features, const execution&) const {
        for (const std::int64_t column : {first, second})
            require(column >= 0 && column < features.columns(), "feature_pair", "a feature", column,
                    "at least 0 and below", features.columns());
        embedding result{matrix<double>(features.rows(), 2), {}};
        for (std::int64_t i = 0; i < features.rows(); ++i) {
            result.points(i, 0) = features(i, first);
            result.points(i, 1) = features(i, second);
        }
        return result;
    }
};

static_assert(Projection<feature_pair>);

int main() {
    const two_rings data;
    const pruner own{.projection = feature_pair{.first = 0, .second = 1}};
    const pruning result = own.run({.features = data.features, .labels = data.labels}, keep_fraction{0.1});

    std::cout << "placed " << result.embedding.rows() << " samples in " << result.embedding.cols()
              << " dimensions\n";
    for (const class_summary& c : result.classes)
        std::cout << "class " << c.label << ": kept " << c.kept << " of " << c.samples << '\n';
}

// Prints
//   placed 400 samples in 2 dimensions
//   class 0: kept 20 of 200
//   class 1: kept 20 of 200
