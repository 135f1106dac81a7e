// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/projection/detail/tsne/joint_probabilities.hpp>
#include <topoprune/projection/detail/tsne/perplexity.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

neighbor_graph neighbors_of(std::int64_t n, std::int64_t k) {
    const matrix<float> points = clouds::normal(n, 3, 1.0, 4).cast<float>();
    return exact_neighbors{}.search(points, euclidean{}, k, execution{});
}

} // namespace

TEST_CASE("joint probabilities are the mean of both directions") {
    const std::int64_t n = 200, k = 15;
    const neighbor_graph neighbors = neighbors_of(n, k);
    std::map<std::pair<std::int64_t, std::int64_t>, double> expected;
    std::vector<double> room(static_cast<std::size_t>(k)), row(room);
    for (std::int64_t i = 0; i < n; ++i) {
        fit_perplexity(neighbors.distances_of(i), 5, room, row);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const std::int64_t other = neighbors.ids_of(i)[j];
            expected[{i, other}] += row[j] / (2.0 * static_cast<double>(n));
            expected[{other, i}] += row[j] / (2.0 * static_cast<double>(n));
        }
    }
    const weighted_graph p = joint_probabilities(neighbors, 5, execution{});
    CHECK(p.edges() == static_cast<std::int64_t>(expected.size()));
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t edge = p.begin(i); edge < p.end(i); ++edge) {
            const double weight = static_cast<double>(p.weight(edge));
            sum += weight;
            CHECK(weight == doctest::Approx(expected.at({i, p.target(edge)})).epsilon(1e-6));
            CHECK((edge == p.begin(i) || p.target(edge - 1) < p.target(edge)));
        }
    CHECK(std::abs(sum - 1) < 1e-6);
}

TEST_CASE("joint probabilities are exactly symmetric") {
    const weighted_graph p = joint_probabilities(neighbors_of(300, 20), 6, execution{});
    std::map<std::pair<std::int64_t, std::int64_t>, float> weights;
    for (std::int64_t i = 0; i < p.vertices(); ++i)
        for (std::int64_t edge = p.begin(i); edge < p.end(i); ++edge)
            weights[{i, p.target(edge)}] = p.weight(edge);
    for (const auto& [pair, weight] : weights)
        CHECK(weights.at({pair.second, pair.first}) == weight);
}

TEST_CASE("joint probabilities do not depend on threads") {
    const neighbor_graph neighbors = neighbors_of(3000, 12);
    const weighted_graph first = joint_probabilities(neighbors, 4, execution({.threads = 1}));
    for (const int threads : {2, 3, 8}) {
        const weighted_graph again = joint_probabilities(neighbors, 4, execution({.threads = threads}));
        CHECK(again.offsets == first.offsets);
        CHECK(again.targets == first.targets);
        CHECK(again.weights == first.weights);
    }
}
