// SPDX-License-Identifier: MIT
#pragma once

#include "any_filtration.hpp"
#include "any_transport.hpp"
#include "command_options.hpp"

#include <topoprune/loss/signed_measure_norm.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/loss/total_persistence.hpp>
#include <topoprune/principal/principal_persistence_lifetime.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The losses of the library on its filtrations, behind one type: a policy chosen at run time that only
/// forwards.
struct any_loss {
    std::variant<topoprune::signed_measure_transport<planar_bifiltration, any_transport>,
                 topoprune::signed_measure_transport<spatial_bifiltration, any_transport>,
                 topoprune::signed_measure_norm<planar_bifiltration, any_norm>,
                 topoprune::signed_measure_norm<spatial_bifiltration, any_norm>,
                 topoprune::total_persistence<topoprune::weak_delaunay>,
                 topoprune::total_persistence<spatial_bifiltration>,
                 topoprune::principal_persistence_lifetime>
        choice;

    [[nodiscard]] topoprune::loss_value value_and_gradient(topoprune::matrix_view<const double> points,
                                                           const topoprune::execution& where) const;
};

static_assert(topoprune::TopologicalLoss<any_loss>);

/// The loss as the command line names it, with the filtration and the density that it is taken of. To add a
/// loss: one more alternative of any_loss, one more name here.
struct loss_settings {
    std::string loss = "transport";
    int degree = 1;
    std::optional<double> power;
    std::optional<std::int64_t> subsets;
    filtration_settings filtration;
    transport_settings transport;

    void add_to(command_options& command);
    /// Throws usage_error for a name that there is not or options that do not go together.
    [[nodiscard]] any_loss policy() const;
    /// scores_pairs: the pairs of the transport are scored, which have a power too.
    [[nodiscard]] std::vector<unused_option> unused(bool scores_pairs = false) const;
    /// Whether the loss is one of a signed measure.
    [[nodiscard]] bool sees_measure() const { return loss == "transport" || loss == "norm"; }
    /// Whether a complex is built.
    [[nodiscard]] bool sees_filtration() const { return loss != "principal-persistence"; }

private:
    /// --power of a loss of bars.
    [[nodiscard]] double power_of_bars() const;
};

} // namespace program
