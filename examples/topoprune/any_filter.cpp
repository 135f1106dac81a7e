// SPDX-License-Identifier: MIT
#include "any_filter.hpp"

#include "input_file.hpp"

#include <topoprune/io/csv_column.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace program {

namespace {

const std::vector<std::string> filter_names{"misclassified",    "noise-adapted",   "margin",
                                            "hardest-share",    "neighbor-vote",   "confident-learning",
                                            "exact-duplicates", "near-duplicates", "semantic-duplicates"};

} // namespace

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts(1);
    for (const char letter : text)
        if (letter == ',')
            parts.emplace_back();
        else
            parts.back() += letter;
    return parts;
}

topoprune::filter_result any_filter::apply(const topoprune::dataset& data,
                                           const topoprune::execution& where) const {
    const auto n = static_cast<std::size_t>(data.samples());
    topoprune::filter_result all{std::vector<std::uint8_t>(n, 1), "", {}, std::vector<std::int32_t>(n, -1)};
    for (const one_filter& filter : filters)
        std::visit([&](const auto& policy) { topoprune::join_filter(policy, data, where, all); }, filter);
    if (filters.empty())
        all.note = "no filter was asked for";
    return all;
}

void filter_settings::add_to(command_options& command) {
    command.add("--filter", filter,
                fmt::format("none, or some of {}, with commas between: samples that one of them drops are "
                            "not drawn",
                            fmt::join(filter_names, ", ")));
    command.add("--strict-share", strict_share,
                "noise-adapted: kept share of a class up to which only samples pass that the classifier gets "
                "right");
    command.add(
        "--lenient-share", lenient_share,
        "noise-adapted: kept share of a class from which all pass but those that seem wrongly labeled");
    command.add("--suspect-share", suspect_share,
                "noise-adapted: kept share of a class above which some of those pass too, 1 = none");
    command.add("--least-margin", least_margin, "margin: the least that passes, in [-1, 1]");
    command.add("--hardest-share", hardest_share,
                "hardest-share: dropped share of all samples, of the least area under the margin");
    command.add("--vote-neighbors", vote_neighbors, "neighbor-vote: neighbors that vote");
    command.add("--duplicate-distance", duplicate_distance,
                "near-duplicates: largest cosine distance of a duplicate");
    command.add("--duplicate-epsilon", duplicate_epsilon,
                "semantic-duplicates: 1 - the least cosine of a duplicate");
    command.add("--duplicate-clusters", duplicate_clusters,
                "semantic-duplicates: clusters that are searched one by one");
    command.add("--duplicate-preference", preference,
                "of the duplicates: n numbers, that of the highest is kept [the first is kept; of "
                "semantic ones the one farthest from the center of its cluster]");
    command.add(
        "--duplicates-across-labels", across_labels,
        "of duplicates that have different labels: keep-all (one of each label), keep-one or drop-all");
}

std::vector<std::string> filter_settings::names() const {
    if (filter == "none")
        return {};
    std::vector<std::string> parts = split_at_commas(filter);
    for (const std::string& name : parts) {
        std::vector<std::string> choices = filter_names;
        choices.insert(choices.begin(), "none");
        require_choice("--filter", name, parts.size() > 1 ? filter_names : choices);
    }
    return parts;
}

any_filter filter_settings::policy() const {
    require_choice("--duplicates-across-labels", across_labels, {"keep-all", "keep-one", "drop-all"});
    const topoprune::duplicates_across_labels across =
        across_labels == "keep-one"   ? topoprune::duplicates_across_labels::keep_one
        : across_labels == "drop-all" ? topoprune::duplicates_across_labels::drop_all
                                      : topoprune::duplicates_across_labels::keep_all;
    std::vector<double> preferred;
    if (!preference.empty())
        preferred = read_for("--duplicate-preference", [&] { return topoprune::read_column(preference); });
    any_filter result;
    for (const std::string& name : names()) {
        if (name == "misclassified")
            result.filters.emplace_back(topoprune::misclassified{});
        else if (name == "noise-adapted")
            result.filters.emplace_back(topoprune::noise_adapted{.strict_share = strict_share,
                                                                 .lenient_share = lenient_share,
                                                                 .suspect_share = suspect_share});
        else if (name == "margin")
            result.filters.emplace_back(topoprune::score_between<topoprune::margin>{.lowest = least_margin});
        else if (name == "hardest-share")
            result.filters.emplace_back(topoprune::hardest_share<>{.share = hardest_share});
        else if (name == "neighbor-vote")
            result.filters.emplace_back(topoprune::neighbor_vote<>{.k = vote_neighbors});
        else if (name == "confident-learning")
            result.filters.emplace_back(topoprune::confident_learning{});
        else if (name == "exact-duplicates")
            result.filters.emplace_back(
                topoprune::exact_duplicates{.preference = preferred, .across_labels = across});
        else if (name == "near-duplicates")
            result.filters.emplace_back(topoprune::near_duplicates<>{
                .distance = duplicate_distance, .preference = preferred, .across_labels = across});
        else
            result.filters.emplace_back(topoprune::semantic_duplicates{
                .epsilon = duplicate_epsilon,
                .clusters = duplicate_clusters,
                .kept_first = preferred.empty() ? topoprune::duplicate_kept::far_from_center
                                                : topoprune::duplicate_kept::preference,
                .preference = preferred,
                .across_labels = across});
    }
    return result;
}

bool filter_settings::sees_neighbors() const {
    const std::vector<std::string> chosen = names();
    return std::any_of(chosen.begin(), chosen.end(), [](const std::string& name) {
        return name == "neighbor-vote" || name == "near-duplicates" || name == "semantic-duplicates";
    });
}

std::vector<unused_option> filter_settings::unused() const {
    const std::vector<std::string> chosen = names();
    const auto has = [&](const std::string& name) {
        return std::find(chosen.begin(), chosen.end(), name) != chosen.end();
    };
    const std::string choice = "--filter " + filter;
    std::vector<unused_option> result;
    const auto needs = [&](const char* option, bool used) {
        if (!used)
            result.push_back({option, choice});
    };
    needs("strict-share", has("noise-adapted"));
    needs("lenient-share", has("noise-adapted"));
    needs("suspect-share", has("noise-adapted"));
    needs("least-margin", has("margin"));
    needs("hardest-share", has("hardest-share"));
    needs("vote-neighbors", has("neighbor-vote"));
    needs("duplicate-distance", has("near-duplicates"));
    needs("duplicate-epsilon", has("semantic-duplicates"));
    needs("duplicate-clusters", has("semantic-duplicates"));
    const bool drops_duplicates =
        has("exact-duplicates") || has("near-duplicates") || has("semantic-duplicates");
    needs("duplicate-preference", drops_duplicates);
    needs("duplicates-across-labels", drops_duplicates);
    return result;
}

} // namespace program
