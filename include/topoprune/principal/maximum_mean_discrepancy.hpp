// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "fourier_series_sums.hpp"
#include "kernel_sums.hpp"
#include "measure_discrepancy.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// How a discrepancy between distributions is estimated from samples of them.
enum class mmd_statistic {
    /// The discrepancy of the drawn measures themselves, >= 0: every sample is compared with itself as well.
    /// This adds about (1 / s) E[l^2] for each of the two and so favors short bars a little.
    v_statistic,
    /// Without these terms: right on average over draws, but may fall below 0.
    u_statistic,
};

/// The squared maximum mean discrepancy of principal persistence measures under the persistence-weighted
/// kernel (Kusano 2016; Wong, Lee, Yan 2025),
///     k(z, z') = l l' exp(-|z - z'|^2 / (2 sigma)),  z = (birth, lifetime),  k(*, .) = 0,
///     MMD^2 = 1/N^2 sum k(x, x') - 2/(N M) sum k(x, y) + 1/M^2 sum k(y, y'),
/// where N and M count all samples, trivial ones too. Against the trivial measure it is the first sum alone.
///
/// Cost: that of its sums, over the pairs of both measures at the pairs of both.
template <KernelSums Sums = fourier_series_sums>
struct maximum_mean_discrepancy {
    /// The sigma of the formula, > 0, in units of squared distance: the paper's. The paper's tables report
    /// the option `width` of its code as sigma; that is 2 sigma of the formula, so that its 0.1 is 0.05 here.
    /// Larger compares coarser.
    double sigma = 0.05;
    mmd_statistic statistic = mmd_statistic::v_statistic;
    /// The discrepancy itself instead of its square, as in the paper's T_q (its code has the square). Its
    /// gradient is 0 where the discrepancy is 0. Only for v_statistic.
    bool root = false;
    Sums kernel_sums{};

    /// Throws std::invalid_argument for a sigma that is not positive and finite, the root of a u_statistic, a
    /// u_statistic of fewer than two samples.
    [[nodiscard]] discrepancy_value evaluate(const principal_measure& measure,
                                             const principal_measure& target, const execution& where) const {
        check(measure);
        check(target);
        const double width = 2 * sigma;
        const std::span<const principal_pair> x(measure.pairs);
        const std::span<const principal_pair> y(target.pairs);
        const std::vector<kernel_sum> x_at_x = kernel_sums.sums(x, x, width, where);
        const std::vector<kernel_sum> y_at_x = kernel_sums.sums(y, x, width, where);
        const std::vector<kernel_sum> y_at_y = kernel_sums.sums(y, y, width, where);
        for (const std::size_t size : {x_at_x.size(), y_at_x.size()})
            require(size == x.size(), "maximum_mean_discrepancy",
                    "the number of kernel sums at the pairs of the measure", size, "that of the pairs,",
                    x.size());
        require(y_at_y.size() == y.size(), "maximum_mean_discrepancy",
                "the number of kernel sums at the pairs of the target", y_at_y.size(), "that of the pairs,",
                y.size());
        const double own = same_weight(measure);
        const double cross =
            -2 / (static_cast<double>(measure.samples) * static_cast<double>(target.samples));

        discrepancy_value result;
        result.by_pair.reserve(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double l = x[i].lifetime;
            const double self = excludes_self() ? l : 0.0;
            const double of_x = x_at_x[i].value - self;
            result.value += l * (own * of_x + cross * y_at_x[i].value);
            // Each pair stands on both sides of the sum of x with x.
            const auto slope = [&](std::size_t k) {
                return 2 * own * x_at_x[i].slope[k] + cross * y_at_x[i].slope[k];
            };
            result.by_pair.push_back({l * slope(0), l * slope(1) + 2 * own * of_x + cross * y_at_x[i].value});
        }
        const double of_target = same_weight(target);
        for (std::size_t j = 0; j < y.size(); ++j) {
            const double self = excludes_self() ? y[j].lifetime : 0.0;
            result.value += of_target * y[j].lifetime * (y_at_y[j].value - self);
        }
        if (root)
            take_root(result);
        return result;
    }

private:
    [[nodiscard]] bool excludes_self() const { return statistic == mmd_statistic::u_statistic; }

    void check(const principal_measure& measure) const {
        require(sigma > 0 && std::isfinite(sigma), "maximum_mean_discrepancy", "sigma", sigma,
                "positive and finite");
        require(!(root && excludes_self()), "maximum_mean_discrepancy", "root", root,
                "false for a u_statistic, which may be negative");
        const std::int64_t fewest = excludes_self() && !measure.pairs.empty() ? 2 : 1;
        require(measure.samples >= fewest, "maximum_mean_discrepancy", "samples", measure.samples, "at least",
                fewest);
    }

    [[nodiscard]] double same_weight(const principal_measure& measure) const {
        const auto count = static_cast<double>(measure.samples);
        return excludes_self() ? 1 / (count * std::max(1.0, count - 1)) : 1 / (count * count);
    }

    /// sqrt(v)' = v' / (2 sqrt(v)). A square below what rounding can tell from 0 counts as 0.
    static void take_root(discrepancy_value& result) {
        result.value = std::sqrt(std::max(0.0, result.value));
        const double factor = result.value > 0 ? 0.5 / result.value : 0.0;
        for (auto& [by_birth, by_lifetime] : result.by_pair) {
            by_birth *= factor;
            by_lifetime *= factor;
        }
    }
};

static_assert(MeasureDiscrepancy<maximum_mean_discrepancy<>>);

} // namespace topoprune
