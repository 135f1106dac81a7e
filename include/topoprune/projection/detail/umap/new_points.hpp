// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "../../../neighbors/neighbor_graph.hpp"
#include "layout_options.hpp"
#include "power.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Places new samples into a finished layout, which stays as it is: each starts at the mean of its neighbors'
/// positions, weighted by its memberships (at the nearest, if it equals it), and then descends on the cross
/// entropy with these neighbors, pushed away from drawn samples of the layout (umap-learn's transform).
///
/// Every new sample is placed by itself, and its random numbers depend on its neighbors, not on its row: its
/// position is the same in whatever company it comes. (umap-learn samples by the largest membership of a
/// batch; here it is that of the sample.)
class new_points {
public:
    /// layout: n x m. options.epochs and learning_rate: those of the new samples.
    new_points(matrix_view<const double> layout, const layout_options& options, double local_connectivity,
               std::uint64_t seed)
        : layout_(layout.eigen().cast<float>()), options_(options), local_connectivity_(local_connectivity),
          random_(seed, stream) {}

    /// neighbors: of the new samples among those of the layout, k >= 1. Returns new samples x m.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> place(const neighbor_graph& neighbors,
                                                         const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x6e6577; // "new"

    /// A neighbor with its counters, as reference_layout keeps them.
    struct counted_edge {
        std::int32_t target = 0;
        float weight = 0;
        double period = 0;
        double next = 0;
        double next_negative = 0;
    };

    TOPOPRUNE_DECLARE [[nodiscard]] random_stream draws_of(std::span<const std::int32_t> ids,
                                                           std::span<const float> distances) const;

    TOPOPRUNE_DECLARE void place_one(std::span<const std::int32_t> ids, std::span<const float> distances,
                                     double* placed) const;

    TOPOPRUNE_DECLARE void descend_one(std::vector<counted_edge>& edges, const random_stream& random,
                                       std::span<float> at) const;

    template <class Strength>
    void move_along(std::int64_t other, float step, std::span<float> at, const Strength& strength) const {
        const float* const target = layout_.data() + other * layout_.cols();
        float squared = 0x1p-40F;
        for (std::size_t c = 0; c < at.size(); ++c)
            squared += (at[c] - target[c]) * (at[c] - target[c]);
        const float pull = strength(squared, power(squared, static_cast<float>(options_.curve.b)));
        for (std::size_t c = 0; c < at.size(); ++c)
            at[c] += step * std::clamp(pull * (at[c] - target[c]), -4.0F, 4.0F);
    }

    matrix<float> layout_;
    layout_options options_;
    double local_connectivity_;
    random_stream random_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "new_points.ipp"
#endif
