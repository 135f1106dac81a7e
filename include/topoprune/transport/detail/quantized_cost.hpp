// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/simd.hpp"
#include "../ground_norm.hpp"
#include "split_atoms.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace topoprune::detail {

/// The points of one side, one array per coordinate, padded to whole vectors.
struct point_columns {
    using batch = xsimd::batch<double>;
    static constexpr std::size_t lanes = batch::size;

    explicit point_columns(std::size_t count)
        : r((count + lanes - 1) / lanes * lanes, 0.0), f(r.size(), 0.0) {}

    std::vector<double> r;
    std::vector<double> f;
};

/// Ground costs as whole multiples of a unit, so that a solver in integers sees ties as ties.
///
/// Both coordinates are first snapped to multiples of a power of two, counted from the least one: then dr and
/// df are exact, and for l1 and l_infinity the costs are exact as well (plans of equal cost stay of equal
/// cost). The cost is then rounded to a multiple of `unit`, another power of two. The units are the finest
/// ones for which the largest cost, times the number of points or the whole mass, stays below 2^61 (sums of
/// potentials and of costs fit in 64 bits), and the largest cost itself is at most 2^49: a double holds every
/// cost, every potential within three of them and so every reduced cost exactly, and vectors of doubles can
/// price pairs.
template <GroundNorm Norm>
class quantized_cost {
public:
    using batch = point_columns::batch;

    quantized_cost(const Norm& norm, const split_atoms& atoms)
        : norm_(norm), source_count_(std::ssize(atoms.sources)), sink_count_(std::ssize(atoms.sinks)),
          sources_(atoms.sources.size()), sinks_(atoms.sinks.size()) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        double least_r = infinity;
        double least_f = infinity;
        double most_r = -infinity;
        double most_f = -infinity;
        std::int64_t mass = 1;
        for (const auto* side : {&atoms.sources, &atoms.sinks})
            for (const weighted_point& p : *side) {
                least_r = std::min(least_r, p.r);
                most_r = std::max(most_r, p.r);
                least_f = std::min(least_f, p.f);
                most_f = std::max(most_f, p.f);
            }
        for (const weighted_point& p : atoms.sources)
            mass += p.mass;
        const auto points = static_cast<std::int64_t>(atoms.sources.size() + atoms.sinks.size());
        const int bits = std::min(49, 61 - static_cast<int>(std::bit_width(
                                               static_cast<std::uint64_t>(std::max(points + 1, mass)))));

        const double extent_r = most_r - least_r;
        const double extent_f = most_f - least_f;
        const double largest = norm_.cost(extent_r, extent_f);
        require(std::isfinite(extent_r + extent_f) && std::isfinite(largest), "exact_transport",
                "the largest ground cost", largest, "finite");
        // One bit to spare: snapping can lengthen the sum of the extents, and the unit of an l1 cost must not
        // come out coarser than that of the positions.
        position_unit_ = power_of_two_above(extent_r + extent_f, bits - 1);
        const double snapped_largest = norm_.cost(snap(extent_r, 0.0), snap(extent_f, 0.0));
        unit_ = power_of_two_above(snapped_largest, bits);
        largest_ = static_cast<std::int64_t>(std::nearbyint(snapped_largest / unit_));
        fill(sources_, atoms.sources, least_r, least_f);
        fill(sinks_, atoms.sinks, least_r, least_f);
    }

    [[nodiscard]] double unit() const { return unit_; }
    /// No cost between two of the points is larger.
    [[nodiscard]] std::int64_t largest() const { return largest_; }
    [[nodiscard]] std::int64_t source_count() const { return source_count_; }
    [[nodiscard]] std::int64_t sink_count() const { return sink_count_; }
    [[nodiscard]] const point_columns& sources() const { return sources_; }
    [[nodiscard]] const point_columns& sinks() const { return sinks_; }

    /// The cost of (dr, df) in units: whole numbers.
    [[nodiscard]] batch in_units(const batch& dr, const batch& df) const {
        return xsimd::nearbyint(norm_.cost(dr, df) * batch(1.0 / unit_));
    }

    /// The cost between a source and a sink, computed as the vectors compute it.
    [[nodiscard]] [[gnu::noinline]] std::int64_t operator()(std::int32_t source, std::int32_t sink) const {
        const auto i = static_cast<std::size_t>(source);
        const auto j = static_cast<std::size_t>(sink);
        std::array<double, point_columns::lanes> copies;
        in_units(batch(sources_.r[i] - sinks_.r[j]), batch(sources_.f[i] - sinks_.f[j]))
            .store_unaligned(copies.data());
        return static_cast<std::int64_t>(copies[0]);
    }

    /// The cost between a source and a sink as if they had the same f.
    [[nodiscard]] std::int64_t along_r(std::size_t source, std::size_t sink) const {
        return static_cast<std::int64_t>(
            std::nearbyint(norm_.cost(sources_.r[source] - sinks_.r[sink], 0.0) * (1.0 / unit_)));
    }

private:
    /// The least power of two u with value < 2^bits u; 1 if the value is 0.
    [[nodiscard]] static double power_of_two_above(double value, int bits) {
        if (value == 0)
            return 1;
        int exponent = 0;
        std::frexp(value, &exponent);
        return std::ldexp(1.0, std::max(exponent - bits, std::numeric_limits<double>::min_exponent));
    }

    [[nodiscard]] double snap(double x, double origin) const {
        return std::nearbyint((x - origin) / position_unit_) * position_unit_;
    }

    void fill(point_columns& columns, const std::vector<weighted_point>& points, double least_r,
              double least_f) const {
        for (std::size_t i = 0; i < points.size(); ++i) {
            columns.r[i] = snap(points[i].r, least_r);
            columns.f[i] = snap(points[i].f, least_f);
        }
    }

    Norm norm_;
    double position_unit_ = 1;
    double unit_ = 1;
    std::int64_t largest_ = 0;
    std::int64_t source_count_;
    std::int64_t sink_count_;
    point_columns sources_;
    point_columns sinks_;
};

} // namespace topoprune::detail
