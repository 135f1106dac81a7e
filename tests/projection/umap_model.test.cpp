// SPDX-License-Identifier: MIT
#include <topoprune/projection/umap.hpp>

#include "laws/projection_laws.hpp"
#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace topoprune;

namespace {

using laws::same_bits;

/// The share of new samples whose label is that of most of their 5 nearest placed ones (of the nearest among
/// equals).
double share_placed_right(const matrix<double>& placed, const matrix<double>& fresh,
                          const std::vector<std::int64_t>& labels) {
    int right = 0;
    for (Eigen::Index i = 0; i < fresh.rows(); ++i) {
        std::vector<std::pair<double, Eigen::Index>> order;
        for (Eigen::Index j = 0; j < placed.rows(); ++j)
            order.emplace_back((placed.row(j) - fresh.row(i)).squaredNorm(), j);
        std::sort(order.begin(), order.end());
        std::map<std::int64_t, int> votes;
        std::int64_t winner = -1;
        for (std::size_t v = 0; v < 5; ++v) {
            const std::int64_t label = labels[static_cast<std::size_t>(order[v].second)];
            ++votes[label];
            if (winner < 0 || votes[label] > votes[winner])
                winner = label;
        }
        right += winner == labels[static_cast<std::size_t>(placed.rows() + i)];
    }
    return right / static_cast<double>(fresh.rows());
}

} // namespace

TEST_CASE("new digits are placed near their class, as by umap-learn 0.5.12") {
    const matrix<float> digits = recorded::digits();
    const std::vector<std::int64_t> labels = recorded::labels();
    const matrix<float> fitted = digits.topRows(200), fresh = digits.bottomRows(100);
    double ours = 0, theirs = 0;
    for (const auto& row : recorded::read_table("transform.csv", "umap_layout"))
        theirs += row[0] / 5;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const execution where({.seed = seed});
        const auto model = umap{.metric = euclidean{}}.fit(fitted, where);
        ours += share_placed_right(model.positions, model.transform(fresh, where).points, labels) / 5;
    }
    CHECK(ours > theirs - 0.02);
}

TEST_CASE("a model holds the layout of project, and its own samples come out near their places") {
    const matrix<float> digits = recorded::digits();
    const execution where;
    const umap policy{.metric = euclidean{}};
    const auto model = policy.fit(digits, where);
    CHECK(same_bits(model.positions, policy.project(digits, where).points));
    const matrix<double> again = model.transform(digits, where).points;
    Eigen::VectorXd apart = (again - model.positions).rowwise().norm();
    std::sort(apart.data(), apart.data() + apart.size());
    const double extent =
        (model.positions.colwise().maxCoeff() - model.positions.colwise().minCoeff()).norm();
    CHECK(apart[150] < 0.03 * extent);
    CHECK(apart[285] < 0.1 * extent);
}

TEST_CASE("a new sample's place depends neither on its company nor on threads") {
    const matrix<float> digits = recorded::digits();
    const execution where;
    const auto model = umap{.n_neighbors = 10, .n_epochs = 60}.fit(matrix<float>(digits.topRows(200)), where);
    const matrix<float> fresh = digits.bottomRows(100);
    const matrix<double> together = model.transform(fresh, where).points;
    CHECK(together.allFinite());
    for (const int threads : {1, 2, 3, 8})
        CHECK(same_bits(model.transform(fresh, execution({.threads = threads})).points, together));
    for (const Eigen::Index i : {0, 41, 99})
        CHECK(same_bits(model.transform(matrix<float>(fresh.row(i)), where).points,
                        matrix<double>(together.row(i))));
    CHECK(same_bits(model.transform(matrix<float>(fresh.bottomRows(30)), where).points,
                    matrix<double>(together.bottomRows(30))));
}

TEST_CASE("a model takes odd samples, and refuses what it cannot take") {
    const matrix<float> digits = recorded::digits();
    const execution where;
    const auto check = [&](const auto& policy, std::int64_t n) {
        const auto model = policy.fit(matrix<float>(digits.topRows(n)), where);
        matrix<float> odd = digits.topRows(6);
        odd.row(0).setZero();
        odd.row(1) = odd.row(2);
        odd.row(3).setConstant(3e38F);
        const matrix<double> placed = model.transform(odd, where).points;
        CHECK(placed.allFinite());
        CHECK(placed.row(1) == placed.row(2));
        CHECK(model.transform(matrix<float>(0, 64), where).points.rows() == 0);
        CHECK_THROWS_AS((void)model.transform(matrix<float>(digits.leftCols(63)), where),
                        std::invalid_argument);
        odd(2, 2) = std::nanf("");
        CHECK_THROWS_AS((void)model.transform(odd, where), std::invalid_argument);
    };
    for (const std::int64_t n : {1, 2, 3, 20, 90}) {
        check(umap{.n_epochs = 30}, n);
        check(umap{.metric = euclidean{}, .n_epochs = 30, .local_connectivity = 2.5}, n);
    }
    check(umap{.n_epochs = 0}, 40);
    const auto empty = umap{}.fit(matrix<float>(0, 64), where);
    CHECK_THROWS_AS((void)empty.transform(digits, where), std::invalid_argument);
}
