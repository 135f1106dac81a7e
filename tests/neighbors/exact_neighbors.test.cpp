// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>

#include "laws/clouds.hpp"
#include "laws/neighbor_laws.hpp"

#include <atomic>
#include <cmath>
#include <limits>
#include <stop_token>
#include <vector>

using namespace topoprune;

namespace {

matrix<float> normal_points(std::int64_t n, std::int64_t d, double offset = 0.0) {
    return clouds::normal_features(n, d, 11, 1.0, offset);
}

/// Integer coordinates in {0, 1, 2}: few values, many ties, duplicates, and zero vectors.
matrix<float> lattice_points(std::int64_t n, std::int64_t d) {
    return clouds::lattice_features(n, d, 12, 3);
}

/// Every sample three times.
matrix<float> tripled_points(std::int64_t n, std::int64_t d) {
    matrix<float> points = normal_points(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        points.row(i) = points.row(i % std::max<std::int64_t>(1, n / 3)).eval();
    return points;
}

/// Two tight clusters so far apart that float products cannot tell their inner distances.
matrix<float> distant_clusters(std::int64_t n, std::int64_t d) {
    matrix<float> points = normal_points(n, d) * 1e-3F;
    for (std::int64_t i = 0; i < n; ++i)
        points(i, 0) += i % 2 == 0 ? 1e3F : -1e3F;
    return points;
}

void check_all(const matrix<float>& points, std::int64_t k) {
    CAPTURE(points.rows());
    CAPTURE(points.cols());
    CAPTURE(k);
    for (const auto products : {candidate_products::float32, candidate_products::int8}) {
        CAPTURE(static_cast<int>(products));
        const exact_neighbors search{.products = products};
        laws::check_exact_neighbor_laws(search, cosine{}, points, k);
        laws::check_exact_neighbor_laws(search, euclidean{}, points, k);
    }
}

} // namespace

TEST_CASE("exact neighbors are those of brute force") {
    for (const std::int64_t n : {2, 3, 17, 300, 1031})
        for (const std::int64_t d : {1, 2, 16, 65})
            for (const std::int64_t k : {1, 15})
                if (k < n)
                    check_all(normal_points(n, d), k);
    check_all(normal_points(17, 3), 16); // all others
    check_all(normal_points(300, 3), 299);
    check_all(normal_points(2100, 130, 0.5), 15); // the size at which bytes are chosen
    // Blocks larger than their unit, samples in another order. One metric each: blocks know only products.
    const matrix<float> large = normal_points(4200, 24, 3.0);
    laws::check_exact_neighbor_laws(exact_neighbors{.products = candidate_products::float32}, cosine{}, large,
                                    15);
    laws::check_exact_neighbor_laws(exact_neighbors{.products = candidate_products::int8}, euclidean{}, large,
                                    15);
}

TEST_CASE("ties, duplicates and zero vectors are ordered exactly") {
    for (const std::int64_t n : {2, 3, 17, 300, 700})
        for (const std::int64_t k : {1, 10})
            if (k < n) {
                check_all(lattice_points(n, 2), k);
                check_all(lattice_points(n, 6), k);
                check_all(tripled_points(n, 5), k);
                check_all(distant_clusters(n, 4), k);
                check_all(matrix<float>::Constant(n, 3, 0.1F), k);
                check_all(matrix<float>::Zero(n, 3), k);
            }
}

TEST_CASE("duplicates are neighbors at distance exactly 0, lowest ids first") {
    const matrix<float> points = matrix<float>::Constant(2000, 19, 0.3F);
    const auto check = [&](const auto& metric) {
        const neighbor_graph graph = exact_neighbors{}.search(points, metric, 3, execution{});
        for (std::int64_t i = 0; i < 2000; ++i) {
            const std::vector<std::int32_t> expected{i == 0 ? 1 : 0, i <= 1 ? 2 : 1, i <= 2 ? 3 : 2};
            REQUIRE(std::ranges::equal(graph.ids_of(i), expected));
            REQUIRE(graph.distances_of(i).back() == 0.0F);
        }
    };
    check(cosine{});
    check(euclidean{});
}

TEST_CASE("samples without features are all alike") {
    const matrix<float> points(5, 0);
    const neighbor_graph graph = exact_neighbors{}.search(points, euclidean{}, 2, execution{});
    CHECK(graph.ids == std::vector<std::int32_t>{1, 2, 0, 2, 0, 1, 0, 1, 0, 1});
    CHECK(graph.distances == std::vector<float>(10, 0.0F));
}

TEST_CASE("a k that is out of range is refused by name") {
    const matrix<float> points = normal_points(4, 2);
    const auto search = [&](std::int64_t k) {
        (void)exact_neighbors{}.search(points, cosine{}, k, execution{});
    };
    CHECK_THROWS_WITH_AS(search(0), "exact_neighbors: k is 0, must be at least 1", std::invalid_argument);
    CHECK_THROWS_WITH_AS(search(4), "exact_neighbors: k is 4, must be less than the number of points, 4",
                         std::invalid_argument);
    for (const std::int64_t n : {0, 1}) {
        const matrix<float> few = normal_points(n, 2);
        CHECK_THROWS_AS((void)exact_neighbors{}.search(few, cosine{}, 1, execution{}), std::invalid_argument);
    }
}

TEST_CASE("features that are not finite are refused by place") {
    matrix<float> points = normal_points(4, 2);
    points(2, 1) = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)exact_neighbors{}.search(points, euclidean{}, 1, execution{}),
                         "exact_neighbors: points holds nan in row 2, column 1, must be finite",
                         std::invalid_argument);
}

TEST_CASE("the search tells its progress and can be interrupted") {
    const matrix<float> points = normal_points(500, 4);
    std::vector<double> told;
    std::stop_source source;
    const execution where({.threads = 2, .stop = source.get_token(), .progress = [&](const auto& event) {
                               CHECK(event.stage == "neighbors");
                               told.push_back(event.fraction);
                           }});
    (void)exact_neighbors{}.search(points, cosine{}, 3, where);
    CHECK(told.front() == 0.0);
    CHECK(told.back() == 1.0);
    CHECK(std::ranges::is_sorted(told));
    source.request_stop();
    CHECK_THROWS_AS((void)exact_neighbors{}.search(points, cosine{}, 3, where), interrupted);
}

namespace {

/// A metric that counts what it measures.
template <class M>
struct counting : M {
    std::atomic<std::int64_t>* measured = nullptr;

    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        ++*measured;
        return M::distance(x, y);
    }
};

template <class M>
std::int64_t count_measured(const auto& search, const M& metric, const matrix<float>& points,
                            std::int64_t k) {
    std::atomic<std::int64_t> measured{0};
    (void)search.search(points, counting<M>{metric, &measured}, k, execution({.seed = 1, .threads = 2}));
    return measured;
}

} // namespace

TEST_CASE("samples that are alike are not measured again and again") {
    // Half of the samples are zero, equal, constant, or of few kinds; without care each of a kind is measured
    // against each: n^2 / 4 times, 2,250,000.
    constexpr std::int64_t n = 3000, d = 24, k = 10;
    const matrix<float> random = normal_points(n, d);
    std::vector<matrix<float>> cases(4, random);
    for (std::int64_t i = 1; i < n; i += 2) {
        cases[0].row(i).setZero();
        cases[1].row(i) = random.row(1);
        cases[2].row(i).setConstant(1e-3F * static_cast<float>(i));
        cases[3].row(i) = random.row(i % 30);
    }
    for (const matrix<float>& points : cases) {
        CAPTURE(points.row(1));
        CHECK(count_measured(exact_neighbors{}, cosine{}, points, k) < 60 * n);
        CHECK(count_measured(exact_neighbors{}, euclidean{}, points, k) < 60 * n);
        CHECK(count_measured(exact_neighbors{}, correlation{}, points, k) < 60 * n);
    }
    // The answers are those of brute force; see the laws.
    for (std::int64_t i = 1; i < 300; i += 2)
        cases[2].row(i).setConstant(static_cast<float>(i));
    for (const matrix<float>& points : cases) {
        laws::check_exact_neighbor_laws(exact_neighbors{}, correlation{}, points.topRows(300), 7);
        laws::check_exact_neighbor_laws(exact_neighbors{}, euclidean{}, points.topRows(300), 7);
        laws::check_exact_neighbor_laws(exact_neighbors{}, cosine{}, points.topRows(300), 7);
    }
}
