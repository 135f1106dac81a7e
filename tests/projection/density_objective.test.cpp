// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/density_descent.hpp>
#include <topoprune/projection/umap.hpp>

#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

/// Two normal clouds of 5 features, far apart, the second four times as wide.
matrix<float> two_densities(std::int64_t n) {
    const random_stream random(5, 5);
    matrix<float> points(n, 5);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < 5; ++c)
            points(i, c) = static_cast<float>((i % 2 == 0 ? 1.0 : 4.0) *
                                                  random.normal(static_cast<std::uint64_t>(5 * i + c)) +
                                              (i % 2 == 0 || c > 0 ? 0.0 : 40.0));
    return points;
}

/// The log of the mean squared distance to the 14 nearest.
std::vector<double> log_radii(const matrix<float>& points) {
    const neighbor_graph neighbors = exact_neighbors{}.search(points, euclidean{}, 14, execution{});
    std::vector<double> radii;
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        double sum = 0;
        for (const float distance : neighbors.distances_of(i))
            sum += static_cast<double>(distance) * static_cast<double>(distance);
        radii.push_back(std::log(sum));
    }
    return radii;
}

double correlation_of(std::vector<double> x, std::vector<double> y) {
    standardize(x);
    standardize(y);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        sum += x[i] * y[i] / static_cast<double>(x.size());
    return sum;
}

} // namespace

TEST_CASE("the radius of a sample is the mean squared distance to its neighbors by membership") {
    weighted_graph graph;
    graph.offsets = {0, 2, 3, 4, 4};
    graph.targets = {1, 2, 0, 0};
    graph.weights = {1.0F, 0.25F, 1.0F, 0.25F};
    const neighbor_graph neighbors{
        .samples = 4, .k = 1, .ids = {1, 0, 0, 0}, .distances = {2.0F, 2.0F, 3.0F, 9.0F}};
    const std::vector<double> radii = log_feature_radii(graph, neighbors, execution{});
    CHECK(radii[0] == doctest::Approx(std::log((4 + 0.25 * 9) / 1.25)));
    CHECK(radii[1] == doctest::Approx(std::log(4.0)));
    CHECK(radii[2] == doctest::Approx(std::log(9.0)));
    CHECK(radii[3] == doctest::Approx(std::log(1e-8)));
}

TEST_CASE("the slopes are those of the correlation, by difference quotients") {
    const weighted_graph graph = recorded::euclidean_graph();
    const random_stream random(2, 2);
    std::vector<double> wanted(static_cast<std::size_t>(graph.vertices()));
    std::vector<float> positions(2 * wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i] = random.normal(i);
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = static_cast<float>(3 * random.uniform(1000 + i));
    const density_objective objective(graph, wanted, {.lambda = 1}, [](std::int64_t i) { return i; });
    const float a = 1.577F, b = 0.895F;
    const execution where;
    std::vector<radius_slope> slopes, unused;
    objective.measure(positions, 2, a, b, slopes, where);

    int compared = 0;
    for (std::int64_t i = 0; i < graph.vertices(); i += 23)
        for (std::int64_t c = 0; c < 2; ++c) {
            double derivative = 0;
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                const auto j = static_cast<std::size_t>(graph.target(edge));
                const auto at = static_cast<std::size_t>(i);
                const float dx = positions[2 * at] - positions[2 * j];
                const float dy = positions[2 * at + 1] - positions[2 * j + 1];
                const float squared = dx * dx + dy * dy;
                // Twice for the two directions, twice for the square.
                derivative += 4 * static_cast<double>(density_slope(slopes[at], slopes[j], squared,
                                                                    std::pow(squared, b), a, b) *
                                                      (c == 0 ? dx : dy));
            }
            const auto moved = static_cast<std::size_t>(2 * i + c);
            const float h = 2e-3F;
            std::vector<float> up = positions, down = positions;
            up[moved] += h;
            down[moved] -= h;
            const double quotient = (objective.measure(up, 2, a, b, unused, where) -
                                     objective.measure(down, 2, a, b, unused, where)) /
                                    static_cast<double>(up[moved] - down[moved]);
            CHECK(std::abs(derivative - quotient) < 0.02 * std::abs(quotient) + 1e-6);
            compared += std::abs(quotient) > 1e-5;
        }
    CHECK(compared > 15);
}

TEST_CASE("densities count in the last part of the epochs") {
    const weighted_graph graph = recorded::euclidean_graph();
    const density_objective objective(graph, std::vector<double>(300, 1.0), {.lambda = 2, .fraction = 0.3},
                                      [](std::int64_t i) { return i; });
    CHECK(!objective.counts_in(6, 10));
    CHECK(objective.counts_in(7, 10));
    CHECK(objective.counts_in(9, 10));
    const density_objective none(graph, std::vector<double>(300, 1.0), {.lambda = 0},
                                 [](std::int64_t i) { return i; });
    CHECK(!none.counts_in(9, 10));
}

TEST_CASE("a layout that keeps densities correlates with those of the features") {
    const matrix<float> points = two_densities(400);
    const execution where;
    const auto result = [&](double lambda) {
        const embedding placed =
            umap{.metric = euclidean{}, .n_epochs = 300, .density_lambda = lambda}.project(points, where);
        CHECK(placed.points.allFinite());
        return correlation_of(log_radii(points), log_radii(placed.points.cast<float>()));
    };
    const double plain = result(0), kept = result(2);
    CHECK(kept > plain + 0.2);
    CHECK(kept > 0.8);
}

TEST_CASE("vertices without an edge do not count among densities") {
    const weighted_graph graph = recorded::euclidean_graph();
    weighted_graph longer = graph;
    longer.offsets.insert(longer.offsets.end(), 5, graph.edges());
    std::vector<double> wanted;
    std::vector<float> positions;
    const random_stream random(2, 3);
    for (std::uint64_t i = 0; i < 305; ++i) {
        wanted.push_back(i < 300 ? random.normal(i) : -18.0);
        positions.push_back(static_cast<float>(random.uniform(1000 + i)));
    }
    const auto same_place = [](std::int64_t i) { return i; };
    const density_objective with(longer, wanted, {.lambda = 1}, same_place);
    const density_objective without(graph, {wanted.begin(), wanted.begin() + 300}, {.lambda = 1}, same_place);
    std::vector<radius_slope> slopes;
    CHECK(with.measure(positions, 1, 1.5F, 0.9F, slopes, execution{}) ==
          without.measure(std::span(positions).first(300), 1, 1.5F, 0.9F, slopes, execution{}));
}

TEST_CASE("densities that are all equal do no harm") {
    const matrix<float> equal = matrix<float>::Ones(80, 3);
    CHECK(umap{.n_epochs = 30, .density_lambda = 2, .density_variance_shift = 0}
              .project(equal, execution{})
              .points.allFinite());
    for (const std::int64_t n : {0, 1, 2, 3, 16})
        CHECK(umap{.n_epochs = 30, .density_lambda = 2}
                  .project(matrix<float>(matrix<float>::Random(n, 3)), execution{})
                  .points.allFinite());
}
