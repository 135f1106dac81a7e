// SPDX-License-Identifier: MIT
#pragma once

#include "exact_ranking.hpp"

#include "../../core/detail/dense_sums.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void write_neighbors(neighbor_graph& graph, std::int64_t sample,
                                      const std::vector<neighbor>& found) {
    for (std::int64_t c = 0; c < graph.k; ++c) {
        graph.ids[static_cast<std::size_t>(sample * graph.k + c)] = found[static_cast<std::size_t>(c)].id;
        graph.distances[static_cast<std::size_t>(sample * graph.k + c)] =
            found[static_cast<std::size_t>(c)].distance;
    }
}

TOPOPRUNE_DEFINE void write_neighbors_of(neighbor_graph& graph, std::int64_t sample,
                                         std::vector<neighbor> found) {
    std::erase_if(found, [&](const neighbor& one) { return one.id == sample; });
    write_neighbors(graph, sample, found);
}

inline double product_error(double half, double raw, std::int64_t d, double unit_roundoff) {
    const double r = std::sqrt(2.0 * half);
    const double s = r + std::sqrt(2.0 * std::max(raw, 0.0));
    return unit_roundoff * (static_cast<double>(d) * r * s + 4.0 * (r + s) * (r + s));
}

TOPOPRUNE_DEFINE double raw_error(double half, double raw, std::int64_t d) {
    const double lost = (static_cast<double>(d) + 4.0) * double{std::numeric_limits<float>::min()};
    return product_error(half, raw, d, 1.01 * 0x1p-24) + lost;
}

TOPOPRUNE_DEFINE double measuring_error(double half, double raw, std::int64_t d) {
    // Twice the unit roundoff, as a metric also divides by sums of squares.
    return product_error(half, raw, d, 2.02 * 0x1p-53);
}

TOPOPRUNE_DEFINE double least_raw(candidate_values values, double value, double half, std::int64_t d) {
    const double raw = value * value;
    switch (values) {
    case candidate_values::raws:
        return value - raw_error(half, value, d);
    case candidate_values::roots:
        return raw - measuring_error(half, raw, d);
    case candidate_values::roots_of_differences:
        return raw - measuring_error(raw, raw, d);
    }
    return 0;
}

TOPOPRUNE_DEFINE float raw_limit(const product_form& form, const neighbor_graph& graph, std::int64_t i) {
    const float half = form.halves[static_cast<std::size_t>(i)];
    const matrix_view<const float> rows(form.rows);
    float largest = std::max(0.0F, half + half - dot(rows.row(i), rows.row(i)));
    for (const std::int32_t j : graph.ids_of(i))
        largest = std::max(largest,
                           half + form.halves[static_cast<std::size_t>(j)] - dot(rows.row(i), rows.row(j)));
    return static_cast<float>(static_cast<double>(largest) +
                              3.0 * raw_error(half, largest, form.rows.cols()));
}

TOPOPRUNE_DEFINE void nearest_so_far::offer(const neighbor& one) {
    if (found_.size() == k_) {
        if (!(one < found_.back()))
            return;
        found_.pop_back();
    }
    found_.insert(std::upper_bound(found_.begin(), found_.end(), one), one);
}

} // namespace topoprune::detail
