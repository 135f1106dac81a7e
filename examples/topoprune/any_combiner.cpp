// SPDX-License-Identifier: MIT
#include "any_combiner.hpp"

namespace program {

void combiner_settings::add_to(command_options& command) {
    command.add("--combiner", combiner,
                "one score of persistence and density: their weighted sum, product (weights are powers), "
                "or lexicographic (one first, the other where it is alike)");
    command.add("--persistence-weight", persistence_weight, "weight of the persistence score");
    command.add("--density-weight", density_weight, "weight of the density score");
    command.add("--normalization", normalization,
                "of each column within its class: min-max, rank, z-score or none");
    command.add("--first-column", first, "lexicographic: density or persistence");
    command.add("--levels", levels, "lexicographic: levels of the first column");
}

any_combiner combiner_settings::policy() const {
    require_choice("--combiner", combiner, {"sum", "product", "lexicographic"});
    require_choice("--first-column", first, {"density", "persistence"});
    std::vector<std::string> names;
    topoprune::normalization scale{};
    for (const auto& [name, value] : topoprune::normalization_names) {
        names.emplace_back(name);
        if (name == normalization)
            scale = value;
    }
    require_choice("--normalization", normalization, names);
    if (combiner == "sum")
        return {topoprune::weighted_sum{
            .persistence = persistence_weight, .density = density_weight, .normalization = scale}};
    if (combiner == "product")
        return {topoprune::weighted_product{
            .persistence = persistence_weight, .density = density_weight, .normalization = scale}};
    using column = topoprune::lexicographic::column;
    return {topoprune::lexicographic{.first = first == "density" ? column::density : column::persistence,
                                     .levels = levels}};
}

std::vector<unused_option> combiner_settings::unused() const {
    const std::string choice = "--combiner " + combiner;
    if (combiner == "lexicographic")
        return {{"persistence-weight", choice}, {"density-weight", choice}, {"normalization", choice}};
    return {{"first-column", choice}, {"levels", choice}};
}

} // namespace program
