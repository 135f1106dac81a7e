// SPDX-License-Identifier: MIT
#pragma once

#include "kernel_discrepancy.hpp"

#include "../core/detail/dense_sums.hpp"
#include "../core/random.hpp"
#include "detail/kept_mask.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE distance_estimate kernel_discrepancy::measure(matrix_view<const float> features,
                                                               std::span<const std::int64_t> kept,
                                                               const execution& where) const {
    require(frequencies >= 2, "kernel_discrepancy", "frequencies", frequencies, "at least 2");
    require(!bandwidth || (*bandwidth > 0 && std::isfinite(*bandwidth)), "kernel_discrepancy", "bandwidth",
            bandwidth.value_or(0), "finite and above 0");
    const std::vector<std::uint8_t> mask = detail::compared_mask(features, kept, "kernel_discrepancy");
    const double h = bandwidth ? *bandwidth : median_distance(features, where);
    if (h == 0)
        return {.of_random_draw = 0.0};
    std::vector<double> squares(static_cast<std::size_t>(frequencies));
    std::vector<double> similarities(squares.size());
    where.parallel_for(frequencies, [&](std::int64_t k) {
        where.check_interruption();
        const characteristic at =
            characteristic_at(features, mask, frequency(features.columns(), h, k, where));
        const auto n = static_cast<double>(features.rows()), m = static_cast<double>(kept.size());
        const double real = at.all[0] / n - at.kept[0] / m, imaginary = at.all[1] / n - at.kept[1] / m;
        const auto place = static_cast<std::size_t>(k);
        squares[place] = real * real + imaginary * imaginary;
        similarities[place] = (at.all[0] * at.all[0] + at.all[1] * at.all[1]) / (n * n);
    });
    distance_estimate result = detail::root_of_mean(squares, 2);
    // Of a draw without replacement of m of n: MMD^2 = (1/m - 1/n) (1 - E k(x, x') over different ones).
    const auto n = static_cast<double>(features.rows()), m = static_cast<double>(kept.size());
    const double similarity = std::min(1.0, detail::root_of_mean(similarities, 1).value);
    result.of_random_draw = n > 1 ? std::sqrt((1 / m - 1 / n) * (1 - similarity) * n / (n - 1)) : 0.0;
    return result;
}

TOPOPRUNE_DEFINE double kernel_discrepancy::median_distance(matrix_view<const float> features,
                                                            const execution& where) {
    if (features.rows() < 2)
        return 0;
    const random_stream random = random_stream(where.seed(), stream).child(0);
    const auto n = static_cast<std::uint64_t>(features.rows());
    std::vector<double> lengths;
    for (std::uint64_t pair = 0; pair < 2000; ++pair) {
        const std::uint64_t i = random.below(2 * pair, n);
        const std::uint64_t other = random.below(2 * pair + 1, n - 1);
        const std::uint64_t j = other + (other >= i);
        const double length = std::sqrt(detail::squared_distance(row_of(features, i), row_of(features, j)));
        if (length > 0)
            lengths.push_back(length);
    }
    if (lengths.empty())
        return 0;
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), middle, lengths.end());
    return *middle;
}

TOPOPRUNE_DEFINE std::vector<double> kernel_discrepancy::frequency(std::int64_t d, double h, std::int64_t k,
                                                                   const execution& where) {
    const random_stream random = random_stream(where.seed(), stream).child(static_cast<std::uint64_t>(k) + 1);
    std::vector<double> w(static_cast<std::size_t>(d));
    for (std::int64_t c = 0; c < d; ++c)
        w[static_cast<std::size_t>(c)] = random.normal(static_cast<std::uint64_t>(c)) / h;
    return w;
}

TOPOPRUNE_DEFINE kernel_discrepancy::characteristic
kernel_discrepancy::characteristic_at(matrix_view<const float> features, std::span<const std::uint8_t> mask,
                                      std::span<const double> w) {
    characteristic sums;
    const std::vector<double> first = row_of(features, 0);
    std::vector<double> apart(first.size());
    for (std::int64_t i = 0; i < features.rows(); ++i) {
        const std::span<const float> x = features.row(i);
        for (std::size_t c = 0; c < apart.size(); ++c)
            apart[c] = static_cast<double>(x[c]) - first[c];
        const double phase = detail::dot(w, apart);
        const Eigen::Array2d wave(std::cos(phase), std::sin(phase));
        sums.all += wave;
        if (mask[static_cast<std::size_t>(i)] != 0)
            sums.kept += wave;
    }
    return sums;
}

} // namespace topoprune
