// SPDX-License-Identifier: MIT
#include <topoprune/projection/pacmap.hpp>

#include "laws/projection_laws.hpp"
#include "pacmap_clouds.hpp"
#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace topoprune;
using laws::has_note;
using namespace pacmap_clouds;

namespace {

/// The share of samples whose nearest in the embedding is of the same class.
double nearest_agreement(const matrix<double>& points, std::span<const std::int64_t> classes) {
    double agreeing = 0;
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
        Eigen::VectorXd squared = (points.rowwise() - points.row(i)).rowwise().squaredNorm();
        squared[i] = std::numeric_limits<double>::infinity();
        Eigen::Index nearest = 0;
        squared.minCoeff(&nearest);
        agreeing += classes[static_cast<std::size_t>(i)] == classes[static_cast<std::size_t>(nearest)];
    }
    return agreeing / static_cast<double>(points.rows());
}

} // namespace

TEST_CASE("pacmap is a projection") {
    laws::check_projection_laws(pacmap{.iterations = {10, 10, 20}}, clusters(700, 6, 4));
    laws::check_projection_laws(pacmap{.n_neighbors = 5, .iterations = {5, 5, 10}, .dimensions = 3},
                                clusters(203, 4, 2));
    laws::check_projection_laws(
        pacmap{.metric = cosine{}, .iterations = {5, 5, 10}, .principal_components = 8},
        clusters(150, 12, 3));
}

TEST_CASE("pacmap takes its options by name, the metric's type from its value") {
    const auto policy = topoprune::pacmap{.n_neighbors = 12, .metric = topoprune::cosine{}};
    static_assert(std::same_as<decltype(policy), const pacmap<cosine, adaptive_neighbors>>);
    static_assert(std::same_as<decltype(pacmap{.n_neighbors = 4}), pacmap<euclidean, adaptive_neighbors>>);
    CHECK(policy.further_ratio == 2.0);
}

TEST_CASE("pacmap separates clusters") {
    constexpr std::int64_t n = 600;
    std::vector<std::int64_t> classes(n);
    for (std::size_t i = 0; i < n; ++i)
        classes[i] = static_cast<std::int64_t>(i % 6);
    for (const pacmap_init from : {pacmap_init::principal_components, pacmap_init::random}) {
        const embedding result = pacmap{.init = from}.project(clusters(n, 10, 6), execution{});
        CHECK(nearest_agreement(result.points, classes) > 0.99);
        CHECK(result.points.cwiseAbs().maxCoeff() < 60);
        CHECK(result.notes.empty());
    }
}

TEST_CASE("the numbers of pairs are those of pacmap") {
    const auto counts = [](std::int64_t n, std::int64_t near) {
        const detail::pair_counts c = detail::count_pairs(n, near, 0.5, 2.0);
        return std::vector<std::int64_t>{c.near, c.mid_near, c.further};
    };
    CHECK(counts(1000, 10) == std::vector<std::int64_t>{10, 5, 20});
    CHECK(counts(1000, 15) == std::vector<std::int64_t>{15, 8, 30}); // 7.5 goes to even
    CHECK(counts(1000, 13) == std::vector<std::int64_t>{13, 6, 26}); // and so does 6.5
    CHECK(counts(36, 10) == std::vector<std::int64_t>{10, 5, 20});
    CHECK(counts(35, 10) == std::vector<std::int64_t>{10, 5, 20}); // 35 / 3.5
    CHECK(counts(34, 10) == std::vector<std::int64_t>{9, 4, 19});
    CHECK(counts(8, 10) == std::vector<std::int64_t>{2, 1, 4});
    CHECK(counts(4, 10) == std::vector<std::int64_t>{1, 0, 2});
    CHECK(counts(3, 10) == std::vector<std::int64_t>{1, 0, 1}); // pacmap refuses fewer than 4 samples
    CHECK(counts(2, 10) == std::vector<std::int64_t>{1, 0, 0});
    CHECK(counts(1, 10) == std::vector<std::int64_t>{0, 0, 0});
    CHECK(counts(0, 10) == std::vector<std::int64_t>{0, 0, 0});
    for (std::int64_t n = 2; n < 60; ++n)
        for (const double mid_near_ratio : {0.0, 0.5, 5.0, 100.0})
            for (const double further_ratio : {0.0, 2.0, 100.0}) {
                const detail::pair_counts c = detail::count_pairs(n, 10, mid_near_ratio, further_ratio);
                CHECK(c.near >= 1);
                CHECK(c.near + c.further <= n - 1);
                CHECK(c.mid_near <= n - 1);
                CHECK(c.further >= 0);
            }
}

TEST_CASE("near pairs are the nearest by the scaled distance") {
    const matrix<float> points = clusters(120, 5, 4);
    const execution where;
    const neighbor_graph neighbors = exact_neighbors{}.search(points, euclidean{}, 30, where);
    const detail::pair_table pairs = detail::choose_near_pairs(neighbors, 7, where);
    const auto distance = [&](std::int64_t i, std::int64_t j) {
        return (points.row(i).cast<double>() - points.row(j).cast<double>()).norm();
    };
    const auto scale = [&](std::int64_t i) {
        std::vector<double> all;
        for (std::int64_t j = 0; j < 120; ++j)
            if (j != i)
                all.push_back(distance(i, j));
        std::sort(all.begin(), all.end());
        return (all[3] + all[4] + all[5]) / 3;
    };
    for (std::int64_t i = 0; i < 120; ++i) {
        std::vector<std::pair<double, std::int32_t>> scaled;
        for (const std::int32_t j : neighbors.ids_of(i))
            scaled.emplace_back(distance(i, j) * distance(i, j) / (scale(i) * scale(j)), j);
        std::sort(scaled.begin(), scaled.end());
        for (std::size_t p = 0; p < 7; ++p)
            CHECK(pairs.of(i)[p] == scaled[p].second);
    }
}

TEST_CASE("near pairs of the digits are those that pacmap chooses") {
    const execution where;
    const matrix<float> features = detail::prepare_pacmap_features(recorded::digits(), 100, where).rows;
    const neighbor_graph neighbors = exact_neighbors{}.search(features, euclidean{}, 60, where);
    const detail::pair_table ours = detail::choose_near_pairs(neighbors, 10, where),
                             theirs = recorded_pairs("near_pairs.csv");
    const std::vector<double> scales = detail::local_scales(neighbors, where);
    std::int64_t same = 0;
    for (std::int64_t i = 0; i < 300; ++i)
        for (std::size_t p = 0; p < 10; ++p) {
            const auto scaled = [&](std::int32_t j) {
                return (features.row(i) - features.row(j)).cast<double>().squaredNorm() /
                       (scales[static_cast<std::size_t>(i)] * scales[static_cast<std::size_t>(j)]);
            };
            // Ids may differ only where the scaled distances are equal, up to the rounding of floats.
            CHECK(scaled(ours.of(i)[p]) == doctest::Approx(scaled(theirs.of(i)[p])).epsilon(1e-5));
            same += ours.of(i)[p] == theirs.of(i)[p];
        }
    CHECK(same >= 2970);
}

TEST_CASE("the mid-near partner is the second nearest of six") {
    // Of 7 samples on a line, sample 0 has no others to draw: all 6 are the candidates. The nearest is never
    // taken while another is left.
    matrix<float> few(7, 1);
    few.col(0) << 0, 1, 3, 6, 10, 15, 21;
    const detail::pair_table all =
        detail::draw_mid_near_pairs(few, euclidean{}, 6, random_stream(1, 1), execution{});
    const std::vector<std::int32_t> expected{2, 3, 4, 5, 6, 1};
    CHECK(std::equal(all.of(0).begin(), all.of(0).end(), expected.begin()));

    // Of n - 1 others in order of distance, the second of 6 drawn has the mean rank 2 n / 7 and the
    // variance 10 (n - 7) n / (49 * 8).
    constexpr std::int64_t n = 1500, each = 3;
    matrix<float> line(n, 1);
    for (std::int64_t i = 0; i < n; ++i)
        line(i, 0) = static_cast<float>(i);
    const detail::pair_table pairs =
        detail::draw_mid_near_pairs(line, euclidean{}, each, random_stream(2, 1), execution{});
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto row = pairs.of(i);
        CHECK(std::set(row.begin(), row.end()).size() == each);
        for (const std::int32_t j : row) {
            REQUIRE(j != i);
            // On a line the rank of j is twice their distance at most, less where the line ends.
            const std::int64_t apart = std::abs(j - i), reach = j > i ? i : n - 1 - i;
            sum += static_cast<double>(apart + std::min(apart, reach));
        }
    }
    const double deviation = std::sqrt(10.0 * (n - 7) * n / (49 * 8) / (n * each));
    CHECK(std::abs(sum / (n * each) - 2.0 * n / 7) < 4 * deviation);
}

TEST_CASE("further partners are distinct, no near partners, and uniform") {
    constexpr std::int64_t n = 400;
    const matrix<float> points = clusters(n, 3, 4);
    const execution where;
    const detail::pair_table near = detail::choose_near_pairs(
                                 exact_neighbors{}.search(points, euclidean{}, 20, where), 8, where),
                             pairs = detail::draw_further_pairs(near, 50, random_stream(1, 2), where);
    std::vector<double> chosen(n, 0);
    for (std::int64_t i = 0; i < n; ++i) {
        std::set<std::int32_t> met(near.of(i).begin(), near.of(i).end());
        met.insert(static_cast<std::int32_t>(i));
        CHECK(met.size() == 9);
        for (const std::int32_t j : pairs.of(i)) {
            CHECK(met.insert(j).second);
            ++chosen[static_cast<std::size_t>(j)];
        }
    }
    // About binomial: the sum of squares over the mean 50 follows chi^2 with 399 degrees of freedom, times
    // 7/8.
    double statistic = 0;
    for (const double count : chosen)
        statistic += (count - 50) * (count - 50) / 50;
    CHECK(statistic > 0.7 * n);
    CHECK(statistic < 1.1 * n);
    // Where all others are needed, all are taken.
    const detail::pair_table rest =
        detail::draw_further_pairs(near, n - 1 - near.count, random_stream(1, 3), where);
    for (std::int64_t i = 0; i < n; ++i)
        CHECK(std::set(rest.of(i).begin(), rest.of(i).end()).size() == n - 1 - 8);
}

TEST_CASE("the gradient of a layout by pairs is the derivative of its loss") {
    constexpr std::int64_t n = 45;
    const execution where;
    const auto pairs = random_choice(n);
    for (const std::int64_t dimensions : {1, 2, 3, 5}) {
        CAPTURE(dimensions);
        // In iterations 0 and 3 of the first phase and in the two others.
        struct expected_weights {
            int iteration;
            double near, mid_near;
        };
        for (const expected_weights& expected :
             {expected_weights{0, 2, 1000}, {3, 2, 0.25 * 1000 + 0.75 * 3}, {4, 3, 3}, {6, 1, 0}}) {
            CAPTURE(expected.iteration);
            detail::pair_descent run(pairs, random_positions(n, dimensions, 3),
                                     {.iterations = {4, 2, 2}, .learning_rate = 0.01}, 1, where);
            run.advance(expected.iteration, where);
            const auto loss = [&](const matrix<double>& y) {
                return expected.near * sum_over(pairs.near, y, [](double d) { return d / (10 + d); }) +
                       expected.mid_near *
                           sum_over(pairs.mid_near, y, [](double d) { return d / (10000 + d); }) +
                       sum_over(pairs.further, y, [](double d) { return 1 / (1 + d); });
            };
            CHECK(gradient_error(run, loss) < 1e-5);
        }
    }
}

TEST_CASE("an iteration is a step of Adam on that gradient") {
    constexpr std::int64_t n = 45;
    const execution where;
    detail::pair_descent run(random_choice(n), random_positions(n, 2, 3), {.learning_rate = 0.5}, 1, where);
    matrix<double> mean = matrix<double>::Zero(n, 2), square = mean;
    for (int t = 1; t <= 3; ++t) {
        const matrix<double> gradient = run.gradient(), before = run.positions();
        mean = 0.9 * mean + 0.1 * gradient;
        square = 0.999 * square + 0.001 * gradient.cwiseAbs2();
        const double rate = 0.5 * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t));
        run.advance(1, where);
        const matrix<double> moved = before - (rate * mean.array() / (square.array().sqrt() + 1e-7)).matrix();
        CHECK((run.positions() - moved).cwiseAbs().maxCoeff() < 1e-5);
    }
}

TEST_CASE("a layout moves the digits as pacmap does") {
    const execution where;
    const matrix<float> start = recorded::as_matrix(recorded::read_table("start.csv", "pacmap"));
    // Our own start is the same up to the sign of each column.
    const matrix<float> ours = detail::principal_pacmap_init(
        detail::prepare_pacmap_features(recorded::digits(), 100, where), 2, where);
    CHECK((ours.cwiseAbs() - start.cwiseAbs()).cwiseAbs().maxCoeff() < 1e-6);

    detail::pair_descent run(recorded_choice(), start, {.iterations = {4, 3, 3}}, 1, where);
    run.advance(10, where);
    const matrix<float> theirs = recorded::as_matrix(recorded::read_table("after_pacmap.csv", "pacmap"));
    CHECK((run.positions() - theirs.cast<double>()).cwiseAbs().maxCoeff() < 1e-3);
}

TEST_CASE("a run of pacmap that is resumed equals one that is not") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const pacmap<> policy{.iterations = {10, 10, 20}};
    pacmap_run run = policy.start(points, where);
    CHECK(run.iterations() == 40);
    for (const int count : {0, 1, 7, 13, 100}) {
        const int before = run.iteration();
        run.advance(count, where);
        CHECK(run.iteration() == std::min(before + count, 40));
    }
    run.advance(std::numeric_limits<int>::max(), where);
    CHECK(laws::same_bits(run.positions(), policy.project(points, where).points));
    pacmap_run finished = policy.start(points, where);
    finished.advance(13, where);
    finished.finish(where);
    CHECK(finished.iteration() == 40);
    CHECK(laws::same_bits(finished.result().points, run.positions()));
}

TEST_CASE("a run of pacmap tells what was decided on the way") {
    const matrix<float> points = clusters(5, 5, 1);
    const execution where;
    const pacmap_run run = pacmap<>{.iterations = {2, 2, 2}}.start(points, where);
    CHECK(has_note(run.result(), "n_neighbors"));
}

TEST_CASE("pacmap accepts neighbors that are already known") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const pacmap<> policy{.iterations = {5, 5, 5}};
    const neighbor_graph neighbors = exact_neighbors{}.search(
        detail::prepare_pacmap_features(points, 100, where).rows, euclidean{}, 60, where);
    CHECK(
        laws::same_bits(policy.place(points, neighbors, where).points, policy.project(points, where).points));
    CHECK_THROWS_AS((void)policy.place(clusters(299, 5, 3), neighbors, where), std::invalid_argument);
    for (const std::int64_t k : {1, 2, 5}) { // fewer than the local scale asks for
        const embedding result =
            policy.place(points, exact_neighbors{}.search(points, euclidean{}, k, where), where);
        CHECK(result.points.allFinite());
        CHECK(has_note(result, "n_neighbors"));
    }
    CHECK(policy.place(points, neighbor_graph{.samples = 300, .k = 0, .ids = {}, .distances = {}}, where)
              .points.allFinite());
}

TEST_CASE("pacmap derives its neighbors from the number of samples when they are unset") {
    const matrix<float> points = clusters(100, 4, 2);
    pacmap<> derived{.iterations = {3, 3, 3}}, ten = derived;
    derived.n_neighbors.reset();
    CHECK(laws::same_bits(derived.project(points, execution{}).points,
                          ten.project(points, execution{}).points));
}

TEST_CASE("pacmap places few samples") {
    for (std::int64_t n = 0; n <= 40; ++n) {
        CAPTURE(n);
        const embedding result = pacmap{.iterations = {10, 10, 10}}.project(clusters(n, 3, 2), execution{});
        CHECK(result.points.rows() == n);
        CHECK(result.points.cols() == 2);
        CHECK(result.points.allFinite());
        CHECK(has_note(result, "n_neighbors") == (n >= 2 && n < 35));
    }
    for (const std::int64_t n : {2, 3, 8, 12})
        CHECK(pacmap{.mid_near_ratio = 6, .iterations = {5, 5, 5}}
                  .project(clusters(n, 3, 2), execution{})
                  .points.allFinite());
    CHECK(pacmap{}.project(matrix<float>(5, 0), execution{}).points.allFinite());
}

TEST_CASE("pacmap places duplicates, equal samples and numbers near the limits of floats") {
    std::vector<matrix<float>> all = clouds::degenerate_clusters();
    matrix<float> one_far = clusters(120, 4, 3);
    one_far(7, 2) = 1e30F;
    all.push_back(one_far);
    all.emplace_back(clusters(80, 130, 2) * 1e37F);
    all.emplace_back(clusters(80, 4, 2) * 1e37F);
    for (const matrix<float>& points : all) {
        CHECK(pacmap{.iterations = {10, 10, 30}}.project(points, execution{}).points.allFinite());
        CHECK(pacmap{.metric = cosine{}, .iterations = {10, 10, 30}}
                  .project(points, execution{})
                  .points.allFinite());
    }
    for (const float value : {0.0F, 1.0F, -3e38F}) {
        const matrix<float> equal = matrix<float>::Constant(100, 4, value);
        const embedding result = pacmap{.iterations = {10, 10, 30}}.project(equal, execution{});
        CHECK(result.points.allFinite());
        CHECK(has_note(result, "no extent"));
        CHECK((result.points.rowwise() - result.points.row(0)).cwiseAbs().maxCoeff() > 0);
    }
}

TEST_CASE("pacmap begins where it is told to") {
    const matrix<float> points = clusters(50, 4, 2);
    const matrix<double> given = random_positions(50, 2, 7).cast<double>();
    const auto first = [&](const pacmap<>& policy) { return policy.start(points, execution{}).positions(); };
    const matrix<double> start = first({.init = pacmap_init::given, .given = given * 1e150}) * 1e4;
    for (Eigen::Index c = 0; c < 2; ++c) {
        const Eigen::VectorXd centered = given.col(c).array() - given.col(c).mean();
        const Eigen::VectorXd expected = centered / std::sqrt(centered.squaredNorm() / 50);
        CHECK((start.col(c) - expected).cwiseAbs().maxCoeff() < 1e-5);
    }
    const matrix<double> drawn = first({.init = pacmap_init::random}) * 1e4;
    CHECK(std::abs(drawn.mean()) < 0.4);
    CHECK(std::abs(drawn.squaredNorm() / 100 - 1) < 0.6);
    CHECK_THROWS_AS((void)first({.dimensions = 3, .init = pacmap_init::given, .given = given}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)first({.init = pacmap_init::given}), std::invalid_argument);
}

TEST_CASE("pacmap reduces many features to principal components") {
    const matrix<float> points = clusters(150, 40, 3);
    const execution where;
    const auto prepared = detail::prepare_pacmap_features(points, 10, where);
    CHECK(prepared.principal);
    CHECK(prepared.rows == pca{.dimensions = 10}.project(points, where).points.cast<float>());
    const auto scaled = detail::prepare_pacmap_features(points, 0, where);
    CHECK(!scaled.principal);
    const double range = static_cast<double>(points.maxCoeff()) - static_cast<double>(points.minCoeff());
    matrix<double> expected = points.cast<double>() / range;
    expected.rowwise() -= expected.colwise().mean().eval();
    CHECK((scaled.rows.cast<double>() - expected).cwiseAbs().maxCoeff() < 1e-6);
}

TEST_CASE("pacmap reports its stages in order") {
    const auto stages =
        laws::reported_stages(pacmap{.n_neighbors = 6, .iterations = {2, 2, 3}}, clusters(100, 3, 2));
    for (const std::string stage : {"features", "pairs", "layout"})
        CHECK(std::count(stages.begin(), stages.end(), stage) == 1);
    CHECK(stages.front() == "features");
    CHECK(stages.back() == "layout");
}

TEST_CASE("pacmap refuses options that cannot be") {
    const matrix<float> points = clusters(50, 3, 2);
    const auto refuses = [&](const auto& policy) {
        CHECK_THROWS_AS((void)policy.project(points, execution{}), std::invalid_argument);
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    refuses(pacmap{.n_neighbors = 0});
    refuses(pacmap{.mid_near_ratio = -0.1});
    refuses(pacmap{.mid_near_ratio = nan});
    refuses(pacmap{.further_ratio = -1});
    refuses(pacmap{.further_ratio = 101});
    refuses(pacmap{.iterations = {1, -1, 1}});
    refuses(pacmap{.learning_rate = 0});
    refuses(pacmap{.learning_rate = nan});
    refuses(pacmap{.dimensions = 0});
    refuses(pacmap{.dimensions = 65});
    refuses(pacmap{.principal_components = -1});
}
