// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../homology/barcode.hpp"
#include "../ground_norm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

/// What it costs to match bars with bars or with the diagonal.
namespace topoprune::detail {

/// The places of the bars that end, and of those that do not in the order of their births.
struct split_bars {
    std::vector<std::size_t> ending;
    std::vector<std::size_t> endless;
    double longest = 0; ///< of those that end

    TOPOPRUNE_DECLARE split_bars(const barcode& bars, std::string_view function);
};

/// Distances between bars and of bars from the diagonal, in units of about the longest bar, so that no power
/// of them overflows; a power of two, so that nothing is rounded.
template <GroundNorm Norm>
class bar_costs {
public:
    bar_costs(const Norm& norm, double power, double longest)
        : norm_(norm), power_(power), exponent_(std::clamp(std::ilogb(longest), -1000, 1000)),
          factor_(std::scalbn(1.0, -exponent_)), diagonal_(norm.cost(0.5, 0.5)) {}

    /// In the units of the bars.
    [[nodiscard]] double unscaled(double length) const { return std::scalbn(length, exponent_); }

    [[nodiscard]] double to_power(double length) const {
        return power_ == 1 ? length : power_ == 2 ? length * length : std::pow(length, power_);
    }

    [[nodiscard]] double to_diagonal(const bar& x) const { return diagonal_ * scaled(x.death - x.birth); }
    [[nodiscard]] std::pair<double, std::array<double, 2>> to_diagonal_with_derivative(const bar& x) const {
        return {to_diagonal(x), {-diagonal_, diagonal_}};
    }

    [[nodiscard]] double between(const bar& x, const bar& y) const {
        return norm_.cost(scaled(x.birth - y.birth), scaled(x.death - y.death));
    }
    /// Of two bars that both end or both do not.
    [[nodiscard]] std::pair<double, std::array<double, 2>> with_derivative(const bar& x, const bar& y) const {
        const double by_birth = scaled(x.birth - y.birth);
        const double by_death = x.death == y.death ? 0.0 : scaled(x.death - y.death);
        return {norm_.cost(by_birth, by_death), norm_.derivative(by_birth, by_death)};
    }

private:
    [[nodiscard]] double scaled(double length) const { return factor_ * length; }

    Norm norm_;
    double power_;
    int exponent_;
    double factor_;   ///< 2^-exponent
    double diagonal_; ///< of a bar of length 1
};

/// An assignment of from[sources] to to[sinks] or to the diagonal, at these distances to the power.
template <class Costs>
struct bars_to_assign {
    const Costs& costs;
    const barcode& from;
    const std::vector<std::size_t>& sources;
    const barcode& to;
    const std::vector<std::size_t>& sinks;

    [[nodiscard]] const bar& source(std::size_t i) const { return from[sources[i]]; }
    [[nodiscard]] const bar& sink(std::size_t j) const { return to[sinks[j]]; }

    [[nodiscard]] double cost(std::size_t i, std::size_t j) const {
        return costs.to_power(costs.between(source(i), sink(j)));
    }
    [[nodiscard]] std::vector<double> source_diagonal() const { return diagonal_of(from, sources); }
    [[nodiscard]] std::vector<double> sink_diagonal() const { return diagonal_of(to, sinks); }

private:
    [[nodiscard]] std::vector<double> diagonal_of(const barcode& bars,
                                                  const std::vector<std::size_t>& places) const {
        std::vector<double> result;
        result.reserve(places.size());
        for (const std::size_t i : places)
            result.push_back(costs.to_power(costs.to_diagonal(bars[i])));
        return result;
    }
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "bar_costs.ipp"
#endif
