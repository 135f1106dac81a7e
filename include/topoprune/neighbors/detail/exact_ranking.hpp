// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "../neighbor_graph.hpp"
#include "alike_samples.hpp"
#include "candidate_lists.hpp"
#include "product_tiles.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// From candidates found in float to neighbors that are exact: distances in double, order by (distance, id),
/// and the proof that no other sample belongs among them.
namespace topoprune::detail {

struct neighbor {
    float distance = 0;
    std::int32_t id = 0;
    auto operator<=>(const neighbor&) const = default;
};

template <Metric M>
[[nodiscard]] neighbor measure(matrix_view<const float> points, const M& metric, std::int64_t i,
                               std::int64_t j) {
    return {static_cast<float>(metric.distance(points.row(i), points.row(j))), static_cast<std::int32_t>(j)};
}

TOPOPRUNE_DECLARE void write_neighbors(neighbor_graph& graph, std::int64_t sample,
                                       const std::vector<neighbor>& found);

/// The first k of the found ones that are not the sample itself.
TOPOPRUNE_DECLARE void write_neighbors_of(neighbor_graph& graph, std::int64_t sample,
                                          std::vector<neighbor> found);

/// How far raw(i, j), computed in float, can be from its true value for any j with raw(i, j) <= raw: d u R S
/// for the dot product (Higham 2002, eq. 3.5, any order of summation) and 4 u (R + S)^2 for the roundings of
/// rows, halves and sums, where R is the length of row i, S = R + sqrt(2 raw) bounds that of row j and u is
/// the unit roundoff; and what products below the normal numbers lose.
TOPOPRUNE_DECLARE [[nodiscard]] double raw_error(double half, double raw, std::int64_t d);

/// The same for what a metric measures in double.
TOPOPRUNE_DECLARE [[nodiscard]] double measuring_error(double half, double raw, std::int64_t d);

/// What the values of candidates stand for.
enum class candidate_values {
    raws,                ///< raw(i, j) computed in float, or less
    roots,               ///< sqrt(raw(i, j)), or less, of rows in double
    roots_of_differences ///< the same, where the metric measures differences of features without loss
};

/// What the true raw value, and that of the distance measured, are at least.
TOPOPRUNE_DECLARE [[nodiscard]] double least_raw(candidate_values values, double value, double half,
                                                 std::int64_t d);

/// Writes the k nearest candidates of every sample and returns, ascending, the samples for which rounding or
/// ties leave open whether some other sample is as near. A candidate is
/// measured only where its value does not prove it to be beyond the k-th. Whoever is not a candidate has at
/// least the threshold for its value. The lists speak of places; order[i] is the sample in place i.
template <Metric M>
std::vector<std::int32_t> rank_candidates(matrix_view<const float> points, const M& metric,
                                          const product_form& form, std::span<const std::int32_t> order,
                                          candidate_lists& candidates, candidate_values values,
                                          neighbor_graph& graph, const execution& where) {
    std::vector<char> open(static_cast<std::size_t>(graph.samples), 0);
    const auto k = static_cast<std::size_t>(graph.k);
    where.parallel_ranges(graph.samples, 64, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        std::vector<candidate_lists::candidate> list;
        std::vector<neighbor> found;
        for (std::int64_t place = begin; place < end; ++place) {
            const std::int64_t i = order[static_cast<std::size_t>(place)];
            candidates.take(place, list);
            const double half = form.halves[static_cast<std::size_t>(i)];
            const auto least_distance = [&](double value) {
                const double raw = least_raw(values, value, half, form.rows.cols());
                return static_cast<float>(metric.to_distance(form.unit * raw + form.offset));
            };
            found.clear();
            for (const auto& [value, other] : list) {
                if (found.size() >= k && least_distance(value) > found[k - 1].distance)
                    break;
                const neighbor one = measure(points, metric, i, order[static_cast<std::size_t>(other)]);
                found.insert(std::upper_bound(found.begin(), found.end(), one), one);
            }
            write_neighbors(graph, i, found);
            const bool all_are_candidates = static_cast<std::int64_t>(list.size()) == graph.samples - 1;
            open[static_cast<std::size_t>(i)] =
                !all_are_candidates &&
                !(least_distance(candidates.thresholds()[place]) > found[k - 1].distance);
        }
    });
    std::vector<std::int32_t> result;
    for (std::size_t i = 0; i < open.size(); ++i)
        if (open[i] != 0)
            result.push_back(static_cast<std::int32_t>(i));
    return result;
}

/// What raw(i, j), computed in float, of the k nearest samples and of the sample itself cannot exceed, given
/// that the graph lists k others: the largest of theirs, with its error, the error of raw(i, j) and the
/// growth of both.
TOPOPRUNE_DECLARE [[nodiscard]] float raw_limit(const product_form& form, const neighbor_graph& graph,
                                                std::int64_t i);

/// The k nearest of those offered so far, where ids are offered in ascending order.
class nearest_so_far {
public:
    /// at_least_0: whether no distance can be negative.
    explicit nearest_so_far(std::int64_t k, bool at_least_0 = false)
        : k_(static_cast<std::size_t>(k)), at_least_0_(at_least_0) {}

    /// What the distance of a newcomer must not exceed; infinite until k are found.
    [[nodiscard]] float threshold() const {
        return found_.size() < k_ ? std::numeric_limits<float>::infinity() : found_.back().distance;
    }

    TOPOPRUNE_DECLARE void offer(const neighbor& one);
    /// Nothing to come can be nearer than 0 or have a lower id.
    [[nodiscard]] bool settled() const {
        return at_least_0_ && found_.size() == k_ && found_.back().distance == 0.0F;
    }
    [[nodiscard]] const std::vector<neighbor>& found() const { return found_; }

private:
    std::size_t k_;
    bool at_least_0_;
    std::vector<neighbor> found_;
};

/// Searches anew for the given samples: all samples whose raw value could be that of one of the k nearest are
/// measured exactly. Of samples that are alike one is searched for all, and the k + 1 of the lowest ids alone
/// are looked at. Twice the products of the first pass in float where all samples are given and none are
/// alike, plus O(d) for each sample within rounding of a tie.
template <Metric M>
void settle_open_samples(matrix_view<const float> points, const M& metric, const product_form& form,
                         const std::vector<std::int32_t>& open, neighbor_graph& graph,
                         const execution& where) {
    if (open.empty())
        return;
    constexpr std::int64_t rows_at_once = 64;
    const duplicate_groups groups = alike_samples(points, metric);
    const std::vector<std::int32_t> group_of = group_of_each(groups, graph.samples);
    std::vector<std::int32_t> asked;
    for (const std::int32_t i : open)
        asked.push_back(group_of[static_cast<std::size_t>(i)]);
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    // A sample is found itself, and left out in the end: so its list holds for those that are alike.
    const std::int64_t wanted = graph.k + 1;
    const std::vector<std::int32_t> others = lowest_of_each(groups, wanted);
    const auto other_count = std::ssize(others);
    const matrix_view<const float> all_rows(form.rows);
    where.parallel_ranges(std::ssize(asked), rows_at_once, [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::int32_t> ids;
        for (std::int64_t at = begin; at < end; ++at)
            ids.push_back(groups.first(static_cast<std::size_t>(asked[static_cast<std::size_t>(at)])));
        const matrix<float> rows = gather_rows<float>(all_rows, std::span<const std::int32_t>(ids));
        std::vector<nearest_so_far> nearest(ids.size(), nearest_so_far(wanted, form.offset == 0));
        std::vector<float> limits;
        for (const std::int32_t i : ids)
            limits.push_back(raw_limit(form, graph, i));
        matrix<float> tile;
        for (std::int64_t column = 0; column < other_count; column += tile_columns) {
            where.check_interruption();
            const std::int64_t width = std::min(tile_columns, other_count - column);
            if (std::all_of(nearest.begin(), nearest.end(), [](const auto& list) { return list.settled(); }))
                break;
            const std::span<const std::int32_t> columns(others.data() + column,
                                                        static_cast<std::size_t>(width));
            if (other_count == graph.samples)
                multiply_rows(rows, form.rows.middleRows(column, width), tile);
            else
                multiply_rows(rows, gather_rows<float>(all_rows, columns), tile);
            for (std::size_t row = 0; row < ids.size(); ++row) {
                const std::int64_t i = ids[row];
                const float half = form.halves[static_cast<std::size_t>(i)];
                const float* products = tile.row(static_cast<Eigen::Index>(row)).data();
                for (std::size_t at = 0; at < columns.size() && !nearest[row].settled(); ++at)
                    if (half + form.halves[static_cast<std::size_t>(columns[at])] - products[at] <=
                        limits[row])
                        nearest[row].offer(measure(points, metric, i, columns[at]));
            }
        }
        for (std::size_t row = 0; row < ids.size(); ++row)
            for (const std::int32_t i :
                 groups.members(static_cast<std::size_t>(group_of[static_cast<std::size_t>(ids[row])])))
                write_neighbors_of(graph, i, nearest[row].found());
    });
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_ranking.ipp"
#endif
