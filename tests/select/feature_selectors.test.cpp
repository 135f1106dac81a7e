// SPDX-License-Identifier: MIT
// Selectors that look at features: herding, k-center, facility location, graph cut, message passing.
#include <topoprune/select/coverage.hpp>
#include <topoprune/select/facility_location.hpp>
#include <topoprune/select/graph_cut.hpp>
#include <topoprune/select/herding.hpp>
#include <topoprune/select/k_center.hpp>
#include <topoprune/select/message_passing.hpp>
#include <topoprune/select/stratified.hpp>

#include "laws/all_pairs_search.hpp"
#include "laws/clouds.hpp"
#include "laws/selector_laws.hpp"

#include <cmath>
#include <set>

using namespace topoprune;
using row_numbers = std::vector<std::int64_t>;

namespace {

template <class S>
selection select_from(const S& policy, const matrix<float>& features, std::int64_t budget,
                      std::vector<std::uint8_t> chosen = {}) {
    const auto n = static_cast<std::size_t>(features.rows());
    const std::vector<double> scores(n, 0.0);
    const class_partition classes(row_numbers(n, 0));
    const row_numbers budgets{budget};
    selection_problem problem{scores, classes, budgets};
    problem.features = features;
    problem.chosen = chosen;
    return policy.select(problem, execution({.seed = 1, .threads = 1}));
}

/// The kept samples in the order in which they were taken.
row_numbers in_order(const selection& drawn) {
    row_numbers order(drawn.kept.size());
    for (const std::int64_t i : drawn.kept)
        order[static_cast<std::size_t>(drawn.rank[static_cast<std::size_t>(i)])] = i;
    return order;
}

} // namespace

TEST_CASE("herding and k-center obey the laws of a selector") {
    check_selector_laws_everywhere(herding{});
    check_selector_laws_everywhere(k_center{});
    check_selector_laws_everywhere(k_center{first_center::random});
}

TEST_CASE("facility location and graph cut obey the laws of a selector") {
    check_selector_laws_everywhere(facility_location{});
    check_selector_laws_everywhere(facility_location{.search = greedy_search::stochastic});
    for (const double representation : {0.0, 2.0})
        check_selector_laws_everywhere(graph_cut{representation});
}

TEST_CASE("message passing obeys the laws of a selector") {
    for (const double skipped : {0.0, 0.4})
        for (const high_end high : {high_end::hard, high_end::easy})
            check_selector_laws_everywhere(
                message_passing{.search = all_pairs_search{}, .k = 3, .skipped_hardest = skipped}, high);
}

TEST_CASE("among equal samples any may be kept, as the seed has it, and not the first of the file") {
    const matrix<float> equal = matrix<float>::Constant(200, 3, 0.5F);
    const std::vector<double> scores(200, 1.0);
    const class_partition classes(row_numbers(200, 0));
    const row_numbers budgets{20};
    selection_problem problem{scores, classes, budgets};
    problem.features = equal;
    problem.high = high_end::hard;
    const auto check = [&](const auto& policy) {
        double sum = 0;
        std::set<row_numbers> different;
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const row_numbers kept = policy.select(problem, execution({.seed = seed, .threads = 1})).kept;
            REQUIRE(kept.size() == 20);
            for (const std::int64_t row : kept)
                sum += static_cast<double>(row);
            different.insert(kept);
        }
        CHECK(different.size() == 10);
        // 99.5 for a uniform draw, with a deviation of 4; of the first rows it is 9.5.
        CHECK(sum / 200 == doctest::Approx(99.5).epsilon(0.2));
    };
    check(herding{});
    check(k_center{});
    check(graph_cut{});
    check(facility_location{});
    check(coverage{});
    check(message_passing{.search = all_pairs_search{}, .k = 3, .skipped_hardest = 0});
    for (const stratum_draw how : {stratum_draw::highest_score, stratum_draw::k_center,
                                   stratum_draw::facility_location, stratum_draw::coverage})
        check(stratified{.draw = how});
}

TEST_CASE("herding takes what its definition says, step by step") {
    const matrix<float> z = clouds::normal_features(40, 5, 3);
    const Eigen::MatrixXd points = z.cast<double>();
    const Eigen::VectorXd mean = points.colwise().mean().transpose();
    std::vector<char> taken(40, 0);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(5);
    row_numbers expected;
    for (int s = 0; s < 15; ++s) {
        Eigen::Index best = -1;
        double least = 1e300;
        for (Eigen::Index j = 0; j < 40; ++j) {
            const double cost = ((s + 1) * mean - sum - points.row(j).transpose()).norm();
            if (!taken[static_cast<std::size_t>(j)] && cost < least) {
                least = cost;
                best = j;
            }
        }
        taken[static_cast<std::size_t>(best)] = 1;
        sum += points.row(best).transpose();
        expected.push_back(best);
    }
    CHECK(in_order(select_from(herding{}, z, 15)) == expected);
}

TEST_CASE("the mean of a herded prefix tends to the mean of the class like 1 / s") {
    // The farthest instead of the nearest, as in a known release, would walk away from it.
    const matrix<float> z = clouds::normal_features(600, 4, 8);
    const Eigen::RowVectorXd mean = z.cast<double>().colwise().mean();
    const row_numbers order = in_order(select_from(herding{}, z, 200));
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(4);
    for (std::size_t s = 1; s <= order.size(); ++s) {
        sum += z.row(order[s - 1]).cast<double>();
        CHECK((sum / static_cast<double>(s) - mean).norm() <= 3.0 / static_cast<double>(s));
    }
}

TEST_CASE("k-center takes the farthest sample each time, and sees chosen ones") {
    const matrix<float> z = clouds::normal_features(60, 3, 4);
    const auto distance = [&](std::int64_t a, std::int64_t b) {
        return (z.row(a).cast<double>() - z.row(b).cast<double>()).norm();
    };
    for (const bool with_chosen : {false, true}) {
        std::vector<std::uint8_t> chosen(60, 0);
        if (with_chosen)
            chosen[11] = chosen[30] = 1;
        const row_numbers order = in_order(select_from(k_center{}, z, 12, chosen));
        if (with_chosen)
            CHECK(row_numbers(order.begin(), order.begin() + 2) == row_numbers{11, 30});
        for (std::size_t s = with_chosen ? 2 : 1; s < order.size(); ++s) {
            const auto nearest = [&](std::int64_t i) {
                double least = 1e300;
                for (std::size_t t = 0; t < s; ++t)
                    least = std::min(least, distance(i, order[t]));
                return least;
            };
            for (std::int64_t i = 0; i < 60; ++i)
                CHECK(nearest(i) <= nearest(order[s]) + 1e-12);
        }
    }
}

namespace {

Eigen::MatrixXd similarities(const matrix<float>& z) {
    const Eigen::MatrixXd unit = z.cast<double>().rowwise().normalized();
    return (0.5 * (unit * unit.transpose()).array() + 0.5).matrix();
}

/// f of facility location, from its definition.
double coverage_of(const Eigen::MatrixXd& s, const row_numbers& kept) {
    double sum = 0;
    for (Eigen::Index i = 0; i < s.rows(); ++i) {
        double most = 0;
        for (const std::int64_t j : kept)
            most = std::max(most, s(i, j));
        sum += most;
    }
    return sum;
}

/// f of graph cut, from its definition.
double cut(const Eigen::MatrixXd& s, const row_numbers& kept, double representation) {
    double sum = 0;
    for (const std::int64_t j : kept) {
        sum += representation * s.col(j).sum();
        for (const std::int64_t k : kept)
            sum -= s(j, k);
    }
    return sum;
}

/// Every sample of the order gains as much as any other could have: gains by brute force, f(S + x) - f(S).
template <class Value>
void check_greedy(const row_numbers& order, std::int64_t n, Value value) {
    row_numbers kept;
    for (const std::int64_t next : order) {
        const double before = value(kept);
        const auto gain = [&](std::int64_t j) {
            row_numbers with = kept;
            with.push_back(j);
            return value(with) - before;
        };
        const double taken = gain(next);
        for (std::int64_t j = 0; j < n; ++j)
            if (std::find(kept.begin(), kept.end(), j) == kept.end())
                CHECK(gain(j) <= taken + 1e-4);
        kept.push_back(next);
    }
}

} // namespace

TEST_CASE("lazy facility location and graph cut take the largest gain each time") {
    const matrix<float> z = clouds::normal_features(50, 4, 6);
    const Eigen::MatrixXd s = similarities(z);
    check_greedy(in_order(select_from(facility_location{}, z, 12)), 50,
                 [&](const row_numbers& kept) { return coverage_of(s, kept); });
    for (const double representation : {0.5, 2.0})
        check_greedy(in_order(select_from(graph_cut{representation}, z, 12)), 50,
                     [&](const row_numbers& kept) { return cut(s, kept, representation); });
}

TEST_CASE("lazy facility location takes the largest gain each time, by lists as by whole rows") {
    // Lists of at most 256 samples begin in the middle of the draw.
    const matrix<float> z = clouds::normal_features(900, 6, 9);
    const Eigen::MatrixXd s = similarities(z);
    Eigen::VectorXd covered = Eigen::VectorXd::Zero(900);
    const row_numbers order = in_order(select_from(facility_location{}, z, 60));
    CHECK((s.array() > 0).rowwise().count().minCoeff() > 256);
    for (const std::int64_t next : order) {
        const Eigen::VectorXd gains = (s.colwise() - covered).cwiseMax(0.0).colwise().sum().transpose();
        CHECK(gains[next] >= gains.maxCoeff() - 900 * 0x1p-22);
        covered = covered.cwiseMax(s.col(next));
    }
    CHECK((s.colwise() - covered).cwiseMax(0.0).cwiseSign().colwise().sum().maxCoeff() < 256);
}

TEST_CASE("stochastic facility location comes near the greedy value") {
    const matrix<float> z = clouds::clusters(200, 4, 8);
    const Eigen::MatrixXd s = similarities(z);
    const double greedy = coverage_of(s, select_from(facility_location{}, z, 20).kept);
    const double stochastic =
        coverage_of(s, select_from(facility_location{.search = greedy_search::stochastic}, z, 20).kept);
    CHECK(stochastic <= greedy * 1.01);
    CHECK(stochastic >= 0.9 * greedy);
}

TEST_CASE("message passing takes what its definition says, step by step") {
    const matrix<float> z = clouds::normal_features(60, 2, 7, 0.3);
    std::vector<double> scores;
    const random_stream random(8, 8);
    for (std::uint64_t i = 0; i < 60; ++i)
        scores.push_back(-5 + random.uniform(i));
    const neighbor_graph graph =
        all_pairs_search{}.search(matrix_view<const float>(z), euclidean{}, 4, execution{});
    Eigen::MatrixXd distance = Eigen::MatrixXd::Constant(60, 60, -1);
    for (std::int64_t i = 0; i < 60; ++i)
        for (std::size_t e = 0; e < 4; ++e) {
            const auto j = static_cast<Eigen::Index>(graph.ids_of(i)[e]);
            distance(i, j) = distance(j, i) = static_cast<double>(graph.distances_of(i)[e]);
        }
    for (const high_end high : {high_end::hard, high_end::easy}) {
        Eigen::VectorXd s(60);
        for (Eigen::Index i = 0; i < 60; ++i)
            s[i] = (high == high_end::hard ? 1 : -1) * scores[static_cast<std::size_t>(i)];
        s.array() -= s.minCoeff();
        s /= s.maxCoeff();
        Eigen::VectorXd x = s;
        for (Eigen::Index i = 0; i < 60; ++i)
            for (Eigen::Index j = 0; j < 60; ++j)
                if (distance(i, j) >= 0)
                    x[i] += std::exp(-distance(i, j)) * s[j];
        row_numbers expected;
        std::vector<char> taken(60, 0);
        for (int step = 0; step < 25; ++step) {
            Eigen::Index best = -1;
            for (Eigen::Index i = 0; i < 60; ++i)
                if (!taken[static_cast<std::size_t>(i)] && (best < 0 || x[i] > x[best]))
                    best = i;
            taken[static_cast<std::size_t>(best)] = 1;
            expected.push_back(best);
            for (Eigen::Index j = 0; j < 60; ++j)
                if (distance(best, j) >= 0 && !taken[static_cast<std::size_t>(j)])
                    x[j] -= std::exp(-0.2 * distance(best, j)) * x[best];
        }
        const class_partition classes(row_numbers(60, 0));
        const row_numbers budgets{25};
        selection_problem problem{scores, classes, budgets};
        problem.high = high;
        problem.features = z;
        const message_passing policy{.search = all_pairs_search{}, .k = 4, .gamma = 0.2};
        CHECK(in_order(policy.select(problem, execution{})) == expected);
        // The same along a graph that is given.
        problem.features = {};
        problem.neighbors = &graph;
        CHECK(in_order(policy.select(problem, execution{})) == expected);
    }
}

TEST_CASE("messages that would grow with distance are refused") {
    const matrix<float> z = clouds::normal_features(5, 2, 1);
    CHECK_THROWS_WITH_AS((void)select_from(message_passing{.search = all_pairs_search{}, .gamma = -1}, z, 2),
                         "message_passing: gamma is -1, must be at least 0 and finite",
                         std::invalid_argument);
    // So is a score that nobody said the direction of.
    CHECK_THROWS_AS((void)select_from(message_passing{.search = all_pairs_search{}}, z, 2),
                    std::invalid_argument);
}

TEST_CASE("features that are missing or broken are refused by name") {
    CHECK_THROWS_WITH_AS(
        (void)herding{}.select(
            {std::vector<double>(2, 0.0), class_partition(row_numbers{0, 0}), row_numbers{1}}, execution{}),
        "herding: the number of feature rows is 0, must be the number of samples, 2", std::invalid_argument);
    matrix<float> z = clouds::normal_features(4, 2, 1);
    z(1, 1) = std::nanf("");
    CHECK_THROWS_AS((void)select_from(k_center{}, z, 2), std::invalid_argument);
}
