// SPDX-License-Identifier: MIT
#include "any_loss.hpp"

#include <fmt/format.h>

#include <cmath>

namespace program {

topoprune::loss_value any_loss::value_and_gradient(topoprune::matrix_view<const double> points,
                                                   const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.value_and_gradient(points, where); }, choice);
}

void loss_settings::add_to(command_options& command) {
    filtration.add_to(command);
    command.add("--loss", loss,
                "what the ascent climbs: transport (cost from the signed measure to zero), norm (mean "
                "signed length of its atoms), total-persistence (of the filtration by scale) or "
                "principal-persistence (mean over small random subsets, in any dimension)");
    command.add("--degree", degree, "degree of the homology: 0 components, 1 holes");
    transport.add_to(command, "--transport");
    command.add("--power", power,
                "of the length of a bar in total-persistence and principal-persistence, >= 1 [1], or "
                "of a pair in pair-persistence, > 0 [2]; more lets the long ones decide");
    command.add("--subsets", subsets,
                "random subsets of a class in principal-persistence [5000 for each sample]; more make "
                "its scores less random");
}

any_loss loss_settings::policy() const {
    require_choice("--loss", loss, {"transport", "norm", "total-persistence", "principal-persistence"});
    require_choice("--degree", fmt::format("{}", degree), {"0", "1"});
    if (loss == "principal-persistence") {
        if (subsets && (*subsets < 1 || *subsets > std::int64_t{1} << 50))
            throw usage_error(fmt::format("--subsets is {}, must be between 1 and 2^50", *subsets));
        return {topoprune::principal_persistence_lifetime{
            .degree = degree, .power = power_of_bars(), .sampling = {.samples = subsets}}};
    }
    const any_bifiltration bifiltration = filtration.policy();
    if (loss == "total-persistence") {
        const double exponent = power_of_bars();
        if (const auto* spatial = std::get_if<spatial_bifiltration>(&bifiltration.choice))
            return {topoprune::total_persistence<spatial_bifiltration>{*spatial, degree, exponent}};
        return {topoprune::total_persistence<topoprune::weak_delaunay>{{}, degree, exponent}};
    }
    if (loss == "norm")
        return std::visit(
            [&](const auto& of) -> any_loss {
                return {topoprune::signed_measure_norm{of, norm_named(transport.norm), degree}};
            },
            bifiltration.choice);
    const any_transport mover = transport.policy("--transport");
    if (degree == 0 && transport.corner.empty())
        throw usage_error("--degree is 0, must be 1 for --loss transport without --corner: the mass of a "
                          "component that never dies has no place to go");
    return std::visit(
        [&](const auto& of) -> any_loss { return {topoprune::signed_measure_transport{of, mover, degree}}; },
        bifiltration.choice);
}

double loss_settings::power_of_bars() const {
    const double exponent = power.value_or(1);
    if (!(exponent >= 1) || !std::isfinite(exponent))
        throw usage_error(fmt::format("--power is {}, must be finite and at least 1", exponent));
    return exponent;
}

std::vector<unused_option> loss_settings::unused(bool scores_pairs) const {
    std::vector<unused_option> names = sees_filtration() ? filtration.unused() : filtration.density.unused();
    const auto add = [&](const char* name) { names.push_back({name, "--loss " + loss}); };
    if (sees_filtration()) {
        add("subsets");
    } else {
        add("filtration");
        add("threshold");
    }
    if (loss != "transport") {
        add("transport");
        add("corner");
    }
    if (!sees_measure())
        add("norm");
    else if (!scores_pairs)
        add("power");
    return names;
}

} // namespace program
