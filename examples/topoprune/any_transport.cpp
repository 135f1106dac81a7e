// SPDX-License-Identifier: MIT
#include "any_transport.hpp"

#include "settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>

namespace program {

namespace {

[[noreturn]] void refuse_unbalanced(const topoprune::signed_measure& measure) {
    std::int64_t positive = 0;
    for (const topoprune::atom& a : measure)
        positive += std::max<std::int64_t>(a.mass, 0);
    throw usage_error(
        fmt::format("the positive mass is {}, must be equal to the negative mass, which is {}: some of the "
                    "homology never dies; set --corner, where the missing mass is put",
                    positive, positive - topoprune::total_mass(measure)));
}

} // namespace

topoprune::transport_result any_transport::to_zero(const topoprune::signed_measure& measure,
                                                   const topoprune::execution& where) const {
    return std::visit(
        [&](const auto& policy) {
            if (!policy.corner && topoprune::total_mass(measure) != 0)
                refuse_unbalanced(measure);
            return policy.to_zero(measure, where);
        },
        choice);
}

topoprune::transport_result any_transport::between(const topoprune::signed_measure& mu,
                                                   const topoprune::signed_measure& nu,
                                                   const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.between(mu, nu, where); }, choice);
}

any_norm norm_named(const std::string& name) {
    require_choice("--norm", name, {"l1", "l2", "linf", "sql2"});
    if (name == "l2")
        return {topoprune::l2{}};
    if (name == "linf")
        return {topoprune::l_infinity{}};
    if (name == "sql2")
        return {topoprune::squared_l2{}};
    return {topoprune::l1{}};
}

namespace {

void add_norm(command_options& command, std::string& norm) {
    command.add("--norm", norm, "ground norm of a scale and a codensity: l1, l2, linf or sql2 (squared l2)");
}

void add_corner(command_options& command, std::vector<double>& corner) {
    command.add_list("--corner", corner, 2,
                     "r and f of the place where missing mass is put [an unbalanced measure is refused]");
}

} // namespace

void transport_settings::add_to(command_options& command, const std::string& method_option) {
    add_norm(command, norm);
    command.add(method_option, method, "transport: exact, or row (within equal codensity, an upper bound)");
    add_corner(command, corner);
}

void transport_settings::add_all_to(command_options& command, const std::string& method_option) {
    add_norm(command, norm);
    command.add(method_option, method,
                "transport: exact, row (within equal codensity, an upper bound), sliced (mean over "
                "directions of that on a line) or sinkhorn (regularized by entropy)");
    command.add("--directions", directions, "number of directions of the sliced method");
    command.add("--epsilon", epsilon,
                "regularization of the sinkhorn method, in units of the cost [the mean cost of the row "
                "method's moves]");
    command.add("--tolerance", tolerance,
                "share of the mass that the sinkhorn method may leave in the wrong place");
    command.add("--max-iterations", max_iterations, "when the sinkhorn method gives up");
    add_corner(command, corner);
}

any_transport transport_settings::policy(const std::string& method_option) const {
    require_choice(method_option, method, {"exact", "row"});
    return with_method();
}

any_transport transport_settings::any_policy(const std::string& method_option) const {
    require_choice(method_option, method, {"exact", "row", "sliced", "sinkhorn"});
    return with_method();
}

any_transport transport_settings::with_method() const {
    for (const double coordinate : corner)
        if (!std::isfinite(coordinate))
            throw usage_error(
                fmt::format("--corner is {}, must be two finite numbers", fmt::join(corner, " ")));
    const auto with = [&](const auto& chosen) -> any_transport {
        using norm_type = std::remove_cvref_t<decltype(chosen)>;
        std::optional<std::array<double, 2>> at;
        if (corner.size() == 2)
            at = {corner[0], corner[1]};
        if (method == "row")
            return {topoprune::row_transport<norm_type>{.corner = at}};
        if (method == "sliced")
            return {topoprune::sliced_transport<norm_type>{.n_directions = directions, .corner = at}};
        if (method == "sinkhorn")
            return {topoprune::sinkhorn_transport<norm_type>{
                .epsilon = epsilon, .tolerance = tolerance, .max_iterations = max_iterations, .corner = at}};
        return {topoprune::exact_transport<norm_type>{.corner = at}};
    };
    return std::visit(with, norm_named(norm).choice);
}

} // namespace program
