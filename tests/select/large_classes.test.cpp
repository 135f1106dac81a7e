// SPDX-License-Identifier: MIT
// Classes that are drawn in parts: what is lost against all pairs, and the laws.
#include <topoprune/select/coverage.hpp>
#include <topoprune/select/detail/near_parts.hpp>
#include <topoprune/select/facility_location.hpp>
#include <topoprune/select/stratified.hpp>

#include "laws/clouds.hpp"
#include "laws/selector_laws.hpp"

#include <cmath>
#include <numeric>

using namespace topoprune;

namespace {

/// Samples around ten centers, of variances that fall along the features.
matrix<float> crowded_class(std::int64_t n, std::int64_t dimension) {
    const matrix<float> noise = clouds::normal_features(n, dimension, 31);
    const matrix<float> centers = clouds::normal_features(10, dimension, 32);
    matrix<float> features(n, dimension);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t k = 0; k < dimension; ++k)
            features(i, k) =
                (0.6F * noise(i, k) + centers(i % 10, k)) / std::sqrt(1.0F + static_cast<float>(k));
    return features;
}

template <class S>
selection draw_of_one_class(const S& policy, const matrix<float>& features, std::int64_t budget,
                            const std::vector<std::int64_t>& chosen = {}, int threads = 2) {
    const auto n = static_cast<std::size_t>(features.rows());
    const std::vector<double> scores(n, 0.0);
    const class_partition classes(std::vector<std::int64_t>(n, 0));
    const std::vector<std::int64_t> budgets{budget};
    std::vector<std::uint8_t> flags(n, 0);
    for (const std::int64_t i : chosen)
        flags[static_cast<std::size_t>(i)] = 1;
    selection_problem problem{scores, classes, budgets};
    problem.features = features;
    problem.chosen = flags;
    return policy.select(problem, execution({.seed = 1, .threads = threads}));
}

/// C of equal weights, from its definition: kernel(cosine) is that of the most similar kept sample.
template <class Kernel>
double covered_by(const matrix<float>& features, const std::vector<std::int64_t>& kept, Kernel kernel) {
    const matrix<float> unit = features.rowwise().normalized();
    const matrix<float> stand =
        gather_rows<float>(matrix_view<const float>(unit), std::span<const std::int64_t>(kept));
    double sum = 0;
    for (Eigen::Index i = 0; i < unit.rows(); i += 500) {
        const matrix<float> cosines =
            unit.middleRows(i, std::min<Eigen::Index>(500, unit.rows() - i)) * stand.transpose();
        for (Eigen::Index row = 0; row < cosines.rows(); ++row)
            sum += kernel(static_cast<double>(cosines.row(row).maxCoeff()));
    }
    return sum;
}

constexpr std::int64_t compared_size = 20'000;

// Comparing all pairs takes seconds, and many minutes in a build for the sanitizers, which has the small
// cases.
#if defined(NDEBUG)
constexpr bool compares_large = true;
#else
constexpr bool compares_large = false;
#endif

constexpr large_classes small_parts{.most_compared = 32, .part = 64};

} // namespace

TEST_CASE("parts are of near samples, of one size, and hold every sample once") {
    const matrix<float> features = crowded_class(1000, 8);
    std::vector<std::int64_t> members(1000);
    std::iota(members.begin(), members.end(), std::int64_t{0});
    const execution where({.seed = 1, .threads = 3});
    const auto parts = detail::near_parts(features, members, 130, where);
    CHECK(parts == detail::near_parts(features, members, 130, execution({.seed = 1, .threads = 1})));
    REQUIRE(parts.size() == 8);
    std::vector<int> seen(1000, 0);
    const matrix<float> unit = features.rowwise().normalized();
    double within = 0;
    for (const auto& part : parts) {
        CHECK(part.size() == 125);
        CHECK(std::is_sorted(part.begin(), part.end()));
        Eigen::RowVectorXf mean = Eigen::RowVectorXf::Zero(8);
        for (const std::size_t i : part) {
            ++seen[i];
            mean += unit.row(static_cast<Eigen::Index>(i)) / 125.0F;
        }
        for (const std::size_t i : part)
            within += static_cast<double>((unit.row(static_cast<Eigen::Index>(i)) - mean).squaredNorm());
    }
    CHECK(seen == std::vector<int>(1000, 1));
    const Eigen::RowVectorXf all = unit.colwise().mean();
    CHECK(within < 0.5 * static_cast<double>((unit.rowwise() - all).squaredNorm()));
    // Equal samples are halved too.
    for (const float value : {0.0F, 2.0F}) {
        const matrix<float> equal = matrix<float>::Constant(1000, 3, value);
        for (const auto& part : detail::near_parts(equal, members, 130, where))
            CHECK(part.size() == 125);
    }
}

TEST_CASE("selectors that draw in parts obey the laws of a selector") {
    check_selector_laws_everywhere(facility_location{.large = small_parts});
    check_selector_laws_everywhere(
        facility_location{.search = greedy_search::stochastic, .large = {.most_compared = 0, .part = 64}});
    check_selector_laws_everywhere(coverage{.large = small_parts});
    check_selector_laws_everywhere(coverage{.kernel = coverage_kernel::angle,
                                            .weights = {.score_exponent = 1, .heavy = kept_end::lowest},
                                            .large = small_parts});
}

TEST_CASE("a class drawn in parts is covered nearly as well as by all pairs" *
          doctest::skip(!compares_large)) {
    const matrix<float> features = crowded_class(compared_size, 16);
    const large_classes parts{.most_compared = compared_size / 4};
    const auto by_angle = [](double cosine) { return (1 + cosine) / 2; };
    // The first are drawn in the overview alone.
    for (const std::int64_t budget : {compared_size / 100, compared_size / 10, compared_size / 2}) {
        CAPTURE(budget);
        const double exact =
            covered_by(features, draw_of_one_class(facility_location{}, features, budget).kept, by_angle);
        const double found = covered_by(
            features, draw_of_one_class(facility_location{.large = parts}, features, budget).kept, by_angle);
        CHECK(found >= 0.995 * exact);
        CHECK(found <= 1.001 * exact);
    }
    constexpr double width = 0.3;
    const coverage plain{.bandwidth = {.fixed = width},
                         .weights = {.sparsity_exponent = 0, .uncertainty_exponent = 0}};
    coverage in_parts = plain;
    in_parts.large = parts;
    const auto gaussian = [](double cosine) { return std::exp((cosine - 1) / (width * width)); };
    constexpr std::int64_t tenth = compared_size / 10;
    const double exact = covered_by(features, draw_of_one_class(plain, features, tenth).kept, gaussian);
    CHECK(covered_by(features, draw_of_one_class(in_parts, features, tenth).kept, gaussian) >= 0.99 * exact);
}

TEST_CASE("the width and the weights found in parts are near those of the whole class" *
          doctest::skip(!compares_large)) {
    // With the options of the default, where both follow from the parts.
    const matrix<float> features = crowded_class(6'000, 16);
    const coverage in_parts{.large = {.most_compared = 2'000, .part = 1'024}};
    const auto gaussian = [](double cosine) { return std::exp((cosine - 1) / 0.04); };
    for (const std::int64_t budget : {100, 600, 3'000}) {
        CAPTURE(budget);
        const double exact =
            covered_by(features, draw_of_one_class(coverage{}, features, budget).kept, gaussian);
        const double found =
            covered_by(features, draw_of_one_class(in_parts, features, budget).kept, gaussian);
        // Few are drawn of the overview alone, and fit it better than the class.
        CHECK(found >= (budget == 100 ? 0.88 : 0.97) * exact);
        // Random draws are far below.
        std::vector<std::int64_t> random(static_cast<std::size_t>(budget));
        std::iota(random.begin(), random.end(), std::int64_t{0});
        CHECK(found > covered_by(features, random, gaussian));
    }
}

TEST_CASE("a class drawn in parts: the larger draw contains the smaller, with what must be kept in both") {
    const matrix<float> features = crowded_class(3'000, 8);
    const facility_location policy{.large = {.most_compared = 800, .part = 256}};
    const std::vector<std::int64_t> required{7, 1500, 2999};
    // In the overview, of 50; across its end; in the parts.
    const std::vector<std::int64_t> budgets{20, 200, 1'500};
    std::vector<std::int64_t> kept = required;
    for (const std::int64_t budget : budgets) {
        const std::vector<std::int64_t> alone = draw_of_one_class(policy, features, budget, required).kept;
        CHECK(std::includes(alone.begin(), alone.end(), kept.begin(), kept.end()));
        kept = draw_of_one_class(policy, features, budget, kept, 1).kept;
        CHECK(kept == alone);
    }
}

TEST_CASE("a class at the bound is drawn by all pairs, one beyond it is not") {
    const matrix<float> features = crowded_class(600, 8);
    const std::vector<std::int64_t> exact = draw_of_one_class(coverage{}, features, 60).kept;
    CHECK(draw_of_one_class(coverage{.large = {.most_compared = 600, .part = 64}}, features, 60).kept ==
          exact);
    CHECK(draw_of_one_class(coverage{.large = {.most_compared = 599, .part = 64}}, features, 60).kept !=
          exact);
    CHECK_THROWS_AS((void)draw_of_one_class(coverage{.large = {.part = 63}}, features, 60),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)draw_of_one_class(facility_location{.large = {.most_compared = -1}}, features, 60),
                    std::invalid_argument);
}

TEST_CASE("a large class of equal, zero and few distinct samples keeps its budget") {
    matrix<float> few(1'000, 3);
    for (Eigen::Index i = 0; i < few.rows(); ++i)
        few.row(i) << static_cast<float>(i % 3), 1.0F, 0.0F;
    const std::vector<matrix<float>> all{matrix<float>::Constant(1'000, 3, 0.5F),
                                         matrix<float>::Zero(1'000, 3), few};
    for (const matrix<float>& features : all)
        for (const std::int64_t budget : {1, 5, 500, 999, 1'000}) {
            CHECK(std::ssize(draw_of_one_class(coverage{.large = small_parts}, features, budget).kept) ==
                  budget);
            CHECK(std::ssize(
                      draw_of_one_class(facility_location{.large = small_parts}, features, budget).kept) ==
                  budget);
        }
}
