// SPDX-License-Identifier: MIT
#include <topoprune/projection/local_map.hpp>

#include "laws/projection_laws.hpp"
#include "pacmap_clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace topoprune;
using namespace pacmap_clouds;

TEST_CASE("local_map is a projection") {
    laws::check_projection_laws(local_map{.base = {.iterations = {5, 5, 30}}}, clusters(700, 6, 4));
    laws::check_projection_laws(
        local_map{.base =
                      pacmap{.n_neighbors = 5, .metric = cosine{}, .iterations = {5, 5, 12}, .dimensions = 3},
                  .nearby_distance = 4},
        clusters(203, 4, 2));
}

TEST_CASE("local_map takes the options of pacmap") {
    static_assert(std::same_as<decltype(local_map{.base = {.n_neighbors = 4}}), local_map<>>);
    static_assert(std::same_as<decltype(local_map{.base = pacmap{.metric = cosine{}}}), local_map<cosine>>);
    CHECK(local_map{.base = {.n_neighbors = 4}}.nearby_distance == 10);
}

TEST_CASE("local_map is pacmap up to the first iteration of the last phase") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const pacmap<> base{.iterations = {4, 3, 20}};
    pacmap_run plain = base.start(points, where), adjusted = local_map{.base = base}.start(points, where);
    plain.advance(8, where);
    adjusted.advance(8, where);
    CHECK(laws::same_bits(plain.positions(), adjusted.positions()));
    plain.advance(1, where);
    adjusted.advance(1, where);
    CHECK_FALSE(laws::same_bits(plain.positions(), adjusted.positions()));
}

TEST_CASE("the gradient of the adjusted phase is the derivative of its loss") {
    constexpr std::int64_t n = 45;
    const execution where;
    const auto pairs = random_choice(n);
    for (const std::int64_t dimensions : {2, 3})
        for (const double t : {1.0, 10.0}) {
            CAPTURE(t);
            detail::pair_descent run(pairs, random_positions(n, dimensions, 3),
                                     {.iterations = {1, 0, 5}, .learning_rate = 0.01, .nearby_distance = t},
                                     1, where);
            run.advance(3, where);
            const auto loss = [&](const matrix<double>& y) {
                return t / 2 *
                           sum_over(pairs.near, y,
                                    [](double d) {
                                        return std::sqrt(d) / (10 + d) +
                                               std::atan(std::sqrt(d / 10)) / std::sqrt(10.0);
                                    }) +
                       sum_over(pairs.further, y, [](double d) { return 1 / (1 + d); });
            };
            CHECK(gradient_error(run, loss) < 1e-5);
        }
}

TEST_CASE("a layout moves the digits as LocalMAP does") {
    const execution where;
    const matrix<float> start = recorded::as_matrix(recorded::read_table("start.csv", "pacmap"));
    detail::pair_descent run(recorded_choice(), start, {.iterations = {2, 2, 4}, .nearby_distance = 10.0}, 1,
                             where);
    run.advance(8, where);
    const matrix<float> theirs = recorded::as_matrix(recorded::read_table("after_local_map.csv", "pacmap"));
    CHECK((run.positions() - theirs.cast<double>()).cwiseAbs().maxCoeff() < 1e-3);
}

TEST_CASE("further pairs are drawn anew among nearby samples after every tenth iteration") {
    // Two bundles far apart, and all further pairs go across: hardly a force. Within 10 of a sample there is
    // its own bundle only, so that the pairs that are drawn anew repel within it.
    constexpr std::int64_t n = 400;
    const execution where;
    detail::pair_choice pairs{detail::pair_table(n, 0), detail::pair_table(n, 0), detail::pair_table(n, 3)};
    matrix<float> start = random_positions(n, 2, 1);
    for (std::int64_t i = 0; i < n; ++i) {
        start(i, 0) += i % 2 == 0 ? 0.0F : 1000.0F;
        for (std::int64_t p = 0; p < 3; ++p)
            pairs.further.of(i)[static_cast<std::size_t>(p)] = static_cast<std::int32_t>((i + 2 * p + 1) % n);
    }
    const auto largest_force = [](const detail::pair_descent& run) {
        return run.gradient().cwiseAbs().maxCoeff();
    };
    detail::pair_descent adjusted(pairs, start, {.iterations = {0, 0, 20}, .nearby_distance = 10.0}, 1,
                                  where),
        plain(pairs, start, {.iterations = {0, 0, 20}}, 1, where),
        tight(pairs, start, {.iterations = {0, 0, 20}, .nearby_distance = 1e-6}, 1, where);
    adjusted.advance(10, where);
    CHECK(largest_force(adjusted) < 1e-7);
    adjusted.advance(1, where); // number 10
    CHECK(largest_force(adjusted) > 0.1);
    // Each sample has three partners of its own and is one for others: more than the forces of a few.
    CHECK((adjusted.gradient().rowwise().norm().array() > 1e-3).count() > n * 9 / 10);
    plain.advance(11, where);
    CHECK(largest_force(plain) < 1e-7);
    tight.advance(11, where); // nobody is within reach, so the pairs stay
    CHECK(largest_force(tight) < 1e-7);
}

TEST_CASE("a run of local_map that is resumed equals one that is not") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const local_map<> policy{.base = {.iterations = {5, 5, 40}}};
    pacmap_run run = policy.start(points, where);
    for (const int count : {1, 10, 19, 1, 7, 100})
        run.advance(count, where);
    CHECK(laws::same_bits(run.positions(), policy.project(points, where).points));
}

TEST_CASE("local_map accepts neighbors that are already known") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const local_map<> policy{.base = {.iterations = {5, 5, 15}}};
    const neighbor_graph neighbors = exact_neighbors{}.search(
        detail::prepare_pacmap_features(points, 100, where).rows, euclidean{}, 60, where);
    CHECK(
        laws::same_bits(policy.place(points, neighbors, where).points, policy.project(points, where).points));
}

TEST_CASE("local_map places few samples, duplicates and one that is far away") {
    for (std::int64_t n = 0; n <= 12; ++n) {
        const embedding result =
            local_map{.base = {.iterations = {3, 3, 25}}}.project(clusters(n, 3, 2), execution{});
        CHECK(result.points.rows() == n);
        CHECK(result.points.allFinite());
    }
    matrix<float> points = clusters(120, 4, 3);
    points.bottomRows(60) = points.topRows(60);
    points(7, 2) = 1e30F;
    CHECK(local_map{.base = {.iterations = {3, 3, 25}}}.project(points, execution{}).points.allFinite());
    // Nobody is ever within this distance: the pairs stay.
    CHECK(local_map{.base = {.iterations = {3, 3, 25}}, .nearby_distance = 1e-30}
              .project(points, execution{})
              .points.allFinite());
}

TEST_CASE("local_map refuses options that cannot be") {
    const matrix<float> points = clusters(50, 3, 2);
    for (const double bad : {0.0, -1.0, 1e7, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS((void)local_map{.nearby_distance = bad}.project(points, execution{}),
                        std::invalid_argument);
    CHECK_THROWS_AS((void)local_map{.base = {.dimensions = 0}}.project(points, execution{}),
                    std::invalid_argument);
}
