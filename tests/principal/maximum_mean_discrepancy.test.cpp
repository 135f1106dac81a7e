// SPDX-License-Identifier: MIT
#include <topoprune/principal/direct_sums.hpp>
#include <topoprune/principal/fourier_series_sums.hpp>
#include <topoprune/principal/maximum_mean_discrepancy.hpp>
#include <topoprune/principal/random_feature_sums.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace topoprune;

namespace {

/// A measure with random pairs; births all 0 as in degree 0, or not.
principal_measure random_measure(std::size_t pairs, std::int64_t samples, std::uint64_t seed,
                                 bool born_at_zero = false) {
    const random_stream random(seed, 9);
    principal_measure measure{.pairs = {}, .samples = samples};
    for (std::size_t i = 0; i < pairs; ++i)
        measure.pairs.push_back({.birth = born_at_zero ? 0.0 : 1 + random.uniform(2 * i),
                                 .lifetime = 0.5 * random.uniform(2 * i + 1)});
    return measure;
}

/// The formula, pair by pair.
double squared_by_definition(const principal_measure& x, const principal_measure& y, double sigma,
                             bool with_self) {
    const auto kernel = [&](const principal_pair& a, const principal_pair& b) {
        const double square = std::pow(a.birth - b.birth, 2) + std::pow(a.lifetime - b.lifetime, 2);
        return a.lifetime * b.lifetime * std::exp(-square / (2 * sigma));
    };
    const auto sum = [&](const principal_measure& a, const principal_measure& b, bool skip_same) {
        double total = 0;
        for (std::size_t i = 0; i < a.pairs.size(); ++i)
            for (std::size_t j = 0; j < b.pairs.size(); ++j)
                if (!skip_same || i != j)
                    total += kernel(a.pairs[i], b.pairs[j]);
        return total;
    };
    const auto n = static_cast<double>(x.samples);
    const auto m = static_cast<double>(y.samples);
    if (with_self)
        return sum(x, x, false) / (n * n) - 2 * sum(x, y, false) / (n * m) + sum(y, y, false) / (m * m);
    return sum(x, x, true) / (n * (n - 1)) - 2 * sum(x, y, false) / (n * m) + sum(y, y, true) / (m * (m - 1));
}

template <class Sums>
double largest_error(const Sums& sums, const principal_measure& x, const principal_measure& y, double width) {
    const auto exact = direct_sums{}.sums(x.pairs, y.pairs, width, execution{});
    const auto found = sums.sums(x.pairs, y.pairs, width, execution{});
    double error = 0;
    double total = 0;
    for (const principal_pair& pair : x.pairs)
        total += pair.lifetime;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        error = std::max(error, std::abs(found[i].value - exact[i].value));
        for (const std::size_t k : {std::size_t{0}, std::size_t{1}})
            error = std::max(error, std::sqrt(width) / 6 * std::abs(found[i].slope[k] - exact[i].slope[k]));
    }
    return error / total;
}

} // namespace

TEST_CASE("the discrepancy is that of the definition, squared or not, with and without the terms of self") {
    const principal_measure x = random_measure(40, 300, 1);
    const principal_measure y = random_measure(25, 100, 2);
    for (const double sigma : {0.005, 0.05, 1.0}) {
        const auto value = [&](mmd_statistic statistic, bool root, const principal_measure& target) {
            return maximum_mean_discrepancy<direct_sums>{.sigma = sigma, .statistic = statistic, .root = root}
                .evaluate(x, target, execution{})
                .value;
        };
        const double squared = squared_by_definition(x, y, sigma, true);
        CHECK(value(mmd_statistic::v_statistic, false, y) == doctest::Approx(squared).epsilon(1e-12));
        CHECK(value(mmd_statistic::v_statistic, true, y) ==
              doctest::Approx(std::sqrt(squared)).epsilon(1e-12));
        CHECK(value(mmd_statistic::u_statistic, false, y) ==
              doctest::Approx(squared_by_definition(x, y, sigma, false)).epsilon(1e-12));
        CHECK(value(mmd_statistic::v_statistic, false, {}) ==
              doctest::Approx(squared_by_definition(x, {}, sigma, true)).epsilon(1e-12));
        CHECK(std::abs(value(mmd_statistic::v_statistic, false, x)) < 1e-17);
    }
    const principal_measure none{.pairs = {}, .samples = 10};
    const discrepancy_value trivial =
        maximum_mean_discrepancy<>{.root = true}.evaluate(none, none, execution{});
    CHECK(trivial.value == 0);
    CHECK(trivial.by_pair.empty());
}

TEST_CASE("the derivative by the pairs equals central differences") {
    principal_measure x = random_measure(12, 50, 3);
    const principal_measure y = random_measure(9, 40, 4);
    const auto check = [&](const auto& discrepancy) {
        const discrepancy_value at = discrepancy.evaluate(x, y, execution{});
        REQUIRE(at.by_pair.size() == x.pairs.size());
        double largest = 0;
        for (const auto& [by_birth, by_lifetime] : at.by_pair)
            largest = std::max({largest, std::abs(by_birth), std::abs(by_lifetime)});
        for (std::size_t i = 0; i < x.pairs.size(); ++i)
            for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
                double principal_pair::* coordinate =
                    k == 0 ? &principal_pair::birth : &principal_pair::lifetime;
                const double before = x.pairs[i].*coordinate;
                const auto moved = [&](double step) {
                    x.pairs[i].*coordinate = before + step;
                    const double value = discrepancy.evaluate(x, y, execution{}).value;
                    x.pairs[i].*coordinate = before;
                    return value;
                };
                CHECK(std::abs((moved(1e-5) - moved(-1e-5)) / 2e-5 - at.by_pair[i][k]) < 1e-7 * largest);
            }
    };
    check(maximum_mean_discrepancy<direct_sums>{});
    check(maximum_mean_discrepancy<direct_sums>{.statistic = mmd_statistic::u_statistic});
    check(maximum_mean_discrepancy<direct_sums>{.sigma = 0.5, .root = true});
    check(maximum_mean_discrepancy<random_feature_sums>{.kernel_sums = {.features = 100}});
}

TEST_CASE("the Fourier series is as exact as asked, in one and in two dimensions") {
    for (const bool born_at_zero : {false, true}) {
        const principal_measure x = random_measure(3000, 3000, 5, born_at_zero);
        const principal_measure y = random_measure(2500, 2500, 6, born_at_zero);
        for (const double width : {0.02, 0.1, 10.0})
            for (const double error : {1e-3, 1e-8, 1e-12}) {
                CAPTURE(width);
                CAPTURE(error);
                CHECK(largest_error(fourier_series_sums{.error = error}, x, y, width) <= error);
            }
        // It is not the direct sum that was compared with itself.
        CHECK(largest_error(fourier_series_sums{.error = 1e-3}, x, y, 0.1) > 1e-9);
    }
    // All at one place; far apart in units of the kernel.
    principal_measure same{.pairs = std::vector<principal_pair>(2000, {.birth = 1, .lifetime = 2}),
                           .samples = 2000};
    CHECK(largest_error(fourier_series_sums{}, same, same, 0.1) <= 1e-12);
    same.pairs[0].birth = 1e30;
    CHECK(largest_error(fourier_series_sums{}, same, same, 0.1) <= 1e-12);
    same.pairs[0].lifetime = 1e-300;
    CHECK(largest_error(fourier_series_sums{}, same, same, 1e-200) <= 1e-12);
}

TEST_CASE("random features are off by about 1 / sqrt(features)") {
    const principal_measure x = random_measure(300, 300, 5);
    const principal_measure y = random_measure(200, 200, 6);
    double few = 0;
    double many = 0;
    for (std::uint64_t draw = 0; draw < 8; ++draw) {
        few += largest_error(random_feature_sums{.features = 64, .draw = draw}, x, y, 0.1) / 8;
        many += largest_error(random_feature_sums{.features = 4096, .draw = draw}, x, y, 0.1) / 8;
    }
    CHECK(many < 0.1);
    CHECK(many < 0.25 * few);
    CHECK(many > 0.05 * few);
    // A discrepancy of features is a sum of squares.
    const maximum_mean_discrepancy<random_feature_sums> features{.kernel_sums = {.features = 5}};
    CHECK(features.evaluate(x, y, execution{}).value >= 0);
}

TEST_CASE("the sums have the same bits on any number of threads") {
    const principal_measure x = random_measure(3000, 3000, 5);
    const auto check = [&](const auto& discrepancy) {
        const discrepancy_value one = discrepancy.evaluate(x, {}, execution({.threads = 1}));
        const discrepancy_value three = discrepancy.evaluate(x, {}, execution({.threads = 3}));
        CHECK(one.value == three.value);
        CHECK(one.by_pair == three.by_pair);
    };
    check(maximum_mean_discrepancy<>{});
    check(maximum_mean_discrepancy<direct_sums>{});
    check(maximum_mean_discrepancy<random_feature_sums>{.kernel_sums = {.features = 32}});
}

TEST_CASE("bad options of the discrepancy are refused") {
    const principal_measure x = random_measure(3, 5, 1);
    const auto refuses = [&](const auto& discrepancy, const principal_measure& measure,
                             const std::string& words) {
        CHECK_THROWS_WITH_AS((void)discrepancy.evaluate(measure, x, execution{}), words.c_str(),
                             std::invalid_argument);
    };
    refuses(maximum_mean_discrepancy<>{.sigma = 0}, x,
            "maximum_mean_discrepancy: sigma is 0, must be positive and finite");
    refuses(maximum_mean_discrepancy<>{.statistic = mmd_statistic::u_statistic, .root = true}, x,
            "maximum_mean_discrepancy: root is 1, must be false for a u_statistic, which may be negative");
    refuses(maximum_mean_discrepancy<>{}, {.samples = 0},
            "maximum_mean_discrepancy: samples is 0, must be at least 1");
    refuses(maximum_mean_discrepancy<>{.kernel_sums = {.error = 1}}, x,
            "fourier_series_sums: error is 1, must be between 1e-14 and 0.1");
    refuses(maximum_mean_discrepancy<random_feature_sums>{.kernel_sums = {.features = 0}}, x,
            "random_feature_sums: features is 0, must be between 1 and 2^24");
}
