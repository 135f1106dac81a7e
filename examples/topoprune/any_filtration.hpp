// SPDX-License-Identifier: MIT
#pragma once

#include "any_density.hpp"
#include "command_options.hpp"

#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/homology/signed_measure.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The filtrations whose complexes need not lie in the plane, behind one type. Rips makes no use of the
/// codensities but to grade its points.
struct spatial_filtration {
    std::variant<topoprune::function_delaunay, topoprune::rips> choice;

    /// Throws usage_error, which names the option to set, if a Rips complex has too many simplices.
    [[nodiscard]] topoprune::bifiltered_complex build(topoprune::matrix_view<const double> points,
                                                      std::span<const double> codensity,
                                                      const topoprune::execution& where) const;
};

static_assert(topoprune::CodensityFiltration<spatial_filtration>);

using planar_bifiltration = topoprune::density_bifiltration<topoprune::weak_delaunay, any_density>;
using spatial_bifiltration = topoprune::density_bifiltration<spatial_filtration, any_density>;

/// The signed measure of points, and the size of the complex that it was taken of.
struct measured_points {
    topoprune::signed_measure atoms;
    std::size_t edges = 0;
    std::size_t triangles = 0;
};

/// The bifiltrations of the library by scale and codensity. Their complexes are of two types, one of which
/// knows the plane; what works on them is made for both.
struct any_bifiltration {
    std::variant<planar_bifiltration, spatial_bifiltration> choice;

    [[nodiscard]] measured_points measure(topoprune::matrix_view<const double> points, int degree,
                                          const topoprune::execution& where) const;
};

/// The filtration and its density as the command line names them.
struct filtration_settings {
    std::string filtration = "weak_delaunay";
    std::optional<double> threshold;
    density_settings density;

    void add_to(command_options& command);
    /// Throws usage_error for a name that there is not or a number out of range.
    [[nodiscard]] any_bifiltration policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;

    /// Throws usage_error if the filtration does not serve points of that dimension; `argument` says whose it
    /// is.
    void require_dimension(const std::string& argument, std::int64_t dimension) const;
    /// Throws usage_error if the Rips complex of so many points is sure to be refused, wherever they are.
    void require_size(const std::string& argument, std::int64_t points, std::int64_t dimension) const;
};

} // namespace program
