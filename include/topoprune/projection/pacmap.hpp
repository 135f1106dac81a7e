// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../core/random.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/pacmap/pacmap_features.hpp"
#include "detail/pacmap/pacmap_pairs.hpp"
#include "detail/pacmap/pair_descent.hpp"
#include "detail/shared/finished.hpp"
#include "projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Where a layout by pairs begins.
enum class pacmap_init {
    /// 0.01 times the leading principal components of the features.
    principal_components,
    /// Normal numbers times 10^-4, drawn with the seed.
    random,
    /// `given`, standardized column by column, times 10^-4.
    given,
};

/// A layout by pairs that can be stopped, looked at and continued.
class pacmap_run {
public:
    pacmap_run(detail::pair_descent descent, std::vector<std::string> notes)
        : descent_(std::move(descent)), notes_(std::move(notes)) {}

    /// Iterations done, and those of all three phases.
    [[nodiscard]] int iteration() const { return descent_.iteration(); }
    [[nodiscard]] int iterations() const { return descent_.iterations(); }

    /// Runs `count` more iterations, but no more than iterations() in all. advance(20) twice gives the bits
    /// of advance(40).
    void advance(int count, const execution& where) { descent_.advance(count, where); }

    /// Runs all iterations that are left.
    void finish(const execution& where) { advance(iterations() - iteration(), where); }

    /// n x m, in the order of the samples.
    [[nodiscard]] matrix<double> positions() const { return descent_.positions(); }
    /// The positions with the notes on how they came about.
    [[nodiscard]] embedding result() const { return {.points = positions(), .notes = notes_}; }

private:
    detail::pair_descent descent_;
    std::vector<std::string> notes_;
};

/// Pairwise controlled manifold approximation (PaCMAP; Wang, Huang, Rudin, Shaposhnik 2021, JMLR 22(201)),
/// with the options, defaults and rules of pacmap 0.9.1:
///
/// 1. features: more than 100 become their 100 leading principal components, fewer are scaled to [0, 1];
/// 2. pairs: each sample chooses near partners among its nearest neighbors, by distances relative to the
///    local scale; mid-near partners, each the second nearest of 6 drawn samples; and further partners, drawn
///    uniformly. They are chosen once;
/// 3. layout: three phases of full-batch Adam on a sum over all pairs, in which near pairs attract, mid-near
///    pairs attract from afar at first, for the global structure, and further pairs repel.
///
/// A seed changes the mid-near and further pairs alone. The search is exact by default, where pacmap's is
/// approximate.
///
/// Time: the neighbor search, then about 4 x 10^-8 seconds a sample and iteration on one core with vectors of
/// 512 bits (10 neighbors, 2 dimensions), less with more cores. Memory beside the search: 350 bytes a sample
/// for the pairs of 10 neighbors, 4 bytes a sample and feature, and 8 + 16 m.
template <class M = euclidean, class S = adaptive_neighbors>
struct pacmap {
    static_assert(
        Metric<M>,
        "pacmap: metric must model Metric: prepare(points, execution), to_distance and distance const");
    static_assert(NeighborSearch<S>,
                  "pacmap: search must model NeighborSearch: search(points, metric, k, execution) const");

    /// Near partners of each sample, at least 1. More keeps larger neighborhoods together and is slower in
    /// proportion. std::nullopt: 10 up to 10,000 samples, 10 + 15 (log10 n - 4) beyond.
    std::optional<std::int64_t> n_neighbors = 10;
    /// Mid-near partners for each near one, from 0 to 100 (MN_ratio). More weighs the global arrangement.
    double mid_near_ratio = 0.5;
    /// Further partners for each near one, from 0 to 100 (FP_ratio). More repels more, and is slower.
    double further_ratio = 2.0;
    /// How samples are compared.
    M metric{};
    /// Iterations of the three phases, each at least 0: global structure, its balance with the local one, and
    /// refinement of the local one. The learning does not slow down, so more of the last spread the picture.
    std::array<int, 3> iterations{100, 100, 250};
    /// Rate of Adam, in (0, 1000]: no coordinate moves much further in an iteration.
    double learning_rate = 1.0;
    /// m, from 1 to 64.
    std::int64_t dimensions = 2;
    /// More features than this are reduced to so many principal components first; 0: never.
    std::int64_t principal_components = 100;
    /// Where the layout begins.
    pacmap_init init = pacmap_init::principal_components;
    /// n x m, finite; only for pacmap_init::given.
    matrix<double> given{};
    /// How neighbors are found.
    S search{};

    /// features: n x d, row-major, finite. Returns n x m.
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution& where) const {
        return detail::finished(start(features, where), where);
    }

    /// The same from neighbors that are already known, nearest first: n x k, k of n_neighbors + 50 for what
    /// project() does, or any other. All are taken where k is no more than n_neighbors.
    [[nodiscard]] embedding place(matrix_view<const float> features, const neighbor_graph& neighbors,
                                  const execution& where) const {
        return detail::finished(start(features, neighbors, where), where);
    }

    /// The layout before its first iteration.
    [[nodiscard]] pacmap_run start(matrix_view<const float> features, const execution& where) const {
        return start_adjusted(features, nullptr, std::nullopt, where);
    }
    [[nodiscard]] pacmap_run start(matrix_view<const float> features, const neighbor_graph& neighbors,
                                   const execution& where) const {
        return start_adjusted(features, &neighbors, std::nullopt, where);
    }

    /// What local_map builds on: with a nearby distance, the last phase adjusts the pairs to the embedding.
    /// neighbors: null to search them.
    [[nodiscard]] pacmap_run start_adjusted(matrix_view<const float> features,
                                            const neighbor_graph* neighbors,
                                            std::optional<double> nearby_distance,
                                            const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x7061636d6170; // "pacmap"
    /// Neighbors searched beyond n_neighbors, of which the local scale may prefer some.
    static constexpr std::int64_t spare_neighbors = 50;

    [[nodiscard]] std::int64_t wanted_neighbors(std::int64_t n) const;

    [[nodiscard]] matrix<float> first_positions(const detail::pacmap_features& prepared,
                                                std::vector<std::string>& notes,
                                                const execution& where) const;

    void check_options(matrix_view<const float> features) const;
};

static_assert(Projection<pacmap<>>);

} // namespace topoprune

#include "pacmap.ipp"
