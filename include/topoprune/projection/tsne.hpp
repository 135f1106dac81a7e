// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../core/random.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/shared/finished.hpp"
#include "detail/tsne/divergence_descent.hpp"
#include "detail/tsne/joint_probabilities.hpp"
#include "pca.hpp"
#include "projection.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Where t-SNE starts.
enum class tsne_init {
    /// The principal components, scaled to a standard deviation of 10^-4 along the first, with normal noise
    /// of a hundredth of that, which parts duplicates (Kobak, Berens 2019).
    principal_components,
    /// Normal noise of standard deviation 10^-4.
    random,
    /// The option `given`.
    given,
};

/// How long and how t-SNE descends; the defaults are those of openTSNE.
struct tsne_schedule {
    double early_exaggeration = 12;
    int early_exaggeration_iterations = 250;
    double exaggeration = 1;
    int iterations = 500;
    std::optional<double> learning_rate{};
    double early_momentum = 0.8;
    double momentum = 0.8;
};

/// A t-SNE on its way: advance it, look, go on. advance(20) twice gives the bits of advance(40).
class tsne_run {
public:
    /// p: symmetric joint probabilities of n samples. start: n x 1 or n x 2.
    tsne_run(detail::weighted_graph p, const matrix<double>& start, const tsne_schedule& schedule,
             std::vector<std::string> notes)
        : descent_(std::move(p), start), schedule_(schedule), samples_(start.rows()),
          notes_(std::move(notes)) {}

    /// Iterations done, those with early exaggeration included.
    [[nodiscard]] int iteration() const { return iteration_; }
    /// Iterations of the whole schedule.
    [[nodiscard]] int iterations() const {
        return schedule_.early_exaggeration_iterations + schedule_.iterations;
    }

    /// Runs `count` more iterations, but no more than the schedule has left.
    TOPOPRUNE_DECLARE void advance(int count, const execution& where);

    /// Runs all iterations that are left.
    void finish(const execution& where) { advance(iterations() - iteration(), where); }

    /// n x m, mean 0.
    [[nodiscard]] matrix<double> positions() const { return descent_.positions(); }
    /// The positions with the notes on how they came about.
    [[nodiscard]] embedding result() const { return {.points = positions(), .notes = notes()}; }

    /// KL(P | Q) of the current positions, without exaggeration, in nats. As costly as an iteration.
    [[nodiscard]] double divergence(const execution& where) { return descent_.divergence(where); }

private:
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::string> notes() const;

    detail::divergence_descent descent_;
    tsne_schedule schedule_;
    std::int64_t samples_;
    std::vector<std::string> notes_;
    int iteration_ = 0;
};

/// t-distributed stochastic neighbor embedding (van der Maaten, Hinton 2008): positions y that minimize
///     KL(P | Q) = sum_ij p_ij log(p_ij / q_ij),   q_ij = w_ij / Z,   w_ij = 1 / (1 + |y_i - y_j|^2),
/// Z the sum of all w_ij, and P the Gaussian affinities of the nearest neighbors at a given perplexity.
///
/// 1. affinities: a bandwidth for each sample, so that its neighbors' entropy is log(perplexity);
/// 2. start: the leading principal components, made small;
/// 3. layout: gradient descent with momentum and gains. Neighbors attract; all pairs repel, which is summed
///    exactly for few samples and by one convolution on a grid for more (Linderman et al. 2019).
///
/// Options and defaults are those of openTSNE (Poličar et al. 2024). With the start by principal components
/// a seed hardly moves the picture. Small neighborhoods are kept well, distances between clusters are not.
///
/// The grid has at most 1024 nodes a side: a picture wider than about 400 is repelled on a coarser one, and a
/// note tells so. Time: the neighbor search, then O(n k + grid log grid) an iteration. Memory beside the
/// search: at most 32 bytes per sample and neighbor on the way, 16 at the end, and 24 a node of the grid.
template <class M = cosine, class S = adaptive_neighbors>
struct tsne {
    static_assert(
        Metric<M>,
        "tsne: metric must model Metric: prepare(points, execution), to_distance and distance const");
    static_assert(NeighborSearch<S>,
                  "tsne: search must model NeighborSearch: search(points, metric, k, execution) const");

    /// Effective number of neighbors, at least 1; 3 perplexity neighbors are searched. More shows coarser
    /// structure. With n samples no more than (n - 1) / 3 is used, but at least 1, and a note tells so.
    double perplexity = 30;
    /// Factor of the attraction in the first iterations, from 1 to 1000. It lets clusters gather before they
    /// push each other apart (van der Maaten, Hinton 2008, section 3.4).
    double early_exaggeration = 12;
    /// Iterations with it, >= 0.
    int early_exaggeration_iterations = 250;
    /// Factor of the attraction afterwards, > 0 and at most 1000. More than 1 packs clusters tighter; 4 looks
    /// like UMAP (Böhm, Berens, Kobak 2022).
    double exaggeration = 1;
    /// Iterations afterwards, >= 0.
    int iterations = 500;
    /// Step, > 0. Unset: n / exaggeration in each phase (Belkina et al. 2019).
    std::optional<double> learning_rate{};
    /// Share of the last step that is added to the next one, in [0, 1), in the first iterations and then.
    double early_momentum = 0.8;
    double momentum = 0.8;
    /// Where the layout starts.
    tsne_init init = tsne_init::principal_components;
    /// n x m, finite; the start if init is `given`, as it is, otherwise ignored.
    matrix<double> given{};
    /// How samples are compared.
    M metric{};
    /// m, 1 or 2.
    std::int64_t dimensions = 2;
    /// How neighbors are found.
    S search{};

    /// features: n x d, row-major, finite. Returns n x m.
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution& where) const {
        check_options();
        require_finite(features, "tsne", "features");
        const std::int64_t n = features.rows();
        if (n < 2) {
            check_given(n);
            return {.points = matrix<double>::Zero(n, dimensions), .notes = {}};
        }
        const auto wanted = static_cast<std::int64_t>(std::min(3 * perplexity, 1e9));
        return place(features,
                     search_neighbors(search, features, metric, std::clamp<std::int64_t>(wanted, 1, n - 1),
                                      "tsne", where),
                     where);
    }

    /// The same from neighbors that are already known, n x k. Their k bounds the perplexity: no more than
    /// k / 3 is used.
    [[nodiscard]] embedding place(matrix_view<const float> features, const neighbor_graph& neighbors,
                                  const execution& where) const {
        return detail::finished(start(features, neighbors, where), where);
    }

    /// The run of place() before its first iteration.
    [[nodiscard]] tsne_run start(matrix_view<const float> features, const neighbor_graph& neighbors,
                                 const execution& where) const {
        check_options();
        require(neighbors.samples == features.rows(), "tsne", "number of samples with neighbors",
                neighbors.samples, "the number of features' rows,", features.rows());
        require(neighbors.k >= 1 || neighbors.samples < 2, "tsne", "number of neighbors", neighbors.k,
                "at least 1");
        check_given(features.rows());
        std::vector<std::string> notes;
        const double most = std::max(static_cast<double>(neighbors.k) / 3, 1.0);
        // 3 perplexity neighbors, rounded down, are enough.
        const bool too_few = static_cast<double>(neighbors.k + 1) <= 3 * perplexity && perplexity > most;
        if (too_few)
            notes.push_back("tsne: perplexity reduced to " + std::to_string(most) + " for " +
                            std::to_string(neighbors.k) + " neighbors");

        where.report_progress("graph", 0, 1);
        detail::weighted_graph p;
        if (neighbors.samples >= 2)
            p = detail::joint_probabilities(neighbors, too_few ? most : perplexity, where);
        else
            p.offsets.assign(static_cast<std::size_t>(neighbors.samples) + 1, 0);
        where.report_progress("graph", 1, 1);

        where.report_progress("start", 0, 1);
        const matrix<double> first = first_positions(features, where);
        where.report_progress("start", 1, 1);
        return tsne_run(std::move(p), first,
                        {.early_exaggeration = early_exaggeration,
                         .early_exaggeration_iterations = early_exaggeration_iterations,
                         .exaggeration = exaggeration,
                         .iterations = iterations,
                         .learning_rate = learning_rate,
                         .early_momentum = early_momentum,
                         .momentum = momentum},
                        std::move(notes));
    }

private:
    static constexpr double start_deviation = 1e-4;

    [[nodiscard]] matrix<double> first_positions(matrix_view<const float> features,
                                                 const execution& where) const {
        constexpr std::uint64_t stream = 0x74736e65; // "tsne"
        if (init == tsne_init::given)
            return given;
        const std::int64_t n = features.rows();
        const random_stream random(where.seed(), stream);
        matrix<double> points = matrix<double>::Zero(n, dimensions);
        double noise = start_deviation;
        if (init == tsne_init::principal_components) {
            points = pca{.dimensions = dimensions}.project(features, where).points;
            const double largest = points.size() > 0 ? points.col(0).cwiseAbs().maxCoeff() : 0.0;
            if (largest > 0) {
                points /= largest; // squares of huge or tiny features stay finite
                double square = 0;
                for (Eigen::Index i = 0; i < points.rows(); ++i)
                    square += points(i, 0) * points(i, 0);
                const double deviation = std::sqrt(square / static_cast<double>(n));
                points *= start_deviation / deviation;
                noise = start_deviation / 100;
            }
        }
        for (Eigen::Index i = 0; i < points.size(); ++i)
            points.data()[i] += noise * random.normal(static_cast<std::uint64_t>(i));
        return points;
    }

    void check_given(std::int64_t samples) const {
        if (init != tsne_init::given)
            return;
        require(given.rows() == samples, "tsne", "rows of the given start", given.rows(),
                "the number of samples,", samples);
        require(given.cols() == dimensions, "tsne", "columns of the given start", given.cols(),
                "the dimensions,", dimensions);
        require_finite(matrix_view<const double>(given), "tsne", "given start");
        require(given.size() == 0 || given.cwiseAbs().maxCoeff() <= 1e6, "tsne",
                "given start's largest coordinate", given.cwiseAbs().maxCoeff(), "at most 10^6");
    }

    void check_options() const {
        require(perplexity >= 1 && perplexity <= 1e8, "tsne", "perplexity", perplexity, "between 1 and 10^8");
        require(early_exaggeration >= 1 && early_exaggeration <= 1000, "tsne", "early_exaggeration",
                early_exaggeration, "between 1 and 1000");
        require(early_exaggeration_iterations >= 0 && early_exaggeration_iterations <= 1'000'000, "tsne",
                "early_exaggeration_iterations", early_exaggeration_iterations, "between 0 and 10^6");
        require(exaggeration > 0 && exaggeration <= 1000, "tsne", "exaggeration", exaggeration,
                "positive and at most 1000");
        require(iterations >= 0 && iterations <= 1'000'000, "tsne", "iterations", iterations,
                "between 0 and 10^6");
        require(!learning_rate || (*learning_rate > 0 && *learning_rate <= 1e9), "tsne", "learning_rate",
                learning_rate.value_or(0), "positive and at most 10^9");
        require(early_momentum >= 0 && early_momentum < 1, "tsne", "early_momentum", early_momentum,
                "at least 0 and below 1");
        require(momentum >= 0 && momentum < 1, "tsne", "momentum", momentum, "at least 0 and below 1");
        require(dimensions == 1 || dimensions == 2, "tsne", "dimensions", dimensions, "1 or 2");
    }
};

static_assert(Projection<tsne<>>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "tsne.ipp"
#endif
