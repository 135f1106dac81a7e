// SPDX-License-Identifier: MIT
#include <topoprune/combine/lexicographic.hpp>
#include <topoprune/combine/weighted_product.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace topoprune;

namespace {

const std::vector<double> persistence{0, 1, 2, 4, 7, 7, 9};
const std::vector<double> density{-1, -3, -2, 0, 5, 5, 1};
const class_partition two_classes(std::vector<std::int64_t>{1, 1, 1, 1, 2, 2, 2});

/// What every combiner must do: the order of the rows and the scale of a class do not matter.
template <Combiner C>
void check_combiner_laws(const C& combiner) {
    const std::vector<double> score = combiner.combine(persistence, density, two_classes);
    REQUIRE(score.size() == 7);
    CHECK(combiner.combine({}, {}, class_partition(std::vector<std::int64_t>{})).empty());
    CHECK(score[4] == score[5]);
    const std::vector<std::size_t> turned{3, 6, 0, 5, 2, 4, 1};
    std::vector<double> p, d;
    std::vector<std::int64_t> labels;
    for (const std::size_t i : turned) {
        p.push_back(i > 3 ? persistence[i] : 16 * persistence[i]);
        d.push_back(i > 3 ? density[i] : 4 * density[i]);
        labels.push_back(i > 3 ? 2 : 1);
    }
    const std::vector<double> again = combiner.combine(p, d, class_partition(labels));
    for (std::size_t at = 0; at < turned.size(); ++at)
        CHECK(again[at] == doctest::Approx(score[turned[at]]));
    const std::vector<double> constant(7, 3.0);
    for (const double value : combiner.combine(constant, constant, two_classes))
        CHECK(std::isfinite(value));
}

} // namespace

TEST_CASE("combiners obey their laws") {
    check_combiner_laws(weighted_sum{});
    check_combiner_laws(weighted_product{.persistence = 2, .density = 0.5});
    check_combiner_laws(weighted_product{.normalization = normalization::rank});
    check_combiner_laws(lexicographic{});
    check_combiner_laws(lexicographic{.first = lexicographic::column::persistence, .levels = 2});
}

TEST_CASE("a product is high only where both are") {
    const std::vector<double> score =
        weighted_product{.persistence = 2, .density = 1}.combine(persistence, density, two_classes);
    // Persistence of the first class becomes 0, 1/4, 1/2, 1; density 2/3, 0, 1/3, 1.
    CHECK(score[0] == 0);
    CHECK(score[1] == 0);
    CHECK(score[2] == doctest::Approx(0.25 / 3));
    CHECK(score[3] == 1);
    CHECK(weighted_product{.persistence = 0, .density = 1}.combine(persistence, density, two_classes)[2] ==
          doctest::Approx(1.0 / 3));
    CHECK_THROWS_AS((void)weighted_product{.persistence = -1}.combine(persistence, density, two_classes),
                    std::invalid_argument);
    CHECK_THROWS_AS(
        (void)(weighted_product{.persistence = 0, .density = 0}.combine(persistence, density, two_classes)),
        std::invalid_argument);
    CHECK_THROWS_AS((void)weighted_product{.normalization = normalization::z_score}.combine(
                        persistence, density, two_classes),
                    std::invalid_argument);
}

TEST_CASE("the second column decides only within a level of the first") {
    // Levels of the density of the first class, 2/3, 0, 1/3, 1 in two: 1, 0, 0, 1.
    const std::vector<double> score = lexicographic{.levels = 2}.combine(persistence, density, two_classes);
    CHECK(score[0] == doctest::Approx(1.0 / 3));
    CHECK(score[1] == doctest::Approx((1.0 / 3) / 3));
    CHECK(score[2] == doctest::Approx((2.0 / 3) / 3));
    CHECK(score[3] == doctest::Approx(2.0 / 3));
    CHECK_THROWS_AS((void)lexicographic{.levels = 0}.combine(persistence, density, two_classes),
                    std::invalid_argument);
}
