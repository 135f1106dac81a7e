// SPDX-License-Identifier: MIT
#include "any_dataset_score.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace program {

topoprune::score_column column_of(const any_dataset_score& score, const topoprune::dataset& data,
                                  const topoprune::execution& where) {
    return std::visit([&](const auto& policy) { return topoprune::column_of(policy, data, where); }, score);
}

const std::vector<std::string>& dataset_score_settings::names() {
    static const std::vector<std::string> all{
        "el2n",      "entropy",         "margin",          "aum",         "forgetting", "tdds", "dual",
        "dual-beta", "center-distance", "prototypicality", "knn-shapley", "zcore",      "fdmat"};
    return all;
}

void dataset_score_settings::add_to(command_options& command) {
    command.add("--first-epochs", first_epochs, "el2n: epochs of the mean, 0 = all");
    command.add("--center", center, "center-distance: median or mean of the class");
    command.add("--prototypes", prototypes, "prototypicality: clusters [the number of labels]");
    command.add("--shapley-neighbors", shapley_neighbors, "knn-shapley: neighbors that vote");
    command.add("--probes", probes, "zcore: random places [10 n, at most 1000000]");
    command.add("--transport-lambda", transport_lambda, "fdmat: larger is nearer to the sharp plan");
    command.add("--pruned-fraction", pruned_fraction,
                "dual-beta: share that will be dropped [that of the only --keep]");
}

any_dataset_score dataset_score_settings::policy(const std::string& option, const std::string& name,
                                                 std::optional<double> share_pruned) const {
    require_choice(option, name, names());
    require_choice("--center", center, {"median", "mean"});
    if (name == "el2n")
        return topoprune::el2n{.first_epochs = first_epochs};
    if (name == "entropy")
        return topoprune::entropy{};
    if (name == "margin")
        return topoprune::margin{};
    if (name == "aum")
        return topoprune::area_under_margin{};
    if (name == "forgetting")
        return topoprune::forgetting{};
    if (name == "tdds")
        return topoprune::tdds{};
    if (name == "dual")
        return topoprune::dual{};
    if (name == "dual-beta") {
        if (!pruned_fraction && !share_pruned)
            throw usage_error("--pruned-fraction is missing: dual-beta depends on the share that is dropped");
        return topoprune::dual_beta{.pruned_fraction = pruned_fraction ? *pruned_fraction : *share_pruned};
    }
    if (name == "center-distance")
        return topoprune::center_distance{.center = center == "median" ? topoprune::class_center::median
                                                                       : topoprune::class_center::mean};
    if (name == "prototypicality")
        return topoprune::prototypicality{.prototypes = prototypes};
    if (name == "knn-shapley")
        return topoprune::knn_shapley<>{.k = shapley_neighbors};
    if (name == "zcore")
        return topoprune::zcore{.probes = probes};
    return topoprune::fdmat{.lambda = transport_lambda};
}

std::vector<unused_option> dataset_score_settings::unused(const std::vector<std::string>& used,
                                                          const std::string& option) const {
    std::vector<unused_option> result;
    const auto used_by = [&](const char* name, const std::string& score) {
        if (std::find(used.begin(), used.end(), score) == used.end())
            result.push_back({name, fmt::format("{} {}", option, fmt::join(used, ","))});
    };
    used_by("first-epochs", "el2n");
    used_by("center", "center-distance");
    used_by("prototypes", "prototypicality");
    used_by("shapley-neighbors", "knn-shapley");
    used_by("probes", "zcore");
    used_by("transport-lambda", "fdmat");
    used_by("pruned-fraction", "dual-beta");
    return result;
}

topoprune::high_end dataset_score_settings::high_end_of(const std::string& name) const {
    if (std::find(names().begin(), names().end(), name) == names().end())
        return topoprune::high_end::unstated;
    return std::visit([](const auto& policy) { return policy.high; }, policy("", name, 0.5));
}

} // namespace program
