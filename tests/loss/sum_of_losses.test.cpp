// SPDX-License-Identifier: MIT
#include <topoprune/loss/signed_measure_norm.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/loss/sum_of_losses.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("a sum of losses is the sum of values and of gradients, each with its weight") {
    const matrix<double> points = clouds::circle(40, 1, 0.1);
    const loss_value transport = signed_measure_transport{}.value_and_gradient(points, execution{});
    const loss_value norm = signed_measure_norm{}.value_and_gradient(points, execution{});
    const sum_of_losses both{weighted_loss{2.0, signed_measure_transport<>{}},
                             weighted_loss{-3.0, signed_measure_norm<>{}}};
    const loss_value sum = both.value_and_gradient(points, execution{});
    CHECK(sum.value == doctest::Approx(2 * transport.value - 3 * norm.value).epsilon(1e-14));
    CHECK((sum.gradient - (2 * transport.gradient - 3 * norm.gradient)).cwiseAbs().maxCoeff() <= 1e-14);
    CHECK(transport.value != 0);
    CHECK(norm.value != 0);
}

TEST_CASE("the gradient of a sum equals central differences") {
    const sum_of_losses both{signed_measure_transport<>{}, weighted_loss{-5.0, signed_measure_norm<>{}}};
    CHECK(compare_with_differences(both, clouds::normal(30, 2)) > 40);
}

TEST_CASE("sums of losses obey the laws of a topological loss") {
    const sum_of_losses both{signed_measure_transport<>{}, weighted_loss{-5.0, signed_measure_norm<>{}}};
    static_assert(TopologicalLoss<std::remove_const_t<decltype(both)>>);
    for (const std::int64_t n : {0, 1, 3, 50})
        check_loss_laws(both, clouds::normal(n, 3));
}
