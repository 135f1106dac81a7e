// SPDX-License-Identifier: MIT
// Selectors that look at nothing but scores.
#include <topoprune/budget/budget.hpp>
#include <topoprune/select/coverage_centric.hpp>
#include <topoprune/select/difficulty_window.hpp>
#include <topoprune/select/facility_location.hpp>
#include <topoprune/select/moderate_window.hpp>
#include <topoprune/select/random_subset.hpp>
#include <topoprune/select/stratified.hpp>
#include <topoprune/select/top.hpp>
#include <topoprune/select/weighted_random.hpp>

#include "laws/clouds.hpp"
#include "laws/selector_laws.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace topoprune;
using row_numbers = std::vector<std::int64_t>;

namespace {

/// The scores 0, 1, ..., 9 in a mixed order, one class.
const std::vector<double> ten{3, 7, 0, 9, 5, 1, 8, 2, 6, 4};

template <class S>
std::vector<double> kept_scores(const S& policy, const std::vector<double>& scores, std::int64_t budget,
                                high_end high = high_end::hard) {
    const class_partition classes(row_numbers(scores.size(), 0));
    const row_numbers budgets{budget};
    selection_problem problem{scores, classes, budgets};
    problem.high = high;
    std::vector<double> kept;
    for (const std::int64_t i : policy.select(problem, execution({.seed = 1, .threads = 1})).kept)
        kept.push_back(scores[static_cast<std::size_t>(i)]);
    std::sort(kept.begin(), kept.end());
    return kept;
}

} // namespace

TEST_CASE("selectors by score obey the laws of a selector") {
    check_selector_laws_everywhere(random_subset{});
    check_selector_laws_everywhere(weighted_random{}, high_end::valuable, true);
    for (const kept_end keep : {kept_end::highest, kept_end::lowest, kept_end::hardest, kept_end::easiest})
        for (const high_end high : {high_end::hard, high_end::easy})
            check_selector_laws_everywhere(top{keep}, high);
    check_selector_laws_everywhere(moderate_window{}, high_end::unstated);
    for (const double skipped : {0.0, 0.3, 0.9}) {
        check_selector_laws_everywhere(difficulty_window{skipped}, high_end::easy);
        check_selector_laws_everywhere(coverage_centric{.skipped_hardest = skipped}, high_end::easy);
    }
    for (const stratum_cut cut : {stratum_cut::equal_width, stratum_cut::quantile, stratum_cut::k_means})
        for (const stratum_draw draw : {stratum_draw::random, stratum_draw::highest_score,
                                        stratum_draw::k_center, stratum_draw::facility_location})
            check_selector_laws_everywhere(stratified{.strata = 5, .draw = draw, .cut = cut});
}

TEST_CASE("the end that is kept follows from what a high score means") {
    CHECK(kept_scores(top{}, ten, 2, high_end::unstated) == std::vector<double>{8, 9});
    CHECK(kept_scores(top{kept_end::lowest}, ten, 2, high_end::unstated) == std::vector<double>{0, 1});
    CHECK(kept_scores(top{kept_end::hardest}, ten, 2, high_end::hard) == std::vector<double>{8, 9});
    CHECK(kept_scores(top{kept_end::hardest}, ten, 2, high_end::easy) == std::vector<double>{0, 1});
    CHECK(kept_scores(top{kept_end::easiest}, ten, 2, high_end::hard) == std::vector<double>{0, 1});
    CHECK_THROWS_WITH_AS((void)kept_scores(top{kept_end::hardest}, ten, 2, high_end::unstated),
                         "top: the high end of the score is unstated, must be hard or easy",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)kept_scores(difficulty_window{}, ten, 2, high_end::valuable),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)kept_scores(coverage_centric{}, ten, 2, high_end::unstated), std::invalid_argument);
}

TEST_CASE("windows lie where they are defined to lie") {
    CHECK(kept_scores(moderate_window{}, ten, 4) == std::vector<double>{3, 4, 5, 6});
    CHECK(kept_scores(difficulty_window{0.2}, ten, 3) == std::vector<double>{5, 6, 7});
    CHECK(kept_scores(difficulty_window{0.2}, ten, 3, high_end::easy) == std::vector<double>{2, 3, 4});
    // More than the window holds: the least hard of the skipped ones.
    CHECK(kept_scores(difficulty_window{0.4}, ten, 7) == std::vector<double>{0, 1, 2, 3, 4, 5, 6});
    CHECK(kept_scores(difficulty_window{0.4}, ten, 7, high_end::easy) ==
          std::vector<double>{3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("coverage-centric selection leaves out the hardest, and serves strata of negative scores") {
    std::vector<double> scores;
    for (int i = 0; i < 100; ++i)
        scores.push_back(-100 + i);
    const auto kept = kept_scores(coverage_centric{.skipped_hardest = 0.2, .strata = 8}, scores, 16);
    CHECK(kept.back() <= -21);
    // Eighty scores in eight strata of ten, two of each.
    for (int stratum = 0; stratum < 8; ++stratum)
        CHECK(std::count_if(kept.begin(), kept.end(), [&](double s) {
                  return s >= -100 + 10 * stratum - 0.5 && s < -90 + 10 * stratum - 0.5;
              }) == 2);
}

TEST_CASE("strata by quantile have equal numbers, by k-means close values") {
    const std::vector<double> two_clumps{0, 0.1, 0.2, 0.3, 0.4, 0.5, 10, 10.1};
    const class_partition classes(row_numbers(8, 0));
    const row_numbers budgets{4};
    const auto stratum = [&](stratum_cut cut) {
        return stratified{.strata = 2, .least_budget_per_stratum = 2, .cut = cut}
            .select({two_clumps, classes, budgets}, execution{})
            .stratum;
    };
    CHECK(stratum(stratum_cut::quantile) == std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1});
    CHECK(stratum(stratum_cut::k_means) == std::vector<std::int32_t>{0, 0, 0, 0, 0, 0, 1, 1});
    CHECK(stratum(stratum_cut::equal_width) == std::vector<std::int32_t>{0, 0, 0, 0, 0, 0, 1, 1});
}

TEST_CASE("a stratum is covered by the farthest samples when asked for") {
    // Two strata of six samples on a line: of each the middle one, then both ends.
    std::vector<double> scores;
    matrix<float> z(12, 1);
    for (Eigen::Index i = 0; i < 12; ++i) {
        scores.push_back(i < 6 ? 0 : 1);
        z(i, 0) = static_cast<float>(i % 6) + (i % 6 == 5 ? 4.0F : 0.0F);
    }
    const class_partition classes(row_numbers(12, 0));
    const row_numbers budgets{6};
    selection_problem problem{scores, classes, budgets};
    const stratified policy{.strata = 2, .least_budget_per_stratum = 1, .draw = stratum_draw::k_center};
    CHECK_THROWS_AS((void)policy.select(problem, execution{}), std::invalid_argument);
    problem.features = z;
    // Values 0 1 2 3 4 9, mean 19/6: 3 first, then 9, then 0.
    CHECK(policy.select(problem, execution{}).kept == row_numbers{0, 3, 5, 6, 9, 11});
}

TEST_CASE("a stratum is represented as facility location does it when asked for") {
    const matrix<double> cloud = clouds::normal(60, 4);
    matrix<float> z(120, 2);
    std::vector<double> scores;
    for (Eigen::Index i = 0; i < 120; ++i) {
        z.row(i) = cloud.row(i / 2).cast<float>() + Eigen::RowVectorXf::Constant(2, i % 2 == 0 ? 0.1F : 0.0F);
        scores.push_back(static_cast<double>(i % 2));
    }
    const class_partition one(row_numbers(120, 0));
    const stratified whole{.strata = 1, .draw = stratum_draw::facility_location};
    const row_numbers twenty{20};
    selection_problem problem{scores, one, twenty};
    CHECK_THROWS_AS((void)whole.select(problem, execution{}), std::invalid_argument);
    problem.features = z;
    CHECK(whole.select(problem, execution{}).kept == facility_location{}.select(problem, execution{}).kept);

    // Two strata are what facility location keeps of either alone.
    row_numbers labels;
    for (std::int64_t i = 0; i < 120; ++i)
        labels.push_back(i % 2);
    const class_partition halves(labels);
    const row_numbers tens{10, 10};
    selection_problem apart{scores, halves, tens};
    apart.features = z;
    const stratified two{.strata = 2, .least_budget_per_stratum = 1, .draw = stratum_draw::facility_location};
    CHECK(two.select(problem, execution{}).kept == facility_location{}.select(apart, execution{}).kept);
}

TEST_CASE("a random draw of a larger budget contains that of a smaller, and every sample is as likely") {
    const std::vector<double> scores(10, 0.0);
    const class_partition classes(row_numbers(10, 0));
    std::vector<int> drawn(10, 0);
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const row_numbers three{3}, seven{7};
        const execution where({.seed = seed, .threads = 1});
        const row_numbers small = random_subset{}.select({scores, classes, three}, where).kept;
        const row_numbers large = random_subset{}.select({scores, classes, seven}, where).kept;
        CHECK(std::includes(large.begin(), large.end(), small.begin(), small.end()));
        for (const std::int64_t i : small)
            ++drawn[static_cast<std::size_t>(i)];
    }
    for (const int count : drawn) // 900 expected, standard deviation 25
        CHECK(std::abs(count - 900) < 125);
}

TEST_CASE(
    "a weighted draw of one takes samples in proportion to their weights, and no weight 0 before others") {
    const std::vector<double> weights{1, 2, 0, 1};
    const class_partition classes(row_numbers(4, 0));
    const row_numbers one{1}, three{3};
    std::vector<int> drawn(4, 0);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const execution where({.seed = seed, .threads = 1});
        ++drawn[static_cast<std::size_t>(weighted_random{}.select({weights, classes, one}, where).kept[0])];
        CHECK(weighted_random{}.select({weights, classes, three}, where).kept == row_numbers{0, 1, 3});
    }
    CHECK(drawn[2] == 0);
    CHECK(std::abs(drawn[1] - 2000) < 160);
    CHECK(std::abs(drawn[0] - 1000) < 140);
    CHECK_THROWS_AS(
        (void)weighted_random{}.select({std::vector<double>{-1, 0, 0, 0}, classes, one}, execution{}),
        std::invalid_argument);
}

TEST_CASE("equal scores of a sorted file are kept from all over it, by the seed") {
    // 400 equal scores, below them 100 lower ones; no labels, but a file sorted by four of them.
    std::vector<double> scores(500, 1.0);
    std::fill(scores.begin() + 400, scores.end(), 0.0);
    const class_partition classes(row_numbers(500, 0));
    const row_numbers budgets{40};
    const auto draw = [&](const auto& policy, std::uint64_t seed) {
        selection_problem problem{scores, classes, budgets};
        problem.high = high_end::hard;
        return policy.select(problem, execution({.seed = seed, .threads = 2})).kept;
    };
    const auto check_spread = [&](const auto& policy) {
        const row_numbers kept = draw(policy, 1);
        std::array<int, 4> quarters{};
        for (const std::int64_t i : kept) {
            REQUIRE(i < 400);
            ++quarters[static_cast<std::size_t>(i / 100)];
        }
        for (const int quarter : quarters)
            CHECK(quarter >= 4);
        CHECK(draw(policy, 1) == kept);
        CHECK(draw(policy, 2) != kept);
    };
    check_spread(top{});
    check_spread(moderate_window{});
    check_spread(difficulty_window{.skipped_hardest = 0.1});
    check_spread(stratified{.strata = 1, .draw = stratum_draw::highest_score});
}

TEST_CASE("strata of scores that differ by the least number or by the most") {
    const double tiny = std::numeric_limits<double>::denorm_min();
    const double huge = std::numeric_limits<double>::max();
    for (const auto& [low, high] : {std::pair(0.0, tiny), std::pair(-tiny, tiny), std::pair(-huge, huge)}) {
        CHECK(stratified::stratum_of(low, low, high, 4) == 0);
        CHECK(stratified::stratum_of(high, low, high, 4) == 3);
        for (const stratum_cut cut :
             {stratum_cut::equal_width, stratum_cut::quantile, stratum_cut::k_means}) {
            std::vector<double> scores(20, low);
            scores.resize(40, high);
            // Half of each.
            const std::vector<double> kept =
                kept_scores(stratified{.strata = 2, .least_budget_per_stratum = 1, .cut = cut}, scores, 10);
            CHECK(std::count(kept.begin(), kept.end(), low) == 5);
        }
    }
}
