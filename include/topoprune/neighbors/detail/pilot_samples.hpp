// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "local_frames.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// A few samples, compared with all others before the search, tell how it is best done.
namespace topoprune::detail {

/// 64 samples, spread evenly over the order, and raw(i, j) of each with all n: in float, or in double where
/// the rows are. 256 bytes a sample, or 512.
template <class Number>
struct pilot_samples {
    /// Places in the order.
    std::vector<std::int64_t> places;
    /// Of each the raw value of its k-th neighbor.
    std::vector<Number> kth;
    /// pilots x n; columns by place.
    matrix<Number> raws;

    /// For each pilot the number of other samples whose raw value is at most kth + margin(pilot, kth).
    template <class Margin>
    [[nodiscard]] std::vector<std::int64_t> count_near(const Margin& margin) const {
        std::vector<std::int64_t> counts;
        for (std::size_t p = 0; p < places.size(); ++p) {
            const Number limit = kth[p] + static_cast<Number>(margin(p, kth[p]));
            // The pilot itself is among them.
            counts.push_back((raws.row(static_cast<Eigen::Index>(p)).array() <= limit).count() - 1);
        }
        return counts;
    }
};

/// O(n d).
TOPOPRUNE_DECLARE [[nodiscard]] pilot_samples<float> compare_pilots(const product_form& form,
                                                                    std::span<const std::int32_t> order,
                                                                    std::int64_t k, const execution& where);
TOPOPRUNE_DECLARE [[nodiscard]] pilot_samples<double> compare_pilots(const unrounded_rows& source,
                                                                     std::int64_t k, const execution& where);

/// How long the lists of candidates should be, and the share of samples that they would leave open.
struct list_plan {
    std::int64_t width = 0;
    double open = 0;
};

/// The least width in [least, most] that suffices for 15 of 16 of the pilots for which any does.
TOPOPRUNE_DECLARE [[nodiscard]] list_plan plan_lists(std::vector<std::int64_t> near, std::int64_t least,
                                                     std::int64_t most);

/// Candidates as float products would find them: a pilot needs all whose value is within twice the rounding
/// of that of its k-th neighbor.
TOPOPRUNE_DECLARE [[nodiscard]] list_plan plan_float_lists(const pilot_samples<float>& pilots,
                                                           const product_form& form,
                                                           std::span<const std::int32_t> order,
                                                           std::int64_t least, std::int64_t most);

/// Candidates as products in local frames would find them.
TOPOPRUNE_DECLARE [[nodiscard]] list_plan plan_framed_lists(const pilot_samples<double>& pilots,
                                                            const unrounded_rows& source, std::int64_t least,
                                                            std::int64_t most);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pilot_samples.ipp"
#endif
