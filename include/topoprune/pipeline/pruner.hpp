// SPDX-License-Identifier: MIT
#pragma once

#include "../combine/combiner.hpp"
#include "../core/dataset.hpp"
#include "../filter/noise_adapted.hpp"
#include "../persistence/column_estimate.hpp"
#include "../persistence/density_score.hpp"
#include "../persistence/persistence_score.hpp"
#include "../projection/layout_source.hpp"
#include "../projection/umap.hpp"
#include "../select/coverage.hpp"
#include "detail/policy_answers.hpp"
#include "pruning.hpp"
#include "subset_selection.hpp"

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Chooses which samples to keep: filter, project all that passes to the plane, score each class by the
/// displacement of its points and by their density, combine, draw. The parts are policies, composed at
/// compile time. Each default is that policy as it stands by itself: `pruner{}` is
/// `pruner{.filter = noise_adapted{}, .projection = umap{}, .persistence = persistence_score{},
/// .density = density_score{}, .combiner = weighted_sum{}, .selector = coverage{}}`, and who names another
/// policy changes nothing else. Projection and scores are those of TopoCore (table 2). Filter and draw are
/// not: they are those that no plain rule beat where it was measured (docs/evaluation.md), coverage of each
/// class, which looks at the features and the classifier and not at the scores, of what noise_adapted lets
/// pass.
///
///     topoprune::subset kept = topoprune::pruner{}.select(features, labels, topoprune::keep_fraction{0.1});
///
/// TopoCore itself, with its filter and its draw, is topocore() (topocore.hpp).
///
/// Cost: that of the projection, which dominates, plus `steps` times about n_c log n_c per class. Memory: a
/// few hundred bytes a sample beside the features; nothing of size n x n.
template <class P = umap<>, class S = persistence_score<>, class D = density_score<>, class C = weighted_sum,
          class Sel = coverage, class F = noise_adapted>
struct pruner {
    static_assert(Projection<P>,
                  "pruner: projection must model Projection: project(features, execution) const");
    static_assert(Score<S>, "pruner: persistence must model Score: column(samples, execution) const");
    static_assert(Score<D>, "pruner: density must model Score: column(samples, execution) const");
    static_assert(Combiner<C>,
                  "pruner: combiner must model Combiner: combine(persistence, density, classes) const");
    static_assert(Selector<Sel>, "pruner: selector must model Selector: select(problem, execution) const");
    static_assert(Filter<F>, "pruner: filter must model Filter: apply(data, execution) const");

    F filter{};
    P projection{};
    S persistence{};
    D density{};
    C combiner{};
    Sel selector{};

    /// The kept samples. features: n x d, row-major, finite; labels: n.
    [[nodiscard]] subset select(matrix_view<const float> features, std::span<const std::int64_t> labels,
                                const budget& keep, run_options options = {}) const {
        return run({.features = features, .labels = labels}, keep, std::move(options)).chosen();
    }

    /// The kept samples with everything that led to them. Throws std::invalid_argument for input that does
    /// not fit together or is not finite, and `interrupted` if the run was stopped.
    [[nodiscard]] pruning run(const dataset& data, const budget& keep, run_options options = {}) const;

    /// Several subsets of one scoring, each inside every larger one, with what else a request can say.
    /// Samples that must be kept are scored whatever the filter says of them.
    [[nodiscard]] pruning run(const dataset& data, const selection_request& request,
                              run_options options = {}) const;

private:
    /// Where the projection puts the samples, and what draws it again where the score wants that.
    struct picture {
        embedding first;
        std::optional<layout_source> layouts;
    };

    [[nodiscard]] picture place(matrix_view<const float> features, const execution& where) const;

    [[nodiscard]] column_estimate estimate_persistence(const embedded_samples& samples,
                                                       const execution& where) const;

    static void add_notes(const std::vector<std::string>& notes, pruning& result) {
        result.notes.insert(result.notes.end(), notes.begin(), notes.end());
    }

    static void check(const dataset& data);

    static std::vector<std::int64_t> passing(const std::vector<std::uint8_t>& passes);

    static class_partition classes_of(std::span<const std::int64_t> labels,
                                      const std::vector<std::int64_t>& rows);

    static std::vector<class_summary> summarize(const class_partition& classes, const pruning& result);

    static void note_reliability(const column_estimate& estimated, const class_partition& scored,
                                 pruning& result);

    static void spread(const std::vector<double>& values, const std::vector<std::int64_t>& rows,
                       std::int64_t n, std::vector<double>& column);

    static void spread(const matrix<double>& values, const std::vector<std::int64_t>& rows, std::int64_t n,
                       matrix<double>& table);
};

} // namespace topoprune

#include "pruner.ipp"
