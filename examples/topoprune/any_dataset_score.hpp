// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "settings.hpp"

#include <topoprune/score/area_under_margin.hpp>
#include <topoprune/score/center_distance.hpp>
#include <topoprune/score/dual.hpp>
#include <topoprune/score/dual_beta.hpp>
#include <topoprune/score/el2n.hpp>
#include <topoprune/score/entropy.hpp>
#include <topoprune/score/fdmat.hpp>
#include <topoprune/score/forgetting.hpp>
#include <topoprune/score/knn_shapley.hpp>
#include <topoprune/score/margin.hpp>
#include <topoprune/score/prototypicality.hpp>
#include <topoprune/score/tdds.hpp>
#include <topoprune/score/zcore.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// A score of a dataset, chosen at run time.
using any_dataset_score =
    std::variant<topoprune::el2n, topoprune::entropy, topoprune::margin, topoprune::area_under_margin,
                 topoprune::forgetting, topoprune::tdds, topoprune::dual, topoprune::dual_beta,
                 topoprune::center_distance, topoprune::prototypicality, topoprune::knn_shapley<>,
                 topoprune::zcore, topoprune::fdmat>;

[[nodiscard]] topoprune::score_column
column_of(const any_dataset_score& score, const topoprune::dataset& data, const topoprune::execution& where);

/// The options of the scores. To add a score: one more alternative above, one more name in the table of the
/// source.
struct dataset_score_settings {
    int first_epochs = 10;
    std::string center = "median";
    std::optional<std::int64_t> prototypes;
    std::int64_t shapley_neighbors = 10;
    std::optional<std::int64_t> probes;
    double transport_lambda = 4;
    std::optional<double> pruned_fraction;

    /// The names of all scores.
    [[nodiscard]] static const std::vector<std::string>& names();

    void add_to(command_options& command);
    /// Throws usage_error unless the score, asked for by `option`, has one of the names. share_pruned: that
    /// of the only subset asked for, for the score that needs it.
    [[nodiscard]] any_dataset_score policy(const std::string& option, const std::string& name,
                                           std::optional<double> share_pruned) const;
    /// With `used` the scores asked for.
    [[nodiscard]] std::vector<unused_option> unused(const std::vector<std::string>& used,
                                                    const std::string& option) const;
    /// What a high number of the score of this name means; unstated for a name that is none.
    [[nodiscard]] topoprune::high_end high_end_of(const std::string& name) const;
};

} // namespace program
