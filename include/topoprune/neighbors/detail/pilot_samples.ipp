// SPDX-License-Identifier: MIT
#pragma once

#include "pilot_samples.hpp"

#include "exact_ranking.hpp"
#include "product_tiles.hpp"

#include <algorithm>

namespace topoprune::detail {

inline constexpr std::int64_t most_pilots = 64;

/// Turns products into raw values and finds the k-th of each pilot.
template <class Number>
[[nodiscard]] pilot_samples<Number> finish_pilots(std::int64_t n, std::int64_t k, matrix<Number> products,
                                                  std::span<const Number> halves, const execution& where) {
    pilot_samples<Number> result;
    result.raws = std::move(products);
    const std::int64_t pilots = result.raws.rows();
    for (std::int64_t p = 0; p < pilots; ++p)
        result.places.push_back(p * n / pilots);
    result.kth.resize(static_cast<std::size_t>(pilots));
    where.parallel_for(pilots, [&](std::int64_t p) {
        const auto place = static_cast<std::size_t>(result.places[static_cast<std::size_t>(p)]);
        Number* raws = result.raws.row(p).data();
        for (std::size_t j = 0; j < halves.size(); ++j)
            raws[j] = halves[place] + halves[j] - raws[j];
        // The sample itself is among them, so the k-th neighbor is the one after k others.
        std::vector<Number> sorted(raws, raws + n);
        std::nth_element(sorted.begin(), sorted.begin() + k, sorted.end());
        result.kth[static_cast<std::size_t>(p)] = sorted[static_cast<std::size_t>(k)];
    });
    return result;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE pilot_samples<float> compare_pilots(const product_form& form,
                                                                 std::span<const std::int32_t> order,
                                                                 std::int64_t k, const execution& where) {
    const std::int64_t n = form.rows.rows(), pilots = std::min(n, most_pilots);
    const matrix_view<const float> rows(form.rows);
    std::vector<std::int32_t> ids;
    for (std::int64_t p = 0; p < pilots; ++p)
        ids.push_back(order[static_cast<std::size_t>(p * n / pilots)]);
    const matrix<float> pilot_rows = gather_rows<float>(rows, std::span<const std::int32_t>(ids));
    matrix<float> products(pilots, n);
    std::vector<float> halves(order.size());
    where.parallel_ranges(n, tile_columns, [&](std::int64_t begin, std::int64_t end) {
        const auto some =
            order.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        matrix<float> tile;
        multiply_rows(pilot_rows, gather_rows<float>(rows, some), tile);
        products.middleCols(begin, end - begin) = tile;
        for (std::int64_t place = begin; place < end; ++place)
            halves[static_cast<std::size_t>(place)] =
                form.halves[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])];
    });
    return finish_pilots<float>(n, k, std::move(products), halves, where);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE pilot_samples<double> compare_pilots(const unrounded_rows& source,
                                                                  std::int64_t k, const execution& where) {
    constexpr std::int64_t rows_at_once = 64;
    const std::int64_t n = source.samples(), pilots = std::min(n, most_pilots);
    Eigen::RowVectorXd one(source.columns());
    matrix<double> pilot_rows(pilots, source.columns());
    for (std::int64_t p = 0; p < pilots; ++p) {
        source.write(p * n / pilots, one);
        pilot_rows.row(p) = one;
    }
    matrix<double> products(pilots, n);
    std::vector<double> halves(static_cast<std::size_t>(n));
    where.parallel_ranges(n, rows_at_once, [&](std::int64_t begin, std::int64_t end) {
        Eigen::RowVectorXd row(source.columns());
        matrix<double> rows(end - begin, source.columns());
        for (std::int64_t place = begin; place < end; ++place) {
            source.write(place, row);
            rows.row(place - begin) = row;
            halves[static_cast<std::size_t>(place)] = 0.5 * row.squaredNorm() + source.surplus(place);
        }
        products.middleCols(begin, end - begin).noalias() = pilot_rows * rows.transpose();
    });
    return finish_pilots<double>(n, k, std::move(products), halves, where);
}

TOPOPRUNE_DEFINE list_plan plan_lists(std::vector<std::int64_t> near, std::int64_t least, std::int64_t most) {
    std::sort(near.begin(), near.end());
    const auto all = std::ssize(near);
    const auto any = std::upper_bound(near.begin(), near.end(), most) - near.begin();
    list_plan plan{.width = least};
    if (any > 0)
        plan.width = std::max(least, near[static_cast<std::size_t>((15 * any + 15) / 16 - 1)]);
    const auto sufficed = std::upper_bound(near.begin(), near.end(), plan.width) - near.begin();
    plan.open = static_cast<double>(all - sufficed) / static_cast<double>(all);
    return plan;
}

TOPOPRUNE_DEFINE list_plan plan_float_lists(const pilot_samples<float>& pilots, const product_form& form,
                                            std::span<const std::int32_t> order, std::int64_t least,
                                            std::int64_t most) {
    return plan_lists(pilots.count_near([&](std::size_t p, float kth) {
        const auto i = static_cast<std::size_t>(order[static_cast<std::size_t>(pilots.places[p])]);
        return 2 * raw_error(form.halves[i], kth, form.rows.cols());
    }),
                      least, most);
}

TOPOPRUNE_DEFINE list_plan plan_framed_lists(const pilot_samples<double>& pilots,
                                             const unrounded_rows& source, std::int64_t least,
                                             std::int64_t most) {
    Eigen::RowVectorXd row(source.columns());
    const auto margin = [&](std::size_t p, double kth) {
        source.write(pilots.places[p], row);
        return 2 * framed_products::most_error * kth +
               2 * measuring_error(0.5 * row.squaredNorm(), kth, source.columns());
    };
    return plan_lists(pilots.count_near(margin), least, most);
}

} // namespace topoprune::detail
