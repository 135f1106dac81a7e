// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>

namespace topoprune::detail {

/// How the numbers of an array lie in a file.
struct element_type {
    /// The letters of numpy: 'b' truth value, 'i' signed, 'u' unsigned, 'f' floating point; 'V', raw bytes,
    /// which in two bytes are the bfloat16 of ml_dtypes; 'U' text of 32-bit code points, 'S' text of bytes.
    char kind = 'f';
    std::size_t bytes = 4;
    std::endian order = std::endian::native;

    [[nodiscard]] bool is_integer() const { return kind == 'b' || kind == 'i' || kind == 'u'; }
    [[nodiscard]] bool is_text() const { return kind == 'U' || kind == 'S'; }

    /// As numpy calls it: "float32".
    TOPOPRUNE_DECLARE [[nodiscard]] std::string name() const;
};

/// True for the types of numbers, which visit_raw() knows.
[[nodiscard]] constexpr bool is_known(char kind, std::size_t bytes) {
    switch (kind) {
    case 'b':
        return bytes == 1;
    case 'i':
    case 'u':
        return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
    case 'f':
        return bytes == 2 || bytes == 4 || bytes == 8;
    case 'V':
        return bytes == 2;
    default:
        return false;
    }
}

/// The 16 bits of an IEEE 754 binary16.
struct float16 {
    std::uint16_t bits;
};

/// Exact: every binary16, subnormal ones too, is a binary32; NaN stays NaN with its payload.
TOPOPRUNE_DECLARE [[nodiscard]] float to_float(float16 half);

/// The 16 bits of a bfloat16: the upper half of an IEEE 754 binary32.
struct bfloat16 {
    std::uint16_t bits;

    [[nodiscard]] float value() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

/// Calls visit(std::type_identity<Raw>) with the type of the elements, which must be a known one.
template <class Visitor>
void visit_raw(const element_type& type, Visitor&& visit) {
    const auto of_size = [&]<class One, class Two, class Four, class Eight>(
                             std::type_identity<One> one, std::type_identity<Two> two,
                             std::type_identity<Four> four, std::type_identity<Eight> eight) {
        switch (type.bytes) {
        case 1:
            return visit(one);
        case 2:
            return visit(two);
        case 4:
            return visit(four);
        default:
            return visit(eight);
        }
    };
    using std::type_identity;
    if (type.kind == 'b')
        visit(type_identity<bool>{});
    else if (type.kind == 'i')
        of_size(type_identity<std::int8_t>{}, type_identity<std::int16_t>{}, type_identity<std::int32_t>{},
                type_identity<std::int64_t>{});
    else if (type.kind == 'u')
        of_size(type_identity<std::uint8_t>{}, type_identity<std::uint16_t>{}, type_identity<std::uint32_t>{},
                type_identity<std::uint64_t>{});
    else if (type.kind == 'V')
        visit(type_identity<bfloat16>{});
    else if (type.bytes == 2)
        visit(type_identity<float16>{});
    else if (type.bytes == 4)
        visit(type_identity<float>{});
    else
        visit(type_identity<double>{});
}

/// The number whose bytes, in the order of this machine, are at `at`. Any byte but 0 is a true bool.
template <class Raw>
[[nodiscard]] auto load(const std::byte* at) {
    if constexpr (std::is_same_v<Raw, bool>) {
        return static_cast<std::uint8_t>(*at != std::byte{0});
    } else {
        Raw value;
        std::memcpy(&value, at, sizeof(Raw));
        if constexpr (std::is_same_v<Raw, float16>)
            return to_float(value);
        else if constexpr (std::is_same_v<Raw, bfloat16>)
            return value.value();
        else
            return value;
    }
}

/// Turns the bytes of every element around.
template <std::size_t Size>
void reverse_elements(std::span<std::byte> bytes) {
    for (std::size_t at = 0; at + Size <= bytes.size(); at += Size)
        std::reverse(bytes.data() + at, bytes.data() + at + Size);
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "element_type.ipp"
#endif
