// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/neighbors/metric.hpp>
#include <topoprune/projection/detail/umap/fuzzy_graph.hpp>
#include <topoprune/projection/detail/umap/membership.hpp>

#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

using edge_table = std::map<std::pair<std::int64_t, std::int64_t>, double>;

edge_table edges_of(const weighted_graph& graph) {
    edge_table table;
    for (std::int64_t i = 0; i < graph.vertices(); ++i)
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            table[{i, graph.target(edge)}] = static_cast<double>(graph.weight(edge));
    return table;
}

/// Three samples on a line at 0, 1 and 3, two neighbors each.
neighbor_graph three_samples() {
    return {.samples = 3, .k = 2, .ids = {1, 2, 0, 2, 1, 0}, .distances = {1, 3, 1, 2, 2, 3}};
}

template <Metric M>
void check_against_record(const M& metric, const std::string& name) {
    CAPTURE(name);
    const execution where;
    const matrix<float> digits = recorded::digits();
    const neighbor_graph neighbors = exact_neighbors{}.search(digits, metric, 14, where);

    const auto scales = fit_membership_scales(neighbors, 1, where);
    const auto recorded_scales = recorded::read_table(name + "_scales.csv");
    REQUIRE(scales.size() == recorded_scales.size());
    for (std::size_t i = 0; i < scales.size(); ++i) {
        CHECK(static_cast<double>(scales[i].sigma) == doctest::Approx(recorded_scales[i][0]).epsilon(1e-4));
        CHECK(static_cast<double>(scales[i].rho) == doctest::Approx(recorded_scales[i][1]).epsilon(1e-4));
    }

    edge_table expected;
    for (const auto& row : recorded::read_table(name + "_graph.csv"))
        expected[{static_cast<std::int64_t>(row[0]), static_cast<std::int64_t>(row[1])}] = row[2];
    const edge_table found = edges_of(build_fuzzy_graph(neighbors, {}, where));
    std::size_t common = 0;
    for (const auto& [edge, weight] : found)
        if (const auto match = expected.find(edge); match != expected.end()) {
            ++common;
            CHECK(std::abs(weight - match->second) < 1e-4);
        }
    const double all = static_cast<double>(found.size() + expected.size() - common);
    CHECK(static_cast<double>(common) / all >= 0.99);
}

} // namespace

TEST_CASE("the fuzzy graph of the digits is the one of umap-learn 0.5.12") {
    check_against_record(euclidean{}, "euclidean");
    check_against_record(cosine{}, "cosine");
}

TEST_CASE("memberships of a neighborhood add up to log2 of its size") {
    const std::vector<float> distances{0.5F, 0.7F, 0.8F, 1.5F, 1.6F, 2.5F, 4.0F};
    const membership_scale scale = fit_membership_scale(distances, 1, 1);
    CHECK(scale.rho == 0.5F);
    double sum = 0;
    for (const float distance : distances)
        sum += static_cast<double>(membership(distance, scale));
    CHECK(sum == doctest::Approx(std::log2(8.0)).epsilon(2e-5));
}

TEST_CASE("rho skips duplicates and interpolates between neighbors") {
    const std::vector<float> distances{0.0F, 0.0F, 1.0F, 3.0F, 7.0F};
    CHECK(fit_membership_scale(distances, 1, 1).rho == 1.0F);
    CHECK(fit_membership_scale(distances, 1.5, 1).rho == 2.0F);
    CHECK(fit_membership_scale(distances, 3, 1).rho == 7.0F);
    CHECK(fit_membership_scale(distances, 0.5, 1).rho == 0.5F);
    CHECK(fit_membership_scale(distances, 9, 1).rho == 7.0F);
}

TEST_CASE("sigma does not vanish where all neighbors are equally far, nor where they are duplicates") {
    const std::vector<float> equal(14, 2.0F), zero(14, 0.0F);
    CHECK(fit_membership_scale(equal, 1, 5).sigma == doctest::Approx(1e-3 * 2.0 * 14 / 15).epsilon(1e-6));
    CHECK(fit_membership_scale(zero, 1, 5).sigma == doctest::Approx(5e-3).epsilon(1e-6));
    CHECK(membership(0, {.sigma = 0, .rho = 0}) == 1.0F);
}

TEST_CASE("the nearest of a new sample's neighbors stands for the sample itself") {
    const std::vector<float> distances{0.5F, 0.7F, 0.8F, 1.5F, 1.6F, 2.5F, 4.0F, 4.5F};
    const membership_scale scale = fit_new_membership_scale(distances, 1);
    CHECK(scale.rho == 0.0F); // one connected neighbor less
    double sum = 0;
    for (std::size_t c = 1; c < distances.size(); ++c)
        sum += static_cast<double>(membership(distances[c], scale));
    CHECK(sum == doctest::Approx(std::log2(8.0)).epsilon(2e-5));
    CHECK(fit_new_membership_scale(distances, 2).rho == 0.5F);
    CHECK(fit_new_membership_scale(distances, 0.5).rho == 0.0F);
    const std::vector<float> zeros(5, 0.0F), one(1, 3.0F);
    CHECK(membership(0, fit_new_membership_scale(zeros, 1)) == 1.0F);
    CHECK(std::isfinite(membership(3, fit_new_membership_scale(one, 1))));
}

TEST_CASE("the two directions of an edge are joined by union, intersection or a mixture") {
    const execution where;
    const neighbor_graph neighbors = three_samples();
    const auto scales = fit_membership_scales(neighbors, 1, where);
    // u: 0 sees 2, v: 2 sees 0. The other edges have membership 1 from one side at least.
    const double u = static_cast<double>(membership(3, scales[0]));
    const double v = static_cast<double>(membership(3, scales[2]));
    for (const double mix : {0.0, 0.25, 1.0}) {
        const edge_table edges = edges_of(build_fuzzy_graph(neighbors, {.set_op_mix_ratio = mix}, where));
        REQUIRE(edges.size() == 6);
        CHECK(edges.at({0, 2}) == doctest::Approx(mix * (u + v - u * v) + (1 - mix) * u * v).epsilon(1e-6));
        CHECK(edges.at({0, 1}) == 1.0);
        for (const auto& [edge, weight] : edges)
            CHECK(weight == edges.at({edge.second, edge.first}));
    }
}

TEST_CASE("the intersection drops edges that only one side has") {
    const neighbor_graph neighbors{.samples = 3, .k = 1, .ids = {1, 0, 1}, .distances = {1, 1, 2}};
    CHECK(edges_of(build_fuzzy_graph(neighbors, {.set_op_mix_ratio = 0}, execution{})).size() == 2);
    CHECK(edges_of(build_fuzzy_graph(neighbors, {.set_op_mix_ratio = 1}, execution{})).size() == 4);
}

TEST_CASE("weak edges are dropped by their share of the largest weight") {
    weighted_graph graph;
    graph.offsets = {0, 2, 3, 4};
    graph.targets = {1, 2, 0, 0};
    graph.weights = {0.5F, 0.125F, 0.5F, 0.125F};
    CHECK(edges_of(drop_weak_edges(graph, 0.25)) == edges_of(graph));
    CHECK(edges_of(drop_weak_edges(graph, 0.26)).size() == 2);
    CHECK(drop_weak_edges(graph, 0.26).vertices() == 3);
    CHECK(drop_weak_edges(weighted_graph{}, 0.5).vertices() == 0);
}

TEST_CASE("the fuzzy graph has the same bits on any number of threads") {
    const matrix<float> digits = recorded::digits();
    const neighbor_graph neighbors = exact_neighbors{}.search(digits, euclidean{}, 9, execution{});
    const weighted_graph one = build_fuzzy_graph(neighbors, {}, execution({.threads = 1}));
    for (const int threads : {2, 3, 8}) {
        const weighted_graph many = build_fuzzy_graph(neighbors, {}, execution({.threads = threads}));
        CHECK(many.offsets == one.offsets);
        CHECK(many.targets == one.targets);
        CHECK(many.weights == one.weights);
    }
}

TEST_CASE("options of the graph out of range are refused") {
    CHECK_THROWS_AS((void)build_fuzzy_graph(three_samples(), {.local_connectivity = -1}, execution{}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)build_fuzzy_graph(three_samples(), {.set_op_mix_ratio = 1.5}, execution{}),
                    std::invalid_argument);
}
