// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/projection/detail/tsne/divergence_descent.hpp>
#include <topoprune/projection/detail/tsne/joint_probabilities.hpp>

#include "laws/clouds.hpp"
#include "laws/projection_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

weighted_graph affinities(std::int64_t n) {
    const matrix<float> points = clouds::normal(n, 3, 1.0, 4).cast<float>();
    return joint_probabilities(exact_neighbors{}.search(points, euclidean{}, 15, execution{}), 5,
                               execution{});
}

/// KL(P | Q) in double, straight from its definition, P times `exaggeration` without its constant.
double divergence_by_definition(const weighted_graph& p, const matrix<double>& points, double exaggeration) {
    const auto kernel = [&](std::int64_t i, std::int64_t j) {
        return 1 / (1 + laws::squared_distance(points, i, j));
    };
    double sum = 0, normalization = 0;
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        for (std::int64_t edge = p.begin(i); edge < p.end(i); ++edge) {
            const double weight = static_cast<double>(p.weight(edge));
            sum += exaggeration * weight * std::log(weight / kernel(i, p.target(edge)));
        }
        for (std::int64_t j = 0; j < points.rows(); ++j)
            normalization += i == j ? 0.0 : kernel(i, j);
    }
    return sum + std::log(normalization);
}

} // namespace

TEST_CASE("the gradient is that of the divergence") {
    const std::int64_t n = 120;
    const weighted_graph p = affinities(n);
    for (const std::int64_t dimensions : {1, 2})
        for (const double scale : {0.1, 1.0, 6.0})
            for (const double exaggeration : {1.0, 4.0}) {
                CAPTURE(scale);
                // Floats, so that both see the same points.
                matrix<double> points = clouds::normal(n, 9, scale, dimensions).cast<float>().cast<double>();
                divergence_descent descent(p, points);
                const matrix<double> found = descent.gradient(exaggeration, execution{});
                matrix<double> expected(n, dimensions);
                const double step = 1e-5 * scale;
                for (Eigen::Index at = 0; at < points.size(); ++at) {
                    const double kept = points.data()[at];
                    points.data()[at] = kept + step;
                    const double after = divergence_by_definition(p, points, exaggeration);
                    points.data()[at] = kept - step;
                    const double before = divergence_by_definition(p, points, exaggeration);
                    points.data()[at] = kept;
                    expected.data()[at] = (after - before) / (2 * step) / 4;
                }
                CHECK((found - expected).norm() < 1e-5 * expected.norm());
                if (exaggeration == 1)
                    CHECK(descent.divergence(execution{}) ==
                          doctest::Approx(divergence_by_definition(p, points, 1)).epsilon(1e-6));
            }
}

TEST_CASE("interpolation changes the gradient little") {
    const std::int64_t n = divergence_descent::interpolate_from + 500;
    const weighted_graph p = affinities(n);
    const matrix<double> points = clouds::normal(n, 4, 8).cast<float>().cast<double>();
    divergence_descent descent(p, points);
    planar_positions planar(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < planar.size(); ++i) {
        planar.x[i] = static_cast<float>(points(static_cast<Eigen::Index>(i), 0));
        planar.y[i] = static_cast<float>(points(static_cast<Eigen::Index>(i), 1));
    }
    repulsion exact;
    sum_exact_repulsion(planar, exact, execution{});
    const matrix<double> found = descent.gradient(1, execution{});
    matrix<double> expected = matrix<double>::Zero(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        for (std::int64_t edge = p.begin(i); edge < p.end(i); ++edge) {
            const double dx = points(i, 0) - points(p.target(edge), 0);
            const double dy = points(i, 1) - points(p.target(edge), 1);
            const double pull = static_cast<double>(p.weight(edge)) / (1 + dx * dx + dy * dy);
            expected(i, 0) += pull * dx;
            expected(i, 1) += pull * dy;
        }
        const auto at = static_cast<std::size_t>(i);
        expected(i, 0) -= static_cast<double>(exact.forces.x[at]) / exact.normalization;
        expected(i, 1) -= static_cast<double>(exact.forces.y[at]) / exact.normalization;
    }
    CHECK((found - expected).norm() < 1e-2 * expected.norm());
    CHECK((found - expected).norm() > 0); // it is interpolated
}

TEST_CASE("a step follows momentum, gains and the longest step") {
    const weighted_graph p = affinities(60);
    const matrix<double> start = clouds::normal(60, 2).cast<float>().cast<double>();
    divergence_descent descent(p, start);
    const matrix<double> g = descent.gradient(2, execution{});
    // The first velocity is 0: its sign differs from any gradient's, so gains are 1.2.
    descent.iterate({.exaggeration = 2, .learning_rate = 3, .momentum = 0.5}, execution{});
    matrix<double> expected = start - 1.2 * 3 * g;
    expected.rowwise() -= expected.colwise().mean();
    CHECK((descent.positions() - expected).norm() < 1e-5 * expected.norm());
    // Whatever the rate, no sample moves by more than 5, up to the shift of all.
    const matrix<double> before = descent.positions();
    descent.iterate({.exaggeration = 2, .learning_rate = 1e9, .momentum = 0.5}, execution{});
    const matrix<double> moved = descent.positions() - before;
    CHECK((moved.rowwise() - moved.colwise().mean()).rowwise().norm().maxCoeff() < 10);
    CHECK(descent.positions().colwise().mean().norm() < 1e-5);
}
