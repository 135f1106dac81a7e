// SPDX-License-Identifier: MIT
// Scores from features: center_distance, prototypicality, knn_shapley, fdmat, zcore.
#include <topoprune/score/center_distance.hpp>
#include <topoprune/score/fdmat.hpp>
#include <topoprune/score/knn_shapley.hpp>
#include <topoprune/score/prototypicality.hpp>
#include <topoprune/score/zcore.hpp>

#include "laws/all_pairs_search.hpp"
#include "laws/clouds.hpp"
#include "laws/dataset_score_laws.hpp"

#include <cmath>

using namespace topoprune;
using doctest::Approx;
using row_numbers = std::vector<std::int64_t>;

namespace {

row_numbers cycling(std::int64_t n, std::int64_t classes) {
    row_numbers labels;
    for (std::int64_t i = 0; i < n; ++i)
        labels.push_back(i % classes);
    return labels;
}

/// The column of the row_numbers in another order, brought back.
template <class S>
std::vector<double> column_of_permuted(const S& score, const matrix<float>& z, const row_numbers& labels) {
    const auto n = static_cast<std::size_t>(z.rows());
    matrix<float> moved(z.rows(), z.cols());
    row_numbers moved_labels(n);
    const auto place = [&](std::size_t i) { return (i * 7 + 3) % n; };
    for (std::size_t i = 0; i < n; ++i) {
        moved.row(static_cast<Eigen::Index>(place(i))) = z.row(static_cast<Eigen::Index>(i));
        moved_labels[place(i)] = labels[i];
    }
    const auto column = score.column({.features = moved, .labels = moved_labels}, execution{});
    std::vector<double> back(n);
    for (std::size_t i = 0; i < n; ++i)
        back[i] = column[place(i)];
    return back;
}

} // namespace

TEST_CASE("scores from features obey the laws of a score of a dataset") {
    std::vector<matrix<float>> clouds_of_features = clouds::degenerate_clusters();
    clouds_of_features.push_back(clouds::normal_features(40, 3, 1, 1e15));
    clouds_of_features.push_back(clouds::normal_features(40, 3, 1, 1e-20));
    clouds_of_features.push_back(clouds::normal_features(2, 3, 1));
    clouds_of_features.push_back(clouds::normal_features(1, 3, 1));
    clouds_of_features.push_back(matrix<float>(0, 3));
    for (const matrix<float>& z : clouds_of_features) {
        const row_numbers labels = cycling(z.rows(), 3);
        const dataset data{.features = z, .labels = labels};
        check_dataset_score_laws(center_distance{}, data);
        check_dataset_score_laws(center_distance{class_center::mean}, data);
        check_dataset_score_laws(prototypicality{}, data);
        check_dataset_score_laws(knn_shapley{.search = all_pairs_search{}}, data);
        check_dataset_score_laws(zcore{.probes = 40}, data);
        const matrix<float> positive = z.cwiseAbs();
        check_dataset_score_laws(fdmat{}, {.features = positive, .labels = labels});
    }
}

TEST_CASE("the distance to the median and to the mean, by hand") {
    const matrix<float> z{{0, 0}, {1, 0}, {2, 0}, {9, 4}, {5, 5}, {7, 5}};
    const row_numbers labels{1, 1, 1, 1, 2, 2};
    const dataset data{.features = z, .labels = labels};
    const auto by_median = center_distance{}.column(data, execution{});
    CHECK(by_median[0] == Approx(1.5));
    CHECK(by_median[3] == Approx(std::sqrt(7.5 * 7.5 + 16)));
    CHECK(by_median[4] == Approx(1));
    const auto by_mean = center_distance{class_center::mean}.column(data, execution{});
    CHECK(by_mean[0] == Approx(std::sqrt(10.0)));
    const auto one_class = center_distance{}.column({.features = z}, execution{});
    CHECK(one_class[0] == Approx(std::sqrt(3.5 * 3.5 + 4)));
}

TEST_CASE("prototypes look at directions, not lengths") {
    matrix<float> z(8, 2);
    for (Eigen::Index i = 0; i < 8; ++i) {
        const float angle = i < 4 ? 0.1F * static_cast<float>(i) : 2.0F + 0.1F * static_cast<float>(i - 4);
        z(i, 0) = static_cast<float>(1 + i * i) * std::cos(angle);
        z(i, 1) = static_cast<float>(1 + i * i) * std::sin(angle);
    }
    const auto column = prototypicality{.prototypes = 2}.column({.features = z}, execution{});
    // Each center lies in the middle of its four directions, 0.15 from the first.
    for (Eigen::Index i = 0; i < 8; ++i) {
        const double off = std::abs(0.1 * static_cast<double>(i % 4) - 0.15);
        CHECK(column[static_cast<std::size_t>(i)] == Approx(1 - std::cos(off)).epsilon(1e-4));
    }
}

TEST_CASE("k-NN Shapley with all neighbors is the Shapley value by brute force") {
    const matrix<float> z = clouds::normal_features(7, 2, 12);
    const row_numbers labels{0, 1, 0, 0, 1, 1, 0};
    for (const std::int64_t k : {1, 2, 3}) {
        const knn_shapley policy{.search = all_pairs_search{}, .metric = euclidean{}, .k = k, .neighbors = 6};
        const auto column = policy.column({.features = z, .labels = labels}, execution{});
        std::vector<double> expected(7, 0);
        for (std::size_t asked = 0; asked < 7; ++asked) {
            std::vector<std::size_t> others;
            for (std::size_t i = 0; i < 7; ++i)
                if (i != asked)
                    others.push_back(i);
            std::sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
                const auto at = static_cast<Eigen::Index>(asked);
                return (z.row(static_cast<Eigen::Index>(a)) - z.row(at)).norm() <
                       (z.row(static_cast<Eigen::Index>(b)) - z.row(at)).norm();
            });
            // The share of right votes among the k nearest of a subset, given as bits.
            const auto worth = [&](unsigned subset) {
                std::int64_t votes = 0, right = 0;
                for (std::size_t j = 0; j < 6 && votes < k; ++j)
                    if (subset >> j & 1U) {
                        ++votes;
                        right += labels[others[j]] == labels[asked];
                    }
                return static_cast<double>(right) / static_cast<double>(k);
            };
            for (std::size_t j = 0; j < 6; ++j)
                for (unsigned subset = 0; subset < 64; ++subset)
                    if (!(subset >> j & 1U)) {
                        const int size = __builtin_popcount(subset);
                        const double weight = std::tgamma(size + 1.0) * std::tgamma(6.0 - size) / 720.0;
                        expected[others[j]] += weight * (worth(subset | 1U << j) - worth(subset)) / 7;
                    }
        }
        for (std::size_t i = 0; i < 7; ++i)
            CHECK(column[i] == Approx(0.5 * (expected[i] + 1)).epsilon(1e-9));
    }
}

TEST_CASE("FDMat belongs to the samples, not to their order, and finds the typical ones") {
    const matrix<float> z = clouds::clusters(60, 4, 3).cwiseAbs();
    const row_numbers labels = cycling(60, 3);
    const auto column = fdmat{}.column({.features = z, .labels = labels}, execution{});
    const auto moved = column_of_permuted(fdmat{}, z, labels);
    for (std::size_t i = 0; i < 60; ++i)
        CHECK(moved[i] == Approx(column[i]).epsilon(1e-6));

    // A plan that is all on the own class: the squared distance to the class mean, squared.
    const auto sharp = fdmat{.lambda = 500}.column({.features = z, .labels = labels}, execution{});
    matrix<double> x = (z.cast<double>().array() + 1e-6).sqrt().matrix();
    const Eigen::RowVectorXd mean = x.colwise().mean();
    for (Eigen::Index i = 0; i < 60; ++i)
        x.row(i) = ((x.row(i) - mean) / x.row(i).norm()).eval();
    matrix<double> centers = matrix<double>::Zero(3, 4);
    for (Eigen::Index i = 0; i < 60; ++i)
        centers.row(i % 3) += x.row(i) / 20;
    for (Eigen::Index i = 0; i < 60; ++i)
        CHECK(sharp[static_cast<std::size_t>(i)] ==
              Approx(std::pow((x.row(i) - centers.row(i % 3)).squaredNorm(), 2)).epsilon(0.02));
    const matrix<float> negative = -z;
    CHECK_THROWS_AS((void)fdmat{}.column({.features = negative, .labels = labels}, execution{}),
                    std::invalid_argument);
}

TEST_CASE("ZCore: a duplicate pays for all that its twin covers") {
    // On a line: a dense clump at 0, a pair of equal samples at 1, one sample at 2.
    matrix<float> z(13, 1);
    for (Eigen::Index i = 0; i < 10; ++i)
        z(i, 0) = 0.01F * static_cast<float>(i);
    z(10, 0) = z(11, 0) = 1;
    z(12, 0) = 2;
    const auto column = zcore{.probes = 5000}.column({.features = z}, execution{});
    CHECK(column[10] == 1);
    CHECK(column[11] == 0);
    CHECK(column[12] > column[11]);
    CHECK(column[12] < column[10]);
    CHECK_THROWS_AS((void)zcore{.probes = 0}.column({.features = z}, execution{}), std::invalid_argument);
}

TEST_CASE("ZCore hits each sample as often as the triangular law says") {
    // Two samples at 0 and 1 of one feature, median 1/2: half of the probes are nearest to each.
    // With three at 0, 1 and 4 (median 1) the last gets those above 2.5: 1.5^2 / (4 * 3) = 0.1875.
    const matrix<float> z{{0}, {1}, {4}};
    const double probes = 40000;
    const auto column = zcore{.probes = 40000, .redundant = 1}.column({.features = z}, execution{});
    // Hits h: 0 below 1/2 has (1/2)^2 / 4 = 0.0625; sample 1 has the rest. Each hit takes 1 from the nearest
    // other: 0 and 4 take from 1, and 1 from 0.
    const double h0 = 0.0625, h2 = 0.1875, h1 = 1 - h0 - h2;
    const double s0 = h0 - h1, s1 = h1 - h0 - h2, s2 = h2;
    const double range = s1 - s0;
    CHECK(column[0] == 0);
    CHECK(column[1] == 1);
    CHECK(std::abs(column[2] - (s2 - s0) / range) < 5 / std::sqrt(probes));
}

namespace {

/// The score before min-max, from its definition: every probe looks at all samples. `redundant` below n.
std::vector<double> coverage_by_all(const matrix<float>& z, std::uint64_t probes, std::size_t redundant,
                                    std::uint64_t seed) {
    const auto n = static_cast<std::size_t>(z.rows());
    std::vector<double> sums(n, 0.0);
    const auto place = [&](Eigen::Index k, double u) {
        std::vector<float> v(n);
        for (std::size_t i = 0; i < n; ++i)
            v[i] = z(static_cast<Eigen::Index>(i), k);
        std::sort(v.begin(), v.end());
        const double least = static_cast<double>(v.front()), most = static_cast<double>(v.back());
        const double median = 0.5 * (static_cast<double>(v[(n - 1) / 2]) + static_cast<double>(v[n / 2]));
        if (!(most > least))
            return static_cast<float>(least);
        const double turn = (median - least) / (most - least);
        return static_cast<float>(u < turn ? least + (most - least) * std::sqrt(u * turn)
                                           : most - (most - least) * std::sqrt((1 - u) * (1 - turn)));
    };
    const auto d = static_cast<std::uint64_t>(z.cols());
    for (std::uint64_t probe = 0; probe < probes; ++probe) {
        const random_stream random = random_stream(seed, 0x5a434f5245ULL).child(probe);
        const std::uint64_t first = random.below(0, d), second = (first + 1 + random.below(1, d - 1)) % d;
        const auto x = static_cast<Eigen::Index>(first), y = static_cast<Eigen::Index>(second);
        const auto ranked = [&](float at_x, float at_y) {
            std::vector<std::pair<float, std::size_t>> all;
            for (std::size_t i = 0; i < n; ++i) {
                const auto row = static_cast<Eigen::Index>(i);
                all.emplace_back(std::abs(z(row, x) - at_x) + std::abs(z(row, y) - at_y), i);
            }
            std::sort(all.begin(), all.end());
            return all;
        };
        const std::size_t hit = ranked(place(x, random.uniform(2)), place(y, random.uniform(3)))[0].second;
        sums[hit] += 1;
        auto others = ranked(z(static_cast<Eigen::Index>(hit), x), z(static_cast<Eigen::Index>(hit), y));
        std::erase_if(others, [&](const auto& one) { return one.second == hit; });
        if (others[0].first == 0) {
            sums[others[0].second] -= 1;
            continue;
        }
        double total = 0;
        for (std::size_t at = 0; at < redundant; ++at)
            total += std::pow(static_cast<double>(others[at].first), -4);
        for (std::size_t at = 0; at < redundant; ++at)
            sums[others[at].second] -= std::pow(static_cast<double>(others[at].first), -4) / total;
    }
    return sums;
}

} // namespace

TEST_CASE("ZCore looks at a few cells only and finds what looking at all finds") {
    // Values on a grid have many equal distances, those of skewed features few samples in most cells.
    for (const int kind : {0, 1, 2, 3}) {
        matrix<float> z = clouds::normal_features(700, 4, 30 + static_cast<std::uint64_t>(kind));
        for (Eigen::Index i = 0; i < z.size(); ++i) {
            float& value = z.data()[i];
            if (kind == 1)
                value = std::round(8 * value) / 8;
            else if (kind == 2)
                value = std::pow(value, 8.0F);
            else if (kind == 3)
                value = std::max(0.0F, value) + (i % 4 == 0 ? 100.0F : 0.0F);
        }
        for (const std::int64_t redundant : {1, 40, 699, 2000}) {
            const auto column = zcore{.probes = 300, .redundant = redundant}.column(
                {.features = z}, execution({.seed = 4, .threads = 1}));
            const auto sums =
                coverage_by_all(z, 300, static_cast<std::size_t>(std::min<std::int64_t>(redundant, 699)), 4);
            const auto [low, high] = std::minmax_element(sums.begin(), sums.end());
            for (std::size_t i = 0; i < sums.size(); ++i)
                CHECK(column[i] == Approx((sums[i] - *low) / (*high - *low)).epsilon(1e-5));
        }
    }
}

TEST_CASE("ZCore does not depend on the unit of the features, however large or small") {
    const matrix<float> z = clouds::normal_features(200, 3, 17);
    const zcore policy{.probes = 500, .redundant = 30};
    const auto column = policy.column({.features = z}, execution{});
    for (const float unit : {0x1p-100F, 0x1p+120F}) {
        const matrix<float> scaled = unit * z;
        CHECK(policy.column({.features = scaled}, execution{}) == column);
    }
}
