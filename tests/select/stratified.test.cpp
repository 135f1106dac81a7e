// SPDX-License-Identifier: MIT
#include <topoprune/select/stratified.hpp>

#include "laws/selector_laws.hpp"

#include <topoprune/budget/budget.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>

using namespace topoprune;

namespace {

std::vector<double> normal_scores(std::size_t n, double shift) {
    const random_stream random(3, 1);
    std::vector<double> scores(n);
    for (std::size_t i = 0; i < n; ++i)
        scores[i] = shift + random.normal(i);
    return scores;
}

std::vector<std::int64_t> cycling_labels(std::size_t n, std::size_t classes) {
    std::vector<std::int64_t> labels(n);
    for (std::size_t i = 0; i < n; ++i)
        labels[i] = static_cast<std::int64_t>(i % classes) * 10 - 20;
    return labels;
}

} // namespace

TEST_CASE("stratified draws obey the laws of a selector") {
    for (const stratum_draw draw : {stratum_draw::random, stratum_draw::highest_score})
        for (const int strata : {1, 3, 50}) {
            const stratified policy{.strata = strata, .draw = draw};
            check_selector_laws(policy, normal_scores(300, 0), cycling_labels(300, 3), {10, 100, 33});
            check_selector_laws(policy, normal_scores(300, -1e6), cycling_labels(300, 3), {1, 0, 99});
            check_selector_laws(policy, std::vector<double>(60, -2.5), cycling_labels(60, 6),
                                {1, 2, 3, 4, 5, 6});
            check_selector_laws(policy, {1.0}, {7}, {1});
            check_selector_laws(policy, {}, {}, {});
        }
}

TEST_CASE("to keep all is to keep every sample") {
    const class_partition classes(cycling_labels(90, 3));
    const selection all = stratified{}.select(
        {normal_scores(90, 0), classes, std::vector<std::int64_t>{30, 30, 30}}, execution{});
    REQUIRE(all.kept.size() == 90);
    for (std::size_t i = 0; i < 90; ++i)
        CHECK(all.kept[i] == static_cast<std::int64_t>(i));
}

TEST_CASE("every score lies in exactly one stratum, whatever its sign") {
    CHECK(stratified::stratum_of(-5.0, -5.0, -1.0, 4) == 0);
    CHECK(stratified::stratum_of(-1.0, -5.0, -1.0, 4) == 3);
    CHECK(stratified::stratum_of(-4.0, -5.0, -1.0, 4) == 1);
    CHECK(stratified::stratum_of(2.0, 2.0, 2.0, 4) == 0);
}

TEST_CASE("strata are cut by width and served evenly") {
    // 90 scores near 0 and 10 near 1: two strata, of which the small one gives as many as the large one.
    std::vector<double> scores;
    for (int i = 0; i < 100; ++i)
        scores.push_back(i < 90 ? 0.001 * i : 1.0 - 0.001 * (i - 90));
    const class_partition classes(std::vector<std::int64_t>(100, 0));
    const selection drawn =
        stratified{.strata = 2}.select({scores, classes, std::vector<std::int64_t>{16}}, execution{});
    CHECK(std::count_if(drawn.kept.begin(), drawn.kept.end(), [](std::int64_t i) { return i >= 90; }) == 8);
}

TEST_CASE("a class has at most a quarter of its budget many strata") {
    const class_partition classes(std::vector<std::int64_t>(200, 0));
    const auto strata_of = [&](std::int64_t budget) {
        const selection drawn = stratified{}.select(
            {normal_scores(200, 0), classes, std::vector<std::int64_t>{budget}}, execution{});
        return 1 + *std::max_element(drawn.stratum.begin(), drawn.stratum.end());
    };
    CHECK(strata_of(3) == 1);
    CHECK(strata_of(20) == 5);
    CHECK(strata_of(100) == 25);
    CHECK(strata_of(200) == 50);
}

TEST_CASE("the draw follows the seed, and differs between seeds") {
    const class_partition classes(cycling_labels(400, 2));
    const std::vector<double> scores = normal_scores(400, 0);
    const std::vector<std::int64_t> budgets{40, 40};
    const auto kept = [&](std::uint64_t seed) {
        return stratified{}.select({scores, classes, budgets}, execution({.seed = seed})).kept;
    };
    CHECK(kept(1) == kept(1));
    CHECK(kept(1) != kept(2));
}

TEST_CASE("within a stratum every sample is equally likely") {
    const class_partition classes(std::vector<std::int64_t>(10, 0));
    std::vector<int> drawn(10, 0);
    for (std::uint64_t seed = 0; seed < 3000; ++seed)
        for (const std::int64_t i :
             stratified{}
                 .select({std::vector<double>(10, 1.0), classes, std::vector<std::int64_t>{3}},
                         execution({.seed = seed, .threads = 1}))
                 .kept)
            ++drawn[static_cast<std::size_t>(i)];
    for (const int count : drawn) // 900 expected, standard deviation 25
        CHECK(std::abs(count - 900) < 125);
}

TEST_CASE("the highest scores of a stratum are taken when asked for") {
    const class_partition classes(std::vector<std::int64_t>(10, 0));
    const std::vector<double> scores{0, 9, 1, 8, 2, 7, 3, 6, 4, 5};
    const selection drawn = stratified{.strata = 1, .draw = stratum_draw::highest_score}.select(
        {scores, classes, std::vector<std::int64_t>{3}}, execution{});
    CHECK(drawn.kept == std::vector<std::int64_t>{1, 3, 5});
}

TEST_CASE("budgets and scores that do not fit are refused by name") {
    const class_partition classes(std::vector<std::int64_t>(5, 0));
    const std::vector<double> scores(5, 0.0);
    CHECK_THROWS_WITH_AS(
        (void)stratified{}.select({scores, classes, std::vector<std::int64_t>{6}}, execution{}),
        "stratified: a class budget is 6, must be at least 0 and at most the size of the class, 5",
        std::invalid_argument);
    std::vector<double> broken = scores;
    broken[1] = std::nan("");
    CHECK_THROWS_AS((void)stratified{}.select({broken, classes, std::vector<std::int64_t>{2}}, execution{}),
                    std::invalid_argument);
    CHECK_THROWS_AS(
        (void)stratified{.strata = 0}.select({scores, classes, std::vector<std::int64_t>{2}}, execution{}),
        std::invalid_argument);
}
