// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/transport/exact_transport.hpp>
#include <topoprune/transport/ground_norm.hpp>
#include <topoprune/transport/row_transport.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <variant>

namespace program {

/// The transports of the library behind one type: a policy chosen at run time that only forwards.
struct any_transport {
    std::variant<topoprune::exact_transport<topoprune::l1>, topoprune::exact_transport<topoprune::l2>,
                 topoprune::exact_transport<topoprune::l_infinity>,
                 topoprune::exact_transport<topoprune::squared_l2>, topoprune::row_transport<topoprune::l1>,
                 topoprune::row_transport<topoprune::l2>, topoprune::row_transport<topoprune::l_infinity>,
                 topoprune::row_transport<topoprune::squared_l2>>
        choice;

    [[nodiscard]] topoprune::transport_result to_zero(const topoprune::signed_measure& measure,
                                                      const topoprune::execution& where) const;
};

static_assert(topoprune::Transport<any_transport>);

/// The transport as the command line names it.
struct transport_settings {
    std::string norm = "l1";
    std::string method = "exact";

    /// `method_option`: what the command calls the choice of the method, "--transport" or "--method".
    void add_to(CLI::App& command, const std::string& method_option);
    [[nodiscard]] any_transport policy(const std::string& method_option) const;
};

} // namespace program
