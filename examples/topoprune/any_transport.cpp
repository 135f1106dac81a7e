// SPDX-License-Identifier: MIT
#include "any_transport.hpp"

#include "settings.hpp"

namespace program {

topoprune::transport_result any_transport::to_zero(const topoprune::signed_measure& measure,
                                                   const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.to_zero(measure, where); }, choice);
}

void transport_settings::add_to(CLI::App& command, const std::string& method_option) {
    command.add_option("--norm", norm, "ground norm of the transport: l1, l2, linf or sql2 (squared l2)")
        ->capture_default_str();
    command
        .add_option(method_option, method,
                    "transport: exact, or row (within equal codensity, an upper bound)")
        ->capture_default_str();
}

any_transport transport_settings::policy(const std::string& method_option) const {
    require_choice(method_option, method, {"exact", "row"});
    require_choice("--norm", norm, {"l1", "l2", "linf", "sql2"});
    const auto with = [&](auto chosen) -> any_transport {
        if (method == "row")
            return {topoprune::row_transport<decltype(chosen)>{}};
        return {topoprune::exact_transport<decltype(chosen)>{}};
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
