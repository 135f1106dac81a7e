// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_slice.hpp>
#include <topoprune/filtration/rips.hpp>
#include <topoprune/loss/sum_of_losses.hpp>
#include <topoprune/loss/total_persistence.hpp>
#include <topoprune/loss/wasserstein_to.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace topoprune;

namespace {

const execution one({.threads = 1});

template <class Loss>
double value(const Loss& loss, const matrix<double>& points) {
    return loss.value_and_gradient(points, one).value;
}

/// The bars of another cloud.
template <class F>
barcode bars_of(const F& filtration, const matrix<double>& points, int degree) {
    return persistence_barcode(build_for_barcode(filtration, points, one), degree, one);
}

} // namespace

TEST_CASE("to the empty barcode it is the total persistence, by the norm of the diagonal") {
    const matrix<double> points = clouds::circle(80, 1, 0.2);
    const double persistence = value(total_persistence<>{}, points);
    CHECK(value(wasserstein_to<>{}, points) == doctest::Approx(persistence / 2).epsilon(1e-12));
    CHECK(value(wasserstein_to{.filtration = weak_delaunay{}, .norm = l1{}}, points) ==
          doctest::Approx(persistence).epsilon(1e-12));
    CHECK(value(wasserstein_to{.filtration = weak_delaunay{}, .power = 2, .norm = l2{}}, points) ==
          doctest::Approx(std::sqrt(value(total_persistence<>{.power = 2}, points) / 2)).epsilon(1e-12));
}

TEST_CASE("a square and its barcode") {
    matrix<double> square(4, 2);
    square << 0, 0, 2, 0, 2, 2, 0, 2; // one hole, [1, sqrt(2))
    const wasserstein_to<rips> loss{.target = {{1.0, 2.0}}};
    CHECK(value(loss, square) == doctest::Approx(2 - std::sqrt(2.0)).epsilon(1e-12));
    // Its own barcode, with the component that lives forever.
    for (const int degree : {0, 1}) {
        const wasserstein_to<rips> same{.target = bars_of(rips{}, square, degree), .degree = degree};
        const loss_value at = same.value_and_gradient(square, one);
        CHECK(at.value == 0);
        CHECK(at.gradient.isZero(0));
    }
    // 3 components end at 1; to end at 1.5 they are 0.5 away each.
    CHECK(value(wasserstein_to<rips>{.target = {{0, 1.5}, {0, 1.5}, {0, 1.5}}, .degree = 0}, square) ==
          doctest::Approx(1.5).epsilon(1e-12));
    const double forever = std::numeric_limits<double>::infinity();
    CHECK(value(wasserstein_to<rips>{.target = {{0, forever}}, .degree = 0}, square) ==
          doctest::Approx(1.5).epsilon(1e-12));
    CHECK_THROWS_AS(
        (void)value(wasserstein_to<rips>{.target = {{0, forever}, {0, forever}}, .degree = 0}, square),
        std::invalid_argument);
}

TEST_CASE("the gradient equals central differences") {
    std::int64_t compared = 0;
    const auto compare = [&](const auto& filtration, const auto& norm, const matrix<double>& points,
                             const matrix<double>& model) {
        for (const int degree : {0, 1})
            for (const double power : {1.0, 2.0})
                compared +=
                    compare_with_differences(wasserstein_to{.filtration = filtration,
                                                            .target = bars_of(filtration, model, degree),
                                                            .degree = degree,
                                                            .power = power,
                                                            .norm = norm},
                                             points);
    };
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        const matrix<double> points = clouds::circle(30, seed, 0.1);
        const matrix<double> model = clouds::normal(25, seed + 10, 0.6);
        compare(weak_delaunay{}, l1{}, points, model);
        compare(weak_delaunay{}, l2{}, points, model);
        compare(weak_delaunay{}, l_infinity{}, points, model);
        compare(rips{}, l2{}, points, model);
        compare(rips{}, l_infinity{}, clouds::normal(20, seed, 1.0, 5), model);
        compare(density_slice{.codensity = 2.0}, l2{}, points, model);
    }
    CHECK(compared > 2500);
}

TEST_CASE("it obeys the laws of a topological loss") {
    const barcode target{{0.1, 0.5}, {0.2, 0.9}, {0.3, 0.35}};
    for (const std::int64_t n : {0, 1, 2, 3, 4, 60})
        for (const int degree : {0, 1})
            for (const double power : {1.0, 2.0})
                check_loss_laws(wasserstein_to<>{.target = target, .degree = degree, .power = power},
                                clouds::normal(n, 3));
    check_loss_laws(wasserstein_to<>{.target = target}, clouds::lattice(60, 1, 5));
    check_loss_laws(wasserstein_to<>{.target = target}, clouds::line(30, 1));
    check_loss_laws(wasserstein_to<>{.target = target}, clouds::lattice(20, 1, 1));
    for (const int degree : {0, 1, 2})
        check_loss_laws(wasserstein_to<rips, l2>{.target = target, .degree = degree},
                        clouds::normal(40, 2, 1.0, 4));
}

TEST_CASE("descent takes a cloud to the barcode of a model") {
    const barcode target = bars_of(rips{}, clouds::circle(30, 1, 0.0), 1);
    matrix<double> points = clouds::circle(30, 1, 0.0);
    points.col(1) *= 0.6; // an ellipse
    const weighted_loss descent{-1.0, wasserstein_to<rips, l2>{.target = target}};
    const double before = -value(descent, points);
    for (int step = 0; step < 60; ++step)
        points += 0.02 * descent.value_and_gradient(points, one).gradient;
    CHECK(-value(descent, points) < 0.6 * before);
}
