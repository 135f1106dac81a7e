// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/detail/local_frames.hpp>

#include "laws/neighbor_families.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace topoprune;

namespace {

/// Every value of a search that keeps all pairs, beside the distance that it stands for.
template <GivesUnroundedRows M>
void check_bounds(const M& metric, const matrix<float>& points) {
    const std::int64_t n = points.rows();
    const execution where;
    const product_form form = metric.prepare(points, where);
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const auto rows =
        detail::write_unrounded_rows(matrix_view<const float>(points), metric, form, order, where);
    detail::candidate_lists lists(n, n - 1);
    detail::offer_all_pairs(n, detail::framed_products(rows, where), lists, where);
    bool below = true, near = true;
    std::vector<detail::candidate_lists::candidate> list;
    for (std::int64_t i = 0; i < n; ++i) {
        lists.take(i, list);
        REQUIRE(std::ssize(list) == n - 1);
        for (const auto& [root, j] : list) {
            const double raw = 0.5 * (rows.rows.row(i) - rows.rows.row(j)).squaredNorm() +
                               double{rows.surpluses[static_cast<std::size_t>(i)]} +
                               double{rows.surpluses[static_cast<std::size_t>(j)]};
            below = below && double{root} <= std::sqrt(raw);
            near = near && double{root} >= std::sqrt(raw) * (1 - 0x1p-9);
            const double distance = metric.distance(matrix_view<const float>(points).row(i),
                                                    matrix_view<const float>(points).row(j));
            CHECK(metric.to_distance(form.unit * raw + form.offset) ==
                  doctest::Approx(distance).epsilon(1e-6));
        }
    }
    CHECK_MESSAGE(below, "no value exceeds what it stands for");
    CHECK_MESSAGE(near, "and none lies far below");
}

} // namespace

TEST_CASE("values in local frames lie below the comparison values and near them") {
    for (const auto& points :
         {neighbor_families::random_rows(130, 9), neighbor_families::clusters(200, 9, 3, 1e-4),
          neighbor_families::outlier(130, 9, 1e8), neighbor_families::scales(130, 9, 10.0, 7)}) {
        check_bounds(euclidean{}, points);
        check_bounds(cosine{}, points);
        check_bounds(correlation{}, points);
    }
    check_bounds(cosine{}, neighbor_families::sparse(100, 12, 2));
}

TEST_CASE("a frame lies where most samples are") {
    matrix<double> rows = matrix<double>::Constant(101, 3, 5.0);
    for (std::int64_t i = 0; i < 101; ++i)
        rows(i, 0) += 1e-3 * static_cast<double>(i);
    rows.row(50).setConstant(1e12);
    const detail::local_frame frame = detail::frame_of(rows, {0, 101});
    CHECK((frame.center.array() - 5.0).abs().maxCoeff() < 0.2);
    CHECK(frame.radius < 0.2);
}
