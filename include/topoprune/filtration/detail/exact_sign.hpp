// SPDX-License-Identifier: MIT
#pragma once

#include "coordinates.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

/// The signs of exact_predicates.hpp in integers, for the few that floating point does not decide.
namespace topoprune::detail {

template <class Number>
[[nodiscard]] int sign_of(const Number& value) {
    return (value > 0) - (value < 0);
}

/// By minors along the first row.
template <class Number, std::size_t Size>
[[nodiscard]] Number determinant(const std::array<std::array<Number, Size>, Size>& m) {
    if constexpr (Size == 1) {
        return m[0][0];
    } else if constexpr (Size == 2) {
        return Number(m[0][0] * m[1][1]) - Number(m[0][1] * m[1][0]);
    } else {
        Number sum = 0;
        for (std::size_t column = 0; column < Size; ++column) {
            std::array<std::array<Number, Size - 1>, Size - 1> minor;
            for (std::size_t i = 1; i < Size; ++i)
                for (std::size_t j = 0, to = 0; j < Size; ++j)
                    if (j != column)
                        minor[i - 1][to++] = m[i][j];
            const Number term = m[0][column] * determinant(minor);
            sum = column % 2 == 0 ? Number(sum + term) : Number(sum - term);
        }
        return sum;
    }
}

/// The sign of the determinant with one row p_i - q for each of the first Count - 1 points, q the last one;
/// if there is one point more than the dimension needs, |p_i - q|^2 is the last column.
template <class Number, std::size_t Dimension, std::size_t Count>
[[nodiscard]] int sign_of_differences(const std::array<std::array<Number, Dimension>, Count>& points) {
    constexpr std::size_t size = Count - 1;
    static_assert(size == Dimension || size == Dimension + 1);
    std::array<std::array<Number, size>, size> rows;
    for (std::size_t i = 0; i < size; ++i) {
        Number square = 0;
        for (std::size_t k = 0; k < Dimension; ++k) {
            rows[i][k] = points[i][k] - points[size][k];
            square += rows[i][k] * rows[i][k];
        }
        if constexpr (size == Dimension + 1)
            rows[i][Dimension] = square;
    }
    return sign_of(determinant(rows));
}

/// The same sign in integers: all coordinates are multiples of one power of two. Small multiples, as those of
/// points on a grid, fit into 128 bits; others take as many as they need.
template <std::size_t Dimension, std::size_t Count>
[[nodiscard]] int exact_sign(const std::array<coordinates<Dimension>, Count>& points) {
    __extension__ using wide = __int128;
    constexpr int mantissa_bits = std::numeric_limits<double>::digits;
    struct integer {
        std::int64_t mantissa = 0;
        int exponent = 0;
    };
    std::array<std::array<integer, Dimension>, Count> exact;
    int least = std::numeric_limits<int>::max();
    int top = std::numeric_limits<int>::min();
    for (std::size_t i = 0; i < Count; ++i)
        for (std::size_t k = 0; k < Dimension; ++k) {
            const double value = points[i][k];
            if (value == 0)
                continue;
            int exponent = 0;
            auto mantissa =
                static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), mantissa_bits));
            top = std::max(top, exponent);
            exponent -= mantissa_bits;
            for (; mantissa % 2 == 0; mantissa /= 2)
                ++exponent;
            least = std::min(least, exponent);
            exact[i][k] = {mantissa, exponent};
        }
    const auto shifted = [&]<class Number>(Number) {
        std::array<std::array<Number, Dimension>, Count> numbers;
        for (std::size_t i = 0; i < Count; ++i)
            for (std::size_t k = 0; k < Dimension; ++k) {
                const auto [mantissa, exponent] = exact[i][k];
                numbers[i][k] = mantissa == 0 ? Number(0) : Number(Number(mantissa) << (exponent - least));
            }
        return numbers;
    };
    // Coordinates below 2^bits, differences below 2^(bits + 1): see the tests for the extreme ones.
    constexpr int bits = Count == Dimension + 1 ? 38 : (Dimension == 2 ? 29 : 21);
    if (top == std::numeric_limits<int>::min())
        return 0;
    if (top - least <= bits) {
        std::array<std::array<wide, Dimension>, Count> numbers;
        for (std::size_t i = 0; i < Count; ++i)
            for (std::size_t k = 0; k < Dimension; ++k) {
                const auto [mantissa, exponent] = exact[i][k];
                numbers[i][k] = mantissa == 0 ? wide{0} : wide{mantissa} * (wide{1} << (exponent - least));
            }
        return sign_of_differences(numbers);
    }
    return sign_of_differences(shifted(boost::multiprecision::cpp_int{}));
}

} // namespace topoprune::detail
