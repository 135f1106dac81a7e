// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "settings.hpp"

#include <topoprune/combine/lexicographic.hpp>
#include <topoprune/combine/weighted_product.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The combiners of the library behind one type: a policy chosen at run time that only forwards.
struct any_combiner {
    std::variant<topoprune::weighted_sum, topoprune::weighted_product, topoprune::lexicographic> choice;

    [[nodiscard]] std::vector<double> combine(std::span<const double> persistence,
                                              std::span<const double> density,
                                              const topoprune::class_partition& classes) const {
        return std::visit([&](const auto& policy) { return policy.combine(persistence, density, classes); },
                          choice);
    }
};

static_assert(topoprune::Combiner<any_combiner>);

/// The options of the combiners. To add one: one more alternative above, one more name here.
struct combiner_settings {
    std::string combiner = "sum";
    double persistence_weight = 0.5;
    double density_weight = 0.5;
    std::string normalization = "min-max";
    std::string first = "density";
    int levels = 10;

    void add_to(command_options& command);
    /// Throws usage_error.
    [[nodiscard]] any_combiner policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
};

} // namespace program
