// SPDX-License-Identifier: MIT
#include <topoprune/projection/umap.hpp>

#include "laws/clouds.hpp"
#include "laws/projection_laws.hpp"
#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace topoprune;
using clouds::clusters;

TEST_CASE("umap is a projection") {
    laws::check_projection_laws(umap{.n_neighbors = 8, .n_epochs = 30}, clusters(600, 6, 4));
    laws::check_projection_laws(
        umap{.n_neighbors = 5, .metric = euclidean{}, .n_epochs = 20, .dimensions = 3}, clusters(150, 4, 2));
}

TEST_CASE("umap takes its options by name, the metric's type from its value") {
    const auto policy = topoprune::umap{.n_neighbors = 15, .min_dist = 0.1, .metric = topoprune::euclidean{}};
    static_assert(std::same_as<decltype(policy), const umap<euclidean, adaptive_neighbors>>);
    static_assert(std::same_as<decltype(umap{.n_neighbors = 4}), umap<cosine, adaptive_neighbors>>);
    static_assert(Projection<umap<euclidean>>);
    CHECK(policy.negative_sample_rate == 5);
}

TEST_CASE("umap keeps the neighborhoods of the digits") {
    // umap-learn 0.5.12 reaches 0.966 to 0.969 on these 300 rows over five seeds.
    const matrix<float> digits = recorded::digits();
    const embedding result = umap{.metric = euclidean{}}.project(digits, execution{});
    CHECK(laws::trustworthiness(digits.cast<double>(), result.points, 15) > 0.955);
    CHECK(result.points.cwiseAbs().maxCoeff() < 60);
}

TEST_CASE("umap places few samples") {
    for (const std::int64_t n : {0, 1, 2, 3, 4, 5, 9, 14, 15, 16}) {
        CAPTURE(n);
        const embedding result = umap{}.project(clusters(n, 3, 2), execution{});
        CHECK(result.points.rows() == n);
        CHECK(result.points.cols() == 2);
        CHECK(result.points.allFinite());
        CHECK(laws::has_note(result, "n_neighbors") == (n >= 2 && n < 15));
    }
}

TEST_CASE("umap places duplicates, zero vectors and equal samples") {
    std::vector<matrix<float>> all = clouds::degenerate_clusters();
    all.emplace_back(matrix<float>::Ones(100, 4));
    all.emplace_back(matrix<float>::Zero(100, 4));
    for (const matrix<float>& points : all) {
        CHECK(umap{.n_epochs = 50}.project(points, execution{}).points.allFinite());
        CHECK(umap{.metric = euclidean{}, .n_epochs = 50}.project(points, execution{}).points.allFinite());
    }
}

TEST_CASE("umap separates components and says so") {
    matrix<float> points = clusters(300, 5, 1);
    for (Eigen::Index i = 0; i < 300; ++i)
        points(i, 0) += 1000.0F * static_cast<float>(i % 3);
    const embedding result = umap{.n_neighbors = 10, .metric = euclidean{}}.project(points, execution{});
    REQUIRE(result.notes.size() == 1);
    CHECK(result.notes[0].find("3 components") != std::string::npos);
    // Every sample is nearer to its own component's center than to the others'.
    matrix<double> centers = matrix<double>::Zero(3, 2);
    for (Eigen::Index i = 0; i < 300; ++i)
        centers.row(i % 3) += result.points.row(i) / 100;
    for (Eigen::Index i = 0; i < 300; ++i) {
        Eigen::Index nearest = 0;
        (centers.rowwise() - result.points.row(i)).rowwise().squaredNorm().minCoeff(&nearest);
        CHECK(nearest == i % 3);
    }
}

TEST_CASE("umap places one sample that is far from all") {
    matrix<float> points = clusters(200, 4, 2);
    for (const float far : {1e3F, 1e12F, 1e18F, 3e38F}) {
        points.row(77).setConstant(far);
        for (const double density : {0.0, 2.0}) {
            const umap policy{.metric = euclidean{}, .n_epochs = 100, .density_lambda = density};
            const embedding result = policy.project(points, execution{});
            CHECK(result.points.allFinite());
            CHECK(result.points.cwiseAbs().maxCoeff() < 100);
        }
    }
}

TEST_CASE("umap places more components than it can start apart") {
    matrix<float> pairs(1300, 3);
    for (Eigen::Index i = 0; i < 1300; ++i)
        for (Eigen::Index c = 0; c < 3; ++c)
            pairs(i, c) = static_cast<float>(100 * ((i / 2 * (c + 3)) % (97 + c)) + (i % 2));
    const umap policy{.n_neighbors = 2, .metric = euclidean{}, .n_epochs = 30};
    const embedding result = policy.project(pairs, execution{});
    CHECK(result.points.allFinite());
    REQUIRE(!result.notes.empty());
    CHECK(result.notes[0].find("components") != std::string::npos);
}

TEST_CASE("umap places samples without an edge, and says so") {
    // Of the intersection of directions little is left.
    matrix<float> points = clusters(200, 4, 2);
    points.topRows(5).array() += 50;
    const umap policy{.n_neighbors = 3, .metric = euclidean{}, .n_epochs = 50, .set_op_mix_ratio = 0};
    const embedding result = policy.project(points, execution{});
    CHECK(result.points.allFinite());
    CHECK(std::any_of(result.notes.begin(), result.notes.end(),
                      [](const std::string& note) { return note.find("no edge") != std::string::npos; }));
}

TEST_CASE("umap raises negative distances, as of an inner product, until the nearest is 0") {
    const matrix<float> points = clusters(120, 4, 2);
    const execution where;
    const umap policy{.n_epochs = 30};
    neighbor_graph negative = exact_neighbors{}.search(points, euclidean{}, 10, where);
    for (float& distance : negative.distances)
        distance -= 40;
    neighbor_graph raised = negative;
    CHECK(detail::bring_into_range(raised).size() == 1);
    CHECK(detail::bring_into_range(raised).empty());
    CHECK(*std::min_element(raised.distances.begin(), raised.distances.end()) == 0);
    const embedding result = policy.place(points, negative, where);
    CHECK(result.points == policy.place(points, raised, where).points);
    REQUIRE(!result.notes.empty());
    CHECK(result.notes[0].find("raised") != std::string::npos);
}

TEST_CASE("umap counts infinite distances as very large ones") {
    const matrix<float> points = clusters(60, 4, 2);
    const execution where;
    neighbor_graph neighbors = exact_neighbors{}.search(points, euclidean{}, 6, where);
    for (const std::size_t i : {5, 11, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209})
        neighbors.distances[i] = std::numeric_limits<float>::infinity();
    const embedding result = umap{.n_epochs = 60}.place(points, neighbors, where);
    CHECK(result.points.allFinite());
    CHECK(result.notes[0].find("12 distances") != std::string::npos);
}

TEST_CASE("umap refuses neighbors that cannot be") {
    const matrix<float> points = clusters(60, 4, 2);
    const execution where;
    const neighbor_graph good = exact_neighbors{}.search(points, cosine{}, 6, where);
    const auto refuses = [&](const auto& spoil) {
        neighbor_graph bad = good;
        spoil(bad);
        CHECK_THROWS_AS((void)umap{}.place(points, bad, where), std::invalid_argument);
    };
    refuses([](neighbor_graph& graph) { graph.ids[3] = 60; });
    refuses([](neighbor_graph& graph) { graph.ids[3] = -1; });
    refuses([](neighbor_graph& graph) { graph.ids.pop_back(); });
    refuses([](neighbor_graph& graph) { graph.distances[5] = std::numeric_limits<float>::quiet_NaN(); });
}

TEST_CASE("umap accepts neighbors that are already known") {
    const matrix<float> points = clusters(300, 5, 3);
    const execution where;
    const umap<euclidean> policy{.n_neighbors = 10, .n_epochs = 20};
    const neighbor_graph neighbors = exact_neighbors{}.search(points, euclidean{}, 9, where);
    CHECK(policy.place(points, neighbors, where).points == policy.project(points, where).points);
    CHECK_THROWS_AS((void)policy.place(clusters(299, 5, 3), neighbors, where), std::invalid_argument);
}

TEST_CASE("umap reports its stages in order") {
    const auto stages = laws::reported_stages(umap{.n_neighbors = 6, .n_epochs = 11}, clusters(100, 3, 2));
    const std::vector<std::string> expected{"graph", "start", "layout"};
    CHECK(std::search(stages.begin(), stages.end(), expected.begin(), expected.end()) != stages.end());
    CHECK(stages.back() == "layout");
}

TEST_CASE("umap refuses options that cannot be") {
    const matrix<float> points = clusters(50, 3, 2);
    const auto refuses = [&](const auto& policy) {
        CHECK_THROWS_AS((void)policy.project(points, execution{}), std::invalid_argument);
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    refuses(umap{.n_neighbors = 1});
    refuses(umap{.min_dist = 2});
    refuses(umap{.min_dist = nan});
    refuses(umap{.spread = 0});
    refuses(umap{.n_epochs = -1});
    refuses(umap{.learning_rate = 0});
    refuses(umap{.learning_rate = nan});
    refuses(umap{.negative_sample_rate = -1});
    refuses(umap{.repulsion_strength = -1});
    refuses(umap{.local_connectivity = -1});
    refuses(umap{.set_op_mix_ratio = 1.1});
    refuses(umap{.dimensions = 0});
    refuses(umap{.dimensions = 65});
    refuses(umap{.target_weight = 1.1});
    refuses(umap{.density_lambda = -1});
    refuses(umap{.density_fraction = nan});
    refuses(umap{.density_variance_shift = -1});
    refuses(umap{.schedule = umap_schedule::reference, .density_lambda = 2});
}

TEST_CASE("umap does not see the unit of the features, however large or small") {
    const matrix<float> points = clusters(200, 5, 3);
    const umap policy{.n_neighbors = 10, .metric = euclidean{}, .n_epochs = 40};
    const matrix<double> plain = policy.project(points, execution{}).points;
    for (const int exponent : {20, 60, 70, 100, -60, -100}) {
        CAPTURE(exponent);
        const matrix<float> scaled = points * std::ldexp(1.0F, exponent);
        CHECK(policy.project(scaled, execution{}).points == plain);
    }
}
