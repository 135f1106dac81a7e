// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/transport/ground_norm.hpp>

#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace program {

/// The ground norms of the library behind one type, for what calls them once an atom. The transports, which
/// call them once a pair, are made for each norm instead.
struct any_norm {
    static constexpr std::string_view name = "chosen at run time";

    std::variant<topoprune::l1, topoprune::l2, topoprune::l_infinity, topoprune::squared_l2> choice;

    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        return std::visit([&](const auto& norm) { return norm.cost(dr, df); }, choice);
    }
    [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const {
        return std::visit([&](const auto& norm) { return norm.derivative(dr, df); }, choice);
    }
};

static_assert(topoprune::GroundNorm<any_norm>);

/// Throws usage_error unless the norm has one of the names l1, l2, linf, sql2.
[[nodiscard]] any_norm norm_named(const std::string& name);

} // namespace program
