// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../transport/detail/network_simplex.hpp"
#include "../../transport/detail/planar_moves.hpp"
#include "../principal_persistence.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// The optimal coupling of two principal persistence measures. Masses are whole: with N and M samples and L
/// their least common multiple, a pair of the first has L / N, one of the second L / M. Source and sink
/// number pairs.size() are the trivial point, where the trivial samples lie.
class principal_matching {
public:
    TOPOPRUNE_DECLARE principal_matching(const principal_measure& measure, const principal_measure& target,
                                         double power);

    struct distance_and_slope {
        double distance = 0;
        /// By the birth and the lifetime of the source.
        std::array<double, 2> slope{};
    };

    TOPOPRUNE_DECLARE [[nodiscard]] distance_and_slope distance(std::size_t source, std::size_t sink) const;

    /// The share of all mass.
    [[nodiscard]] double share(std::int64_t mass) const {
        return static_cast<double>(mass) / static_cast<double>(total_);
    }

    /// An optimal plan.
    [[nodiscard]] std::vector<indexed_move> moves(const execution& where) const {
        return births_equal() ? moves_on_line() : moves_in_plane(where);
    }

private:
    using arc = network_simplex::arc;

    [[nodiscard]] std::size_t trivial_source() const { return measure_.pairs.size(); }
    [[nodiscard]] std::size_t trivial_sink() const { return target_.pairs.size(); }

    TOPOPRUNE_DECLARE [[nodiscard]] bool births_equal() const;

    /// Lifetimes on a line, on which the trivial point lies at 0: in order is optimal.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<indexed_move> moves_on_line() const;

    /// The network simplex from the plan that sends every pair to the trivial point. All arcs are priced
    /// until none has a negative reduced cost, which proves the plan optimal.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<indexed_move> moves_in_plane(const execution& where) const;

    /// The arcs from a source with the most negative reduced costs, at most 8.
    template <class Cost>
    [[nodiscard]] static std::vector<arc> violated_arcs(std::int32_t source, std::int32_t sources,
                                                        std::int32_t sinks, const Cost& cost,
                                                        const network_simplex& solver) {
        constexpr std::size_t most = 8;
        std::vector<std::tuple<std::int64_t, std::int32_t, std::int64_t>> found;
        for (std::int32_t sink = 0; sink < sinks; ++sink) {
            const std::int64_t price = cost(source, sink);
            const std::int64_t reduced =
                price + solver.source_potential(source) - solver.sink_potential(sink);
            if (reduced < 0)
                found.emplace_back(reduced, sink, price);
        }
        const std::size_t kept = std::min(most, found.size());
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end());
        std::vector<arc> arcs;
        for (std::size_t k = 0; k < kept; ++k)
            arcs.push_back({source, sources + std::get<1>(found[k]), std::get<2>(found[k])});
        return arcs;
    }

    [[nodiscard]] std::int64_t trivial_mass(const principal_measure& one) const {
        return one.trivial_samples() * (total_ / one.samples);
    }

    TOPOPRUNE_DECLARE [[nodiscard]] remaining_mass masses() const;

    const principal_measure& measure_;
    const principal_measure& target_;
    double power_;
    std::int64_t total_ = 1;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_matching.ipp"
#endif
