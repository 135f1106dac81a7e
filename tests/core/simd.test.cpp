// SPDX-License-Identifier: MIT
#include <topoprune/core/simd.hpp>

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

using topoprune::multiply_add;
using topoprune::detail::bit_cast;
using topoprune::detail::fixed_order_sum;
using topoprune::detail::gather;

namespace {

template <class T>
auto lanes_of(const xsimd::batch<T>& x) {
    std::array<T, xsimd::batch<T>::size> lanes{};
    x.store_unaligned(lanes.data());
    return lanes;
}

/// The compiler must not know them: it would do the sum itself.
template <class T>
T unknown(T x) {
    volatile T stored = x;
    return stored;
}

} // namespace

TEST_CASE("multiply_add rounds the product and then the sum") {
    // (1 + u)^2 = 1 + 2 u + u^2, and u^2 is lost in the product: rounded once, the result would be u^2.
    SUBCASE("float") {
        const float u = 0x1p-13F, x = unknown(1 + u), c = unknown(-(1 + 2 * u));
        CHECK(multiply_add(x, x, c) == 0.0F);
        using batch = xsimd::batch<float>;
        for (const float lane : lanes_of(multiply_add(batch(x), batch(x), batch(c))))
            CHECK(lane == 0.0F);
    }
    SUBCASE("double") {
        const double u = 0x1p-27, x = unknown(1 + u), c = unknown(-(1 + 2 * u));
        CHECK(multiply_add(x, x, c) == 0.0);
        using batch = xsimd::batch<double>;
        for (const double lane : lanes_of(multiply_add(batch(x), batch(x), batch(c))))
            CHECK(lane == 0.0);
    }
    CHECK(multiply_add(2.0, 3.0, 4.0) == 10.0);
}

TEST_CASE("bit_cast keeps the bits of every lane") {
    using floats = xsimd::batch<float>;
    using words = xsimd::batch<std::uint64_t>;
    std::array<float, floats::size> x{};
    for (std::size_t lane = 0; lane < x.size(); ++lane)
        x[lane] = 1.5F - static_cast<float>(lane);
    const floats all = floats::load_unaligned(x.data());
    const auto integers = lanes_of(bit_cast<std::int32_t>(all));
    for (std::size_t lane = 0; lane < x.size(); ++lane)
        CHECK(integers[lane] == std::bit_cast<std::int32_t>(x[lane]));
    const words pairs = bit_cast<std::uint64_t>(all);
    for (std::size_t pair = 0; pair < words::size; ++pair)
        CHECK(lanes_of(pairs)[pair] == (std::uint64_t{std::bit_cast<std::uint32_t>(x[2 * pair + 1])} << 32 |
                                        std::bit_cast<std::uint32_t>(x[2 * pair])));
    CHECK(lanes_of(bit_cast<float>(pairs)) == x);
    CHECK(bit_cast<std::int64_t>(-2.0) == std::bit_cast<std::int64_t>(-2.0));
}

TEST_CASE("gather takes the elements that are asked for") {
    std::vector<float> floats(100);
    std::vector<std::uint64_t> words(100);
    for (std::size_t i = 0; i < 100; ++i) {
        floats[i] = static_cast<float>(i) / 4;
        words[i] = i << 40 | i;
    }
    std::array<std::int32_t, xsimd::batch<std::int32_t>::size> at{};
    for (std::size_t lane = 0; lane < at.size(); ++lane)
        at[lane] = static_cast<std::int32_t>((17 + 29 * lane) % 100);
    const auto some = lanes_of(gather(floats.data(), xsimd::batch<std::int32_t>::load_unaligned(at.data())));
    for (std::size_t lane = 0; lane < at.size(); ++lane)
        CHECK(some[lane] == floats[static_cast<std::size_t>(at[lane])]);
    std::array<std::uint64_t, xsimd::batch<std::uint64_t>::size> places{};
    for (std::size_t lane = 0; lane < places.size(); ++lane)
        places[lane] = (99 - 31 * lane) % 100;
    const auto others =
        lanes_of(gather(words.data(), xsimd::batch<std::uint64_t>::load_unaligned(places.data())));
    for (std::size_t lane = 0; lane < places.size(); ++lane)
        CHECK(others[lane] == words[places[lane]]);
}

TEST_CASE("a sum of vectors has one order of additions whatever their width") {
    constexpr std::size_t width = fixed_order_sum::width;
    std::vector<double> x(3 * width);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = 1.0 / static_cast<double>(3 * i + 1);
    std::array<double, width> column{};
    for (std::size_t i = 0; i < x.size(); ++i)
        column[i % width] += x[i];
    const double expected = ((column[0] + column[4]) + (column[2] + column[6])) +
                            ((column[1] + column[5]) + (column[3] + column[7]));
    fixed_order_sum sum;
    CHECK(sum.total() == 0.0);
    for (std::size_t i = 0; i < x.size(); i += fixed_order_sum::batch::size)
        sum.add(i, fixed_order_sum::batch::load_unaligned(x.data() + i));
    CHECK(sum.total() == expected);
    // One after another they would round to something else.
    double in_order = 0;
    for (const double one : x)
        in_order += one;
    CHECK(sum.total() != in_order);
}
