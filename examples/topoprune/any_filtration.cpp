// SPDX-License-Identifier: MIT
#include "any_filtration.hpp"

#include <topoprune/homology/hilbert_signed_measure.hpp>

#include <fmt/format.h>

#include <cmath>
#include <string_view>

namespace program {

topoprune::bifiltered_complex spatial_filtration::build(topoprune::matrix_view<const double> points,
                                                        std::span<const double> codensity,
                                                        const topoprune::execution& where) const {
    if (const auto* rips = std::get_if<topoprune::rips>(&choice)) {
        try {
            return {rips->build(points, where), {codensity.begin(), codensity.end()}};
        } catch (const std::invalid_argument& refusal) {
            if (std::string_view(refusal.what()).find("max_simplices") == std::string_view::npos)
                throw;
            throw usage_error(fmt::format(
                "the Rips complex of {} points has more than {} simplices: set --threshold{}, half the "
                "length of the longest edge that enters",
                points.rows(), rips->max_simplices,
                rips->threshold ? fmt::format(" below {}", *rips->threshold) : ""));
        }
    }
    return std::get<topoprune::function_delaunay>(choice).build(points, codensity, where);
}

measured_points any_bifiltration::measure(topoprune::matrix_view<const double> points, int degree,
                                          const topoprune::execution& where) const {
    return std::visit(
        [&](const auto& bifiltration) -> measured_points {
            const auto complex = bifiltration.build(points, where);
            return {topoprune::hilbert_signed_measure(complex, degree, where), complex.edges.size(),
                    complex.triangles.size()};
        },
        choice);
}

void filtration_settings::add_to(command_options& command) {
    command.add("--filtration", filtration,
                "complex: weak_delaunay (plane), function_delaunay (plane or space) or rips (any "
                "dimension)");
    command.add("--threshold", threshold,
                "largest scale of rips, half the length of an edge [half the enclosing radius]; "
                "smaller is faster and takes less memory");
    density.add_to(command);
}

any_bifiltration filtration_settings::policy() const {
    require_choice("--filtration", filtration, {"weak_delaunay", "function_delaunay", "rips"});
    const any_density graded_by = density.policy();
    if (filtration == "weak_delaunay")
        return {planar_bifiltration{.density = graded_by}};
    if (filtration == "function_delaunay")
        return {spatial_bifiltration{{topoprune::function_delaunay{}}, graded_by}};
    if (threshold && (!(*threshold >= 0) || !std::isfinite(*threshold)))
        throw usage_error(fmt::format("--threshold is {}, must be finite and at least 0", *threshold));
    return {spatial_bifiltration{{topoprune::rips{.threshold = threshold}}, graded_by}};
}

std::vector<unused_option> filtration_settings::unused() const {
    std::vector<unused_option> names = density.unused();
    if (filtration != "rips")
        names.push_back({"threshold", "--filtration " + filtration});
    return names;
}

void filtration_settings::require_dimension(const std::string& argument, std::int64_t dimension) const {
    if (filtration == "weak_delaunay" && dimension != 2)
        throw usage_error(
            fmt::format("{} is {}, must be 2 for --filtration weak_delaunay", argument, dimension));
    if (filtration == "function_delaunay" && dimension != 2 && dimension != 3)
        throw usage_error(
            fmt::format("{} is {}, must be 2 or 3 for --filtration function_delaunay", argument, dimension));
}

void filtration_settings::require_size(const std::string& argument, std::int64_t points,
                                       std::int64_t dimension) const {
    if (filtration != "rips" || threshold || dimension != 2)
        return;
    // Up to the enclosing radius, all points lie in a disk of that radius around one of them. Cut it into six
    // sectors: two points of one sector are no farther apart than the radius, so each sector of s points
    // holds s (s - 1) (s - 2) / 6 triangles, and the fewest are there if the sectors share the points evenly.
    const double share = static_cast<double>(points) / 6;
    const double triangles = share * (share - 1) * (share - 2);
    const std::int64_t most = topoprune::rips{}.max_simplices;
    if (triangles > static_cast<double>(most))
        throw usage_error(
            fmt::format("{} has {} points, whose Rips complex up to the enclosing radius has more "
                        "than {} simplices: set --threshold, half the length of the longest edge "
                        "that enters",
                        argument, points, most));
}

} // namespace program
