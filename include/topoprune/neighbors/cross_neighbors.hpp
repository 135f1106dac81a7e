// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/exact_ranking.hpp"
#include "detail/product_tiles.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The k nearest of n known samples for each of q new ones, by blocked matrix products.
template <Metric M>
class cross_search {
public:
    cross_search(matrix_view<const float> known, matrix_view<const float> fresh, const M& metric,
                 const execution& where)
        : known_(known), fresh_(fresh), metric_(metric), where_(where) {
        // One frame for both: a Metric may center and scale by the samples it is given.
        matrix<float> all(known.rows() + fresh.rows(), known.columns());
        all.topRows(known.rows()) = known.eigen();
        all.bottomRows(fresh.rows()) = fresh.eigen();
        form_ = prepare_points(metric, matrix_view<const float>(all), "cross_search", where);
    }

    /// Row i: the k nearest known samples of new sample i, ascending by (distance, id). Of new samples that
    /// are alike one is searched, of known ones the k of the lowest ids are measured.
    [[nodiscard]] neighbor_graph find(std::int64_t k) const {
        neighbor_graph graph = make_neighbor_graph(fresh_.rows(), k);
        const duplicate_groups groups = alike_samples(fresh_, metric_);
        std::vector<std::uint8_t> measured(static_cast<std::size_t>(known_.rows()), 0);
        for (const std::int32_t j : lowest_of_each(alike_samples(known_, metric_), k))
            measured[static_cast<std::size_t>(j)] = 1;
        const auto count = static_cast<std::int64_t>(groups.count());
        where_.parallel_ranges(count, rows_at_once, [&](std::int64_t begin, std::int64_t end) {
            constexpr float none = std::numeric_limits<float>::infinity();
            std::vector<std::int64_t> asked;
            for (std::int64_t group = begin; group < end; ++group)
                asked.push_back(groups.first(static_cast<std::size_t>(group)));
            // First the least raw values, then everything within rounding of the k-th of them, measured.
            std::vector<nearest_so_far> raw(asked.size(), nearest_so_far(k));
            std::vector<float> limits(raw.size(), none);
            scan(asked, limits, [&](std::size_t row, std::int64_t j, float value) {
                raw[row].offer({value, static_cast<std::int32_t>(j)});
                limits[row] = raw[row].threshold();
            });
            std::vector<nearest_so_far> exact(raw.size(), nearest_so_far(k));
            for (std::size_t row = 0; row < raw.size(); ++row) {
                // Twice the error would do for the threshold itself; the third covers its own growth, the
                // next number above the rounding to float.
                const auto threshold = static_cast<double>(raw[row].threshold());
                const double error =
                    raw_error(half(known_.rows() + asked[row]), threshold, form_.rows.cols());
                limits[row] = std::nextafter(static_cast<float>(threshold + 3 * error), none);
            }
            scan(asked, limits, [&](std::size_t row, std::int64_t j, float) {
                if (measured[static_cast<std::size_t>(j)] == 0)
                    return;
                const double distance = metric_.distance(fresh_.row(asked[row]), known_.row(j));
                exact[row].offer({static_cast<float>(distance), static_cast<std::int32_t>(j)});
            });
            for (std::size_t row = 0; row < asked.size(); ++row)
                for (const std::int32_t i : groups.members(static_cast<std::size_t>(begin) + row))
                    write_neighbors(graph, i, exact[row].found());
        });
        return graph;
    }

private:
    static constexpr std::int64_t rows_at_once = 128;

    /// visit(row, j, raw) for the new samples asked[row] and all known ones, j ascending, whose raw value is
    /// at most limits[row], which visit may lower.
    template <class Visit>
    void scan(std::span<const std::int64_t> asked, const std::vector<float>& limits,
              const Visit& visit) const {
        const std::int64_t n = known_.rows();
        std::vector<std::int64_t> places;
        for (const std::int64_t i : asked)
            places.push_back(n + i);
        const matrix<float> rows =
            gather_rows<float>(matrix_view<const float>(form_.rows), std::span<const std::int64_t>(places));
        matrix<float> tile;
        for (std::int64_t column = 0; column < n; column += tile_columns) {
            where_.check_interruption();
            const std::int64_t width = std::min(tile_columns, n - column);
            multiply_rows(rows, form_.rows.middleRows(column, width), tile);
            const float* const halves = form_.halves.data() + column;
            for (std::size_t row = 0; row < limits.size(); ++row) {
                const float* const products = tile.row(static_cast<Eigen::Index>(row)).data();
                const float own = half(places[row]);
                float limit = limits[row];
                for (std::int64_t j = 0; j < width; ++j)
                    if (const float raw = own + halves[j] - products[j]; raw <= limit) [[unlikely]] {
                        visit(row, column + j, raw);
                        limit = limits[row];
                    }
            }
        }
    }

    [[nodiscard]] float half(std::int64_t i) const { return form_.halves[static_cast<std::size_t>(i)]; }

    matrix_view<const float> known_;
    matrix_view<const float> fresh_;
    const M& metric_;
    const execution& where_;
    product_form form_;
};

} // namespace topoprune::detail

namespace topoprune {

/// The k nearest of `known` (n x d) for each row of `fresh` (q x d), 1 <= k <= n: exact, ties included, by
/// (distance, id). A known sample that equals a new one counts. The result of a row does not depend on the
/// other rows, nor on threads.
/// Time: 2 n q d multiply-adds at the rate of the matrix product, and 2 n q comparisons. Memory: 8 d bytes
/// for each sample of both.
template <Metric M>
[[nodiscard]] neighbor_graph find_cross_neighbors(matrix_view<const float> known,
                                                  matrix_view<const float> fresh, const M& metric,
                                                  std::int64_t k, const execution& where) {
    require(k >= 1 && k <= known.rows(), "cross_neighbors", "k", k, "between 1 and the known samples,",
            known.rows());
    require(fresh.columns() == known.columns(), "cross_neighbors", "number of features", fresh.columns(),
            "that of the known samples,", known.columns());
    return detail::cross_search<M>(known, fresh, metric, where).find(k);
}

} // namespace topoprune
