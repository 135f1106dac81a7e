// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/projection/identity.hpp>
#include <topoprune/projection/pca.hpp>
#include <topoprune/projection/umap.hpp>

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <variant>

namespace program {

/// The projections of the library behind one type: a policy chosen at run time that only forwards.
struct any_projection {
    std::variant<topoprune::umap<topoprune::cosine>, topoprune::umap<topoprune::euclidean>, topoprune::pca,
                 topoprune::identity>
        choice;

    [[nodiscard]] topoprune::embedding project(topoprune::matrix_view<const float> features,
                                               const topoprune::execution& where) const;
};

static_assert(topoprune::Projection<any_projection>);

/// The projection as the command line names it.
struct projection_settings {
    std::string method = "umap";
    int neighbors = 15;
    double min_dist = 0.1;
    std::string metric = "cosine";
    int dimensions = 2;
    std::optional<int> epochs;

    /// `method_option`: what the command calls the choice of the method, "--projection" or "--method".
    void add_to(CLI::App& command, const std::string& method_option);
    [[nodiscard]] any_projection policy(const std::string& method_option) const;
};

} // namespace program
