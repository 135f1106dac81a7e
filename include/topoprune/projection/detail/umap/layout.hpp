// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "../shared/weighted_graph.hpp"
#include "block_tournament.hpp"
#include "density_objective.hpp"
#include "layout_options.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What layouts of one graph share: the order of its edges, and the densities they shall have, if any.
struct layout_plan {
    explicit layout_plan(const weighted_graph& graph) : tournament(graph) {
        for (const float weight : graph.weights)
            largest_weight = std::max(largest_weight, weight);
    }

    block_tournament tournament;
    float largest_weight = 0;
    std::optional<density_objective> density;
};

/// One layout on its way: the positions of all vertices after a number of epochs of stochastic gradient
/// descent on the cross entropy of memberships (McInnes 2018, algorithm 5), scheduled by a block_tournament.
/// advance(20) twice gives the bits of advance(40).
///
/// Time: 40 ns a sample of an edge with 5 negative samples on one core, less with more; with 15 neighbors a
/// vertex has about 7 samples an epoch. Epochs in which densities count take about four times as long.
/// Memory: 12 bytes an edge, shared by the copies of a layout, and 8 bytes a vertex and dimension.
class layout {
public:
    /// start: vertices x dimensions. The graph must hold no edge of weight 0.
    layout(const weighted_graph& graph, const matrix<float>& start, const layout_options& options,
           std::uint64_t seed)
        : layout(std::make_shared<const layout_plan>(graph), start, options, seed) {}

    TOPOPRUNE_DECLARE layout(std::shared_ptr<const layout_plan> plan, const matrix<float>& start,
                             const layout_options& options, std::uint64_t seed);

    /// The same layout on a random stream of its own; number 0 is this one.
    TOPOPRUNE_DECLARE [[nodiscard]] layout member(std::uint64_t number) const;

    /// Epochs done, and to be done in all.
    [[nodiscard]] std::int32_t epoch() const { return epoch_; }
    [[nodiscard]] std::int32_t epochs() const { return options_.epochs; }

    /// Runs `count` more epochs, but no more than options.epochs in all.
    TOPOPRUNE_DECLARE void advance(std::int32_t count, const execution& where);

    /// One epoch, silently.
    TOPOPRUNE_DECLARE void run_epoch(const execution& where);

    /// vertices x dimensions, in the order of the graph.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> positions() const;

private:
    static constexpr std::uint64_t stream = 0x6c61796f7574; // "layout"

    TOPOPRUNE_DECLARE void descend_once(const execution& where);

    layout_options options_;
    std::int64_t dimensions_;
    random_stream random_;
    std::shared_ptr<const layout_plan> plan_;
    std::int32_t epoch_ = 0;
    std::vector<float> positions_; // by place
    std::vector<float> snapshot_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "layout.ipp"
#endif
