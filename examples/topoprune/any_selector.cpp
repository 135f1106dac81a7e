// SPDX-License-Identifier: MIT
#include "any_selector.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace program {

namespace {

const std::vector<std::string> selector_names{
    "random",     "weighted-random",  "top",     "moderate-window", "difficulty-window",
    "stratified", "coverage-centric", "herding", "k-center",        "facility-location",
    "graph-cut",  "message-passing"};

} // namespace

void strata_settings::add_to(command_options& command) {
    command.add("--strata", strata, "most strata of a class");
    command.add("--least-budget", least_budget,
                "fewer strata if one would have less than this many samples to draw on average");
    command.add("--cut", cut, "strata of equal-width in the score, of equal number (quantile), or k-means");
    command.add(
        "--draw", draw,
        "within a stratum: random, highest scores, k-center (farthest first) or facility-location (those "
        "that stand for most others)");
}

topoprune::stratified strata_settings::policy() const {
    require_choice("--cut", cut, {"equal-width", "quantile", "k-means"});
    require_choice("--draw", draw, {"random", "highest", "k-center", "facility-location"});
    return {.strata = strata,
            .least_budget_per_stratum = least_budget,
            .draw = draw == "random"     ? topoprune::stratum_draw::random
                    : draw == "highest"  ? topoprune::stratum_draw::highest_score
                    : draw == "k-center" ? topoprune::stratum_draw::k_center
                                         : topoprune::stratum_draw::facility_location,
            .cut = cut == "equal-width" ? topoprune::stratum_cut::equal_width
                   : cut == "quantile"  ? topoprune::stratum_cut::quantile
                                        : topoprune::stratum_cut::k_means};
}

void selector_settings::add_to(command_options& command) {
    command.add("--selector", selector,
                fmt::format("how samples are drawn: {}", fmt::join(selector_names, ", ")));
    command.add("--end", end, "top: which end of the score is kept: highest, lowest, hardest or easiest");
    command.add("--skip-hardest", skipped_hardest,
                "difficulty-window, coverage-centric, message-passing: the hardest share of a class, "
                "which is left out");
    command.add("--message-neighbors", neighbors, "message-passing: neighbors of a sample");
    command.add("--gamma", gamma, "message-passing: how fast reverse messages fade with distance");
    command.add("--first-center", first_center, "k-center: nearest-to-mean or random");
    command.add("--greedy", greedy, "facility-location: lazy (exact) or stochastic");
    command.add("--greedy-epsilon", epsilon, "stochastic facility-location: what may be lost");
    command.add("--representation", representation,
                "graph-cut: weight of standing for many against being unlike the kept");
    strata.add_to(command);
}

any_selector selector_settings::policy() const {
    require_choice("--selector", selector, selector_names);
    require_choice("--end", end, {"highest", "lowest", "hardest", "easiest"});
    require_choice("--first-center", first_center, {"nearest-to-mean", "random"});
    require_choice("--greedy", greedy, {"lazy", "stochastic"});
    if (selector == "random")
        return {topoprune::random_subset{}};
    if (selector == "weighted-random")
        return {topoprune::weighted_random{}};
    if (selector == "top")
        return {topoprune::top{end == "highest"   ? topoprune::kept_end::highest
                               : end == "lowest"  ? topoprune::kept_end::lowest
                               : end == "hardest" ? topoprune::kept_end::hardest
                                                  : topoprune::kept_end::easiest}};
    if (selector == "moderate-window")
        return {topoprune::moderate_window{}};
    if (selector == "difficulty-window")
        return {topoprune::difficulty_window{.skipped_hardest = skipped_hardest}};
    if (selector == "stratified")
        return {strata.policy()};
    if (selector == "coverage-centric")
        return {topoprune::coverage_centric{.skipped_hardest = skipped_hardest, .strata = strata.strata}};
    if (selector == "herding")
        return {topoprune::herding{}};
    if (selector == "k-center")
        return {topoprune::k_center{.first = first_center == "random"
                                                 ? topoprune::first_center::random
                                                 : topoprune::first_center::nearest_to_mean}};
    if (selector == "facility-location")
        return {topoprune::facility_location{.search = greedy == "lazy"
                                                           ? topoprune::greedy_search::lazy
                                                           : topoprune::greedy_search::stochastic,
                                             .epsilon = epsilon}};
    if (selector == "graph-cut")
        return {topoprune::graph_cut{.representation = representation}};
    return {topoprune::message_passing<>{.k = neighbors, .gamma = gamma, .skipped_hardest = skipped_hardest}};
}

std::vector<unused_option> selector_settings::unused() const {
    std::vector<unused_option> result;
    const auto used_by = [&](const char* option, const std::vector<std::string>& selectors) {
        if (std::find(selectors.begin(), selectors.end(), selector) == selectors.end())
            result.push_back({option, "--selector " + selector});
    };
    used_by("end", {"top"});
    used_by("skip-hardest", {"difficulty-window", "coverage-centric", "message-passing"});
    used_by("message-neighbors", {"message-passing"});
    used_by("gamma", {"message-passing"});
    used_by("first-center", {"k-center"});
    used_by("greedy", {"facility-location"});
    if (greedy != "stochastic")
        result.push_back({"greedy-epsilon", "--greedy " + greedy});
    else
        used_by("greedy-epsilon", {"facility-location"});
    used_by("representation", {"graph-cut"});
    used_by("strata", {"stratified", "coverage-centric"});
    used_by("least-budget", {"stratified"});
    used_by("cut", {"stratified"});
    used_by("draw", {"stratified"});
    return result;
}

bool selector_settings::sees_scores() const {
    const std::vector<std::string> blind{"random", "herding", "k-center", "facility-location", "graph-cut"};
    return std::find(blind.begin(), blind.end(), selector) == blind.end();
}

} // namespace program
