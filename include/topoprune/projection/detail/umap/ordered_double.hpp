// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <compare>
#include <limits>
#include <type_traits>

namespace topoprune::detail {

/// A double that Eigen knows no vector instructions for: it computes sums and products of vectors and
/// matrices of them one entry after another, with the same bits on every machine.
struct ordered_double {
    double value = 0;

    constexpr ordered_double() = default;
    template <class Number>
        requires std::is_arithmetic_v<Number>
    constexpr ordered_double(Number number) : value(static_cast<double>(number)) {}

    constexpr ordered_double& operator+=(ordered_double other) { return *this = *this + other; }
    constexpr ordered_double& operator-=(ordered_double other) { return *this = *this - other; }
    constexpr ordered_double& operator*=(ordered_double other) { return *this = *this * other; }
    constexpr ordered_double& operator/=(ordered_double other) { return *this = *this / other; }

    friend constexpr ordered_double operator+(ordered_double a, ordered_double b) {
        return a.value + b.value;
    }
    friend constexpr ordered_double operator-(ordered_double a, ordered_double b) {
        return a.value - b.value;
    }
    friend constexpr ordered_double operator*(ordered_double a, ordered_double b) {
        return a.value * b.value;
    }
    friend constexpr ordered_double operator/(ordered_double a, ordered_double b) {
        return a.value / b.value;
    }
    friend constexpr ordered_double operator-(ordered_double a) { return -a.value; }
    friend constexpr auto operator<=>(ordered_double a, ordered_double b) = default;

    friend ordered_double sqrt(ordered_double a) { return std::sqrt(a.value); }
    friend ordered_double abs(ordered_double a) { return std::abs(a.value); }
    friend ordered_double pow(ordered_double a, ordered_double b) { return std::pow(a.value, b.value); }
};

} // namespace topoprune::detail

template <>
struct std::numeric_limits<topoprune::detail::ordered_double> : std::numeric_limits<double> {
    using number = topoprune::detail::ordered_double;
    static constexpr number epsilon() { return std::numeric_limits<double>::epsilon(); }
    static constexpr number min() { return std::numeric_limits<double>::min(); }
    static constexpr number max() { return std::numeric_limits<double>::max(); }
    static constexpr number lowest() { return std::numeric_limits<double>::lowest(); }
};

template <>
struct Eigen::NumTraits<topoprune::detail::ordered_double>
    : Eigen::GenericNumTraits<topoprune::detail::ordered_double> {};

namespace Eigen::numext {

template <>
inline bool(isnan)(const topoprune::detail::ordered_double& x) {
    return std::isnan(x.value);
}

template <>
inline bool(isinf)(const topoprune::detail::ordered_double& x) {
    return std::isinf(x.value);
}

} // namespace Eigen::numext
