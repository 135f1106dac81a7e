// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "settings.hpp"

#include <topoprune/density/distance_to_measure.hpp>
#include <topoprune/density/exponential_kde.hpp>
#include <topoprune/density/gaussian_kde.hpp>
#include <topoprune/density/knn_density.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The densities of the library behind one type: a policy chosen at run time that only forwards.
struct any_density {
    std::variant<topoprune::gaussian_kde, topoprune::exponential_kde, topoprune::knn_density,
                 topoprune::distance_to_measure>
        choice;

    [[nodiscard]] std::vector<double> log_density(topoprune::matrix_view<const double> points,
                                                  const topoprune::execution& where) const;
    void add_pull_back(topoprune::matrix_view<const double> points, std::span<const double> log_density,
                       std::span<const double> weights, topoprune::matrix_view<double> gradient,
                       const topoprune::execution& where) const;
};

static_assert(topoprune::Density<any_density>);

/// The density as the command line names it.
struct density_settings {
    std::string density = "gaussian";
    std::string bandwidth = "0.4";
    std::int64_t neighbors = topoprune::knn_density{}.k;

    void add_to(command_options& command);
    /// Throws usage_error for a name that there is not or a number out of range.
    [[nodiscard]] any_density policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
};

} // namespace program
