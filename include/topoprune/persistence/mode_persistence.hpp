// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../density/gaussian_kde.hpp"
#include "../filtration/weak_delaunay.hpp"
#include "detail/density_modes.hpp"
#include "score.hpp"

#include <cmath>
#include <vector>

namespace topoprune {

/// How much the mode stands out that a sample belongs to. The superlevel sets {log p >= t} of the density on
/// the edges of a graph have a component for each mode, born at the log density of its maximum; where two
/// meet, the one with the lower maximum dies (the elder rule; Chazal, Guibas, Oudot and Skraba 2013). Every
/// sample belongs to the mode m that it reaches along the edges on which log p grows fastest, and scores the
/// length of that bar,
///     score_i = log p(birth of m) - log p(death of m) >= 0,
/// the logarithm of how many times denser the maximum is than the saddle. The densest mode, and any that
/// meets no denser one, dies at the least density of the class. Ties of density go to the least row. High:
/// the sample belongs to the main mode or to one that is well separated; low: to a ripple on the side of
/// another one. All samples of a mode score the same, so that in a class with one mode the score orders
/// nothing.
///
/// The graph must not depend on the density: the Delaunay triangulation of every superlevel set, which
/// function_delaunay holds, is connected. The saddle on an edge is its less dense end, also on the long edges
/// that weak_delaunay draws between far clusters; rips{.threshold = r} leaves these out, in any dimension.
///
/// Reliability (CIFAR-10, UMAP, 1,000 samples of each class): between two layouts of the same samples the
/// rank correlation within a class is .93 in the median (least .32), given the density .92; between ResNet-20
/// and ResNet-56 it is .28 (.10). Of a class 2 to 10 % are outside its main mode there, and 81 % of these are
/// samples that the network takes for another class, against 7 % of the others. Of the samples that it gets
/// right only five classes of ten have more than one mode (.72 between layouts). With a bandwidth of .1
/// instead of .4 there are some 26 modes a class, and the correlation between layouts is .37 in the mean.
///
/// Cost: the density, the graph, and O(e log e) for its e edges; in the plane e < 3n. In all about twice the
/// triangulation, O(n) memory.
template <class D = gaussian_kde, class F = weak_delaunay>
struct mode_persistence {
    static_assert(Density<D>, "mode_persistence: density must model Density: log_density(points, execution) "
                              "and add_pull_back const");
    static_assert(Filtration<F>,
                  "mode_persistence: filtration must model Filtration: build(points, execution) const");

    D density{};
    /// Its edges are the graph.
    F filtration{};
    /// A mode whose bar is at most so long counts to the mode that it joined, >= 0, in the unit of log p.
    /// More makes fewer and larger modes.
    double least_persistence = 0;

    /// Of one class (n x m, of a dimension that the filtration serves): n numbers, natural logarithms.
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution& where) const {
        require(least_persistence >= 0 && std::isfinite(least_persistence), "mode_persistence",
                "least_persistence", least_persistence, "at least 0 and finite");
        const detail::density_modes modes =
            detail::find_density_modes(evaluate_log_density(density, points, "mode_persistence", where),
                                       detail::edges_of(filtration, points, where), least_persistence);
        std::vector<double> result;
        result.reserve(modes.of.size());
        for (const detail::mode_bar& mode : modes.of)
            result.push_back(mode.birth - mode.death);
        return result;
    }

    /// n numbers, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "persistence", where,
                               [&](matrix_view<const double> points) { return values(points, where); });
    }
};

static_assert(Score<mode_persistence<>>);
static_assert(ClassScore<mode_persistence<>>);

} // namespace topoprune
