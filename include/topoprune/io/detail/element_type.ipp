// SPDX-License-Identifier: MIT
#pragma once

#include "element_type.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string element_type::name() const {
    if (kind == 'b')
        return "bool";
    if (kind == 'V')
        return "bfloat16";
    if (is_text())
        return std::string(kind == 'S'                 ? "|S"
                           : order == std::endian::big ? ">U"
                                                       : "<U") +
               std::to_string(kind == 'S' ? bytes : bytes / 4);
    const std::string family = kind == 'f' ? "float" : kind == 'u' ? "uint" : "int";
    return family + std::to_string(8 * bytes);
}

TOPOPRUNE_DEFINE float to_float(float16 half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half.bits & 0x8000U) << 16;
    const std::uint32_t exponent = (half.bits >> 10) & 0x1fU;
    const std::uint32_t fraction = half.bits & 0x3ffU;
    const float subnormal = static_cast<float>(fraction) * 0x1p-24F;
    const std::uint32_t rebiased = (exponent == 0x1fU ? 0xffU : exponent + 112U) << 23 | fraction << 13;
    const std::uint32_t magnitude = exponent == 0 ? std::bit_cast<std::uint32_t>(subnormal) : rebiased;
    return std::bit_cast<float>(sign | magnitude);
}

} // namespace topoprune::detail
