// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/exponential.hpp"
#include "quantized_cost.hpp"
#include "split_atoms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace topoprune::detail {

/// The numbers of a vector put together by a fold whose result does not depend on the order.
template <class Fold>
[[nodiscard]] double fold_lanes(const point_columns::batch& x, Fold&& fold) {
    std::array<double, point_columns::lanes> values;
    x.store_unaligned(values.data());
    return std::accumulate(values.begin() + 1, values.end(), values[0], fold);
}

/// One side of an entropic transport: places, shares of the total mass and potentials.
struct entropic_side {
    point_columns at;
    std::vector<double> share;
    std::vector<double> potential;
    /// log share + potential / epsilon, padded with what counts nothing.
    std::vector<double> exponent;

    TOPOPRUNE_DECLARE entropic_side(const std::vector<weighted_point>& points, double total_mass);
    [[nodiscard]] std::int64_t size() const { return std::ssize(share); }

    void set_exponents(double epsilon) {
        for (std::size_t i = 0; i < share.size(); ++i)
            exponent[i] = std::log(share[i]) + potential[i] / epsilon;
    }
};

/// Calls visit(j, cost) with a vector of costs from (r, f) to points j, j + 1, ... of a side; no cost is
/// kept.
template <GroundNorm Norm, class Visit>
void for_costs_from(const Norm& norm, double r, double f, const point_columns& others, Visit&& visit) {
    using batch = point_columns::batch;
    for (std::size_t j = 0; j < others.r.size(); j += point_columns::lanes)
        visit(j, norm.cost(batch(r) - batch::load_unaligned(others.r.data() + j),
                           batch(f) - batch::load_unaligned(others.f.data() + j)));
}

/// -epsilon log sum_j exp(exponent_j - cost_j / epsilon): the potential at (r, f) that the others ask for.
/// `row` is room for one number per point.
template <GroundNorm Norm>
[[nodiscard]] [[gnu::noinline]] double soft_minimum(const Norm& norm, double r, double f,
                                                    const entropic_side& others, double epsilon,
                                                    std::vector<double>& row) {
    using batch = point_columns::batch;
    row.resize(others.at.r.size());
    const batch scale(1 / epsilon);
    batch largest(-1e300);
    for_costs_from(norm, r, f, others.at, [&](std::size_t j, const batch& cost) {
        const batch e = batch::load_unaligned(others.exponent.data() + j) - cost * scale;
        largest = xsimd::max(largest, e);
        e.store_unaligned(row.data() + j);
    });
    const double top = fold_lanes(largest, [](double a, double b) { return std::max(a, b); });
    fixed_order_sum sum;
    for (std::size_t j = 0; j < row.size(); j += point_columns::lanes)
        sum.add(j, exponential(batch::load_unaligned(row.data() + j) - batch(top)));
    return -epsilon * (top + std::log(sum.total()));
}

/// soft_minimum at every point of `side`. In parallel; O(side * others) time, a row of memory per thread.
template <GroundNorm Norm>
[[nodiscard]] std::vector<double> soft_minima(const Norm& norm, const entropic_side& side,
                                              const entropic_side& others, double epsilon,
                                              const execution& where) {
    std::vector<double> minima(side.share.size());
    where.parallel_ranges(side.size(), 64, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        std::vector<double> row;
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
            minima[i] = soft_minimum(norm, side.at.r[i], side.at.f[i], others, epsilon, row);
    });
    return minima;
}

/// How the potentials were found.
struct entropic_outcome {
    bool converged = false;
    std::int64_t iterations = 0;
    double mass_error = 0;
    /// The mass of each source in the plan, as a multiple of the mass it has.
    std::vector<double> row_scale;
};

/// Sinkhorn's iteration on potentials (log domain), from a regularization as large as the largest cost down
/// to `epsilon`, halved at each stage. An iteration is a block ascent of a concave dual value; it is
/// accelerated by Nesterov's (1983) extrapolation, which starts over where the mass error grows (O'Donoghue
/// and Candes 2015): far atoms exchange little mass, and plain iterations would take very long. Afterwards
/// the plan
///     share_i share_j exp((potential_i + potential_j - cost_ij) / epsilon)
/// gives every sink its mass, and every source its own up to the mass error.
template <GroundNorm Norm>
[[nodiscard]] entropic_outcome find_entropic_potentials(const Norm& norm, entropic_side& sources,
                                                        entropic_side& sinks, double largest_cost,
                                                        double epsilon, double tolerance,
                                                        std::int64_t max_iterations, const execution& where) {
    // A stage before the last only has to bring the potentials near the next one.
    constexpr double stage_tolerance = 0.05;
    constexpr int stage_iterations = 25;
    entropic_outcome outcome;
    outcome.row_scale.resize(sources.share.size());
    for (double now = std::max(largest_cost, epsilon);;
         now = outcome.iterations >= max_iterations ? epsilon : std::max(now / 2, epsilon)) {
        const bool last = now == epsilon;
        std::vector<double> before = sources.potential;
        double error_before = std::numeric_limits<double>::infinity();
        int run = 0; // iterations since the extrapolation started over
        for (int in_stage = 1;; ++in_stage) {
            sources.set_exponents(now);
            sinks.potential = soft_minima(norm, sinks, sources, now, where);
            sinks.set_exponents(now);
            std::vector<double> next = soft_minima(norm, sources, sinks, now, where);
            ++outcome.iterations;
            outcome.mass_error = 0;
            for (std::size_t i = 0; i < next.size(); ++i) {
                outcome.row_scale[i] = std::exp((sources.potential[i] - next[i]) / now);
                outcome.mass_error += sources.share[i] * std::abs(outcome.row_scale[i] - 1);
            }
            outcome.converged = outcome.mass_error <= (last ? tolerance : stage_tolerance);
            if (outcome.converged || outcome.iterations >= max_iterations ||
                (!last && in_stage == stage_iterations))
                break;
            run = outcome.mass_error > error_before ? 0 : run + 1;
            error_before = outcome.mass_error;
            const double momentum = run / (run + 3.0);
            for (std::size_t i = 0; i < next.size(); ++i)
                sources.potential[i] = next[i] + momentum * (next[i] - before[i]);
            before = std::move(next);
        }
        if (last)
            return outcome;
    }
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "entropic_potentials.ipp"
#endif
