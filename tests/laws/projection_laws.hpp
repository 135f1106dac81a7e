// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>
#include <topoprune/core/matrix.hpp>
#include <topoprune/core/progress.hpp>
#include <topoprune/projection/projection.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace topoprune::laws {

/// Same shape and same bits; a NaN or a -0 does not hide a difference here.
[[nodiscard]] inline bool same_bits(const matrix<double>& a, const matrix<double>& b) {
    return a.rows() == b.rows() && a.cols() == b.cols() &&
           std::equal(a.data(), a.data() + a.size(), b.data(), [](double x, double y) {
               return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
           });
}

/// What every Projection owes for finite points (n x d).
template <Projection P>
void check_projection_laws(const P& policy, matrix_view<const float> points) {
    const embedding first = policy.project(points, execution({.threads = 1}));
    CHECK_MESSAGE(first.points.rows() == points.rows(), "one row out per row in");
    CHECK_MESSAGE(std::all_of(first.points.data(), first.points.data() + first.points.size(),
                              [](double x) { return std::isfinite(x); }),
                  "every number is finite");
    for (const int threads : {1, 2, 3, 8}) {
        const execution where({.threads = threads});
        const embedding again = policy.project(points, where);
        CHECK_MESSAGE(same_bits(again.points, first.points), "same bits on ", threads, " threads");
        CHECK_MESSAGE(again.notes == first.notes, "same notes on ", threads, " threads");
        CHECK_MESSAGE(same_bits(policy.project(points, where).points, first.points),
                      "same bits when the run goes on");
    }
    if (!points.empty()) {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            matrix<float> spoiled = points.eigen();
            spoiled(spoiled.rows() - 1, spoiled.cols() - 1) = bad;
            CHECK_THROWS_AS((void)policy.project(spoiled, execution{}), std::invalid_argument);
        }
    }
}

/// Whether a note of the embedding holds the word.
[[nodiscard]] inline bool has_note(const embedding& result, const std::string& word) {
    return std::any_of(result.notes.begin(), result.notes.end(),
                       [&](const std::string& note) { return note.find(word) != std::string::npos; });
}

/// The stages that a projection reports, one after another, checked to end complete.
template <Projection P>
[[nodiscard]] std::vector<std::string> reported_stages(const P& policy, matrix_view<const float> points) {
    std::vector<std::string> stages;
    double last = 0;
    const execution where({.progress = [&](const progress_event& event) {
        if (stages.empty() || stages.back() != event.stage)
            stages.emplace_back(event.stage);
        last = event.fraction;
    }});
    (void)policy.project(points, where);
    CHECK(last == 1.0);
    return stages;
}

/// |x_i - x_j|^2, by a loop that is quick without optimization too.
[[nodiscard]] inline double squared_distance(const matrix<double>& x, std::int64_t i, std::int64_t j) {
    const double *from = x.data() + i * x.cols(), *to = x.data() + j * x.cols();
    double sum = 0;
    for (std::int64_t c = 0; c < x.cols(); ++c)
        sum += (from[c] - to[c]) * (from[c] - to[c]);
    return sum;
}

/// 1 - 2 / (n k (2n - 3k - 1)) sum over i and the k nearest j in `to` that are not so in `from` of
/// (rank in `from` - k) (Venna and Kaski 2001).
[[nodiscard]] inline double trustworthiness(const matrix<double>& from, const matrix<double>& to,
                                            std::int64_t k) {
    const std::int64_t n = from.rows();
    double sum = 0;
    std::vector<std::pair<double, std::int64_t>> placed;
    std::vector<double> original(static_cast<std::size_t>(n));
    for (std::int64_t i = 0; i < n; ++i) {
        placed.clear();
        for (std::int64_t j = 0; j < n; ++j) {
            original[static_cast<std::size_t>(j)] = squared_distance(from, i, j);
            if (j != i)
                placed.emplace_back(squared_distance(to, i, j), j);
        }
        std::partial_sort(placed.begin(), placed.begin() + k, placed.end());
        for (std::int64_t near = 0; near < k; ++near) {
            const double distance =
                original[static_cast<std::size_t>(placed[static_cast<std::size_t>(near)].second)];
            // Itself counts as nearer, so that ranks start at 1.
            const auto rank =
                std::count_if(original.begin(), original.end(), [&](double d) { return d < distance; });
            sum += static_cast<double>(std::max<std::int64_t>(0, rank - k));
        }
    }
    const auto count = static_cast<double>(n), near = static_cast<double>(k);
    return 1 - 2 * sum / (count * near * (2 * count - 3 * near - 1));
}

} // namespace topoprune::laws
