// SPDX-License-Identifier: MIT
#include "any_transport.hpp"

#include "settings.hpp"

namespace program {

topoprune::transport_result any_transport::to_zero(const topoprune::signed_measure& measure,
                                                   const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.to_zero(measure, where); }, choice);
}

topoprune::transport_result any_transport::between(const topoprune::signed_measure& mu,
                                                   const topoprune::signed_measure& nu,
                                                   const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.between(mu, nu, where); }, choice);
}

namespace {

void add_norm(CLI::App& command, std::string& norm) {
    command.add_option("--norm", norm, "ground norm of the transport: l1, l2, linf or sql2 (squared l2)")
        ->capture_default_str();
}

} // namespace

void transport_settings::add_to(CLI::App& command, const std::string& method_option) {
    add_norm(command, norm);
    command
        .add_option(method_option, method,
                    "transport: exact, or row (within equal codensity, an upper bound)")
        ->capture_default_str();
}

void transport_settings::add_all_to(CLI::App& command, const std::string& method_option) {
    add_norm(command, norm);
    command
        .add_option(method_option, method,
                    "transport: exact, row (within equal codensity, an upper bound), sliced (mean over "
                    "directions of that on a line) or sinkhorn (regularized by entropy)")
        ->capture_default_str();
    command.add_option("--directions", directions, "number of directions of the sliced method")
        ->capture_default_str();
    command.add_option(
        "--epsilon", epsilon,
        "regularization of the sinkhorn method, in units of the cost [the mean cost of the row "
        "method's moves]");
    command
        .add_option("--tolerance", tolerance,
                    "share of the mass that the sinkhorn method may leave in the wrong place")
        ->capture_default_str();
    command.add_option("--max-iterations", max_iterations, "when the sinkhorn method gives up")
        ->capture_default_str();
    command
        .add_option("--corner", corner,
                    "r and f of the place where missing mass is put [an unbalanced measure is refused]")
        ->expected(2);
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
    require_choice("--norm", norm, {"l1", "l2", "linf", "sql2"});
    const auto with = [&](auto chosen) -> any_transport {
        using norm_type = decltype(chosen);
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
    if (norm == "l1")
        return with(topoprune::l1{});
    if (norm == "l2")
        return with(topoprune::l2{});
    if (norm == "linf")
        return with(topoprune::l_infinity{});
    return with(topoprune::squared_l2{});
}

} // namespace program
