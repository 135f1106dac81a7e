// SPDX-License-Identifier: MIT
// Generalized coverage against its definition, computed in double precision from all pairs.
#include <topoprune/select/coverage.hpp>
#include <topoprune/select/detail/class_geometry.hpp>
#include <topoprune/select/facility_location.hpp>

#include "laws/clouds.hpp"
#include "laws/selector_laws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace topoprune;

namespace {

/// One class, with what a problem may say of it.
struct covered_class {
    matrix<float> features;
    std::vector<double> scores, uncertainty{};
    std::vector<std::uint8_t> chosen{};

    [[nodiscard]] std::vector<std::int64_t> order(const coverage& policy, std::int64_t budget) const {
        const auto n = static_cast<std::size_t>(features.rows());
        const class_partition classes(std::vector<std::int64_t>(n, 0));
        const std::vector<std::int64_t> budgets{budget};
        selection_problem problem{scores, classes, budgets};
        problem.high = high_end::hard;
        problem.features = features;
        problem.uncertainty = uncertainty;
        problem.chosen = chosen;
        const selection drawn = policy.select(problem, execution({.seed = 1, .threads = 1}));
        std::vector<std::int64_t> taken(drawn.kept.size());
        for (const std::int64_t i : drawn.kept)
            taken[static_cast<std::size_t>(drawn.rank[static_cast<std::size_t>(i)])] = i;
        return taken;
    }
};

covered_class normal_class(std::int64_t n, std::int64_t dimension, std::uint64_t seed) {
    covered_class one{clouds::normal_features(n, dimension, seed), {}};
    const random_stream random(seed, 9);
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
        one.scores.push_back(random.normal(i));
        one.uncertainty.push_back(2 * random.uniform(1000 + i));
    }
    return one;
}

Eigen::MatrixXd unit_distances(const matrix<float>& features) {
    Eigen::MatrixXd unit = features.cast<double>();
    unit.rowwise().normalize();
    Eigen::MatrixXd distances(unit.rows(), unit.rows());
    for (Eigen::Index i = 0; i < unit.rows(); ++i)
        for (Eigen::Index j = 0; j < unit.rows(); ++j)
            distances(i, j) = (unit.row(i) - unit.row(j)).norm();
    return distances;
}

double radius_by_definition(const Eigen::MatrixXd& distances, std::int64_t centers) {
    Eigen::VectorXd nearest = Eigen::VectorXd::Constant(distances.rows(), 1e9);
    Eigen::Index next = 0;
    distances.array().square().rowwise().sum().minCoeff(&next);
    for (std::int64_t taken = 0; taken < centers; ++taken) {
        nearest = nearest.cwiseMin(distances.col(next));
        nearest.maxCoeff(&next);
    }
    return nearest.maxCoeff();
}

Eigen::VectorXd mean_one(Eigen::VectorXd values) {
    return values / values.mean();
}

Eigen::VectorXd weights_by_definition(const covered_class& one, const Eigen::MatrixXd& distances,
                                      const coverage_weights& options, double budget) {
    const Eigen::Index n = distances.rows();
    Eigen::VectorXd sparsity(n), score(n), uncertainty(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        std::vector<double> row(distances.col(i).data(), distances.col(i).data() + n);
        std::sort(row.begin(), row.end());
        sparsity[i] = row[static_cast<std::size_t>(options.sparsity_neighbors)];
        score[i] = one.scores[static_cast<std::size_t>(i)];
        // A rank by ascending uncertainty, of equal ones the mean.
        double less = 0, equal = 0;
        for (const double other : one.uncertainty) {
            less += other < one.uncertainty[static_cast<std::size_t>(i)];
            equal += other == one.uncertainty[static_cast<std::size_t>(i)];
        }
        const double rank = less + (equal + 1) / 2;
        uncertainty[i] = -std::log(1 - (rank - 0.5) / static_cast<double>(n));
    }
    if (options.heavy == kept_end::lowest)
        score = -score;
    score.array() -= score.minCoeff();
    const double fade = budget / (budget + options.uncertainty_half_share * static_cast<double>(n)) * budget /
                        (budget + options.uncertainty_half_count);
    return (mean_one(sparsity).array().max(0.1).pow(options.sparsity_exponent) *
            mean_one(score).array().max(0.1).pow(options.score_exponent) *
            mean_one(uncertainty).array().max(1e-3).pow(options.uncertainty_exponent * fade))
        .matrix();
}

/// Checks that every sample of the order gains as much as the best open one, as far as rounding of the
/// kernel lets that be known.
void check_greedy(const covered_class& one, const coverage& policy, std::int64_t budget, double tolerance) {
    const Eigen::MatrixXd distances = unit_distances(one.features);
    const double width = policy.bandwidth.fixed
                             ? *policy.bandwidth.fixed
                             : policy.bandwidth.radius_share * radius_by_definition(distances, budget);
    const Eigen::MatrixXd kernel =
        policy.kernel == coverage_kernel::angle
            ? Eigen::MatrixXd(1 - distances.array().square() / 4)
            : Eigen::MatrixXd((-distances.array().square() / (2 * width * width)).exp());
    const Eigen::VectorXd weights =
        weights_by_definition(one, distances, policy.weights, static_cast<double>(budget));
    const std::vector<std::int64_t> order = one.order(policy, budget);
    REQUIRE(std::ssize(order) == budget);
    Eigen::VectorXd covered = Eigen::VectorXd::Zero(distances.rows());
    const auto gain = [&](Eigen::Index j) { return weights.dot((kernel.col(j) - covered).cwiseMax(0)); };
    for (const std::int64_t taken : order) {
        double best = 0;
        for (Eigen::Index j = 0; j < distances.rows(); ++j)
            best = std::max(best, gain(j));
        if (one.chosen.empty() || one.chosen[static_cast<std::size_t>(taken)] == 0)
            CHECK(gain(taken) >= best - tolerance * weights.sum());
        covered = covered.cwiseMax(kernel.col(taken));
    }
}

} // namespace

TEST_CASE("the distance to the k-th neighbor is that of all pairs, over one block of samples and several") {
    for (const std::int64_t n : {1, 2, 17, 511, 512, 513, 1100}) {
        const random_stream random(static_cast<std::uint64_t>(n), 21);
        matrix<float> features(n, 3);
        std::vector<std::int64_t> members;
        for (std::int64_t i = 0; i < n; ++i) {
            members.push_back(i);
            for (std::int64_t k = 0; k < 3; ++k)
                features(i, k) = static_cast<float>(random.normal(static_cast<std::uint64_t>(3 * i + k)));
        }
        // Some are equal.
        for (std::int64_t i = 0; i + 7 < n; i += 50)
            features.row(i + 7) = features.row(i);
        const Eigen::MatrixXd distances = unit_distances(features);
        const detail::similarity_rows rows(features, members);
        for (const std::int64_t k : {1, 4, 600}) {
            const std::vector<double> found =
                detail::neighbor_distances(rows, k, execution({.seed = 1, .threads = 1}));
            CHECK(found == detail::neighbor_distances(rows, k, execution({.seed = 1, .threads = 3})));
            REQUIRE(std::ssize(found) == n);
            for (std::int64_t i = 0; i < n; ++i) {
                std::vector<double> others;
                for (std::int64_t j = 0; j < n; ++j)
                    if (j != i)
                        others.push_back(distances(i, j));
                const auto place = std::min(k, std::ssize(others)) - 1;
                double expected = 0;
                if (place >= 0) {
                    std::nth_element(others.begin(), others.begin() + place, others.end());
                    expected = others[static_cast<std::size_t>(place)];
                }
                // Squares have the error of a product in float and of the unit.
                CHECK(std::abs(found[static_cast<std::size_t>(i)] * found[static_cast<std::size_t>(i)] -
                               expected * expected) < 2e-6);
            }
        }
    }
}

TEST_CASE("coverage obeys the laws of a selector") {
    check_selector_laws_everywhere(coverage{});
    check_selector_laws_everywhere(coverage{.kernel = coverage_kernel::angle});
    check_selector_laws_everywhere(
        coverage{.bandwidth = {.fixed = 0.3},
                 .weights = {.sparsity_exponent = 0, .score_exponent = 1.5, .heavy = kept_end::easiest}});
    check_selector_laws_everywhere(coverage{
        .weights = {.sparsity_exponent = 2, .uncertainty_half_share = 0, .uncertainty_half_count = 0}});
}

TEST_CASE("coverage takes greedily what its definition says") {
    const covered_class one = normal_class(300, 6, 11);
    check_greedy(one, {}, 40, 2e-6);
    check_greedy(one, {}, 3, 2e-6);
    check_greedy(one, {.kernel = coverage_kernel::angle}, 60, 2e-6);
    check_greedy(one, {.bandwidth = {.fixed = 0.4}, .weights = {.sparsity_exponent = 0}}, 60, 2e-6);
    check_greedy(one,
                 {.bandwidth = {.radius_share = 1},
                  .weights = {.sparsity_exponent = 1.5,
                              .sparsity_neighbors = 3,
                              .score_exponent = 2,
                              .heavy = kept_end::lowest,
                              .uncertainty_exponent = 3,
                              .uncertainty_half_share = 0.3}},
                 60, 2e-6);
}

TEST_CASE("coverage takes greedily in the presence of chosen samples") {
    covered_class one = normal_class(200, 4, 12);
    one.chosen.assign(200, 0);
    for (const std::size_t i : {3U, 77U, 150U})
        one.chosen[i] = 1;
    check_greedy(one, {}, 30, 2e-6);
    const std::vector<std::int64_t> order = one.order({}, 30);
    CHECK(std::vector<std::int64_t>(order.begin(), order.begin() + 3) ==
          std::vector<std::int64_t>{3, 77, 150});
}

TEST_CASE("coverage with the kernel of the angle and equal weights is facility location") {
    const covered_class one = normal_class(400, 5, 13);
    const coverage plain{.kernel = coverage_kernel::angle,
                         .weights = {.sparsity_exponent = 0, .uncertainty_exponent = 0}};
    const class_partition classes(std::vector<std::int64_t>(400, 0));
    const std::vector<std::int64_t> budgets{80};
    selection_problem problem{one.scores, classes, budgets};
    problem.features = one.features;
    const execution where({.seed = 1, .threads = 1});
    CHECK(plain.select(problem, where).kept == facility_location{}.select(problem, where).kept);
}

TEST_CASE("a heavy sample of coverage is taken, and its weight fades with the budget") {
    // Two far groups of equal shape; the samples of the second are uncertain.
    matrix<float> z(200, 3);
    const random_stream random(4, 1);
    std::vector<double> uncertainty(200, 0.01);
    for (Eigen::Index i = 0; i < 200; ++i) {
        for (Eigen::Index k = 0; k < 3; ++k)
            z(i, k) = static_cast<float>(0.2 * random.normal(static_cast<std::uint64_t>(3 * i + k)));
        z(i, i < 100 ? 0 : 1) += 1;
        if (i >= 100)
            uncertainty[static_cast<std::size_t>(i)] = 1;
    }
    const covered_class two_groups{z, std::vector<double>(200, 0.0), uncertainty};
    const auto of_second = [&](const coverage& policy, std::int64_t budget) {
        const std::vector<std::int64_t> order = two_groups.order(policy, budget);
        return std::count_if(order.begin(), order.end(), [](std::int64_t i) { return i >= 100; });
    };
    const coverage even{.weights = {.uncertainty_exponent = 0}};
    CHECK(of_second(even, 20) >= 8);
    CHECK(of_second(even, 20) <= 12);
    CHECK(of_second({}, 80) > of_second(even, 80) + 10);
    const coverage at_once{.weights = {.uncertainty_half_share = 0, .uncertainty_half_count = 0}};
    CHECK(of_second({}, 4) < of_second(at_once, 4));
    CHECK(of_second({}, 4) <= 3);
}

TEST_CASE("coverage of equal, zero and single samples keeps its budget") {
    covered_class equal{matrix<float>::Constant(50, 3, 0.5F), std::vector<double>(50, 1.0)};
    const std::vector<std::int64_t> any = equal.order({}, 4);
    CHECK(any.size() == 4);
    // Not the first of the file.
    CHECK(*std::max_element(any.begin(), any.end()) > 3);
    equal.features.setZero();
    CHECK(equal.order({}, 4) == any);
    equal.uncertainty.assign(50, 0.0);
    CHECK(equal.order({}, 4) == any);
}

TEST_CASE("coverage keeps a sample of a crowd of copies, whatever the exponents") {
    // Half of the class is one point: its samples have neighbors at no distance, and still count.
    covered_class crowd = normal_class(80, 3, 15);
    for (Eigen::Index i = 0; i < 40; ++i)
        crowd.features.row(i) = -3 * crowd.features.row(79);
    for (std::size_t i = 0; i < 80; ++i)
        crowd.scores[i] *= 1e300;
    const std::vector<std::int64_t> few = crowd.order({}, 8);
    CHECK(std::count_if(few.begin(), few.end(), [](std::int64_t i) { return i < 40; }) == 1);
    const std::vector<std::int64_t> steep = crowd.order(
        {.weights = {.sparsity_exponent = 10, .score_exponent = 10, .uncertainty_exponent = 10}}, 60);
    CHECK(steep.size() == 60);
}

TEST_CASE("coverage refuses options and uncertainties out of range") {
    const covered_class one = normal_class(20, 3, 14);
    const auto refused = [&](const coverage& policy) {
        CHECK_THROWS_AS((void)one.order(policy, 5), std::invalid_argument);
    };
    refused({.bandwidth = {.fixed = 0.0}});
    refused({.bandwidth = {.fixed = 2.5}});
    refused({.bandwidth = {.radius_share = 0}});
    refused({.bandwidth = {.radius_share = std::numeric_limits<double>::infinity()}});
    refused({.weights = {.sparsity_exponent = -1}});
    refused({.weights = {.sparsity_neighbors = 0}});
    refused({.weights = {.sparsity_neighbors = 1001}});
    refused({.weights = {.score_exponent = std::nan("")}});
    refused({.weights = {.uncertainty_exponent = -0.5}});
    refused({.weights = {.uncertainty_exponent = 11}});
    refused({.weights = {.score_exponent = std::numeric_limits<double>::infinity()}});
    refused({.weights = {.uncertainty_half_share = -1}});
    refused({.weights = {.uncertainty_half_count = -1}});
    covered_class negative = one;
    negative.uncertainty[3] = -0.1;
    CHECK_THROWS_AS((void)negative.order({}, 5), std::invalid_argument);
    negative.uncertainty = {1.0};
    CHECK_THROWS_AS((void)negative.order({}, 5), std::invalid_argument);
}
