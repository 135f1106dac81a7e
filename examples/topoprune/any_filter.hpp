// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "settings.hpp"

#include <topoprune/filter/all_filters.hpp>
#include <topoprune/filter/confident_learning.hpp>
#include <topoprune/filter/exact_duplicates.hpp>
#include <topoprune/filter/misclassified.hpp>
#include <topoprune/filter/near_duplicates.hpp>
#include <topoprune/filter/neighbor_vote.hpp>
#include <topoprune/filter/noise_adapted.hpp>
#include <topoprune/filter/score_filter.hpp>
#include <topoprune/filter/semantic_duplicates.hpp>
#include <topoprune/score/margin.hpp>

#include <string>
#include <variant>
#include <vector>

namespace program {

/// One filter of the library, chosen at run time.
using one_filter =
    std::variant<topoprune::misclassified, topoprune::noise_adapted,
                 topoprune::score_between<topoprune::margin>, topoprune::hardest_share<>,
                 topoprune::neighbor_vote<>, topoprune::confident_learning, topoprune::exact_duplicates,
                 topoprune::near_duplicates<>, topoprune::semantic_duplicates>;

/// Several of them, one after another, behind one type.
struct any_filter {
    std::vector<one_filter> filters;

    [[nodiscard]] topoprune::filter_result apply(const topoprune::dataset& data,
                                                 const topoprune::execution& where) const;
};

static_assert(topoprune::Filter<any_filter>);

/// The options of the filters. To add a filter: one more alternative above, one more name in filters_named.
struct filter_settings {
    std::string filter;
    double strict_share = topoprune::noise_adapted{}.strict_share;
    double lenient_share = topoprune::noise_adapted{}.lenient_share;
    double suspect_share = topoprune::noise_adapted{}.suspect_share;
    double least_margin = 0;
    double hardest_share = 0.1;
    std::int64_t vote_neighbors = 10;
    double duplicate_distance = 0.01;
    double duplicate_epsilon = 0.05;
    std::int64_t duplicate_clusters = 100;
    std::string preference;
    std::string across_labels = "keep-all";

    explicit filter_settings(std::string names) : filter(std::move(names)) {}

    void add_to(command_options& command);
    /// The filters named, in their order. Reads --duplicate-preference. Throws usage_error.
    [[nodiscard]] any_filter policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
    /// Whether one of the filters looks for neighbors among all samples.
    [[nodiscard]] bool sees_neighbors() const;

private:
    [[nodiscard]] std::vector<std::string> names() const;
};

/// The parts between commas.
[[nodiscard]] std::vector<std::string> split_at_commas(const std::string& text);

} // namespace program
