// SPDX-License-Identifier: MIT
#include <topoprune/loss/sum_of_losses.hpp>
#include <topoprune/principal/direct_sums.hpp>
#include <topoprune/principal/principal_persistence_loss.hpp>
#include <topoprune/principal/random_feature_sums.hpp>
#include <topoprune/principal/wasserstein_discrepancy.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <type_traits>

using namespace topoprune;

namespace {

template <MeasureDiscrepancy Discrepancy>
principal_persistence_loss<Discrepancy> loss_to_circle(int degree, const Discrepancy& discrepancy,
                                                       std::int64_t samples = 400) {
    return {.degree = degree,
            .discrepancy = discrepancy,
            .target = principal_persistence(clouds::circle(50, 9), degree, {.samples = samples}),
            .sampling = {.samples = samples}};
}

/// `visit` with every discrepancy.
template <class Visit>
void for_each_discrepancy(const Visit& visit) {
    visit(maximum_mean_discrepancy<>{});
    visit(maximum_mean_discrepancy<direct_sums>{.sigma = 0.5, .root = true});
    visit(maximum_mean_discrepancy<>{.statistic = mmd_statistic::u_statistic});
    visit(maximum_mean_discrepancy<random_feature_sums>{.kernel_sums = {.features = 64}});
    visit(wasserstein_discrepancy{.power = 1});
    visit(wasserstein_discrepancy{.power = 2});
}

/// What tests/data/record_principal_persistence.py writes.
struct recorded {
    int degree = 0;
    double width = 0;
    double mmd = 0;
    double w1 = 0;
    double mean_lifetime = 0;
    matrix<double> points, pairs, gradient;
    std::array<matrix<double>, 2> subsets;

    explicit recorded(const std::string& name) {
        std::ifstream file(TOPOPRUNE_TEST_DATA "/principal_persistence/" + name + ".txt");
        std::int64_t n = 0;
        std::int64_t m = 0;
        std::int64_t samples = 0;
        file >> n >> m >> samples >> degree >> width;
        // A stream does not read "nan".
        const auto number = [&] {
            std::string word;
            file >> word;
            return std::stod(word);
        };
        const auto table = [&](std::int64_t rows, std::int64_t columns) {
            matrix<double> values(rows, columns);
            for (std::int64_t i = 0; i < values.size(); ++i)
                values.data()[i] = number();
            return values;
        };
        points = table(n, m);
        for (matrix<double>& some : subsets)
            some = table(samples, 2 * degree + 2);
        mmd = number();
        w1 = number();
        mean_lifetime = number();
        pairs = table(samples, 2);
        gradient = table(n, m);
        REQUIRE(file);
    }

    /// By our rules, from the recorded subsets.
    [[nodiscard]] principal_measure measure(std::size_t which) const {
        principal_measure result{.pairs = {}, .samples = subsets[which].rows()};
        for (Eigen::Index s = 0; s < subsets[which].rows(); ++s) {
            const auto point = [&](auto k) {
                return static_cast<std::int32_t>(subsets[which](s, static_cast<Eigen::Index>(k)));
            };
            const auto square = [&](auto i, auto j) {
                return detail::squared_distance(points, point(i), point(j));
            };
            const detail::squared_bar bar =
                degree == 0   ? detail::bar_of_two(square(0, 1))
                : degree == 1 ? detail::bar_of_four({square(0, 1), square(2, 3), square(0, 2), square(1, 3),
                                                     square(0, 3), square(1, 2)})
                              : detail::bar_of_subset(6, square);
            if (!bar.exists()) {
                CHECK((which == 1 || pairs(s, 1) == 0));
                continue;
            }
            const double birth = std::sqrt(bar.birth.square);
            principal_pair pair{
                birth, std::sqrt(bar.death.square) - birth, -1, -1, point(bar.death.u), point(bar.death.v)};
            if (degree > 0) {
                pair.birth_u = point(bar.birth.u);
                pair.birth_v = point(bar.birth.v);
            }
            if (which == 0) {
                CHECK(pair.birth == doctest::Approx(pairs(s, 0)).epsilon(1e-12));
                CHECK(pair.lifetime == doctest::Approx(pairs(s, 1)).epsilon(1e-9));
            }
            result.pairs.push_back(pair);
        }
        return result;
    }
};

} // namespace

TEST_CASE("pairs, discrepancies and gradients are those of the published definitions in PyTorch") {
    for (const char* name : {"circle_0", "circle_1", "space_1", "octahedron_2"}) {
        CAPTURE(name);
        const recorded peer(name);
        const principal_measure measure = peer.measure(0);
        const principal_measure target = peer.measure(1);
        REQUIRE(!measure.pairs.empty());
        CHECK(mean_lifetime(measure) == doctest::Approx(peer.mean_lifetime).epsilon(1e-12));
        const auto check = [&](const auto& sums) {
            const maximum_mean_discrepancy<std::remove_cvref_t<decltype(sums)>> discrepancy{
                .sigma = peer.width / 2, .kernel_sums = sums};
            const discrepancy_value found = discrepancy.evaluate(measure, target, execution{});
            CHECK(found.value == doctest::Approx(peer.mmd).epsilon(1e-8));
            const matrix<double> gradient =
                detail::pull_back_pairs(peer.points, measure.pairs, found.by_pair, execution{});
            const double largest = peer.gradient.cwiseAbs().maxCoeff();
            REQUIRE(largest > 0);
            CHECK((gradient - peer.gradient).cwiseAbs().maxCoeff() <= 1e-8 * largest);
        };
        check(direct_sums{});
        check(fourier_series_sums{.error = 1e-14});
        if (std::isfinite(peer.w1))
            CHECK(wasserstein_discrepancy{.power = 1}.evaluate(measure, target, execution{}).value ==
                  doctest::Approx(peer.w1).epsilon(1e-8));
    }
}

TEST_CASE("the loss is the discrepancy of the drawn measures") {
    const matrix<double> points = clouds::normal(60, 1);
    for_each_discrepancy([&](const auto& discrepancy) {
        for (const int degree : {0, 1}) {
            const auto loss = loss_to_circle(degree, discrepancy);
            const principal_measure drawn = principal_persistence(points, degree, loss.sampling);
            CHECK(loss.value_and_gradient(points, execution{}).value ==
                  discrepancy.evaluate(drawn, loss.target, execution{}).value);
        }
    });
}

TEST_CASE("the gradient of every discrepancy equals central differences") {
    std::int64_t compared = 0;
    for_each_discrepancy([&](const auto& discrepancy) {
        for (const int degree : {0, 1, 2}) {
            auto loss = loss_to_circle(degree, discrepancy, degree == 2 ? 1500 : 400);
            loss.sampling.draw = subset_draw::without_replacement;
            matrix<double> points = clouds::normal(10, 3, degree == 2 ? 0.2 : 0.7, degree + 1);
            if (degree == 2) // near the corners of an octahedron, whose surface is a void
                for (int i = 0; i < 10; ++i)
                    points(i, i % 3) += i % 6 < 3 ? 1 : -1;
            // Gradients of about 1: the comparison is relative.
            const double largest =
                loss.value_and_gradient(points, execution{}).gradient.cwiseAbs().maxCoeff();
            CAPTURE(degree);
            REQUIRE(largest > 0);
            compared += compare_with_differences(weighted_loss{1 / largest, loss}, points);
        }
    });
    CHECK(compared > 6 * 10 * 6 * 9 / 10);
}

TEST_CASE("the losses obey the laws of a topological loss") {
    for_each_discrepancy([](const auto& discrepancy) {
        for (const int degree : {0, 1}) {
            const auto loss = loss_to_circle(degree, discrepancy);
            static_assert(TopologicalLoss<std::remove_const_t<decltype(loss)>>);
            for (const std::int64_t n : {0, 1, 2, 3, 4, 60})
                check_loss_laws_in_order(loss, clouds::normal(n, 3));
            check_loss_laws_in_order(loss, clouds::lattice(40, 1, 4));
            check_loss_laws_in_order(loss, clouds::lattice(20, 1, 1));
        }
    });
    check_loss_laws_in_order(principal_persistence_loss<>{.sampling = {.samples = 200'000}},
                             clouds::circle(100, 1));
}

TEST_CASE("on average over draws the u-statistic does not depend on the number of samples") {
    const matrix<double> points = clouds::circle(100, 1, 0.2);
    const auto mean = [&](mmd_statistic statistic, std::int64_t samples) {
        double sum = 0;
        constexpr std::uint64_t draws = 400;
        for (std::uint64_t step = 0; step < draws; ++step)
            sum += principal_persistence_loss<>{.discrepancy = {.statistic = statistic},
                                                .sampling = {.samples = samples, .step = step}}
                       .value_and_gradient(points, execution{})
                       .value;
        return sum / draws;
    };
    const double exact = mean(mmd_statistic::u_statistic, 20'000);
    CHECK(mean(mmd_statistic::u_statistic, 200) == doctest::Approx(exact).epsilon(0.1));
    CHECK(mean(mmd_statistic::v_statistic, 200) > 1.05 * exact);
}

TEST_CASE("descent to a target brings the measure closer") {
    const auto loss = loss_to_circle(1, maximum_mean_discrepancy<>{}, 4000);
    matrix<double> points = clouds::circle(50, 4, 0.3);
    const double before = loss.value_and_gradient(points, execution{}).value;
    for (int step = 0; step < 50; ++step) {
        const matrix<double> gradient = loss.value_and_gradient(points, execution{}).gradient;
        points -= 0.01 / gradient.cwiseAbs().maxCoeff() * gradient;
    }
    CHECK(loss.value_and_gradient(points, execution{}).value < 0.3 * before);
}

TEST_CASE("bad options of the loss are refused") {
    CHECK_THROWS_WITH_AS((void)principal_persistence_loss<>{.sampling = {.samples = -1}}.value_and_gradient(
                             clouds::normal(9, 1), execution{}),
                         "principal_persistence_loss: samples is -1, must be between 1 and 2^50",
                         std::invalid_argument);
}
