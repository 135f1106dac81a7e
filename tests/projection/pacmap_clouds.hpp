// SPDX-License-Identifier: MIT
#pragma once

#include "laws/clouds.hpp"
#include "recorded_digits.hpp"

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/projection/detail/pacmap/pair_descent.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

/// What the tests of the layouts by pairs share.
namespace pacmap_clouds {

using clouds::clusters;

/// Pairs as tests/data/record_pacmap.py wrote them.
inline topoprune::detail::pair_table recorded_pairs(const std::string& name) {
    const auto rows = recorded::read_table(name, "pacmap");
    topoprune::detail::pair_table pairs(static_cast<std::int64_t>(rows.size()),
                                        static_cast<std::int64_t>(rows.at(0).size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t p = 0; p < rows[i].size(); ++p)
            pairs.of(static_cast<std::int64_t>(i))[p] = static_cast<std::int32_t>(rows[i][p]);
    return pairs;
}

inline topoprune::detail::pair_choice recorded_choice() {
    return {recorded_pairs("near_pairs.csv"), recorded_pairs("mid_near_pairs.csv"),
            recorded_pairs("further_pairs.csv")};
}

/// Random pairs of each kind, and random positions of extent `spread`.
inline topoprune::detail::pair_choice random_choice(std::int64_t n) {
    using namespace topoprune::detail;
    const topoprune::random_stream random(3, 3);
    const topoprune::execution where;
    pair_choice pairs;
    pairs.near = draw_further_pairs(pair_table(n, 0), 4, random.child(0), where);
    pairs.mid_near = draw_further_pairs(pair_table(n, 0), 3, random.child(1), where);
    pairs.further = draw_further_pairs(pairs.near, 6, random.child(2), where);
    return pairs;
}

inline topoprune::matrix<float> random_positions(std::int64_t n, std::int64_t dimensions, double spread) {
    const topoprune::random_stream random(5, 5);
    topoprune::matrix<float> positions(n, dimensions);
    for (std::int64_t i = 0; i < positions.size(); ++i)
        positions.data()[i] = static_cast<float>(spread * random.normal(static_cast<std::uint64_t>(i)));
    return positions;
}

/// The largest difference of the gradient of `run` and of the central differences of loss(positions),
/// relative to the largest entry.
template <class Loss>
double gradient_error(const topoprune::detail::pair_descent& run, const Loss& loss) {
    topoprune::matrix<double> at = run.positions();
    const topoprune::matrix<double> gradient = run.gradient();
    constexpr double step = 1e-4;
    double error = 0;
    for (Eigen::Index i = 0; i < at.size(); ++i) {
        const double x = at.data()[i];
        at.data()[i] = x + step;
        const double above = loss(at);
        at.data()[i] = x - step;
        const double below = loss(at);
        at.data()[i] = x;
        error = std::max(error, std::abs((above - below) / (2 * step) - gradient.data()[i]));
    }
    return error / gradient.cwiseAbs().maxCoeff();
}

/// The sum of f(1 + |y_i - y_j|^2) over pairs.
template <class Term>
double sum_over(const topoprune::detail::pair_table& pairs, const topoprune::matrix<double>& y,
                const Term& f) {
    double sum = 0;
    for (std::int64_t i = 0; i < pairs.samples; ++i)
        for (const std::int32_t j : pairs.of(i))
            sum += f(1 + (y.row(i) - y.row(j)).squaredNorm());
    return sum;
}

} // namespace pacmap_clouds
