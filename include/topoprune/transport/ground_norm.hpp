// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/simd.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <string_view>

/// What it costs to move a unit of mass by (dr, df) on the (scale, codensity) plane.
namespace topoprune {

namespace detail {

[[nodiscard]] constexpr double sign(double x) {
    return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0;
}

} // namespace detail

/// Atom of GroundNorm: the cost of a displacement, for a number or for a vector of numbers at once.
template <class T, class Real>
concept MeasuresDisplacement = requires(const T& norm, Real dr, Real df) {
    { norm.cost(dr, df) } -> std::same_as<Real>;
};

/// Atom of GroundNorm: the derivative of the cost by the displacement.
template <class T>
concept DifferentiatesCost = requires(const T& norm, double dr, double df) {
    { norm.derivative(dr, df) } -> std::same_as<std::array<double, 2>>;
};

/// Atom of GroundNorm.
template <class T>
concept HasName = requires {
    { T::name } -> std::convertible_to<std::string_view>;
};

/// A type that prices a displacement in the plane.
///
/// Syntax:    norm.cost(dr, df) for double and for xsimd::batch<double>; norm.derivative(dr, df); T::name.
/// Semantics: cost >= 0, cost(0, 0) = 0, even in each argument, growing with |dr| and with |df|, convex in
///            dr at df = 0. A sum of products rounds every product, as multiply_add does. The derivative is 0
///            at no displacement, a subgradient at other kinks.
///            A cost that breaks the triangle inequality says `static constexpr bool is_metric = false`.
/// Models:    l1, l2, l_infinity, squared_l2 (not a norm, but a ground cost).
template <class T>
concept GroundNorm = std::copyable<T> && MeasuresDisplacement<T, double> &&
                     MeasuresDisplacement<T, xsimd::batch<double>> && DifferentiatesCost<T> && HasName<T>;

/// Whether a move is never dearer than two moves by way of a third place: only then may mass that two
/// measures share stay where it is.
template <class Norm>
[[nodiscard]] consteval bool is_metric() {
    if constexpr (requires { Norm::is_metric; })
        return Norm::is_metric;
    else
        return true;
}

/// |dr| + |df|. Many plans tie, and all of them have the same derivative almost everywhere.
struct l1 {
    static constexpr std::string_view name = "l1";

    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        using std::abs;
        return abs(dr) + abs(df);
    }
    [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const {
        return {detail::sign(dr), detail::sign(df)};
    }
};

/// sqrt(dr^2 + df^2)
struct l2 {
    static constexpr std::string_view name = "l2";

    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        using std::sqrt;
        return sqrt(multiply_add(dr, dr, df * df));
    }
    TOPOPRUNE_DECLARE [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const;
};

/// max(|dr|, |df|). Where the two are equal the derivative is the one by r.
struct l_infinity {
    static constexpr std::string_view name = "linf";

    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        using std::abs;
        using std::max;
        return max(abs(dr), abs(df));
    }
    [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const {
        if (std::abs(dr) >= std::abs(df))
            return {detail::sign(dr), 0};
        return {0, detail::sign(df)};
    }
};

/// dr^2 + df^2: long moves dominate; the transport cost is W_2^2 and has the square of the grades' unit.
struct squared_l2 {
    static constexpr std::string_view name = "sql2";
    static constexpr bool is_metric = false;

    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        return multiply_add(dr, dr, df * df);
    }
    [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const { return {2 * dr, 2 * df}; }
};

static_assert(GroundNorm<l1>);
static_assert(GroundNorm<l2>);
static_assert(GroundNorm<l_infinity>);
static_assert(GroundNorm<squared_l2>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "ground_norm.ipp"
#endif
