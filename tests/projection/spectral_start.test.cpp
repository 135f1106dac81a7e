// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/metric.hpp>
#include <topoprune/projection/detail/umap/laplacian_eigenvectors.hpp>
#include <topoprune/projection/detail/umap/spectral_start.hpp>
#include <topoprune/projection/pca.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

/// A graph from undirected edges of weight 1.
weighted_graph graph_of(std::int64_t vertices,
                        const std::vector<std::pair<std::int32_t, std::int32_t>>& edges) {
    std::vector<std::vector<std::int32_t>> rows(static_cast<std::size_t>(vertices));
    for (const auto& [u, v] : edges) {
        rows[static_cast<std::size_t>(u)].push_back(v);
        rows[static_cast<std::size_t>(v)].push_back(u);
    }
    weighted_graph graph;
    for (auto& row : rows) {
        std::sort(row.begin(), row.end());
        graph.targets.insert(graph.targets.end(), row.begin(), row.end());
        graph.offsets.push_back(static_cast<std::int64_t>(graph.targets.size()));
    }
    graph.weights.assign(graph.targets.size(), 1.0F);
    return graph;
}

/// A grid of width x height vertices with edges between neighbors.
weighted_graph grid(std::int32_t width, std::int32_t height) {
    std::vector<std::pair<std::int32_t, std::int32_t>> edges;
    for (std::int32_t y = 0; y < height; ++y)
        for (std::int32_t x = 0; x < width; ++x) {
            if (x + 1 < width)
                edges.emplace_back(y * width + x, y * width + x + 1);
            if (y + 1 < height)
                edges.emplace_back(y * width + x, (y + 1) * width + x);
        }
    return graph_of(static_cast<std::int64_t>(width) * height, edges);
}

double by_euclidean(std::span<const float> x, std::span<const float> y) {
    return euclidean{}.distance(x, y);
}
double by_cosine(std::span<const float> x, std::span<const float> y) {
    return cosine{}.distance(x, y);
}

/// max |S v - lambda v| with lambda = <v, S v>, and lambda.
std::pair<double, double> residual(const weighted_graph& graph, const Eigen::VectorXd& v) {
    const execution where;
    const deflated_adjacency s(graph, where);
    Eigen::VectorXd product(v.size());
    s.perform_op(v.data(), product.data());
    const double lambda = v.dot(product);
    return {(product - lambda * v).cwiseAbs().maxCoeff(), lambda};
}

/// Cycles of `length` vertices, side by side without edges between them; features along a line, or at
/// random if `scattered`.
std::pair<weighted_graph, matrix<float>> cycles(std::int32_t count, std::int32_t length) {
    std::vector<std::pair<std::int32_t, std::int32_t>> edges;
    matrix<float> features(count * length, 3);
    const random_stream random(7, 7);
    for (std::int32_t c = 0; c < count; ++c)
        for (std::int32_t i = 0; i < length; ++i) {
            edges.emplace_back(c * length + i, c * length + (i + 1) % length);
            for (int f = 0; f < 3; ++f)
                features(c * length + i, f) = static_cast<float>(
                    2 * random.uniform(static_cast<std::uint64_t>(c * 3 + f)) +
                    0.01 * random.uniform(static_cast<std::uint64_t>(10000 + (c * length + i) * 3 + f)));
        }
    return {graph_of(static_cast<std::int64_t>(count) * length, edges), features};
}

} // namespace

TEST_CASE("the eigenvectors of a grid are those of its Laplacian") {
    const execution where;
    for (const auto& [width, height] : {std::pair{9, 7}, std::pair{40, 25}, std::pair{71, 53}}) {
        CAPTURE(width);
        const weighted_graph graph = grid(width, height);
        const auto vectors = laplacian_eigenvectors(graph, 2, random_stream(1, 1), where);
        REQUIRE(vectors);
        CHECK((vectors->transpose() * *vectors - Eigen::Matrix2d::Identity()).cwiseAbs().maxCoeff() < 1e-8);
        const auto [first_error, first] = residual(graph, vectors->col(0));
        const auto [second_error, second] = residual(graph, vectors->col(1));
        CHECK(first_error < 2e-6);
        CHECK(second_error < 2e-6);
        CHECK(first >= second);
        CHECK(first < 1 - 1e-4);
        for (int c = 0; c < 2; ++c)
            CHECK(vectors->col(c).maxCoeff() >= -vectors->col(c).minCoeff());
        // The slowest vibration runs along the longer side, the next along the other.
        const auto at = [&](int x, int y, int c) { return (*vectors)(y * width + x, c); };
        CHECK(at(0, 0, 0) * at(width - 1, height - 1, 0) < 0);
        CHECK(at(0, 0, 0) * at(0, height - 1, 0) > 0);
    }
}

TEST_CASE("the slowest vibration of a cycle is known in closed form") {
    // Eigenvalues of S: cos(2 pi j / n), twice each for j = 1, 2, ... A Krylov space need not hold both of a
    // pair.
    for (const std::int32_t n : {12, 500}) {
        const auto [graph, features] = cycles(1, n);
        const auto vectors = laplacian_eigenvectors(graph, 2, random_stream(1, 1), execution{});
        REQUIRE(vectors);
        for (int c = 0; c < (n == 12 ? 2 : 1); ++c)
            CHECK(residual(graph, vectors->col(c)).second ==
                  doctest::Approx(std::cos(2 * std::numbers::pi / n)).epsilon(1e-9));
        CHECK(std::abs(vectors->col(0).dot(vectors->col(1))) < 1e-8);
    }
}

TEST_CASE("components are found in the order of their first vertices") {
    const graph_components components = find_components(graph_of(7, {{0, 3}, {3, 5}, {1, 6}, {2, 4}}));
    CHECK(components == graph_components{{0, 3, 5}, {1, 6}, {2, 4}});
    CHECK(find_components(graph_of(2, {})).size() == 2);
    CHECK(find_components(weighted_graph{}).empty());
}

TEST_CASE("an induced graph keeps the edges between its members") {
    std::vector<std::int32_t> room;
    const weighted_graph induced =
        induced_graph(graph_of(5, {{0, 2}, {2, 4}, {1, 2}, {0, 4}}), {0, 2, 4}, room);
    CHECK(induced.offsets == std::vector<std::int64_t>{0, 2, 4, 6});
    CHECK(induced.targets == std::vector<std::int32_t>{1, 2, 0, 2, 0, 1});
}

TEST_CASE("components start apart, each within half the way to the next") {
    for (const std::int32_t count : {2, 3, 4, 9, 40}) {
        CAPTURE(count);
        const std::int32_t length = 30;
        const auto [graph, features] = cycles(count, length);
        const layout_start start = spectral_layout(graph, features, by_euclidean, 2, execution{});
        CHECK(start.notes.size() == 1);
        REQUIRE(start.points.allFinite());
        const matrix<double> places = place_components(find_components(graph), features, by_euclidean, 2);
        CHECK(places.cwiseAbs().maxCoeff() == doctest::Approx(1));
        for (std::int32_t c = 0; c < count; ++c) {
            const double room = room_around(places, c);
            CHECK(room > 0);
            const auto part = start.points.middleRows(c * length, length).rowwise() - places.row(c);
            CHECK(part.cwiseAbs().maxCoeff() == doctest::Approx(room));
        }
    }
}

TEST_CASE("a start that cannot be spectral is made of principal components, and says so") {
    const auto [graph, features] = cycles(501, 3);
    const layout_start start = spectral_layout(graph, features, by_euclidean, 2, execution{});
    CHECK(start.points.allFinite());
    REQUIRE(!start.notes.empty());
    CHECK(start.notes.back().find("principal components") != std::string::npos);
    CHECK(start.points == pca{.dimensions = 2}.project(features, execution{}).points);
}

TEST_CASE("tiny graphs and vertices without edges have a start") {
    const execution where;
    const matrix<float> features = matrix<float>::Random(6, 3);
    for (const auto& edges : std::vector<std::vector<std::pair<std::int32_t, std::int32_t>>>{
             {}, {{0, 1}}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}}, {{0, 1}, {2, 3}, {4, 5}}}) {
        const layout_start start = spectral_layout(graph_of(6, edges), features, by_cosine, 2, where);
        CHECK(start.points.allFinite());
        CHECK(start.points.rows() == 6);
    }
    const matrix<float> scattered = matrix<float>::Random(20, 3);
    for (const std::int64_t m : {1, 3, 7})
        CHECK(spectral_layout(grid(5, 4), scattered, by_cosine, m, where).points.cols() == m);
}

TEST_CASE("the start has the same bits on any number of threads") {
    const weighted_graph graph = grid(90, 60);
    const matrix<float> features = matrix<float>::Zero(5400, 2);
    const matrix<double> one =
        spectral_layout(graph, features, by_euclidean, 2, execution({.threads = 1})).points;
    for (const int threads : {2, 3, 8})
        CHECK(spectral_layout(graph, features, by_euclidean, 2, execution({.threads = threads})).points ==
              one);
}

TEST_CASE("a start is stretched to [0, 10] on each axis") {
    const matrix<double> points = matrix<double>::Random(50, 2) * 7;
    const matrix<float> stretched = stretch_start(points, 1);
    for (int c = 0; c < 2; ++c) {
        CHECK(stretched.col(c).minCoeff() == 0.0F);
        CHECK(stretched.col(c).maxCoeff() == 10.0F);
    }
    // It is the same picture up to scale and noise.
    const double scale = 10 / (points.col(0).maxCoeff() - points.col(0).minCoeff());
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        CHECK(std::abs(static_cast<double>(stretched(i, 0)) -
                       scale * (points(i, 0) - points.col(0).minCoeff())) < 2e-3);
    CHECK(stretch_start(matrix<double>::Zero(1, 2), 1) == matrix<float>::Zero(1, 2));
    CHECK(stretch_start(matrix<double>::Zero(0, 2), 1).rows() == 0);
    const matrix<float> equal = stretch_start(matrix<double>::Zero(20, 2), 1);
    CHECK(equal.allFinite());
    CHECK(equal.row(0) != equal.row(1));
}
