// SPDX-License-Identifier: MIT
#pragma once

#include "any_loss.hpp"

#include <topoprune/optimize/adam.hpp>
#include <topoprune/optimize/gradient_ascent.hpp>
#include <topoprune/score/persistence_score.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <variant>
#include <vector>

namespace program {

/// The optimizers of the library behind one type: a policy chosen at run time that only forwards.
struct any_optimizer {
    std::variant<topoprune::adam, topoprune::gradient_ascent> choice;
    /// Those of the choice.
    int steps = 0;

    using state = std::variant<topoprune::adam::state, topoprune::gradient_ascent::state>;

    [[nodiscard]] state start(std::int64_t rows, std::int64_t columns) const {
        return std::visit([&](const auto& policy) { return state{policy.start(rows, columns)}; }, choice);
    }
    void ascend(state& run, topoprune::matrix_view<double> points,
                topoprune::matrix_view<const double> gradient) const {
        std::visit(
            [&]<class Policy>(const Policy& policy) {
                policy.ascend(std::get<typename Policy::state>(run), points, gradient);
            },
            choice);
    }
};

static_assert(topoprune::Optimizer<any_optimizer>);

/// The scores of a sample by the topology of its class, behind one type. To add a score: one more alternative
/// here, one more name in score_settings.
struct any_score {
    std::variant<topoprune::persistence_score<any_loss, any_optimizer>> choice;

    [[nodiscard]] std::vector<double> column(const topoprune::embedded_samples& samples,
                                             const topoprune::execution& where) const;
};

static_assert(topoprune::Score<any_score>);

/// The persistence score as the command line names it: the loss, and how it is climbed.
struct score_settings {
    loss_settings loss;
    std::string optimizer = "adam";
    int steps = topoprune::adam{}.steps;
    double learning_rate = topoprune::adam{}.learning_rate;

    void add_to(CLI::App& command);
    /// Throws usage_error or std::invalid_argument for a name that there is not, a number out of range or
    /// options that do not go together.
    [[nodiscard]] any_score policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const { return loss.unused(); }
};

} // namespace program
