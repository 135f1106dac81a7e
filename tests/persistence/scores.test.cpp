// SPDX-License-Identifier: MIT
#include <topoprune/combine/combiner.hpp>
#include <topoprune/persistence/density_score.hpp>
#include <topoprune/persistence/persistence_score.hpp>

#include "laws/clouds.hpp"
#include "laws/score_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace topoprune;

TEST_CASE("the scores obey the laws of a score") {
    for (const std::int64_t n : {1, 2, 5, 200}) {
        check_score_laws(persistence_score<>{}, clouds::normal(n, 2), three_classes(n));
        check_score_laws(density_score<>{}, clouds::normal(n, 2), three_classes(n));
    }
    check_score_laws(persistence_score<>{}, clouds::lattice(90, 2, 4), three_classes(90));
}

TEST_CASE("persistence is the distance that a class moves in its steps") {
    const matrix<double> points = clouds::circle(60, 5);
    const class_partition classes(std::vector<std::int64_t>(60, 0));
    const persistence_score<> score{.optimizer = {.learning_rate = 0.02, .steps = 3}};
    const std::vector<double> column = score.column({points, classes}, execution{});

    matrix<double> moved = points;
    auto state = score.optimizer.start(60, 2);
    for (int step = 0; step < 3; ++step)
        score.optimizer.ascend(state, moved, score.loss.value_and_gradient(moved, execution{}).gradient);
    for (Eigen::Index i = 0; i < 60; ++i)
        CHECK(column[static_cast<std::size_t>(i)] == doctest::Approx((moved.row(i) - points.row(i)).norm()));
    CHECK(score.loss.value_and_gradient(moved, execution{}).value >
          score.loss.value_and_gradient(points, execution{}).value);
    CHECK(*std::max_element(column.begin(), column.end()) <= 3 * 0.02 * std::sqrt(2.0) * 1.0001);
}

TEST_CASE("no step moves nothing") {
    const class_partition classes(std::vector<std::int64_t>(20, 0));
    const persistence_score<> score{.optimizer = {.steps = 0}};
    for (const double value : score.column({clouds::normal(20, 1), classes}, execution{}))
        CHECK(value == 0);
}

TEST_CASE("a class is scored by itself") {
    // The density of a class does not see the other one, wherever it lies.
    const matrix<double> points = clouds::normal(40, 6);
    matrix<double> both(80, 2);
    both << points, points.array() + 0.01;
    std::vector<std::int64_t> labels(80, 1);
    std::fill(labels.begin() + 40, labels.end(), 2);
    const std::vector<double> column = density_score<>{}.column({both, class_partition(labels)}, execution{});
    const std::vector<double> alone = gaussian_kde{}.log_density(points, execution{});
    for (std::size_t i = 0; i < 40; ++i)
        CHECK(column[i] == alone[i]);
}

TEST_CASE("columns are normalized within each class") {
    const class_partition classes(std::vector<std::int64_t>{0, 0, 0, 0, 1, 1});
    const std::vector<double> column{-4, -2, -2, 0, 7, 7};
    CHECK(normalized_by_class(column, classes, normalization::min_max) ==
          std::vector<double>{0, 0.5, 0.5, 1, 0, 0});
    CHECK(normalized_by_class(column, classes, normalization::rank) ==
          std::vector<double>{0, 0.5, 0.5, 1, 0, 0});
    CHECK(normalized_by_class(column, classes, normalization::none) == column);
    const std::vector<double> standard = normalized_by_class(column, classes, normalization::z_score);
    CHECK(standard[0] == doctest::Approx(-std::sqrt(2.0)));
    CHECK(standard[3] == doctest::Approx(std::sqrt(2.0)));
    CHECK(standard[4] == 0);
}

TEST_CASE("the weighted sum adds the normalized columns by their weights") {
    const class_partition classes(std::vector<std::int64_t>{0, 0, 0});
    const std::vector<double> persistence{0, 1, 2};
    const std::vector<double> density{3, -1, 1};
    CHECK(weighted_sum{}.combine(persistence, density, classes) == std::vector<double>{0.5, 0.25, 0.75});
    CHECK(weighted_sum{.persistence = 1, .density = 0}.combine(persistence, density, classes) ==
          std::vector<double>{0, 0.5, 1});
    CHECK_THROWS_WITH_AS((void)weighted_sum{.persistence = -1}.combine(persistence, density, classes),
                         "weighted_sum: persistence is -1, must be at least 0 and finite",
                         std::invalid_argument);
    CHECK_THROWS_AS(
        (void)(weighted_sum{.persistence = 0, .density = 0}.combine(persistence, density, classes)),
        std::invalid_argument);
}
