// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../neighbors/neighbor_graph.hpp"
#include "../shared/weighted_graph.hpp"
#include "layout_options.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// The densities of densMAP (Narayan, Berger, Cho 2021, Assessing single-cell transcriptomic variability):
/// the local radius of a sample is the mean squared distance to its neighbors, weighted by memberships, once
/// in the features and once in the layout; the layout is drawn towards a high correlation of the logarithms.
namespace topoprune::detail {

/// Added to a radius before its logarithm.
inline constexpr double least_radius = 1e-8;

/// The distance of a pair of which one is a neighbor of the other; 0 for any other pair.
TOPOPRUNE_DECLARE [[nodiscard]] float neighbor_distance(const neighbor_graph& neighbors, std::int64_t i,
                                                        std::int64_t j);

/// log(10^-8 + sum_j w_ij d_ij^2 / sum_j w_ij) for each sample i; log 10^-8 for one without edges.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double>
log_feature_radii(const weighted_graph& graph, const neighbor_graph& neighbors, const execution& where);

/// Minus the mean, divided by the standard deviation; zeros if all are equal.
TOPOPRUNE_DECLARE void standardize(std::vector<double>& values);

/// What one epoch knows of a vertex's radius in the layout: the derivative of the correlation by its
/// logarithm, divided by the sum of similarities of its edges (each counted from both ends), and the inverse
/// of the radius.
struct radius_slope {
    float weight = 0;
    float inverse_radius = 0;
};

/// The correlation
///     C = (1/n) sum_i R_i r_i / sqrt(var(r) + shift),   r_i = log(10^-8 + sum_j phi_ij d_ij^2 / sum_j
///     phi_ij)
/// over the edges of a graph, where R are the standardized log radii of the features, d distances in the
/// layout and phi = 1 / (1 + a d^(2b)). Vertices without an edge have no radius and do not count in n, means
/// and variances. Vertices are numbered by their places in the layout. 4 bytes an edge and 24 a vertex.
class density_objective {
public:
    /// place(i): where vertex i of the graph lies. log_radii: of the features, by vertex.
    template <class Place>
    density_objective(const weighted_graph& graph, const std::vector<double>& log_radii,
                      const density_options& options, const Place& place)
        : options_(options), offsets_(graph.offsets.size(), 0), targets_(graph.targets.size()),
          wanted_(log_radii.size()) {
        std::vector<double> connected;
        for (std::int64_t i = 0; i < graph.vertices(); ++i)
            if (graph.begin(i) < graph.end(i))
                connected.push_back(log_radii[static_cast<std::size_t>(i)]);
        standardize(connected);
        connected_ = connected.size();
        for (std::int64_t i = 0, next = 0; i < graph.vertices(); ++i) {
            const auto at = static_cast<std::size_t>(place(i));
            offsets_[at + 1] = graph.end(i) - graph.begin(i);
            if (offsets_[at + 1] > 0)
                wanted_[at] = static_cast<float>(connected[static_cast<std::size_t>(next++)]);
        }
        for (std::size_t at = 1; at < offsets_.size(); ++at)
            offsets_[at] += offsets_[at - 1];
        for (std::int64_t i = 0; i < graph.vertices(); ++i) {
            auto next = targets_.begin() + offsets_[static_cast<std::size_t>(place(i))];
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                *next++ = static_cast<std::int32_t>(place(graph.target(edge)));
                total_weight_ += static_cast<double>(graph.weight(edge));
            }
        }
    }

    /// Whether it counts in that epoch of so many.
    [[nodiscard]] bool counts_in(std::int32_t epoch, std::int32_t epochs) const {
        return options_.lambda > 0 && (epoch + 1) / static_cast<double>(epochs) > 1 - options_.fraction;
    }

    /// lambda times the sum of all weights: an edge of weight w is sampled in proportion to w, so that a move
    /// of this over w makes all edges count alike.
    [[nodiscard]] double strength() const { return options_.lambda * total_weight_; }

    /// C, and its slopes for these positions (vertices x dimensions). The sums of a vertex run along its
    /// edges, those over vertices in order: the same bits on any number of threads.
    TOPOPRUNE_DECLARE double measure(std::span<const float> positions, std::int64_t dimensions, float a,
                                     float b, std::vector<radius_slope>& slopes,
                                     const execution& where) const;

private:
    [[nodiscard]] bool has_edges(std::size_t place) const { return offsets_[place] < offsets_[place + 1]; }

    TOPOPRUNE_DECLARE void sum_radii(std::span<const float> positions, std::int64_t dimensions, float a,
                                     float b, std::int64_t begin, std::int64_t end,
                                     std::vector<double>& radii, std::vector<radius_slope>& slopes) const;

    density_options options_;
    std::vector<std::int64_t> offsets_;
    std::vector<std::int32_t> targets_;
    std::vector<float> wanted_; // standardized log radii of the features
    std::size_t connected_ = 0; // vertices with an edge
    double total_weight_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "density_objective.ipp"
#endif
