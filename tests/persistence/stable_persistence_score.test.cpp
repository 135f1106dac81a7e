// SPDX-License-Identifier: MIT
#include <topoprune/persistence/gradient_norm.hpp>
#include <topoprune/persistence/pair_persistence.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/persistence/rank_correlation.hpp>
#include <topoprune/persistence/stable_persistence_score.hpp>

#include "laws/clouds.hpp"
#include "laws/score_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

using namespace topoprune;

namespace {

/// Scores a point by its first coordinate.
struct first_coordinate {
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution&) const {
        std::vector<double> result;
        for (std::int64_t i = 0; i < points.rows(); ++i)
            result.push_back(points(i, 0));
        return result;
    }
};
static_assert(ClassScore<first_coordinate>);

/// Layouts whose first coordinate is a truth of variance 1 and noise of variance 1 / single - 1: one of them
/// has the reliability `single`.
struct noisy_layouts {
    std::int64_t n;
    double single;
    std::uint64_t seed;

    [[nodiscard]] embedding layout(std::int64_t number) const {
        const random_stream truth(77, 0);
        const random_stream noise(seed, static_cast<std::uint64_t>(number) + 1);
        matrix<double> points(n, 2);
        for (std::int64_t i = 0; i < n; ++i) {
            const auto at = static_cast<std::uint64_t>(i);
            points(i, 0) = truth.normal(at) + std::sqrt(1 / single - 1) * noise.normal(at);
            points(i, 1) = 0;
        }
        return {points, {}};
    }
    [[nodiscard]] layout_source source(std::int64_t available = layout_source::unlimited) const {
        return {available, [*this](std::int64_t first, std::int64_t count, const execution&) {
                    std::vector<embedding> drawn;
                    for (std::int64_t k = first; k < first + count; ++k)
                        drawn.push_back(layout(k));
                    return drawn;
                }};
    }
};

column_estimate estimate(const stable_persistence_score<first_coordinate>& score,
                         const noisy_layouts& layouts, const class_partition& classes,
                         std::int64_t available = layout_source::unlimited) {
    const layout_source source = layouts.source(available);
    const matrix<double> first = layouts.layout(0).points;
    return score.estimate({first, classes, &source}, execution({.seed = layouts.seed}));
}

} // namespace

TEST_CASE("stable scores obey the laws of a score") {
    for (const std::int64_t n : {0, 1, 2, 5, 200})
        check_score_laws(stable_persistence_score<>{.most_layouts = 8}, clouds::normal(n, 2),
                         three_classes(n));
    check_score_laws(stable_persistence_score<gradient_norm<>>{.most_layouts = 4}, clouds::lattice(90, 2, 4),
                     three_classes(90));
    check_score_laws(
        stable_persistence_score<persistence_score<>>{.most_layouts = 4, .scale = normalization::none},
        clouds::normal(90, 4), three_classes(90));
    check_score_laws(pair_persistence<>{}, clouds::normal(90, 4), three_classes(90));
    check_score_laws(gradient_norm<>{}, clouds::normal(90, 4), three_classes(90));
}

TEST_CASE("the estimated reliability is the agreement with another run, and what was asked is reached") {
    const std::int64_t n = 3000;
    std::vector<std::int64_t> labels(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels[i] = i % 3 == 0;
    const class_partition classes(labels);
    for (const double single : {0.1, 0.3, 0.6})
        for (const double asked : {0.6, 0.75, 0.9}) {
            CAPTURE(single);
            CAPTURE(asked);
            const stable_persistence_score<first_coordinate> score{
                .reliability = asked, .most_layouts = 128, .parts = 1, .rounds = 1};
            const column_estimate one = estimate(score, {n, single, 1}, classes);
            const column_estimate other = estimate(score, {n, single, 1000}, classes);
            CHECK(one.reached);
            CHECK(one.layouts == one.measurements);
            CHECK(one.layouts % 4 == 0);
            // No more layouts than Spearman and Brown's formula wants, but for the estimate's error.
            const double wanted = asked * (1 - single) / (single * (1 - asked));
            CHECK(static_cast<double>(one.layouts) <= std::max(4.0, 1.3 * wanted + 4));
            CHECK(static_cast<double>(one.layouts) >= 0.7 * wanted);
            for (std::int64_t c = 0; c < 2; ++c) {
                std::vector<double> a;
                std::vector<double> b;
                for (const std::int64_t i : classes.members(c)) {
                    a.push_back(one.values[static_cast<std::size_t>(i)]);
                    b.push_back(other.values[static_cast<std::size_t>(i)]);
                }
                const double estimated = (one.reliability[static_cast<std::size_t>(c)] +
                                          other.reliability[static_cast<std::size_t>(c)]) /
                                         2;
                CHECK(rank_correlation(a, b) == doctest::Approx(estimated).epsilon(0.05));
                CHECK(one.reliability[static_cast<std::size_t>(c)] >= asked);
            }
        }
}

TEST_CASE("the standard error is that of the mean") {
    const std::int64_t n = 500;
    const class_partition classes(std::vector<std::int64_t>(static_cast<std::size_t>(n), 0));
    const noisy_layouts layouts{n, 0.2, 5};
    const stable_persistence_score<first_coordinate> score{.reliability = 0.99,
                                                           .least_layouts = 16,
                                                           .most_layouts = 16,
                                                           .parts = 1,
                                                           .rounds = 3,
                                                           .scale = normalization::none};
    const column_estimate result = estimate(score, layouts, classes);
    CHECK(!result.reached);
    REQUIRE(result.layouts == 16);
    for (std::int64_t i = 0; i < n; ++i) {
        double mean = 0;
        double squares = 0;
        for (std::int64_t k = 0; k < 16; ++k)
            mean += layouts.layout(k).points(i, 0) / 16;
        for (std::int64_t k = 0; k < 16; ++k)
            squares += std::pow(layouts.layout(k).points(i, 0) - mean, 2);
        CHECK(result.values[static_cast<std::size_t>(i)] == doctest::Approx(mean));
        CHECK(result.standard_error[static_cast<std::size_t>(i)] ==
              doctest::Approx(std::sqrt(squares / 15 / 16)));
    }
}

TEST_CASE("budgets end an estimate, and the notes say what was reached") {
    const std::int64_t n = 400;
    const class_partition classes(std::vector<std::int64_t>(static_cast<std::size_t>(n), 0));
    const noisy_layouts layouts{n, 0.01, 5};
    stable_persistence_score<first_coordinate> score{.most_layouts = 12, .parts = 1, .rounds = 1};
    column_estimate result = estimate(score, layouts, classes);
    CHECK(result.layouts == 12);
    CHECK(!result.reached);
    REQUIRE(result.notes.size() == 2);
    CHECK(result.notes[0].ends_with("of 0.75 asked, mean of 12 layouts, 1 cuts into 1 parts each"));
    // A source of seven gives no more than four, since measurements come four by four.
    CHECK(estimate(score, layouts, classes, 7).layouts == 4);
    score.most_layouts = 64;
    score.seconds = 1e-9;
    result = estimate(score, layouts, classes);
    CHECK(result.layouts == 4);
    CHECK(!result.reached);
}

TEST_CASE("without further layouts the parts of the one are measured, and a note says so") {
    const matrix<double> points = clouds::normal(600, 3);
    const class_partition classes(three_classes(600));
    const stable_persistence_score<> score{.reliability = 0.6};
    const column_estimate result = score.estimate({points, classes}, execution{});
    CHECK(result.layouts == 1);
    CHECK(result.measurements >= 4);
    REQUIRE(result.reliability.size() == 3);
    REQUIRE(result.notes.size() >= 2);
    CHECK(result.notes[1].find("says nothing of other seeds") != std::string::npos);
    // Another seed cuts other parts: the ranks agree as estimated.
    const column_estimate other = score.estimate({points, classes}, execution({.seed = 9}));
    CHECK(other.values != result.values);
    for (std::int64_t c = 0; c < 3; ++c) {
        std::vector<double> a;
        std::vector<double> b;
        for (const std::int64_t i : classes.members(c)) {
            a.push_back(result.values[static_cast<std::size_t>(i)]);
            b.push_back(other.values[static_cast<std::size_t>(i)]);
        }
        CHECK(rank_correlation(a, b) > 0.45);
    }
}

TEST_CASE("each class is cut into parts that see nothing of each other") {
    /// The number of points of the cloud, for each of its points.
    struct cloud_size {
        [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution&) const {
            return std::vector<double>(static_cast<std::size_t>(points.rows()),
                                       static_cast<double>(points.rows()));
        }
    };
    const class_partition classes(std::vector<std::int64_t>(300, 0));
    const stable_persistence_score<cloud_size> score{
        .least_layouts = 4, .most_layouts = 4, .parts = 4, .rounds = 5, .scale = normalization::none};
    for (const double value : score.column({clouds::normal(300, 1), classes}, execution{}))
        CHECK(value == doctest::Approx(75));
}

TEST_CASE("a class whose scores are all equal asks for nothing") {
    const class_partition classes(std::vector<std::int64_t>(2, 0));
    const column_estimate result =
        stable_persistence_score<>{}.estimate({clouds::normal(2, 1), classes}, execution{});
    CHECK(result.reached);
    CHECK(result.measurements == 4);
    CHECK(std::isnan(result.reliability.at(0)));
    CHECK(result.values == std::vector<double>{0, 0});
}

TEST_CASE("options out of range are refused") {
    const matrix<double> points = clouds::normal(20, 1);
    const class_partition classes(std::vector<std::int64_t>(20, 0));
    const auto refuses = [&](const stable_persistence_score<>& score, const char* sentence) {
        CHECK_THROWS_WITH_AS((void)score.estimate({points, classes}, execution{}), sentence,
                             std::invalid_argument);
    };
    refuses({.reliability = 1}, "stable_persistence_score: reliability is 1, must be above 0 and below 1");
    refuses({.least_layouts = 3},
            "stable_persistence_score: least_layouts is 3, must be a multiple of 4, at least 4");
    refuses(
        {.least_layouts = 8, .most_layouts = 4},
        "stable_persistence_score: most_layouts is 4, must be a multiple of 4, at least least_layouts, 8");
    refuses({.rounds = 0}, "stable_persistence_score: rounds is 0, must be at least 1");
    refuses({.seconds = 0.0}, "stable_persistence_score: seconds is 0, must be positive");
    refuses({.parts = 1}, "stable_persistence_score: parts is 1, must be at least 2 where the projection "
                          "draws no other layouts: nothing else varies");
}

TEST_CASE("the persistence of pairs is credited to the samples that set their atoms") {
    // A square: one hole, born with the sides at f_max, dead with the diagonal.
    matrix<double> points(4, 2);
    points << 0, 0, 1, 0, 1, 1, 0, 1;
    const pair_persistence<> score{.power = 1};
    const auto complex = score.bifiltration.build(points, execution{});
    const signed_measure measure = hilbert_signed_measure(complex, 1);
    const transport_result moved = exact_transport<>{}.to_zero(measure, execution{});
    REQUIRE(moved.plan.size() == 1);
    const std::vector<double> values = score.values(points, execution{});
    // Two edges and two vertices are touched: six credits of the one move's cost.
    CHECK(std::accumulate(values.begin(), values.end(), 0.0) == doctest::Approx(6 * moved.cost));
    CHECK(moved.cost == doctest::Approx((std::sqrt(2.0) - 1) / 2));
    pair_persistence<> squared = score;
    squared.power = 2;
    const std::vector<double> of_squares = squared.values(points, execution{});
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(of_squares[i] == doctest::Approx(values[i] * moved.cost));
    squared.power = 0;
    CHECK_THROWS_AS((void)squared.values(points, execution{}), std::invalid_argument);
}

TEST_CASE("the norm of the gradient") {
    const matrix<double> points = clouds::normal(50, 8);
    const std::vector<double> values = gradient_norm<>{}.values(points, execution{});
    const matrix<double> gradient =
        signed_measure_transport<>{}.value_and_gradient(points, execution{}).gradient;
    for (Eigen::Index i = 0; i < 50; ++i)
        CHECK(values[static_cast<std::size_t>(i)] == doctest::Approx(gradient.row(i).norm()));
}

TEST_CASE("rank correlation") {
    const std::vector<double> a{1, 2, 3, 4, 5};
    CHECK(rank_correlation(a, std::vector<double>{10, 20, 30, 40, 1000}) == doctest::Approx(1));
    CHECK(rank_correlation(a, std::vector<double>{5, 4, 3, 2, 1}) == doctest::Approx(-1));
    // Ranks with a tie: (0, .5, 1, 2.5, 2.5, 4) against (0 .. 5): by hand, 16.5 / sqrt(17.5 * 16.5).
    CHECK(rank_correlation(std::vector<double>{1, 2, 3, 4, 4, 5}, std::vector<double>{1, 2, 3, 4, 5, 6}) ==
          doctest::Approx(17.0 / std::sqrt(17.0 * 17.5)));
    CHECK(std::isnan(rank_correlation(a, std::vector<double>{2, 2, 2, 2, 2})));
    CHECK(std::isnan(rank_correlation({}, {})));
    CHECK_THROWS_AS((void)rank_correlation(a, std::vector<double>{1}), std::invalid_argument);
}

TEST_CASE("Spearman and Brown's formula") {
    CHECK(spearman_brown(0.5, 1) == doctest::Approx(0.5));
    CHECK(spearman_brown(0.2, 12) == doctest::Approx(0.75));
    CHECK(spearman_brown(0.0, 9) == 0);
}
