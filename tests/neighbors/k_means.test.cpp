// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/k_means.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace topoprune;
using doctest::Approx;

TEST_CASE("k-means finds clusters that are there, and is at a fixed point") {
    const matrix<float> z = clouds::clusters(300, 4, 5);
    const k_means_result found = k_means{.clusters = 5}.run(matrix_view<const float>(z), execution{});
    CHECK(found.converged);
    // A fixed point: every sample is nearest to the mean of its own cluster.
    matrix<double> centers = matrix<double>::Zero(5, 4);
    std::vector<double> sizes(5, 0);
    for (Eigen::Index i = 0; i < 300; ++i) {
        centers.row(found.cluster[static_cast<std::size_t>(i)]) += z.row(i).cast<double>();
        ++sizes[static_cast<std::size_t>(found.cluster[static_cast<std::size_t>(i)])];
    }
    for (Eigen::Index c = 0; c < 5; ++c) {
        REQUIRE(sizes[static_cast<std::size_t>(c)] > 0);
        centers.row(c) /= sizes[static_cast<std::size_t>(c)];
    }
    for (Eigen::Index i = 0; i < 300; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double own = (z.row(i).cast<double>() - centers.row(found.cluster[at])).norm();
        CHECK(found.distance[at] == Approx(own).epsilon(1e-4));
        for (Eigen::Index c = 0; c < 5; ++c)
            CHECK(own <= (z.row(i).cast<double>() - centers.row(c)).norm() + 1e-4);
    }
    for (const int threads : {1, 3, 8})
        CHECK(k_means{.clusters = 5}
                  .run(matrix_view<const float>(z), execution({.threads = threads}))
                  .distance == found.distance);
    CHECK_THROWS_AS((void)k_means{.clusters = 0}.run(matrix_view<const float>(z), execution{}),
                    std::invalid_argument);
}

TEST_CASE("more clusters than different samples leave each at its place") {
    const matrix<float> z = clouds::lattice_features(60, 1, 2, 4);
    const k_means_result found = k_means{.clusters = 30}.run(matrix_view<const float>(z), execution{});
    CHECK(found.converged);
    for (const double distance : found.distance)
        CHECK(distance < 1e-6);
}

TEST_CASE("nothing, one sample, zeros and huge scales are clustered") {
    CHECK(k_means{}.run(matrix<float>(0, 3), execution{}).cluster.empty());
    const matrix<float> one = clouds::normal_features(1, 3, 1);
    CHECK(k_means{}.run(one, execution{}).cluster == std::vector<std::int32_t>{0});
    for (const bool spherical : {false, true})
        for (const double scale : {0.0, 1e-20, 1.0, 1e18}) {
            const matrix<float> z = clouds::normal_features(50, 3, 2, scale);
            const k_means_result found = k_means{.clusters = 4, .spherical = spherical}.run(z, execution{});
            for (const double distance : found.distance)
                CHECK(std::isfinite(distance));
            for (const std::int32_t cluster : found.cluster) {
                CHECK(cluster >= 0);
                CHECK(cluster < 4);
            }
            if (spherical && scale == 0.0)
                CHECK(found.distance[7] == 1);
        }
}

TEST_CASE("every cluster has samples where the samples differ") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const matrix<float> z = clouds::normal_features(30, 2, seed);
        const auto found = k_means{.clusters = 12}.run(z, execution({.seed = seed, .threads = 1}));
        CHECK(std::set<std::int32_t>(found.cluster.begin(), found.cluster.end()).size() == 12);
    }
}
