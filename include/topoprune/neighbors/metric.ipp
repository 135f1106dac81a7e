// SPDX-License-Identifier: MIT
#pragma once

#include "metric.hpp"

#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE product_form euclidean::prepare(matrix_view<const float> points,
                                                 const execution& where) const {
    const std::int64_t n = points.rows(), d = points.columns();
    product_form form{.rows = matrix<float>(n, d), .halves = std::vector<float>(static_cast<std::size_t>(n))};
    std::vector<double> mean(static_cast<std::size_t>(d), 0.0);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c)
            mean[static_cast<std::size_t>(c)] += static_cast<double>(points(i, c));
    for (double& m : mean)
        m /= static_cast<double>(n);
    double reach = 0;
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c)
            reach = std::max(reach,
                             std::abs(static_cast<double>(points(i, c)) - mean[static_cast<std::size_t>(c)]));
    const double length_unit = reach > 0 ? std::exp2(std::ilogb(reach)) : 1.0;
    form.unit = length_unit * length_unit;
    where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            for (std::int64_t c = 0; c < d; ++c)
                form.rows(i, c) = static_cast<float>(
                    (static_cast<double>(points(i, c)) - mean[static_cast<std::size_t>(c)]) / length_unit);
            const std::span<const float> row(form.rows.data() + i * d, static_cast<std::size_t>(d));
            form.halves[static_cast<std::size_t>(i)] =
                static_cast<float>(0.5 * detail::sum_products(row, row).xx);
        }
    });
    return form;
}

} // namespace topoprune
