// SPDX-License-Identifier: MIT
#pragma once

#include "any_metric.hpp"
#include "command_options.hpp"

#include <topoprune/projection/identity.hpp>
#include <topoprune/projection/layout_source.hpp>
#include <topoprune/projection/local_map.hpp>
#include <topoprune/projection/pacmap.hpp>
#include <topoprune/projection/pca.hpp>
#include <topoprune/projection/tsne.hpp>
#include <topoprune/projection/umap.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace program {

/// The projections of the library behind one type: a policy chosen at run time that only forwards.
struct any_projection {
    std::variant<topoprune::umap<any_metric>, topoprune::pacmap<any_metric>, topoprune::local_map<any_metric>,
                 topoprune::tsne<any_metric>, topoprune::pca, topoprune::identity>
        choice;

    [[nodiscard]] topoprune::embedding project(topoprune::matrix_view<const float> features,
                                               const topoprune::execution& where) const;
    /// Of methods that draw no layouts but their one: that one.
    [[nodiscard]] topoprune::layout_source layouts(topoprune::matrix_view<const float> features,
                                                   const topoprune::execution& where) const;
};

static_assert(topoprune::Projection<any_projection>);
static_assert(topoprune::DrawsLayouts<any_projection>);

/// The projection as the command line names it. What is not given is derived from the method.
struct projection_settings {
    std::string method = "umap";
    std::optional<int> neighbors;
    double min_dist = 0.1;
    double spread = 1.0;
    std::optional<std::string> metric;
    int dimensions = 2;
    std::optional<int> epochs;
    std::optional<std::string> init;
    int negative_samples = 5;
    double repulsion = 1.0;
    double local_connectivity = 1.0;
    double mix_ratio = 1.0;
    double density_lambda = 0.0;
    double perplexity = 30.0;

    /// `method_option`: what the command calls the choice of the method, "--projection" or "--method".
    void add_to(command_options& command, const std::string& method_option);
    [[nodiscard]] any_projection policy(const std::string& method_option) const;

    /// How many dimensions the embedding of so many features has.
    [[nodiscard]] std::int64_t embedded_dimension(std::int64_t features) const {
        return method == "identity" ? features : dimensions;
    }

    /// About what the projection needs beside the features: a copy prepared for the search, candidates,
    /// neighbors, and its graph or pairs.
    [[nodiscard]] std::int64_t bytes(std::int64_t samples, std::int64_t features) const;

private:
    [[nodiscard]] topoprune::umap<any_metric> umap() const;
    [[nodiscard]] topoprune::pacmap<any_metric> pacmap() const;
    [[nodiscard]] topoprune::tsne<any_metric> tsne() const;
};

} // namespace program
