// SPDX-License-Identifier: MIT
#pragma once

#include "any_norm.hpp"
#include "command_options.hpp"

#include <topoprune/transport/exact_transport.hpp>
#include <topoprune/transport/row_transport.hpp>
#include <topoprune/transport/sinkhorn_transport.hpp>
#include <topoprune/transport/sliced_transport.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The transports of the library behind one type: a policy chosen at run time that only forwards.
struct any_transport {
    std::variant<
        topoprune::exact_transport<topoprune::l1>, topoprune::exact_transport<topoprune::l2>,
        topoprune::exact_transport<topoprune::l_infinity>, topoprune::exact_transport<topoprune::squared_l2>,
        topoprune::row_transport<topoprune::l1>, topoprune::row_transport<topoprune::l2>,
        topoprune::row_transport<topoprune::l_infinity>, topoprune::row_transport<topoprune::squared_l2>,
        topoprune::sliced_transport<topoprune::l1>, topoprune::sliced_transport<topoprune::l2>,
        topoprune::sliced_transport<topoprune::l_infinity>,
        topoprune::sliced_transport<topoprune::squared_l2>, topoprune::sinkhorn_transport<topoprune::l1>,
        topoprune::sinkhorn_transport<topoprune::l2>, topoprune::sinkhorn_transport<topoprune::l_infinity>,
        topoprune::sinkhorn_transport<topoprune::squared_l2>>
        choice;

    [[nodiscard]] topoprune::transport_result to_zero(const topoprune::signed_measure& measure,
                                                      const topoprune::execution& where) const;
    [[nodiscard]] topoprune::transport_result between(const topoprune::signed_measure& mu,
                                                      const topoprune::signed_measure& nu,
                                                      const topoprune::execution& where) const;
};

static_assert(topoprune::Transport<any_transport>);

/// The transport as the command line names it.
struct transport_settings {
    std::string norm = "l1";
    std::string method = "exact";
    int directions = topoprune::sliced_transport<>{}.n_directions;
    std::optional<double> epsilon;
    double tolerance = topoprune::sinkhorn_transport<>{}.tolerance;
    int max_iterations = topoprune::sinkhorn_transport<>{}.max_iterations;
    std::vector<double> corner;

    /// For a command that ascends the cost: exact or row. `method_option` is what it calls the choice of the
    /// method.
    void add_to(command_options& command, const std::string& method_option);
    [[nodiscard]] any_transport policy(const std::string& method_option) const;

    /// For a command that compares measures: every method, with its options.
    void add_all_to(command_options& command, const std::string& method_option);
    [[nodiscard]] any_transport any_policy(const std::string& method_option) const;

private:
    [[nodiscard]] any_transport with_method() const;
};

} // namespace program
