// SPDX-License-Identifier: MIT
#pragma once

#include "compiled.hpp"

#include <xsimd/xsimd.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/// Vectors of numbers: all that the library needs to know of xsimd, whose versions name some operations
/// differently and round others differently. Other headers include this one. They use the operations of
/// xsimd::batch that are the same in all versions, and in place of
///     xsimd::fma                                        multiply_add, which always rounds twice;
///     xsimd::bitwise_cast, xsimd::batch::gather         bit_cast, gather;
///     xsimd::reduce_add and sums over lanes             fixed_order_sum;
///     xsimd::exp                                        exponential (core/exponential.hpp).
/// So a result has the same bits whatever the instruction set, its width of a vector and the version.
namespace topoprune {

/// a b + c, the product rounded and then the sum, for numbers and for vectors of them. A fused multiply-add
/// would round once, but not every processor has one.
///
/// Compilers must not fuse the two by themselves, which GCC does by default: compile with -ffp-contract=off,
/// as the targets of the library do.
template <std::floating_point T>
[[nodiscard, gnu::always_inline]] inline T multiply_add(T a, T b, T c) {
    return a * b + c;
}

template <class T, class Architecture>
[[nodiscard, gnu::always_inline]] inline xsimd::batch<T, Architecture>
multiply_add(const xsimd::batch<T, Architecture>& a, const xsimd::batch<T, Architecture>& b,
             const xsimd::batch<T, Architecture>& c) {
    return a * b + c;
}

namespace detail {

/// The bits of x as a number of another type.
template <class To, class From>
    requires(std::is_arithmetic_v<From>)
[[nodiscard, gnu::always_inline]] inline To bit_cast(From x) {
    return std::bit_cast<To>(x);
}

/// The bits of x as a vector of another element type: batch<float> becomes batch<To>.
template <class To, class From, class Architecture>
[[nodiscard, gnu::always_inline]] inline xsimd::batch<To, Architecture>
bit_cast(const xsimd::batch<From, Architecture>& x) {
#if XSIMD_VERSION_MAJOR >= 11
    return xsimd::bitwise_cast<To>(x);
#else
    return xsimd::bitwise_cast<xsimd::batch<To, Architecture>>(x);
#endif
}

/// from[at[0]], from[at[1]], ..., for a type as wide as its index.
template <class T, class Index>
    requires(sizeof(T) == sizeof(Index))
[[nodiscard, gnu::always_inline]] inline xsimd::batch<T> gather(const T* from,
                                                                const xsimd::batch<Index>& at) {
    alignas(64) std::array<Index, xsimd::batch<Index>::size> places;
    at.store_aligned(places.data());
    alignas(64) std::array<T, xsimd::batch<T>::size> values;
    for (std::size_t lane = 0; lane < values.size(); ++lane)
        values[lane] = from[places[lane]];
    return xsimd::batch<T>::load_aligned(values.data());
}

#if defined(__AVX512F__)
[[nodiscard, gnu::always_inline]] inline xsimd::batch<float> gather(const float* from,
                                                                    const xsimd::batch<std::int32_t>& at) {
    return _mm512_i32gather_ps(at, from, sizeof(float));
}
[[nodiscard, gnu::always_inline]] inline xsimd::batch<std::uint64_t>
gather(const std::uint64_t* from, const xsimd::batch<std::uint64_t>& at) {
    return _mm512_i64gather_epi64(at, from, sizeof(std::uint64_t));
}
#elif defined(__AVX2__)
[[nodiscard, gnu::always_inline]] inline xsimd::batch<float> gather(const float* from,
                                                                    const xsimd::batch<std::int32_t>& at) {
    return _mm256_i32gather_ps(from, at, sizeof(float));
}
[[nodiscard, gnu::always_inline]] inline xsimd::batch<std::uint64_t>
gather(const std::uint64_t* from, const xsimd::batch<std::uint64_t>& at) {
    return _mm256_i64gather_epi64(reinterpret_cast<const long long*>(from), at, sizeof(std::uint64_t));
}
#endif

/// A sum of vectors whose bits do not depend on the width of a vector: number i of those that are added, in
/// the order of their places, goes to the sum i mod 8, and the eight sums are added as a tree.
class fixed_order_sum {
public:
    using batch = xsimd::batch<double>;
    /// A multiple of the width of any vector.
    static constexpr std::size_t width = 8;

    /// Adds the numbers of places i, i + 1, ..., where i is a multiple of the width of a vector. Places that
    /// are left out count as 0.
    [[gnu::always_inline]] void add(std::size_t i, const batch& numbers) {
        parts_[i / batch::size % parts] += numbers;
    }

    TOPOPRUNE_DECLARE [[nodiscard]] double total() const;

private:
    static_assert(width % batch::size == 0);
    static constexpr std::size_t parts = width / batch::size;

    std::array<batch, parts> parts_ = zeros();

    [[nodiscard]] static std::array<batch, parts> zeros() {
        std::array<batch, parts> result;
        result.fill(batch(0.0));
        return result;
    }
};

} // namespace detail

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "simd.ipp"
#endif
