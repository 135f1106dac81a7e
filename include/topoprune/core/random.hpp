// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace topoprune {

namespace detail {

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection of 64-bit words whose output bits each
/// depend on every input bit.
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

} // namespace detail

/// Random numbers by counting: the value at `index` is a hash of (seed, stream, index). There is no state, so
/// any thread may ask for any index in any order and gets the same number. Streams separate the users of one
/// seed (each stage, each class takes its own).
class random_stream {
public:
    constexpr random_stream(std::uint64_t seed, std::uint64_t stream)
        : key_(detail::mix_bits(detail::mix_bits(seed + golden) ^
                                (stream * golden + 0x632be59bd9b4e019ULL))) {}

    /// 64 uniform bits.
    [[nodiscard]] constexpr std::uint64_t bits(std::uint64_t index) const {
        return detail::mix_bits(key_ + (index + 1) * golden);
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    [[nodiscard]] constexpr double uniform(std::uint64_t index) const {
        return static_cast<double>(bits(index) >> 11) * 0x1p-53;
    }

    /// Uniform in {0, ..., count - 1}, by multiply and shift; the bias is below count / 2^32 for count <
    /// 2^32.
    [[nodiscard]] constexpr std::uint64_t below(std::uint64_t index, std::uint64_t count) const {
        return ((bits(index) >> 32) * count) >> 32;
    }

    /// Standard normal, by Box and Muller from two words of its own.
    [[nodiscard]] double normal(std::uint64_t index) const {
        const double u = 1.0 - uniform(2 * index);
        const double angle = 2.0 * std::numbers::pi * uniform(2 * index + 1);
        return std::sqrt(-2.0 * std::log(u)) * std::cos(angle);
    }

    /// The stream of a part: stream.child(c) for class c.
    [[nodiscard]] constexpr random_stream child(std::uint64_t part) const {
        return random_stream(key_, part + 0x9e6c63d0876a9a35ULL);
    }

private:
    static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
    std::uint64_t key_;
};

/// Puts a uniform draw without replacement of `count` of the items at their front (partial Fisher-Yates) and
/// drops the rest. Needs count <= items.size() < 2^32. O(count).
template <class Item>
void draw_without_replacement(std::vector<Item>& items, std::size_t count, const random_stream& random) {
    for (std::size_t i = 0; i < count; ++i)
        std::swap(items[i], items[i + static_cast<std::size_t>(random.below(i, items.size() - i))]);
    items.resize(count);
}

} // namespace topoprune
