// SPDX-License-Identifier: MIT
#include "any_score.hpp"

#include <fmt/format.h>

#include <cmath>

namespace program {

std::vector<double> any_score::column(const topoprune::embedded_samples& samples,
                                      const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.column(samples, where); }, choice);
}

void score_settings::add_to(CLI::App& command) {
    loss.add_to(command);
    command.add_option("--optimizer", optimizer, "how the loss is climbed: adam or gradient-ascent")
        ->capture_default_str();
    command.add_option("--steps", steps, "steps up the loss")->capture_default_str();
    command
        .add_option("--learning-rate", learning_rate,
                    "size of a step: of adam in embedding units, of gradient-ascent per unit of the gradient")
        ->capture_default_str();
}

any_score score_settings::policy() const {
    require_choice("--optimizer", optimizer, {"adam", "gradient-ascent"});
    if (steps < 0)
        throw usage_error(fmt::format("--steps is {}, must be at least 0", steps));
    if (!(learning_rate > 0 && std::isfinite(learning_rate)))
        throw usage_error(fmt::format("--learning-rate is {}, must be positive and finite", learning_rate));
    any_optimizer ascent{topoprune::adam{.learning_rate = learning_rate, .steps = steps}, steps};
    if (optimizer == "gradient-ascent")
        ascent.choice = topoprune::gradient_ascent{.learning_rate = learning_rate, .steps = steps};
    return {topoprune::persistence_score{loss.policy(), ascent}};
}

} // namespace program
