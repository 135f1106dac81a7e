// SPDX-License-Identifier: MIT
#include "any_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace program {

std::vector<double> any_class_score::values(topoprune::matrix_view<const double> points,
                                            const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.values(points, where); }, choice);
}

std::vector<double> any_score::column(const topoprune::embedded_samples& samples,
                                      const topoprune::execution& where) const {
    return estimate(samples, where).values;
}

topoprune::column_estimate any_score::estimate(const topoprune::embedded_samples& samples,
                                               const topoprune::execution& where) const {
    if (const auto* stable = std::get_if<topoprune::stable_persistence_score<any_class_score>>(&choice))
        return stable->estimate(samples, where);
    topoprune::column_estimate once;
    once.values = topoprune::column_by_class(
        samples, "persistence", where, [&](topoprune::matrix_view<const double> points) {
            return std::get<any_class_score>(choice).values(points, where);
        });
    once.measurements = 1;
    once.layouts = 1;
    return once;
}

void score_settings::add_to(command_options& command) {
    command.add("--score", score,
                "persistence of a sample: displacement (how far the ascent moves it), gradient-norm (of "
                "the loss at it), pair-persistence (of the matched pairs that touch it), "
                "mode-persistence (of the mode of the density that it belongs to), merge-height (how "
                "far below the densest sample that mode joins an older one), hole-persistence (of the "
                "holes that it bounds) or barcode-effect (change of the total persistence without it)");
    loss.add_to(command);
    command.add("--optimizer", optimizer, "how the loss is climbed: adam or gradient-ascent");
    command.add("--steps", steps, "steps up the loss");
    command.add("--learning-rate", learning_rate,
                "size of a step: of adam in embedding units, of gradient-ascent per unit of the gradient");
    command.add("--least-persistence", least_persistence,
                "of a mode in mode-persistence and merge-height, in the unit of the log density; lesser "
                "ones count to the mode that they join [0]");
    command.add("--holes", holes, "which holes of a sample hole-persistence counts: longest or all");
    command.add("--reliability", reliability,
                "measure the score on as many layouts as its order within every class needs to agree "
                "this well with another run's, in (0, 1) [measure once]");
    command.add("--most-layouts", stable.most_layouts, "with --reliability: at most so many layouts");
    command.add("--parts", stable.parts,
                "with --reliability: random parts that a class is cut into, each scored by itself");
    command.add("--rounds", stable.rounds, "with --reliability: cuts on each layout");
    command.add("--score-seconds", stable.seconds,
                "with --reliability: begin no further layout after this time; the result then depends "
                "on the machine");
}

any_score score_settings::policy() const {
    if (!reliability)
        return {measured()};
    topoprune::stable_persistence_score<any_class_score> score_often{.score = measured(),
                                                                     .reliability = *reliability,
                                                                     .most_layouts = stable.most_layouts,
                                                                     .parts = stable.parts,
                                                                     .rounds = stable.rounds,
                                                                     .seconds = stable.seconds};
    score_often.least_layouts = std::min(score_often.least_layouts, score_often.most_layouts);
    if (!(*reliability > 0) || !(*reliability < 1))
        throw usage_error(fmt::format("--reliability is {}, must be above 0 and below 1", *reliability));
    if (stable.most_layouts < 4 || stable.most_layouts % 4 != 0)
        throw usage_error(
            fmt::format("--most-layouts is {}, must be a multiple of 4, at least 4", stable.most_layouts));
    if (stable.parts < 1)
        throw usage_error(fmt::format("--parts is {}, must be at least 1", stable.parts));
    if (stable.rounds < 1)
        throw usage_error(fmt::format("--rounds is {}, must be at least 1", stable.rounds));
    if (stable.seconds && !(*stable.seconds > 0))
        throw usage_error(fmt::format("--score-seconds is {}, must be positive", *stable.seconds));
    return {score_often};
}

any_class_score score_settings::measured() const {
    require_choice("--score", score,
                   {"displacement", "gradient-norm", "pair-persistence", "mode-persistence", "merge-height",
                    "hole-persistence", "barcode-effect"});
    if (!sees_loss())
        return measured_without_loss();
    if (score == "gradient-norm")
        return {topoprune::gradient_norm{loss.policy()}};
    if (score == "pair-persistence") {
        if (loss.loss != "transport" || (loss.transport.method != "exact" && loss.transport.method != "row"))
            throw usage_error("--score is pair-persistence, must have --loss transport and --transport exact "
                              "or row, whose plans have pairs");
        (void)loss.policy();
        const any_transport mover = loss.transport.policy("--transport");
        const double power = loss.power.value_or(topoprune::pair_persistence<>{}.power);
        return std::visit(
            [&](const auto& of) -> any_class_score {
                return {topoprune::pair_persistence{of, mover, loss.degree, power}};
            },
            loss.filtration.policy().choice);
    }
    require_choice("--optimizer", optimizer, {"adam", "gradient-ascent"});
    if (steps < 0)
        throw usage_error(fmt::format("--steps is {}, must be at least 0", steps));
    if (!(learning_rate > 0) || !std::isfinite(learning_rate))
        throw usage_error(fmt::format("--learning-rate is {}, must be positive and finite", learning_rate));
    any_optimizer ascent{topoprune::adam{.learning_rate = learning_rate, .steps = steps}, steps};
    if (optimizer == "gradient-ascent")
        ascent.choice = topoprune::gradient_ascent{.learning_rate = learning_rate, .steps = steps};
    return {topoprune::persistence_score{loss.policy(), ascent}};
}

any_class_score score_settings::measured_without_loss() const {
    const double least = least_persistence.value_or(0);
    if (!(least >= 0) || !std::isfinite(least))
        throw usage_error(fmt::format("--least-persistence is {}, must be finite and at least 0", least));
    if (score == "mode-persistence")
        return {topoprune::mode_persistence<any_density>{.density = loss.filtration.density.policy(),
                                                         .least_persistence = least}};
    if (score == "merge-height")
        return {topoprune::merge_height<any_density>{.density = loss.filtration.density.policy(),
                                                     .least_persistence = least}};
    if (score == "hole-persistence") {
        require_choice("--holes", holes, {"longest", "all"});
        return {topoprune::hole_persistence{holes == "all" ? topoprune::counted_holes::all
                                                           : topoprune::counted_holes::longest}};
    }
    require_choice("--degree", fmt::format("{}", loss.degree), {"0", "1"});
    return {topoprune::barcode_effect{loss.degree}};
}

std::vector<unused_option> score_settings::unused() const {
    std::vector<unused_option> names =
        sees_loss() ? loss.unused(score == "pair-persistence") : loss.filtration.density.unused();
    const auto add = [&](std::initializer_list<const char*> without_effect) {
        for (const char* name : without_effect)
            names.push_back({name, "--score " + score});
    };
    if (score != "displacement")
        add({"optimizer", "steps", "learning-rate"});
    if (!sees_loss())
        add({"loss", "power", "subsets", "filtration", "threshold", "transport", "norm", "corner"});
    if (!sees_loss() && score != "barcode-effect")
        add({"degree"});
    if (!sees_modes())
        add({"least-persistence"});
    if (score != "hole-persistence")
        add({"holes"});
    if (!reliability)
        for (const char* name : {"most-layouts", "parts", "rounds", "score-seconds"})
            names.push_back({name, "a score without --reliability"});
    return names;
}

void score_settings::require_variation(bool draws_layouts) const {
    if (reliability && stable.parts == 1 && !draws_layouts)
        throw usage_error("--parts is 1, must be at least 2 with --reliability and a projection that draws "
                          "only one layout, all but umap");
}

std::int64_t score_settings::bytes_per_sample(std::int64_t dimensions) const {
    // The sums of stable_persistence_score, and eight layouts with their columns.
    return reliability ? 136 + 8 * 8 * (2 * dimensions + 1) : 0;
}

} // namespace program
