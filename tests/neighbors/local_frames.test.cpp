// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/detail/local_frames.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/neighbors/inner_product.hpp>

#include "laws/neighbor_families.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <variant>
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
    const detail::unrounded_rows rows(points, metric, form, order, where);
    matrix<double> written(n, points.cols());
    Eigen::RowVectorXd row(points.cols());
    for (std::int64_t i = 0; i < n; ++i) {
        rows.write(i, row);
        written.row(i) = row;
    }
    detail::candidate_lists lists(n, n - 1);
    detail::offer_all_pairs(n, detail::framed_products(rows, where), lists, where);
    bool below = true, near = true;
    std::vector<detail::candidate_lists::candidate> list;
    for (std::int64_t i = 0; i < n; ++i) {
        lists.take(i, list);
        REQUIRE(std::ssize(list) == n - 1);
        for (const auto& [root, j] : list) {
            const double raw =
                0.5 * (written.row(i) - written.row(j)).squaredNorm() + rows.surplus(i) + rows.surplus(j);
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
    matrix<float> points = matrix<float>::Constant(101, 3, 5.0F);
    for (std::int64_t i = 0; i < 101; ++i)
        points(i, 0) += 1e-3F * static_cast<float>(i);
    points.row(50).setConstant(1e12F);
    std::vector<std::int32_t> order(101);
    std::iota(order.begin(), order.end(), 0);
    const euclidean metric;
    product_form form = metric.prepare(points, execution{});
    form.unit = 1; // in the units of the points
    const detail::unrounded_rows rows(points, metric, form, order, execution{});
    const detail::local_frame frame = detail::frame_of(rows, {0, 101});
    CHECK((frame.center.array() - 5.0).abs().maxCoeff() < 0.2);
    CHECK(frame.radius < 0.2);
}

namespace {

/// A metric chosen at run time, which counts the rows that it is asked for in double.
struct chosen_metric {
    std::variant<cosine, inner_product> choice{};
    bool has_rows = true;
    std::atomic<std::int64_t>* asked = nullptr;

    [[nodiscard]] product_form prepare(matrix_view<const float> points, const execution& where) const {
        return std::visit([&](const auto& metric) { return metric.prepare(points, where); }, choice);
    }
    [[nodiscard]] double to_distance(double raw) const {
        return std::visit([&](const auto& metric) { return metric.to_distance(raw); }, choice);
    }
    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return std::visit([&](const auto& metric) { return metric.distance(x, y); }, choice);
    }
    [[nodiscard]] bool compares_directions() const {
        return std::visit([](const auto& metric) { return topoprune::compares_directions(metric); }, choice);
    }
    [[nodiscard]] bool gives_unrounded_rows() const { return has_rows; }
    void write_unrounded_row(std::span<const float> x, std::span<double> row) const {
        asked->fetch_add(1);
        std::get<cosine>(choice).write_unrounded_row(x, row);
    }
};

static_assert(Metric<chosen_metric> && GivesUnroundedRows<chosen_metric>);

} // namespace

TEST_CASE("a metric chosen at run time says what the one says that it stands for") {
    CHECK(compares_directions(cosine{}));
    CHECK(compares_directions(chosen_metric{}));
    CHECK_FALSE(compares_directions(chosen_metric{.choice = inner_product{}}));
    CHECK_FALSE(compares_directions(euclidean{}));
    CHECK(measures_differences(euclidean{}));
    CHECK_FALSE(measures_differences(cosine{}));
    CHECK(gives_unrounded_rows(correlation{}));
    CHECK_FALSE(gives_unrounded_rows(inner_product{}));
    CHECK_FALSE(gives_unrounded_rows(chosen_metric{.has_rows = false}));
}

TEST_CASE(
    "directions that float does not tell apart are compared in local frames, whoever chose the metric") {
    const matrix<float> points = neighbor_families::random_rows(1100, 9).array() + 1e4F;
    std::atomic<std::int64_t> asked = 0, asked_without = 0;
    const neighbor_graph framed =
        exact_neighbors{}.search(points, chosen_metric{.asked = &asked}, 5, execution{});
    const neighbor_graph plain = exact_neighbors{}.search(
        points, chosen_metric{.has_rows = false, .asked = &asked_without}, 5, execution{});
    CHECK(asked > 1100);
    CHECK(asked_without == 0);
    CHECK(framed.ids == plain.ids);
    CHECK(framed.distances == plain.distances);
}
