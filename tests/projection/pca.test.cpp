// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/projection/pca.hpp>

#include "laws/projection_laws.hpp"

#include <Eigen/SVD>

#include <cmath>
#include <numeric>
#include <vector>

using namespace topoprune;

namespace {

/// Normal samples whose feature c has standard deviation `scale` * 0.7^c, turned by eight fixed reflections
/// x - 2 (x . v) v.
matrix<float> elliptic_cloud(std::int64_t n, std::int64_t d, double scale = 1.0, double offset = 0.0) {
    const random_stream along(21, static_cast<std::uint64_t>(d)), across(22, static_cast<std::uint64_t>(d));
    std::uint64_t next = 0;
    std::vector<std::vector<double>> mirrors(8, std::vector<double>(static_cast<std::size_t>(d)));
    for (std::vector<double>& v : mirrors) {
        for (double& coordinate : v)
            coordinate = across.normal(next++);
        const double length = std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0));
        for (double& coordinate : v)
            coordinate /= length;
    }
    matrix<float> points(n, d);
    next = 0;
    std::vector<double> x(static_cast<std::size_t>(d));
    for (std::int64_t i = 0; i < n; ++i) {
        for (std::size_t c = 0; c < x.size(); ++c)
            x[c] = scale * std::pow(0.7, static_cast<double>(c)) * along.normal(next++);
        for (const std::vector<double>& v : mirrors) {
            const double reach = std::inner_product(x.begin(), x.end(), v.begin(), 0.0);
            for (std::size_t c = 0; c < x.size(); ++c)
                x[c] -= 2 * reach * v[c];
        }
        for (std::int64_t c = 0; c < d; ++c)
            points(i, c) = static_cast<float>(offset + x[static_cast<std::size_t>(c)]);
    }
    return points;
}

/// The scores U S of the singular value decomposition of the centered features, signs as pca's.
matrix<double> scores_by_svd(const matrix<float>& points, Eigen::Index dimensions) {
    Eigen::MatrixXd x = points.cast<double>();
    x.rowwise() -= x.colwise().mean().eval();
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(x, Eigen::ComputeThinU | Eigen::ComputeThinV);
    matrix<double> scores = x * svd.matrixV().leftCols(dimensions);
    for (Eigen::Index c = 0; c < dimensions; ++c) {
        Eigen::Index largest = 0;
        svd.matrixV().col(c).cwiseAbs().maxCoeff(&largest);
        if (svd.matrixV()(largest, c) < 0)
            scores.col(c) *= -1.0;
    }
    return scores;
}

double largest_difference(const matrix<double>& a, const matrix<double>& b) {
    REQUIRE(a.rows() == b.rows());
    REQUIRE(a.cols() == b.cols());
    return (a - b).cwiseAbs().maxCoeff();
}

const pca always_randomized{.exact_up_to = 0};

} // namespace

TEST_CASE("pca is a projection") {
    for (const std::int64_t n : {0, 1, 2, 3, 17, 300, 1100})
        for (const std::int64_t d : {1, 2, 7, 40, 150}) {
            laws::check_projection_laws(pca{}, elliptic_cloud(n, d));
            laws::check_projection_laws(always_randomized, elliptic_cloud(n, d));
        }
    laws::check_projection_laws(pca{}, elliptic_cloud(40, 1100));
    laws::check_projection_laws(pca{}, matrix<float>(5, 0));
    laws::check_projection_laws(pca{}, matrix<float>(matrix<float>::Constant(50, 6, 0.1F)));
    laws::check_projection_laws(pca{}, matrix<float>(matrix<float>::Zero(50, 6)));
}

TEST_CASE("pca agrees with the singular value decomposition") {
    for (const auto& [n, d] : std::vector<std::pair<int, int>>{{30, 5}, {700, 12}, {1500, 140}, {20, 60}}) {
        const matrix<float> points = elliptic_cloud(n, d, 3.0, 10.0);
        const matrix<double> expected = scores_by_svd(points, 3);
        const embedding exact = pca{.dimensions = 3}.project(points, execution{});
        CHECK(exact.notes.empty());
        CHECK(largest_difference(exact.points, expected) < 1e-9);
        const embedding randomized = pca{.dimensions = 3, .exact_up_to = 0}.project(points, execution{});
        CHECK(randomized.notes.empty());
        CHECK(largest_difference(randomized.points, expected) < 1e-6);
    }
}

TEST_CASE("columns are centered, uncorrelated and of descending variance") {
    const embedding result = pca{.dimensions = 4}.project(elliptic_cloud(500, 9, 2.0, -7.0), execution{});
    CHECK(result.points.colwise().mean().cwiseAbs().maxCoeff() < 1e-12);
    const Eigen::MatrixXd products = result.points.transpose() * result.points;
    for (Eigen::Index a = 0; a < 4; ++a)
        for (Eigen::Index b = 0; b < a; ++b) {
            CHECK(std::abs(products(a, b)) < 1e-9 * products(0, 0));
            CHECK(products(b, b) > products(a, a));
        }
}

TEST_CASE("the largest loading is positive, so mirrored data gives the mirrored embedding") {
    const matrix<float> points = elliptic_cloud(200, 6);
    const matrix<float> mirrored = -points;
    CHECK(largest_difference(pca{}.project(points, execution{}).points,
                             -pca{}.project(mirrored, execution{}).points) < 1e-12);
    matrix<float> line(3, 2);
    line << -1.0F, 2.0F, 0.0F, 0.0F, 1.0F, -2.0F;
    const embedding on_line = pca{.dimensions = 1}.project(line, execution{});
    CHECK(on_line.points(0, 0) == doctest::Approx(std::sqrt(5.0)).epsilon(1e-14));
}

TEST_CASE("dimensions that the data does not span are 0, and told") {
    const auto check = [](const matrix<float>& points, const pca& policy, std::int64_t rank) {
        CAPTURE(points.rows());
        CAPTURE(points.cols());
        const embedding result = policy.project(points, execution{});
        REQUIRE(result.points.cols() == policy.dimensions);
        CHECK(result.points.rightCols(policy.dimensions - rank).isZero(0.0));
        REQUIRE(result.notes.size() == 1);
        CHECK(result.notes[0] == "pca: the data spans " + std::to_string(rank) + " of " +
                                     std::to_string(policy.dimensions) + " dimensions; the others are 0");
        for (Eigen::Index c = 0; c < rank; ++c)
            CHECK(result.points.col(c).cwiseAbs().maxCoeff() > 0.0);
    };
    for (const std::int64_t limit : {1000, 0}) {
        const pca policy{.dimensions = 3, .exact_up_to = limit};
        check(elliptic_cloud(0, 4), policy, 0);
        check(elliptic_cloud(1, 4), policy, 0);
        check(elliptic_cloud(2, 40), policy, 1);
        check(elliptic_cloud(3, 40, 1e4, 1e5), policy, 2);
        check(elliptic_cloud(100, 2), policy, 2);
        check(matrix<float>::Constant(100, 5, 0.1F), policy, 0);
        matrix<float> one_varies = matrix<float>::Constant(100, 5, 1e6F);
        one_varies.col(3) = elliptic_cloud(100, 1);
        check(one_varies, policy, 1);
    }
}

TEST_CASE("pca keeps distances when nothing is left out") {
    const matrix<float> points = elliptic_cloud(60, 3);
    const embedding result = pca{.dimensions = 3}.project(points, execution{});
    for (Eigen::Index i = 0; i < 60; ++i)
        for (Eigen::Index j = 0; j < i; ++j)
            CHECK((result.points.row(i) - result.points.row(j)).norm() ==
                  doctest::Approx((points.row(i) - points.row(j)).cast<double>().norm()).epsilon(1e-6));
}

TEST_CASE("senseless options are refused by name") {
    const matrix<float> points = elliptic_cloud(10, 3);
    CHECK_THROWS_WITH_AS((void)pca{.dimensions = 0}.project(points, execution{}),
                         "pca: dimensions is 0, must be at least 1", std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)pca{.oversampling = -1}.project(points, execution{}),
                         "pca: oversampling is -1, must be at least 0", std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)pca{.iterations = 0}.project(points, execution{}),
                         "pca: iterations is 0, must be at least 1", std::invalid_argument);
}
