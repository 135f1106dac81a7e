// SPDX-License-Identifier: MIT
#include <topoprune/principal/wasserstein_discrepancy.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace topoprune;

namespace {

principal_measure random_measure(std::size_t pairs, std::int64_t samples, std::uint64_t seed, double births) {
    const random_stream random(seed, 9);
    principal_measure measure{.pairs = {}, .samples = samples};
    for (std::size_t i = 0; i < pairs; ++i)
        measure.pairs.push_back(
            {.birth = births * random.uniform(2 * i), .lifetime = random.uniform(2 * i + 1)});
    return measure;
}

/// The least mean of d^p over all orders of the samples of two measures with equally many, trivial ones last.
double by_all_orders(const principal_measure& x, const principal_measure& y, double power) {
    const auto at = [](const principal_measure& m, std::size_t i) {
        return i < m.pairs.size() ? &m.pairs[i] : nullptr;
    };
    const auto distance = [](const principal_pair* a, const principal_pair* b) {
        if (a == nullptr || b == nullptr)
            return (a != nullptr ? a->lifetime : 0) + (b != nullptr ? b->lifetime : 0);
        return std::min(std::hypot(a->birth - b->birth, a->lifetime - b->lifetime),
                        a->lifetime + b->lifetime);
    };
    std::vector<std::size_t> order(static_cast<std::size_t>(x.samples));
    std::iota(order.begin(), order.end(), std::size_t{0});
    double least = 1e300;
    do {
        double sum = 0;
        for (std::size_t i = 0; i < order.size(); ++i)
            sum += std::pow(distance(at(x, i), at(y, order[i])), power);
        least = std::min(least, sum / static_cast<double>(order.size()));
    } while (std::next_permutation(order.begin(), order.end()));
    return least;
}

/// The same measure with every sample taken several times.
principal_measure repeated(const principal_measure& one, int times) {
    principal_measure result{.pairs = {}, .samples = one.samples * times};
    for (int t = 0; t < times; ++t)
        result.pairs.insert(result.pairs.end(), one.pairs.begin(), one.pairs.end());
    return result;
}

double cost(const principal_measure& x, const principal_measure& y, double power) {
    return wasserstein_discrepancy{.power = power}.evaluate(x, y, execution{}).value;
}

} // namespace

TEST_CASE("the matching is the best of all, with or without trivial samples") {
    for (std::uint64_t seed = 0; seed < 12; ++seed)
        for (const double births : {0.0, 0.3, 3.0})
            for (const double power : {1.0, 2.0, 3.0}) {
                const principal_measure x =
                    random_measure(seed % 7, 6 + static_cast<std::int64_t>(seed % 2), seed, births);
                const principal_measure y = random_measure((seed * 5 + 3) % 7, x.samples, seed + 100, births);
                CHECK(cost(x, y, power) == doctest::Approx(by_all_orders(x, y, power)).epsilon(1e-9));
            }
}

TEST_CASE("the distance is symmetric, 0 to itself, and counts shares, not samples") {
    for (const double births : {0.0, 0.5}) {
        const principal_measure x = random_measure(60, 200, 1, births);
        const principal_measure y = random_measure(80, 150, 2, births);
        for (const double power : {1.0, 2.0}) {
            const double xy = cost(x, y, power);
            CHECK(xy > 0);
            CHECK(cost(y, x, power) == doctest::Approx(xy).epsilon(1e-9));
            CHECK(cost(x, x, power) == 0);
            CHECK(cost(repeated(x, 3), y, power) == doctest::Approx(xy).epsilon(1e-9));
            CHECK(cost(x, {}, power) == doctest::Approx(mean_lifetime(x, power)).epsilon(1e-12));
            CHECK(cost({}, y, power) == doctest::Approx(mean_lifetime(y, power)).epsilon(1e-12));
            const discrepancy_value root =
                wasserstein_discrepancy{.power = power, .root = true}.evaluate(x, y, execution{});
            CHECK(root.value == doctest::Approx(std::pow(xy, 1 / power)).epsilon(1e-12));
        }
    }
    CHECK(cost({}, {}, 2) == 0);
    CHECK(wasserstein_discrepancy{.root = true}.evaluate({}, {}, execution{}).value == 0);
}

TEST_CASE("the derivative by the pairs equals central differences") {
    std::int64_t compared = 0;
    for (const double births : {0.2, 1.0})
        for (const double power : {1.0, 2.0})
            for (const bool root : {false, true}) {
                principal_measure x = random_measure(14, 30, 3, births);
                const principal_measure y = random_measure(17, 30, 4, births);
                const wasserstein_discrepancy discrepancy{.power = power, .root = root};
                const discrepancy_value at = discrepancy.evaluate(x, y, execution{});
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
                        CHECK(std::abs((moved(1e-5) - moved(-1e-5)) / 2e-5 - at.by_pair[i][k]) < 1e-6);
                        ++compared;
                    }
            }
    CHECK(compared == 224);
}

TEST_CASE("the matching has the same bits on any number of threads") {
    const principal_measure x = random_measure(400, 1000, 5, 1.0);
    const principal_measure y = random_measure(300, 1000, 6, 1.0);
    const discrepancy_value one = wasserstein_discrepancy{}.evaluate(x, y, execution({.threads = 1}));
    const discrepancy_value three = wasserstein_discrepancy{}.evaluate(x, y, execution({.threads = 3}));
    CHECK(one.value == three.value);
    CHECK(one.by_pair == three.by_pair);
}

TEST_CASE("bad options of the matching are refused") {
    const principal_measure x = random_measure(3, 5, 1, 1.0);
    CHECK_THROWS_WITH_AS((void)wasserstein_discrepancy{.power = 0.5}.evaluate(x, x, execution{}),
                         "wasserstein_discrepancy: power is 0.5, must be between 1 and 16",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)cost(x, {.samples = 0}, 1),
                         "wasserstein_discrepancy: samples is 0, must be at least 1", std::invalid_argument);
    CHECK_THROWS_AS((void)cost({.samples = 1'048'573}, {.samples = 1'299'709}, 1), std::invalid_argument);
}
