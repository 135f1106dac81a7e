// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/supervised_graph.hpp>

#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

/// 0 - 1 - 2, 0 - 2.
weighted_graph triangle(float u, float v, float w) {
    weighted_graph graph;
    graph.offsets = {0, 2, 4, 6};
    graph.targets = {1, 2, 0, 2, 0, 1};
    graph.weights = {u, w, u, v, w, v};
    return graph;
}

} // namespace

TEST_CASE("the supervised graph of the digits is the one of umap-learn 0.5.12") {
    const weighted_graph graph = recorded::euclidean_graph();
    std::vector<std::int64_t> labels = recorded::labels();
    for (std::size_t i = 0; i < labels.size(); i += 7)
        labels[i] = unknown_label;
    const weighted_graph found = intersect_with_labels(graph, labels, label_distance(0.5), execution{});
    const auto expected = recorded::read_table("supervised.csv", "umap_layout");
    CHECK(found.offsets == graph.offsets);
    CHECK(found.targets == graph.targets);
    REQUIRE(found.weights.size() == expected.size());
    for (std::size_t edge = 0; edge < expected.size(); ++edge)
        CHECK(std::abs(static_cast<double>(found.weights[edge]) - expected[edge][0]) < 2e-6);
}

TEST_CASE("the weight of the target sets how far labels are apart") {
    CHECK(label_distance(0) == 2.5);
    CHECK(label_distance(0.5) == 5);
    CHECK(label_distance(0.9) == doctest::Approx(25));
    CHECK(label_distance(1) == 1e12);
}

TEST_CASE("an intersection with labels is known in closed form") {
    // Labels a, a, b: rows scale to 1 at their largest, then u + v - u v.
    const std::vector<std::int64_t> labels{4, 4, 9};
    const weighted_graph graph = intersect_with_labels(triangle(0.5F, 0.8F, 0.4F), labels, 2, execution{});
    const double far = std::exp(-2.0);
    const double to_2_from_0 = 0.4 * far / 0.5, to_2_from_1 = 0.8 * far / 0.5;
    const double to_0_from_2 = 0.5; // 0.4 to 0.8
    CHECK(graph.weights[0] == 1.0F);
    CHECK(static_cast<double>(graph.weights[1]) ==
          doctest::Approx(to_2_from_0 + to_0_from_2 - to_2_from_0 * to_0_from_2).epsilon(1e-6));
    CHECK(graph.weights[1] == graph.weights[4]);
    CHECK(static_cast<double>(graph.weights[3]) == doctest::Approx(1.0).epsilon(1e-6));
    CHECK(to_2_from_1 < 1);
}

TEST_CASE("at full weight of the target no edge between classes is left") {
    const std::vector<std::int64_t> labels{4, 4, 9};
    const weighted_graph graph =
        intersect_with_labels(triangle(0.5F, 0.8F, 0.4F), labels, label_distance(1), execution{});
    CHECK(graph.offsets == std::vector<std::int64_t>{0, 1, 2, 2});
    CHECK(graph.targets == std::vector<std::int32_t>{1, 0});
}

TEST_CASE("labels must be as many as the samples") {
    const std::vector<std::int64_t> labels{4, 4};
    CHECK_THROWS_AS((void)intersect_with_labels(triangle(1, 1, 1), labels, 5, execution{}),
                    std::invalid_argument);
}
