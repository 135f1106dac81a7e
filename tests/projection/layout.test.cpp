// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/edge_clock.hpp>
#include <topoprune/projection/detail/umap/layout.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

/// Every vertex with its `reach` successors on a circle, both directions, weights 1, 1/2, 1/3, ...
weighted_graph ring(std::int32_t vertices, std::int32_t reach) {
    weighted_graph graph;
    for (std::int32_t i = 0; i < vertices; ++i) {
        std::map<std::int32_t, float> row;
        for (std::int32_t step = 1; step <= reach; ++step) {
            row[(i + step) % vertices] = 1.0F / static_cast<float>(step);
            row[(i - step + vertices) % vertices] = 1.0F / static_cast<float>(step);
        }
        for (const auto& [target, weight] : row) {
            graph.targets.push_back(target);
            graph.weights.push_back(weight);
        }
        graph.offsets.push_back(static_cast<std::int64_t>(graph.targets.size()));
    }
    return graph;
}

weighted_graph pair_of_vertices() {
    weighted_graph graph;
    graph.offsets = {0, 1, 2};
    graph.targets = {1, 0};
    graph.weights = {1.0F, 1.0F};
    return graph;
}

/// Drawn positions in [0, 10].
matrix<float> scattered(std::int64_t n, std::int64_t m) {
    const random_stream random(3, 3);
    matrix<float> points(n, m);
    for (std::int64_t i = 0; i < n * m; ++i)
        points.data()[i] = static_cast<float>(10 * random.uniform(static_cast<std::uint64_t>(i)));
    return points;
}

} // namespace

TEST_CASE("edges are sampled as if umap-learn's counters were kept") {
    // The counters themselves: next sample and next negative sample of an edge, advanced epoch by epoch. No
    // multiple of a rate here is an integer (but of 1), where rounding would decide.
    const std::int32_t epochs = 500;
    for (const int negative_rate : {0, 1, 5, 8})
        for (const double rate : {1.0, 0.9317, 0.7071, 0.5003, 0.3119, 0.1237, 0.0171, 0.0021}) {
            CAPTURE(rate);
            const double period = 1 / rate;
            double next = period;
            double next_negative = negative_rate > 0 ? period / negative_rate : 0;
            std::int64_t samples = 0, negatives = 0;
            for (std::int32_t epoch = 1; epoch < epochs; ++epoch) {
                const bool due = next <= epoch;
                CHECK(is_sampled(rate, epoch) == due);
                if (!due)
                    continue;
                ++samples;
                next += period;
                const int count = negative_rate > 0
                                      ? static_cast<int>((epoch - next_negative) / (period / negative_rate))
                                      : 0;
                CHECK(count_negative_samples(rate, epoch, negative_rate) == count);
                next_negative += count * (negative_rate > 0 ? period / negative_rate : 0);
                negatives += count;
            }
            CHECK(samples == static_cast<std::int64_t>((epochs - 1) * rate));
            if (samples > 10)
                CHECK(static_cast<double>(negatives) / static_cast<double>(samples) ==
                      doctest::Approx(negative_rate).epsilon(0.1));
        }
}

TEST_CASE("a tournament visits every directed edge once, in disjoint meetings") {
    for (const std::int32_t vertices : {1, 2, 63, 64, 130, 1000, 5003}) {
        CAPTURE(vertices);
        const weighted_graph graph = ring(vertices, std::min(4, (vertices - 1) / 2));
        const block_tournament tournament(graph);

        std::vector<std::int64_t> vertex_at(static_cast<std::size_t>(vertices), -1);
        for (std::int64_t i = 0; i < vertices; ++i) {
            REQUIRE(tournament.place(i) < vertices);
            vertex_at[static_cast<std::size_t>(tournament.place(i))] = i;
        }
        CHECK(std::count(vertex_at.begin(), vertex_at.end(), -1) == 0);

        std::multiset<std::tuple<std::int64_t, std::int64_t, float>> expected, found;
        for (std::int64_t i = 0; i < vertices; ++i)
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
                expected.emplace(i, graph.target(edge), graph.weight(edge));
        std::set<std::int64_t> numbers;
        tournament.play(execution({.threads = 1}),
                        [&](std::int64_t first, std::span<const placed_edge> edges) {
                            for (const placed_edge& edge : edges) {
                                numbers.insert(first++);
                                found.emplace(vertex_at[static_cast<std::size_t>(edge.head)],
                                              vertex_at[static_cast<std::size_t>(edge.tail)], edge.weight);
                            }
                        });
        CHECK(found == expected);
        CHECK(numbers.size() == expected.size());
    }
}

TEST_CASE("meetings that run at once touch different vertices") {
    const weighted_graph graph = ring(3000, 7);
    const block_tournament tournament(graph);
    std::vector<int> busy(3000, 0);
    std::mutex guard;
    bool disjoint = true;
    tournament.play(execution({.threads = 4}), [&](std::int64_t, std::span<const placed_edge> edges) {
        std::set<std::int32_t> ends;
        for (const placed_edge& edge : edges) {
            ends.insert(edge.head);
            ends.insert(edge.tail);
        }
        const auto count = [&](int change) {
            const std::scoped_lock lock(guard);
            for (const std::int32_t end : ends)
                disjoint &= (busy[static_cast<std::size_t>(end)] += change) <= 1;
        };
        count(1);
        count(-1);
    });
    CHECK(disjoint);
}

TEST_CASE("one pull moves both ends along the gradient of the membership") {
    // Without repulsion, in epoch 1, at rate 1/2: the two directions of the edge pull one after the other.
    const similarity_curve curve{.a = 1.577, .b = 0.895};
    matrix<float> start(2, 2);
    start << 1.0F, 2.0F, 4.0F, 6.0F;
    layout run(pair_of_vertices(), start,
               {.curve = curve, .epochs = 10, .learning_rate = 0.5, .negative_sample_rate = 0}, 1);
    run.advance(1, execution{}); // no edge is due in epoch 0
    CHECK(run.positions() == start.cast<double>());
    run.advance(1, execution{});

    matrix<double> expected = start.cast<double>();
    for (int direction = 0; direction < 2; ++direction) {
        const double distance = (expected.row(0) - expected.row(1)).norm();
        // d log w / d distance by a difference quotient.
        const double h = 1e-6;
        const double slope = (std::log(curve(distance + h)) - std::log(curve(distance - h))) / (2 * h);
        for (int c = 0; c < 2; ++c) {
            const double pull = 0.5 * slope * (expected(0, c) - expected(1, c)) / distance;
            expected(0, c) += pull;
            expected(1, c) -= pull;
        }
    }
    CHECK((run.positions() - expected).cwiseAbs().maxCoeff() < 1e-5);
}

TEST_CASE("repulsion moves the head away from drawn vertices, along the gradient, read from the snapshot") {
    // Two vertices: whatever is drawn is the other one, or the head itself, which does not count.
    const similarity_curve curve{.a = 1.577, .b = 0.895};
    matrix<float> start(2, 2);
    start << 1.0F, 2.0F, 4.0F, 6.0F;
    const layout_options options{
        .curve = curve, .epochs = 10, .learning_rate = 0.5, .negative_sample_rate = 5};
    layout pulled(pair_of_vertices(), start,
                  {.curve = curve, .epochs = 10, .learning_rate = 0.5, .negative_sample_rate = 0}, 1);
    layout pushed(pair_of_vertices(), start, options, 1);
    pulled.advance(2, execution{});
    pushed.advance(2, execution{});
    const matrix<double> difference = pushed.positions() - pulled.positions();
    const Eigen::RowVector2d apart = (start.row(0) - start.row(1)).cast<double>();
    const double distance = apart.norm(), h = 1e-6;
    const double slope = (std::log(1 - curve(distance + h)) - std::log(1 - curve(distance - h))) / (2 * h);
    // At most 4 negatives in epoch 1, each a little stronger than from the start, as the pulls come before.
    const double one = 0.5 * slope;
    for (int i = 0; i < 2; ++i) {
        const double away = difference.row(i).dot(apart.normalized()) * (i == 0 ? 1 : -1);
        CHECK(away >= -1e-6);
        CHECK(away < 4 * one * 1.3);
    }
    CHECK(difference.norm() > 0.9 * one);
}

TEST_CASE("a layout that is interrupted by looking at it goes on as if it were not") {
    const weighted_graph graph = ring(700, 5);
    for (const std::int64_t m : {1, 2, 3, 5}) {
        const matrix<float> start = scattered(700, m);
        layout whole(graph, start, {.epochs = 40}, 9), parts(graph, start, {.epochs = 40}, 9);
        whole.advance(100, execution{});
        CHECK(whole.epoch() == 40);
        for (const int count : {1, 0, 17, 22})
            parts.advance(count, execution{});
        CHECK(parts.positions() == whole.positions());
        CHECK(whole.positions().allFinite());
        CHECK(layout(graph, start, {.epochs = 40}, 9).positions() == start.cast<double>());
    }
}

TEST_CASE("a layout has the same bits on any number of threads, and others for another seed") {
    const weighted_graph graph = ring(2500, 7);
    const matrix<float> start = scattered(2500, 2);
    const auto run = [&](int threads, std::uint64_t seed) {
        layout result(graph, start, {.epochs = 30}, seed);
        result.advance(30, execution({.threads = threads}));
        return result.positions();
    };
    const matrix<double> one = run(1, 4);
    for (const int threads : {2, 3, 8})
        CHECK(run(threads, 4) == one);
    CHECK(run(1, 5) != one);
}

TEST_CASE("any number of dimensions uses the same arithmetic") {
    // A plane in 3 and in 5 dimensions stays a plane, with the same positions up to contraction of products.
    const weighted_graph graph = ring(300, 4);
    const matrix<float> flat = scattered(300, 2);
    layout plane(graph, flat, {.epochs = 3}, 1);
    plane.advance(3, execution{});
    for (const std::int64_t m : {3, 5}) {
        matrix<float> start = matrix<float>::Zero(300, m);
        start.leftCols(2) = flat;
        layout other(graph, start, {.epochs = 3}, 1);
        other.advance(3, execution{});
        CHECK(other.positions().rightCols(m - 2).isZero());
        CHECK((other.positions().leftCols(2) - plane.positions()).cwiseAbs().maxCoeff() < 1e-2);
    }
}

TEST_CASE("an interrupted layout stops") {
    std::stop_source source;
    source.request_stop();
    layout run(ring(100, 3), scattered(100, 2), {}, 1);
    CHECK_THROWS_AS(run.advance(10, execution({.stop = source.get_token()})), interrupted);
}
