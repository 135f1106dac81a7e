// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../core/random.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/finished.hpp"
#include "detail/pacmap_features.hpp"
#include "detail/pacmap_pairs.hpp"
#include "detail/pair_descent.hpp"
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
template <Metric M = euclidean, NeighborSearch S = adaptive_neighbors>
struct pacmap {
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
                                            const execution& where) const {
        check_options(features);
        require_finite(features, "pacmap", "features");
        const std::int64_t n = features.rows();
        require(n <= std::numeric_limits<std::int32_t>::max() / 2, "pacmap", "number of samples", n,
                "less than 2^30");
        if (neighbors)
            require(neighbors->samples == n, "pacmap", "number of samples with neighbors", neighbors->samples,
                    "the number of features' rows,", n);

        where.report_progress("features", 0, 1);
        detail::pacmap_features prepared =
            detail::prepare_pacmap_features(features, principal_components, where);
        where.report_progress("features", 1, 1);
        std::vector<std::string> notes = std::move(prepared.notes);

        detail::pair_counts counts =
            detail::count_pairs(n, wanted_neighbors(n), mid_near_ratio, further_ratio);
        neighbor_graph found = make_neighbor_graph(n, 0);
        if (!neighbors && counts.near > 0)
            found = search.search(prepared.rows, metric,
                                  std::min(wanted_neighbors(n) + spare_neighbors, n - 1), where);
        const neighbor_graph& known = neighbors ? *neighbors : found;
        counts.near = std::min(counts.near, known.k);
        if (n >= 2 && counts.near < wanted_neighbors(n))
            notes.emplace_back("pacmap: n_neighbors reduced to ").append(std::to_string(counts.near));

        where.report_progress("pairs", 0, 1);
        const random_stream random(where.seed(), stream);
        detail::pair_choice pairs;
        pairs.near = detail::choose_near_pairs(known, counts.near, where);
        pairs.mid_near =
            detail::draw_mid_near_pairs(prepared.rows, metric, counts.mid_near, random.child(0), where);
        pairs.further = detail::draw_further_pairs(pairs.near, counts.further, random.child(1), where);
        where.report_progress("pairs", 1, 1);

        const matrix<float> from = first_positions(prepared, notes, where);
        return {detail::pair_descent(std::move(pairs), from,
                                     {.iterations = {iterations[0], iterations[1], iterations[2]},
                                      .learning_rate = learning_rate,
                                      .nearby_distance = nearby_distance},
                                     where.seed(), where),
                std::move(notes)};
    }

private:
    static constexpr std::uint64_t stream = 0x7061636d6170; // "pacmap"
    /// Neighbors searched beyond n_neighbors, of which the local scale may prefer some.
    static constexpr std::int64_t spare_neighbors = 50;

    [[nodiscard]] std::int64_t wanted_neighbors(std::int64_t n) const {
        if (n_neighbors)
            return *n_neighbors;
        if (n <= 10'000)
            return 10;
        return static_cast<std::int64_t>(std::nearbyint(10 + 15 * (std::log10(static_cast<double>(n)) - 4)));
    }

    [[nodiscard]] matrix<float> first_positions(const detail::pacmap_features& prepared,
                                                std::vector<std::string>& notes,
                                                const execution& where) const {
        const std::int64_t n = prepared.rows.rows();
        if (init == pacmap_init::random)
            return detail::random_pacmap_init(n, dimensions, where.seed());
        matrix<float> from = init == pacmap_init::given
                                 ? detail::standardized_pacmap_init(given)
                                 : detail::principal_pacmap_init(prepared, dimensions, where);
        // Pairs without a difference exert no force: nothing would ever move.
        if (n >= 2 && (from.rowwise() - from.row(0)).cwiseAbs().maxCoeff() == 0) {
            notes.emplace_back("pacmap: the start has no extent, so a random one was taken");
            return detail::random_pacmap_init(n, dimensions, where.seed());
        }
        return from;
    }

    void check_options(matrix_view<const float> features) const {
        require(!n_neighbors || (*n_neighbors >= 1 && *n_neighbors <= 1'000'000), "pacmap", "n_neighbors",
                n_neighbors.value_or(0), "between 1 and 10^6");
        require(mid_near_ratio >= 0 && mid_near_ratio <= 100, "pacmap", "mid_near_ratio", mid_near_ratio,
                "between 0 and 100");
        require(further_ratio >= 0 && further_ratio <= 100, "pacmap", "further_ratio", further_ratio,
                "between 0 and 100");
        for (const int count : iterations)
            require(count >= 0 && count <= 100'000'000, "pacmap", "iterations", count,
                    "between 0 and 10^8 in each phase");
        require(learning_rate > 0 && learning_rate <= 1e3, "pacmap", "learning_rate", learning_rate,
                "positive and at most 1000");
        require(dimensions >= 1 && dimensions <= detail::most_pair_dimensions, "pacmap", "dimensions",
                dimensions, "at least 1 and at most", detail::most_pair_dimensions);
        require(principal_components >= 0, "pacmap", "principal_components", principal_components,
                "at least 0");
        if (init != pacmap_init::given)
            return;
        require(given.rows() == features.rows(), "pacmap", "rows of given", given.rows(),
                "the number of features' rows,", features.rows());
        require(given.cols() == dimensions, "pacmap", "columns of given", given.cols(),
                "the number of dimensions,", dimensions);
        require_finite(matrix_view<const double>(given), "pacmap", "given");
    }
};

static_assert(Projection<pacmap<>>);

} // namespace topoprune
