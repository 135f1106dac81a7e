// SPDX-License-Identifier: MIT
// A density of one's own: a kernel estimate with heavy tails, and its exact pull-back.
#include "rings.hpp"

#include <topoprune/topoprune.hpp>

#include <iostream>

using namespace topoprune;

/// log p_i = log sum_j k_ij with the kernel k_ij = 1 / (1 + |x_i - x_j|^2 / h^2), up to a constant. O(n^2).
struct cauchy_kde {
    double bandwidth = 0.2;

    [[nodiscard]] Eigen::ArrayXd kernels(matrix_view<const double> points, std::int64_t i) const {
        const auto x = points.eigen();
        const Eigen::ArrayXd squares = (x.rowwise() - x.row(i)).rowwise().squaredNorm();
        return 1 / (1 + squares / (bandwidth * bandwidth));
    }

    [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points, const execution&) const {
        std::vector<double> values;
        for (std::int64_t i = 0; i < points.rows(); ++i)
            values.push_back(std::log(kernels(points, i).sum()));
        return values;
    }

    /// By the chain rule, d k_ij / d x_i = -2 k_ij^2 (x_i - x_j) / h^2; point i is a query and a sample.
    void add_pull_back(matrix_view<const double> points, std::span<const double> log_p,
                       std::span<const double> w, matrix_view<double> gradient, const execution&) const {
        const auto x = points.eigen();
        Eigen::ArrayXd share =
            -2 / (bandwidth * bandwidth) * Eigen::Map<const Eigen::ArrayXd>(w.data(), x.rows());
        share *= (-Eigen::Map<const Eigen::ArrayXd>(log_p.data(), x.rows())).exp();
        for (std::int64_t i = 0; i < points.rows(); ++i) {
            const Eigen::RowVectorXd pull = kernels(points, i).square() * (share + share(i));
            gradient.eigen().row(i) += pull.sum() * x.row(i) - pull * x;
        }
    }
};

static_assert(Density<cauchy_kde>);

int main() {
    const cauchy_kde density{.bandwidth = 0.2};
    const matrix<double> pair{{0, 0}, {0.2, 0}};
    matrix<double> slope = matrix<double>::Zero(2, 2);
    density.add_pull_back(pair, density.log_density(pair, {}), std::vector<double>{1, 1}, slope, {});
    std::cout << "slope at the first of two points: " << slope(0, 0) << '\n';
    const two_rings data;
    const signed_measure_transport loss{density_bifiltration{weak_delaunay{}, density}};
    const pruner own{
        .projection = pca{}, .persistence = persistence_score{loss}, .density = density_score{density}};
    std::cout << "kept " << own.select(data.features, data.labels, keep_count{50}).size() << '\n';
}

// Prints
//   slope at the first of two points: 3.33333
//   kept 50
