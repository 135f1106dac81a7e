// SPDX-License-Identifier: MIT
#pragma once

#include "pacmap_features.hpp"

#include "../../../core/random.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE pacmap_features prepare_pacmap_features(matrix_view<const float> features, std::int64_t most,
                                                         const execution& where) {
    pacmap_features result;
    const std::int64_t n = features.rows(), d = features.columns();
    if (n == 0 || d == 0) {
        result.rows = matrix<float>::Zero(n, d);
        return result;
    }
    if (most > 0 && d > most) {
        matrix<double> components = pca{.dimensions = most}.project(features, where).points;
        // Far beyond any sensible unit, where squares of floats would overflow.
        constexpr double largest_allowed = 1e15;
        const double largest = components.cwiseAbs().maxCoeff();
        if (largest > largest_allowed) {
            components *= largest_allowed / largest;
            result.notes.emplace_back("pacmap: the principal components are scaled down to 10^15");
        }
        result.rows = components.cast<float>();
        result.principal = true;
        return result;
    }
    const auto [low, high] = std::minmax_element(features.data(), features.data() + features.size());
    const auto least = static_cast<double>(*low), range = static_cast<double>(*high) - least;
    const double scale = range > 0 ? 1 / range : 1.0;
    matrix<double> scaled = (features.eigen().cast<double>().array() - least) * scale;
    // In the order of the samples: the same sum whatever the vectors of the machine.
    Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(d);
    for (std::int64_t i = 0; i < n; ++i)
        mean += scaled.row(i);
    mean /= static_cast<double>(n);
    result.rows = (scaled.rowwise() - mean).cast<float>();
    return result;
}

TOPOPRUNE_DEFINE matrix<float> random_pacmap_init(std::int64_t n, std::int64_t m, std::uint64_t seed) {
    constexpr std::uint64_t stream = 0x7374617274; // "start"
    const random_stream random(seed, stream);
    matrix<float> start(n, m);
    for (std::int64_t i = 0; i < start.size(); ++i)
        start.data()[i] = static_cast<float>(1e-4 * random.normal(static_cast<std::uint64_t>(i)));
    return start;
}

TOPOPRUNE_DEFINE matrix<float> standardized_pacmap_init(const matrix<double>& given) {
    matrix<float> start(given.rows(), given.cols());
    for (Eigen::Index c = 0; c < given.cols(); ++c) {
        const double largest = std::max(given.rows() > 0 ? given.col(c).cwiseAbs().maxCoeff() : 0.0, 1e-300);
        double mean = 0, square = 0;
        for (Eigen::Index i = 0; i < given.rows(); ++i)
            mean += given(i, c) / largest / static_cast<double>(given.rows());
        for (Eigen::Index i = 0; i < given.rows(); ++i) {
            const double apart = given(i, c) / largest - mean;
            square += apart * apart / static_cast<double>(given.rows());
        }
        // A constant column becomes 0, its rounding included.
        const double factor = square > 1e-24 ? 1e-4 / std::sqrt(square) : 0.0;
        for (Eigen::Index i = 0; i < given.rows(); ++i)
            start(i, c) = static_cast<float>((given(i, c) / largest - mean) * factor);
    }
    return start;
}

} // namespace topoprune::detail
