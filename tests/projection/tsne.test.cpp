// SPDX-License-Identifier: MIT
#include <topoprune/io/npy.hpp>
#include <topoprune/projection/tsne.hpp>

#include "laws/clouds.hpp"
#include "laws/projection_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace topoprune;
using clouds::clusters;
using laws::has_note;

TEST_CASE("tsne is a projection") {
    laws::check_projection_laws(tsne{.perplexity = 8, .early_exaggeration_iterations = 15, .iterations = 25},
                                clusters(600, 6, 4));
    laws::check_projection_laws(tsne{.perplexity = 5,
                                     .early_exaggeration_iterations = 5,
                                     .iterations = 15,
                                     .metric = euclidean{},
                                     .dimensions = 1},
                                clusters(150, 4, 2));
}

TEST_CASE("tsne is a projection where repulsion is interpolated") {
    laws::check_projection_laws(tsne{.perplexity = 3, .early_exaggeration_iterations = 10, .iterations = 15},
                                clusters(detail::divergence_descent::interpolate_from + 300, 4, 5));
}

TEST_CASE("tsne takes its options by name, the metric's type from its value") {
    const auto policy = tsne{.perplexity = 15, .metric = euclidean{}};
    static_assert(std::same_as<decltype(policy), const tsne<euclidean, adaptive_neighbors>>);
    static_assert(std::same_as<decltype(tsne{.perplexity = 4}), tsne<cosine, adaptive_neighbors>>);
    CHECK(policy.early_exaggeration == 12);
}

TEST_CASE("tsne keeps the neighborhoods of the digits") {
    const matrix<float> digits = read_npy_matrix<float>(std::filesystem::path(TOPOPRUNE_TEST_DATA) /
                                                        "../../examples/data/digits_features.npy");
    const embedding result = tsne{.metric = euclidean{}}.project(digits, execution{});
    CHECK(laws::trustworthiness(digits.cast<double>(), result.points, 15) >= 0.985);
    CHECK(result.notes.empty());
}

TEST_CASE("tsne lowers the divergence") {
    const matrix<float> points = clusters(500, 5, 4);
    const execution where;
    const tsne<euclidean> policy{.perplexity = 10};
    tsne_run run = policy.start(points, exact_neighbors{}.search(points, euclidean{}, 30, where), where);
    const double first = run.divergence(where);
    run.advance(250, where);
    run.advance(50, where);
    const double early = run.divergence(where);
    run.advance(1000, where);
    const double last = run.divergence(where);
    CHECK(run.iteration() == run.iterations());
    CHECK(early < first);
    CHECK(last < early);
    CHECK(last > 0);
}

TEST_CASE("a resumed tsne equals an uninterrupted one") {
    for (const std::int64_t n : {std::int64_t{300}, detail::divergence_descent::interpolate_from + 100}) {
        const matrix<float> points = clusters(n, 5, 3);
        const execution where;
        const tsne<euclidean> policy{.perplexity = 5, .early_exaggeration_iterations = 20, .iterations = 30};
        const neighbor_graph neighbors = exact_neighbors{}.search(points, euclidean{}, 15, where);
        tsne_run run = policy.start(points, neighbors, where);
        for (const int part : {7, 0, 13, 1, 100}) {
            run.advance(part, where);
            (void)run.divergence(where); // looking changes nothing
        }
        CHECK(laws::same_bits(run.positions(), policy.place(points, neighbors, where).points));
        CHECK(laws::same_bits(run.positions(), policy.project(points, where).points));
        tsne_run finished = policy.start(points, neighbors, where);
        finished.advance(31, where);
        finished.finish(where);
        CHECK(finished.iteration() == 50);
        CHECK(laws::same_bits(finished.result().points, run.positions()));
    }
    CHECK_THROWS_AS(
        (void)tsne<>{}.place(clusters(299, 5, 3),
                             exact_neighbors{}.search(clusters(300, 5, 3), cosine{}, 15, execution{}),
                             execution{}),
        std::invalid_argument);
}

TEST_CASE("tsne places few samples") {
    for (const std::int64_t n : {0, 1, 2, 3, 4, 5, 9, 30, 90, 91, 92})
        for (const std::int64_t dimensions : {1, 2}) {
            CAPTURE(n);
            const embedding result = tsne{.dimensions = dimensions}.project(clusters(n, 3, 2), execution{});
            CHECK(result.points.rows() == n);
            CHECK(result.points.cols() == dimensions);
            CHECK(result.points.allFinite());
            CHECK(has_note(result, "perplexity") == (n >= 2 && n < 91));
        }
    CHECK(tsne{.perplexity = 1}.project(clusters(40, 3, 2), execution{}).points.allFinite());
}

TEST_CASE("tsne places duplicates, zero vectors, equal samples and a far one") {
    std::vector<matrix<float>> all = clouds::degenerate_clusters();
    matrix<float> far = clusters(2100, 4, 3);
    far.row(5).setConstant(1e18F);
    all.push_back(far);
    all.emplace_back(matrix<float>::Ones(2100, 4));
    all.emplace_back(matrix<float>::Zero(100, 4));
    const auto check = [](const auto& policy, const matrix<float>& points) {
        CHECK(policy.project(points, execution{}).points.allFinite());
    };
    for (const matrix<float>& points : all) {
        check(tsne{.perplexity = 5, .early_exaggeration_iterations = 30, .iterations = 50}, points);
        check(tsne{.perplexity = 5,
                   .early_exaggeration_iterations = 30,
                   .iterations = 50,
                   .metric = euclidean{}},
              points);
    }
}

TEST_CASE("tsne survives rates that are far too large") {
    CHECK(tsne{.perplexity = 3, .early_exaggeration_iterations = 0, .iterations = 30, .learning_rate = 1e9}
              .project(clusters(detail::divergence_descent::interpolate_from + 100, 4, 3), execution{})
              .points.allFinite());
}

TEST_CASE("tsne says that a picture outgrew the grid") {
    const std::int64_t n = detail::divergence_descent::interpolate_from + 100;
    matrix<double> given = matrix<double>::Random(n, 2);
    given(3, 0) = 1e5;
    const embedding result = tsne{.perplexity = 3,
                                  .early_exaggeration_iterations = 0,
                                  .iterations = 3,
                                  .init = tsne_init::given,
                                  .given = given}
                                 .project(clusters(n, 4, 3), execution{});
    CHECK(result.points.allFinite());
    CHECK(has_note(result, "grid"));
}

TEST_CASE("tsne starts where it is told to") {
    const matrix<float> points = clusters(50, 4, 3);
    matrix<double> given = matrix<double>::Random(50, 2).cast<float>().cast<double>();
    const tsne policy{.perplexity = 5,
                      .early_exaggeration_iterations = 0,
                      .iterations = 0,
                      .init = tsne_init::given,
                      .given = given};
    CHECK(policy.project(points, execution{}).points == given);
    CHECK_THROWS_AS((void)policy.project(clusters(49, 4, 3), execution{}), std::invalid_argument);

    const auto begin = [&](tsne_init from, std::uint64_t seed) {
        return tsne{.perplexity = 5, .early_exaggeration_iterations = 0, .iterations = 0, .init = from}
            .project(points, execution({.seed = seed}))
            .points;
    };
    const auto deviation = [](const matrix<double>& y) {
        return std::sqrt((y.col(0).array() - y.col(0).mean()).square().mean());
    };
    CHECK(deviation(begin(tsne_init::principal_components, 1)) == doctest::Approx(1e-4).epsilon(0.01));
    CHECK(deviation(begin(tsne_init::random, 1)) == doctest::Approx(1e-4).epsilon(0.4));
    CHECK((begin(tsne_init::principal_components, 1) - begin(tsne_init::principal_components, 2)).norm() <
          0.1 * begin(tsne_init::principal_components, 1).norm());
    CHECK((begin(tsne_init::random, 1) - begin(tsne_init::random, 2)).norm() >
          begin(tsne_init::random, 1).norm());
}

TEST_CASE("tsne reports its stages in order and can be interrupted") {
    const tsne policy{.perplexity = 6, .early_exaggeration_iterations = 3, .iterations = 4};
    const auto stages = laws::reported_stages(policy, clusters(100, 3, 2));
    const std::vector<std::string> expected{"graph", "start", "layout"};
    CHECK(std::search(stages.begin(), stages.end(), expected.begin(), expected.end()) != stages.end());
    CHECK(stages.back() == "layout");

    std::stop_source stop;
    const execution stopped({.stop = stop.get_token(), .progress = [&](const progress_event& event) {
                                 if (event.stage == "layout")
                                     stop.request_stop();
                             }});
    CHECK_THROWS_AS((void)policy.project(clusters(100, 3, 2), stopped), interrupted);
}

TEST_CASE("tsne refuses options that cannot be") {
    const matrix<float> points = clusters(50, 3, 2);
    const auto refuses = [&](const auto& policy) {
        CHECK_THROWS_AS((void)policy.project(points, execution{}), std::invalid_argument);
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    refuses(tsne{.perplexity = 0.9});
    refuses(tsne{.perplexity = nan});
    refuses(tsne{.early_exaggeration = 0.5});
    refuses(tsne{.early_exaggeration_iterations = -1});
    refuses(tsne{.exaggeration = 0});
    refuses(tsne{.exaggeration = nan});
    refuses(tsne{.iterations = -1});
    refuses(tsne{.learning_rate = 0.0});
    refuses(tsne{.learning_rate = nan});
    refuses(tsne{.early_momentum = 1});
    refuses(tsne{.momentum = -0.1});
    refuses(tsne{.dimensions = 0});
    refuses(tsne{.dimensions = 3});
    refuses(tsne{.init = tsne_init::given, .given = matrix<double>::Constant(50, 2, nan)});
    refuses(tsne{.init = tsne_init::given, .given = matrix<double>::Zero(50, 3)});
}
