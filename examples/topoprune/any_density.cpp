// SPDX-License-Identifier: MIT
#include "any_density.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace program {

std::vector<double> any_density::log_density(topoprune::matrix_view<const double> points,
                                             const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.log_density(points, where); }, choice);
}

void any_density::add_pull_back(topoprune::matrix_view<const double> points,
                                std::span<const double> log_density, std::span<const double> weights,
                                topoprune::matrix_view<double> gradient,
                                const topoprune::execution& where) const {
    std::visit(
        [&](const auto& policy) { policy.add_pull_back(points, log_density, weights, gradient, where); },
        choice);
}

namespace {

topoprune::bandwidth parse_bandwidth(const std::string& text) {
    if (text == "scott")
        return topoprune::bandwidth::scott();
    if (text == "silverman")
        return topoprune::bandwidth::silverman();
    double value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end || !(value > 0) || !std::isfinite(value))
        throw usage_error(
            fmt::format("--bandwidth is \"{}\", must be a number above 0, scott or silverman", text));
    return value;
}

} // namespace

void density_settings::add_to(command_options& command) {
    command.add("--density", density,
                "density of a class: gaussian, exponential, knn or distance_to_measure");
    command.add("--bandwidth", bandwidth,
                "bandwidth of the gaussian and the exponential density: a number > 0, scott or "
                "silverman; larger smooths more");
    command.add("--density-neighbors", neighbors,
                "neighbors of the knn density; mass of distance_to_measure in points, the point itself "
                "counted; more smooth more");
}

any_density density_settings::policy() const {
    require_choice("--density", density, {"gaussian", "exponential", "knn", "distance_to_measure"});
    if (density == "gaussian")
        return {topoprune::gaussian_kde{.bandwidth = parse_bandwidth(bandwidth)}};
    if (density == "exponential")
        return {topoprune::exponential_kde{.bandwidth = parse_bandwidth(bandwidth)}};
    if (neighbors < 1)
        throw usage_error(fmt::format("--density-neighbors is {}, must be at least 1", neighbors));
    if (density == "knn")
        return {topoprune::knn_density{.k = neighbors}};
    return {topoprune::distance_to_measure{.k = neighbors}};
}

std::vector<unused_option> density_settings::unused() const {
    if (density == "gaussian" || density == "exponential")
        return {{"density-neighbors", "--density " + density}};
    return {{"bandwidth", "--density " + density}};
}

} // namespace program
