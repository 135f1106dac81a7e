// SPDX-License-Identifier: MIT
#pragma once

#include "split_atoms.hpp"

#include "../../core/checks.hpp"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <tuple>

namespace topoprune::detail {

TOPOPRUNE_DEFINE split_atoms split_by_sign(const signed_measure& measure, std::string_view function) {
    split_atoms atoms;
    std::int64_t positive = 0;
    std::int64_t negative = 0;
    for (std::size_t i = 0; i < measure.size(); ++i) {
        const atom& a = measure[i];
        if (!std::isfinite(a.r) || !std::isfinite(a.f)) [[unlikely]] {
            std::ostringstream message;
            message << function << ": atom " << i << " lies at (" << a.r << ", " << a.f
                    << "), must be finite";
            throw std::invalid_argument(message.str());
        }
        const auto mass = static_cast<std::int64_t>(a.mass);
        const auto id = static_cast<std::int64_t>(i);
        if (mass > 0) {
            atoms.sources.push_back({a.r, a.f, mass, id});
            positive += mass;
        } else if (mass < 0) {
            atoms.sinks.push_back({a.r, a.f, -mass, id});
            negative -= mass;
        }
    }
    require(positive == negative, function, "the positive mass", positive,
            "equal to the negative mass, which is", negative);
    const auto by_row = [](const weighted_point& a, const weighted_point& b) {
        return std::tie(a.f, a.r, a.id) < std::tie(b.f, b.r, b.id);
    };
    std::sort(atoms.sources.begin(), atoms.sources.end(), by_row);
    std::sort(atoms.sinks.begin(), atoms.sinks.end(), by_row);
    return atoms;
}

} // namespace topoprune::detail
