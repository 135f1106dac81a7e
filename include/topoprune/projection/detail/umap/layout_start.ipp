// SPDX-License-Identifier: MIT
#pragma once

#include "layout_start.hpp"

#include "../../../core/checks.hpp"
#include "../../../core/random.hpp"
#include "../../pca.hpp"

#include <utility>
#include <variant>

namespace topoprune::detail {

TOPOPRUNE_DEFINE layout_start make_start(const umap_start& init, const weighted_graph& graph,
                                         matrix_view<const float> features, const sample_distance& distance,
                                         std::int64_t m, const execution& where) {
    const std::int64_t n = graph.vertices();
    if (const auto* given = std::get_if<matrix<double>>(&init)) {
        require(given->rows() == n, "umap", "rows of the start", given->rows(), "the number of samples,", n);
        require(given->cols() == m, "umap", "columns of the start", given->cols(), "the dimensions,", m);
        require_finite(matrix_view<const double>(*given), "umap", "start");
        return {*given, {}};
    }
    switch (std::get<umap_init>(init)) {
    case umap_init::principal_components: {
        embedding start = pca{.dimensions = m}.project(features, where);
        return {std::move(start.points), std::move(start.notes)};
    }
    case umap_init::random: {
        constexpr std::uint64_t stream = 0x72616e646f6d; // "random"
        const random_stream random(where.seed(), stream);
        matrix<double> points(n, m);
        for (std::int64_t i = 0; i < points.size(); ++i)
            points.data()[i] = random.uniform(static_cast<std::uint64_t>(i));
        return {std::move(points), {}};
    }
    case umap_init::spectral:
        break;
    }
    return spectral_layout(graph, features, distance, m, where);
}

} // namespace topoprune::detail
