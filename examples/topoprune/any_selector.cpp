// SPDX-License-Identifier: MIT
#include "any_selector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace program {

namespace {

const std::vector<std::string> selector_names{
    "random",           "weighted-random", "top",      "moderate-window",   "difficulty-window", "stratified",
    "coverage-centric", "herding",         "k-center", "facility-location", "coverage",          "graph-cut",
    "message-passing"};

topoprune::kept_end end_named(const std::string& name) {
    return name == "highest"   ? topoprune::kept_end::highest
           : name == "lowest"  ? topoprune::kept_end::lowest
           : name == "hardest" ? topoprune::kept_end::hardest
                               : topoprune::kept_end::easiest;
}

} // namespace

void strata_settings::add_to(command_options& command) {
    command.add("--strata", strata, "most strata of a class");
    command.add("--least-budget", least_budget,
                "fewer strata if one would have less than this many samples to draw on average");
    command.add("--cut", cut, "strata of equal-width in the score, of equal number (quantile), or k-means");
    command.add(
        "--draw", draw,
        "within a stratum: random, highest scores, k-center (farthest first), facility-location (those "
        "that stand for most others) or coverage (see --selector)");
}

topoprune::stratified strata_settings::policy() const {
    require_choice("--cut", cut, {"equal-width", "quantile", "k-means"});
    require_choice("--draw", draw, {"random", "highest", "k-center", "facility-location", "coverage"});
    return {.strata = strata,
            .least_budget_per_stratum = least_budget,
            .draw = draw == "random"     ? topoprune::stratum_draw::random
                    : draw == "highest"  ? topoprune::stratum_draw::highest_score
                    : draw == "k-center" ? topoprune::stratum_draw::k_center
                    : draw == "coverage" ? topoprune::stratum_draw::coverage
                                         : topoprune::stratum_draw::facility_location,
            .cut = cut == "equal-width" ? topoprune::stratum_cut::equal_width
                   : cut == "quantile"  ? topoprune::stratum_cut::quantile
                                        : topoprune::stratum_cut::k_means};
}

void coverage_settings::add_to(command_options& command) {
    command.add("--coverage-kernel", kernel,
                "coverage: how far a sample stands for another: gaussian in their distance, or by the angle, "
                "as facility-location");
    command.add("--coverage-bandwidth", bandwidth.fixed,
                "coverage: width of the gaussian kernel, a distance between features of length 1 [follows "
                "the budget]");
    command.add("--radius-share", bandwidth.radius_share,
                "coverage: the width in parts of the distance within which k-center with the same budget has "
                "every sample");
    command.add("--sparsity-exponent", weights.sparsity_exponent,
                "coverage: how much more samples of sparse places count");
    command.add("--sparsity-neighbors", weights.sparsity_neighbors,
                "coverage: the neighbor whose distance tells how sparse a place is");
    command.add("--score-exponent", weights.score_exponent,
                "coverage: how much more scores of one end count");
    command.add("--heavy-end", heavy_end,
                "coverage: that end of the score: highest, lowest, hardest or easiest");
    command.add("--uncertainty-exponent", weights.uncertainty_exponent,
                "coverage: how much more samples count that the classifier is uncertain of, if it is given");
    command.add("--uncertainty-half-share", weights.uncertainty_half_share,
                "coverage: kept share of a class at which that exponent is halved; it fades below");
    command.add("--uncertainty-half-count", weights.uncertainty_half_count,
                "coverage: kept number of a class at which it is halved");
    command.add(
        "--most-compared", large.most_compared,
        "coverage, facility-location: the largest class whose pairs are all compared; a larger one is "
        "drawn in parts, in a time in proportion to its size and at a small loss");
}

void coverage_settings::check_large() const {
    if (large.most_compared < 0)
        throw usage_error(fmt::format("--most-compared is {}, must be at least 0", large.most_compared));
}

topoprune::coverage coverage_settings::policy() const {
    check_large();
    require_choice("--coverage-kernel", kernel, {"gaussian", "angle"});
    require_choice("--heavy-end", heavy_end, {"highest", "lowest", "hardest", "easiest"});
    const auto require_positive = [](const char* name, double value) {
        if (!(value > 0) || !std::isfinite(value))
            throw usage_error(fmt::format("{} is {}, must be positive and finite", name, value));
    };
    const auto require_non_negative = [](const char* name, double value) {
        if (!(value >= 0) || !std::isfinite(value))
            throw usage_error(fmt::format("{} is {}, must be at least 0 and finite", name, value));
    };
    const auto require_exponent = [](const char* name, double value) {
        if (!(value >= 0) || value > 10)
            throw usage_error(fmt::format("{} is {}, must be at least 0 and at most 10", name, value));
    };
    if (bandwidth.fixed && (!(*bandwidth.fixed > 0) || *bandwidth.fixed > 2))
        throw usage_error(
            fmt::format("--coverage-bandwidth is {}, must be above 0 and at most 2", *bandwidth.fixed));
    require_positive("--radius-share", bandwidth.radius_share);
    require_exponent("--sparsity-exponent", weights.sparsity_exponent);
    require_exponent("--score-exponent", weights.score_exponent);
    require_exponent("--uncertainty-exponent", weights.uncertainty_exponent);
    require_non_negative("--uncertainty-half-share", weights.uncertainty_half_share);
    require_non_negative("--uncertainty-half-count", weights.uncertainty_half_count);
    if (weights.sparsity_neighbors < 1 || weights.sparsity_neighbors > 1000)
        throw usage_error(fmt::format("--sparsity-neighbors is {}, must be at least 1 and at most 1000",
                                      weights.sparsity_neighbors));
    topoprune::coverage_weights counted = weights;
    counted.heavy = end_named(heavy_end);
    return {.kernel =
                kernel == "angle" ? topoprune::coverage_kernel::angle : topoprune::coverage_kernel::gaussian,
            .bandwidth = bandwidth,
            .weights = counted,
            .large = large};
}

std::vector<unused_option> coverage_settings::unused() const {
    std::vector<unused_option> result;
    if (kernel == "angle")
        for (const char* name : {"coverage-bandwidth", "radius-share"})
            result.push_back({name, "--coverage-kernel angle"});
    else if (bandwidth.fixed)
        result.push_back({"radius-share", "a fixed --coverage-bandwidth"});
    if (weights.sparsity_exponent == 0)
        result.push_back({"sparsity-neighbors", "--sparsity-exponent 0"});
    if (weights.score_exponent == 0)
        result.push_back({"heavy-end", "--score-exponent 0"});
    if (weights.uncertainty_exponent == 0)
        for (const char* name : {"uncertainty-half-share", "uncertainty-half-count"})
            result.push_back({name, "--uncertainty-exponent 0"});
    return result;
}

std::vector<unused_option> coverage_settings::all_unused(const std::string& choice) {
    std::vector<unused_option> result;
    for (const char* name : {"coverage-kernel", "coverage-bandwidth", "radius-share", "sparsity-exponent",
                             "sparsity-neighbors", "score-exponent", "heavy-end", "uncertainty-exponent",
                             "uncertainty-half-share", "uncertainty-half-count", "most-compared"})
        result.push_back({name, choice});
    return result;
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
    covering.add_to(command);
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
        return {topoprune::top{end_named(end)}};
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
    if (selector == "facility-location") {
        covering.check_large();
        return {topoprune::facility_location{.search = greedy == "lazy"
                                                           ? topoprune::greedy_search::lazy
                                                           : topoprune::greedy_search::stochastic,
                                             .epsilon = epsilon,
                                             .large = covering.large}};
    }
    if (selector == "coverage")
        return {covering.policy()};
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
    std::vector<unused_option> more =
        selector == "coverage" ? covering.unused() : coverage_settings::all_unused("--selector " + selector);
    if (selector == "facility-location")
        std::erase_if(more, [](const unused_option& one) { return one.name == "most-compared"; });
    result.insert(result.end(), more.begin(), more.end());
    return result;
}

bool selector_settings::sees_scores() const {
    if (selector == "coverage")
        return covering.weights.score_exponent > 0;
    const std::vector<std::string> blind{"random", "herding", "k-center", "facility-location", "graph-cut"};
    return std::find(blind.begin(), blind.end(), selector) == blind.end();
}

} // namespace program
