// SPDX-License-Identifier: MIT
#pragma once

#include "class_color.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string class_color(std::int64_t c) {
    const double lightness = 0.56 + 0.08 * static_cast<double>(c % 3);
    constexpr double chroma = 0.14;
    constexpr double first_hue = 255;
    constexpr double golden_angle = 137.50776405003785;
    const double hue =
        std::fmod(first_hue + golden_angle * static_cast<double>(c), 360.0) * std::numbers::pi / 180.0;
    const double a = chroma * std::cos(hue);
    const double b = chroma * std::sin(hue);
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    const double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    const double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    const std::array<double, 3> linear{4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                                       -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                                       -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (const double channel : linear) {
        const double light = std::clamp(channel, 0.0, 1.0);
        const double coded = light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
        const auto byte = static_cast<std::size_t>(std::lround(255 * coded));
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

} // namespace topoprune::detail
