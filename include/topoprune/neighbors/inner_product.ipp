// SPDX-License-Identifier: MIT
#pragma once

#include "inner_product.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE product_form inner_product::prepare(matrix_view<const float> points,
                                                     const execution& where) const {
    const std::int64_t n = points.rows(), d = points.columns();
    product_form form{.rows = matrix<float>(n, d), .halves = std::vector<float>(static_cast<std::size_t>(n))};
    float reach = 0;
    for (std::int64_t c = 0; c < points.size(); ++c)
        reach = std::max(reach, std::abs(points.data()[c]));
    const double length_unit = reach > 0 ? std::exp2(std::ilogb(reach)) : 1.0;
    where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            for (std::int64_t c = 0; c < d; ++c)
                form.rows(i, c) = static_cast<float>(static_cast<double>(points(i, c)) / length_unit);
            const std::span<const float> row(form.rows.data() + i * d, static_cast<std::size_t>(d));
            form.halves[static_cast<std::size_t>(i)] =
                static_cast<float>(0.5 * detail::sum_products(row, row).xx);
        }
    });
    const float half = n > 0 ? *std::max_element(form.halves.begin(), form.halves.end()) : 0.0F;
    std::fill(form.halves.begin(), form.halves.end(), half);
    form.unit = length_unit * length_unit;
    form.offset = -2.0 * static_cast<double>(half) * form.unit;
    return form;
}

} // namespace topoprune
