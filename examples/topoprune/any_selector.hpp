// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "settings.hpp"

#include <topoprune/select/coverage.hpp>
#include <topoprune/select/coverage_centric.hpp>
#include <topoprune/select/difficulty_window.hpp>
#include <topoprune/select/facility_location.hpp>
#include <topoprune/select/graph_cut.hpp>
#include <topoprune/select/herding.hpp>
#include <topoprune/select/k_center.hpp>
#include <topoprune/select/message_passing.hpp>
#include <topoprune/select/moderate_window.hpp>
#include <topoprune/select/random_subset.hpp>
#include <topoprune/select/stratified.hpp>
#include <topoprune/select/top.hpp>
#include <topoprune/select/weighted_random.hpp>

#include <string>
#include <variant>
#include <vector>

namespace program {

/// The selectors of the library behind one type: a policy chosen at run time that only forwards.
struct any_selector {
    std::variant<topoprune::random_subset, topoprune::weighted_random, topoprune::top,
                 topoprune::moderate_window, topoprune::difficulty_window, topoprune::stratified,
                 topoprune::coverage_centric, topoprune::herding, topoprune::k_center,
                 topoprune::facility_location, topoprune::coverage, topoprune::graph_cut,
                 topoprune::message_passing<>>
        choice;

    [[nodiscard]] topoprune::selection select(const topoprune::selection_problem& problem,
                                              const topoprune::execution& where) const {
        return std::visit([&](const auto& policy) { return policy.select(problem, where); }, choice);
    }
    [[nodiscard]] bool sees_features() const {
        return std::visit([](const auto& policy) { return topoprune::sees_features(policy); }, choice);
    }
    [[nodiscard]] bool sees_uncertainty() const {
        return std::visit([](const auto& policy) { return topoprune::sees_uncertainty(policy); }, choice);
    }
};

static_assert(topoprune::Selector<any_selector>);

/// How the strata of a class are made and drawn; `prune` and `select` share it.
struct strata_settings {
    int strata = 50;
    int least_budget = 4;
    std::string cut = "equal-width";
    std::string draw = "random";

    void add_to(command_options& command);
    /// Throws usage_error.
    [[nodiscard]] topoprune::stratified policy() const;
};

/// The options of coverage; `prune` and `select` share it.
struct coverage_settings {
    std::string kernel = "gaussian";
    topoprune::coverage_bandwidth bandwidth;
    topoprune::coverage_weights weights;
    std::string heavy_end = "highest";
    /// Facility location looks at it too.
    topoprune::large_classes large;

    void add_to(command_options& command);
    /// Throws usage_error.
    [[nodiscard]] topoprune::coverage policy() const;
    /// Throws usage_error.
    void check_large() const;
    /// What the kernel and the exponents leave without effect.
    [[nodiscard]] std::vector<unused_option> unused() const;
    /// Those of all options, where another selector is chosen.
    [[nodiscard]] static std::vector<unused_option> all_unused(const std::string& choice);
};

/// The options of the selectors. To add a selector: one more alternative above, one more name here.
struct selector_settings {
    std::string selector;
    std::string end = "highest";
    double skipped_hardest = 0.1;
    std::int64_t neighbors = 5;
    double gamma = 0.1;
    std::string first_center = "nearest-to-mean";
    std::string greedy = "lazy";
    double epsilon = 0.1;
    double representation = 2;
    strata_settings strata;
    coverage_settings covering;

    void add_to(command_options& command);
    /// Throws usage_error.
    [[nodiscard]] any_selector policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
    [[nodiscard]] bool sees_scores() const;
};

} // namespace program
