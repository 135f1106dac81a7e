// SPDX-License-Identifier: MIT
#include <topoprune/projection/umap.hpp>

#include "laws/projection_laws.hpp"
#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace topoprune;

namespace {

using laws::same_bits;

matrix<float> few_digits(Eigen::Index count) {
    return recorded::digits().topRows(count);
}

std::vector<std::int64_t> few_labels(std::size_t count) {
    std::vector<std::int64_t> labels = recorded::labels();
    labels.resize(count);
    return labels;
}

} // namespace

TEST_CASE("a run in parts has the bits of a run at once") {
    const matrix<float> digits = few_digits(150);
    const execution where;
    for (const umap_schedule schedule : {umap_schedule::tournament, umap_schedule::reference})
        for (const double density : {0.0, 2.0}) {
            if (density > 0 && schedule == umap_schedule::reference)
                continue;
            const umap policy{
                .n_neighbors = 8, .n_epochs = 40, .schedule = schedule, .density_lambda = density};
            umap_run whole = policy.start(digits, where), parts = whole;
            whole.advance(40, where);
            for (const int count : {20, 0, 7, 100})
                parts.advance(count, where);
            CHECK(whole.epoch() == 40);
            CHECK(parts.epoch() == 40);
            CHECK(same_bits(whole.positions(), parts.positions()));
            CHECK(same_bits(whole.result().points, policy.project(digits, where).points));
        }
}

TEST_CASE("a run shows itself after every epoch") {
    const matrix<float> digits = few_digits(100);
    const execution where;
    const umap policy{.n_neighbors = 8, .n_epochs = 12};
    umap_run run = policy.start(digits, where);
    const matrix<double> start = run.positions();
    std::vector<int> epochs;
    std::vector<matrix<double>> seen;
    run.advance(5, where, [&](const umap_run& now) {
        epochs.push_back(now.epoch());
        seen.push_back(now.positions());
    });
    CHECK(epochs == std::vector<int>{1, 2, 3, 4, 5});
    CHECK(same_bits(seen[0], start)); // no edge is due in epoch 0
    CHECK(!same_bits(seen[1], start));
    CHECK(same_bits(seen[4], run.positions()));
    run.finish(where);
    CHECK(run.epoch() == 12);
    CHECK(same_bits(run.positions(), policy.project(digits, where).points));
    CHECK_THROWS_AS(run.advance(-1, where), std::invalid_argument);
}

TEST_CASE("an ensemble is led by the single run and differs from it") {
    const matrix<float> digits = few_digits(150);
    for (const umap_schedule schedule : {umap_schedule::tournament, umap_schedule::reference}) {
        const umap policy{.n_neighbors = 8, .n_epochs = 30, .schedule = schedule};
        const auto ensemble = policy.ensemble(digits, 4, execution({.threads = 1}));
        REQUIRE(ensemble.size() == 4);
        CHECK(same_bits(ensemble[0].points, policy.project(digits, execution{}).points));
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < i; ++j)
                CHECK(!same_bits(ensemble[i].points, ensemble[j].points));
        for (const int threads : {2, 3, 8}) {
            const execution where({.threads = threads});
            const auto again = policy.ensemble(digits, 4, where);
            for (std::size_t i = 0; i < 4; ++i) {
                CHECK(same_bits(again[i].points, ensemble[i].points));
                CHECK(again[i].notes == ensemble[i].notes);
            }
        }
        CHECK(policy.ensemble(digits, 0, execution{}).empty());
    }
}

TEST_CASE("every form of umap is a projection") {
    const matrix<float> digits = few_digits(130);
    laws::check_projection_laws(umap{.n_neighbors = 6, .n_epochs = 12, .init = umap_init::random}, digits);
    laws::check_projection_laws(
        umap{.n_neighbors = 6, .n_epochs = 12, .init = umap_init::principal_components}, digits);
    laws::check_projection_laws(umap{.n_neighbors = 6, .n_epochs = 12, .schedule = umap_schedule::reference},
                                digits);
    laws::check_projection_laws(umap{.n_neighbors = 6, .n_epochs = 12, .density_lambda = 2}, digits);
    laws::check_projection_laws(umap{.n_neighbors = 6, .n_epochs = 12, .dimensions = 3, .density_lambda = 2},
                                digits);
}

TEST_CASE("a layout begins where it is told to") {
    const matrix<float> digits = few_digits(120);
    const execution where;
    const matrix<double> components = pca{}.project(digits, where).points;
    const auto start = [&](const umap_start& init) {
        return umap{.n_epochs = 0, .init = init}.project(digits, where).points;
    };
    // Stretched to [0, 10], each axis; a little noise is on it.
    matrix<double> boxed = components;
    for (Eigen::Index c = 0; c < 2; ++c)
        boxed.col(c) = 10 * (boxed.col(c).array() - boxed.col(c).minCoeff()) /
                       (boxed.col(c).maxCoeff() - boxed.col(c).minCoeff());
    CHECK((start(umap_init::principal_components) - boxed).cwiseAbs().maxCoeff() < 2e-3);
    CHECK(same_bits(start(components), start(umap_init::principal_components)));
    CHECK((start(umap_init::spectral) - boxed).cwiseAbs().maxCoeff() > 1);
    const matrix<double> random = start(umap_init::random);
    CHECK(random.minCoeff() == 0);
    CHECK(random.maxCoeff() == 10);
    CHECK(random.mean() == doctest::Approx(5).epsilon(0.1));

    CHECK_THROWS_AS((void)start(matrix<double>(components.topRows(119))), std::invalid_argument);
    CHECK_THROWS_AS((void)start(matrix<double>(components.leftCols(1))), std::invalid_argument);
    matrix<double> spoiled = components;
    spoiled(3, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)start(spoiled), std::invalid_argument);
    CHECK(start(matrix<double>(matrix<double>::Zero(120, 2))).allFinite());
}

TEST_CASE("labels move classes apart") {
    // The mean distance to the own class's center over that of the centers from each other.
    const matrix<float> digits = few_digits(300);
    const std::vector<std::int64_t> labels = few_labels(300);
    const execution where;
    const auto tightness = [&](const matrix<double>& points) {
        matrix<double> centers = matrix<double>::Zero(10, 2);
        Eigen::VectorXd counts = Eigen::VectorXd::Zero(10);
        for (std::size_t i = 0; i < 300; ++i) {
            centers.row(labels[i]) += points.row(static_cast<Eigen::Index>(i));
            counts[labels[i]] += 1;
        }
        for (Eigen::Index c = 0; c < 10; ++c)
            centers.row(c) /= counts[c];
        double within = 0;
        for (std::size_t i = 0; i < 300; ++i)
            within += (points.row(static_cast<Eigen::Index>(i)) - centers.row(labels[i])).norm() / 300;
        const double between = (centers.rowwise() - centers.colwise().mean()).rowwise().norm().mean();
        return within / between;
    };
    const umap policy{.n_epochs = 200};
    const double plain = tightness(policy.project(digits, where).points);
    const embedding supervised = policy.project_supervised(digits, labels, where);
    CHECK(supervised.points.allFinite());
    CHECK(tightness(supervised.points) < 0.8 * plain);

    // Unknown everywhere: the weights keep their proportions, nearly.
    const std::vector<std::int64_t> unknown(300, -1);
    CHECK(tightness(policy.project_supervised(digits, unknown, where).points) ==
          doctest::Approx(plain).epsilon(0.3));

    for (const int threads : {1, 2, 3, 8})
        CHECK(same_bits(policy.project_supervised(digits, labels, execution({.threads = threads})).points,
                        supervised.points));
    CHECK_THROWS_AS((void)policy.project_supervised(digits, few_labels(299), where), std::invalid_argument);
    // Full weight cuts the graph into classes and less; all get a place.
    const umap strict{.n_epochs = 50, .target_weight = 1};
    CHECK(strict.project_supervised(digits, labels, where).points.allFinite());
}
