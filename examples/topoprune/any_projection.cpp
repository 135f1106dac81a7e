// SPDX-License-Identifier: MIT
#include "any_projection.hpp"

#include "settings.hpp"

namespace program {

any_metric metric_named(const std::string& name) {
    require_choice("--metric", name, {"cosine", "euclidean", "correlation", "inner-product"});
    if (name == "euclidean")
        return {topoprune::euclidean{}};
    if (name == "correlation")
        return {topoprune::correlation{}};
    if (name == "inner-product")
        return {topoprune::inner_product{}};
    return {topoprune::cosine{}};
}

topoprune::embedding any_projection::project(topoprune::matrix_view<const float> features,
                                             const topoprune::execution& where) const {
    return std::visit([&](const auto& policy) { return policy.project(features, where); }, choice);
}

topoprune::layout_source any_projection::layouts(topoprune::matrix_view<const float> features,
                                                 const topoprune::execution& where) const {
    return std::visit(
        [&](const auto& policy) -> topoprune::layout_source {
            if constexpr (topoprune::DrawsLayouts<decltype(policy)>)
                return policy.layouts(features, where);
            else
                return {1, [only = policy.project(features, where)](std::int64_t, std::int64_t count,
                                                                    const topoprune::execution&) {
                            return std::vector<topoprune::embedding>(static_cast<std::size_t>(count), only);
                        }};
        },
        choice);
}

void projection_settings::add_to(command_options& command, const std::string& method_option) {
    command.add(method_option, method, "projection: umap, pacmap, localmap, tsne, pca or identity");
    command.add("--neighbors", neighbors,
                "neighbors of umap, the sample itself counted [15], pacmap and localmap [10]; more show "
                "larger structures");
    command.add("--min-dist", min_dist, "least distance of umap's embedded points; larger spreads clusters");
    command.add("--spread", spread, "unit of length of umap's embedding");
    command.add("--metric", metric,
                "distance of features: cosine, euclidean, correlation or inner-product [cosine; "
                "euclidean for pacmap and localmap]");
    command.add("--dimensions", dimensions, "dimensions of the embedding (not for identity)");
    command.add("--epochs", epochs,
                "epochs of umap's layout [500 up to 10,000 samples, else 200], or iterations of tsne "
                "after the early exaggeration [500]");
    command.add("--init", init,
                "where the layout begins: spectral (umap), pca or random [spectral for umap, else pca]");
    command.add("--negative-samples", negative_samples, "repelling samples of umap for each end of an edge");
    command.add("--repulsion", repulsion, "weight of umap's repulsion");
    command.add("--local-connectivity", local_connectivity,
                "nearest neighbors that umap takes as fully connected");
    command.add("--mix-ratio", mix_ratio,
                "1: union of umap's two directions of an edge, 0: their intersection");
    command.add("--density-lambda", density_lambda,
                "weight of keeping local densities in umap; densMAP takes 2");
    command.add("--perplexity", perplexity, "effective number of neighbors of tsne");
}

topoprune::umap<any_metric> projection_settings::umap() const {
    const std::string begin = init.value_or("spectral");
    require_choice("--init", begin, {"spectral", "pca", "random"});
    return {.n_neighbors = neighbors.value_or(15),
            .min_dist = min_dist,
            .spread = spread,
            .metric = metric_named(metric.value_or("cosine")),
            .n_epochs = epochs,
            .negative_sample_rate = negative_samples,
            .repulsion_strength = repulsion,
            .local_connectivity = local_connectivity,
            .set_op_mix_ratio = mix_ratio,
            .dimensions = dimensions,
            .init = begin == "pca"      ? topoprune::umap_init::principal_components
                    : begin == "random" ? topoprune::umap_init::random
                                        : topoprune::umap_init::spectral,
            .density_lambda = density_lambda};
}

topoprune::pacmap<any_metric> projection_settings::pacmap() const {
    const std::string begin = init.value_or("pca");
    require_choice("--init", begin, {"pca", "random"});
    return {.n_neighbors = neighbors.value_or(10),
            .metric = metric_named(metric.value_or("euclidean")),
            .dimensions = dimensions,
            .init = begin == "random" ? topoprune::pacmap_init::random
                                      : topoprune::pacmap_init::principal_components};
}

topoprune::tsne<any_metric> projection_settings::tsne() const {
    const std::string begin = init.value_or("pca");
    require_choice("--init", begin, {"pca", "random"});
    return {.perplexity = perplexity,
            .iterations = epochs.value_or(500),
            .init =
                begin == "random" ? topoprune::tsne_init::random : topoprune::tsne_init::principal_components,
            .metric = metric_named(metric.value_or("cosine")),
            .dimensions = dimensions};
}

std::int64_t projection_settings::bytes(std::int64_t samples, std::int64_t features) const {
    if (method == "umap")
        return samples * (4 * features + 56 * neighbors.value_or(15));
    if (method == "pacmap" || method == "localmap") // from the first 100 principal components
        return samples * (4 * std::min<std::int64_t>(features, 100) + 30 * (neighbors.value_or(10) + 50));
    if (method == "tsne")
        return samples * (4 * features + static_cast<std::int64_t>(28 * 3 * perplexity));
    return samples * 8 * embedded_dimension(features);
}

any_projection projection_settings::policy(const std::string& method_option) const {
    require_choice(method_option, method, {"umap", "pacmap", "localmap", "tsne", "pca", "identity"});
    if (method == "pacmap")
        return {pacmap()};
    if (method == "localmap")
        return {topoprune::local_map<any_metric>{.base = pacmap()}};
    if (method == "tsne")
        return {tsne()};
    if (metric)
        (void)metric_named(*metric);
    if (method == "pca")
        return {topoprune::pca{.dimensions = dimensions}};
    if (method == "identity")
        return {topoprune::identity{}};
    return {umap()};
}

} // namespace program
