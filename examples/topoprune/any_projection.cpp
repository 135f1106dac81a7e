// SPDX-License-Identifier: MIT
#include "any_projection.hpp"

#include "settings.hpp"

namespace program {

topoprune::embedding any_projection::project(topoprune::matrix_view<const float> features,
                                             const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.project(features, where); }, choice);
}

void projection_settings::add_to(CLI::App& command, const std::string& method_option) {
    command.add_option(method_option, method, "projection: umap, pca or identity")->capture_default_str();
    command
        .add_option("--neighbors", neighbors,
                    "neighbors of umap, the sample itself counted; more show larger structures")
        ->capture_default_str();
    command
        .add_option("--min-dist", min_dist,
                    "least distance of umap's embedded points; larger spreads clusters")
        ->capture_default_str();
    command.add_option("--metric", metric, "distance of features for umap: cosine or euclidean")
        ->capture_default_str();
    command.add_option("--dimensions", dimensions, "dimensions of the embedding (not for identity)")
        ->capture_default_str();
    command.add_option("--epochs", epochs, "epochs of umap's layout [500 up to 10,000 samples, else 200]");
}

any_projection projection_settings::policy(const std::string& method_option) const {
    require_choice(method_option, method, {"umap", "pca", "identity"});
    require_choice("--metric", metric, {"cosine", "euclidean"});
    if (method == "pca")
        return {topoprune::pca{.dimensions = dimensions}};
    if (method == "identity")
        return {topoprune::identity{}};
    const auto umap_with = [&](auto chosen) -> any_projection {
        return {topoprune::umap<decltype(chosen)>{.n_neighbors = neighbors,
                                                  .min_dist = min_dist,
                                                  .metric = chosen,
                                                  .n_epochs = epochs,
                                                  .dimensions = dimensions}};
    };
    return metric == "cosine" ? umap_with(topoprune::cosine{}) : umap_with(topoprune::euclidean{});
}

} // namespace program
