// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "network_simplex.hpp"
#include "quantized_cost.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// A pair whose reduced cost, in units, is negative.
struct violated_pair {
    std::int32_t sink = 0;
    double reduced_cost = 0;
};

/// The few most violated pairs of a source, worst first, the first found first among equals.
class worst_pairs {
public:
    static constexpr std::size_t capacity = 4;

    /// What a reduced cost must be below to be among them.
    [[nodiscard]] double threshold() const {
        return count_ < capacity ? 0.0 : pairs_[capacity - 1].reduced_cost;
    }
    TOPOPRUNE_DECLARE void insert(std::int32_t sink, double reduced_cost);
    [[nodiscard]] std::span<const violated_pair> found() const { return std::span(pairs_).first(count_); }

private:
    std::array<violated_pair, capacity> pairs_{};
    std::size_t count_ = 0;
};

/// Tests the potentials of a solver for dual feasibility over all pairs of a source and a sink, without
/// storing the pairs. Every number is a whole number that a double holds, so the test is exact.
///
/// Sinks come in blocks of neighbors in the order (f, r). The least cost from a source to the box of a block
/// and the largest potential in the block bound all its reduced costs from below; the cost grows with |dr|
/// and |df|, also as computed, so a block whose bound is not negative holds no violated pair.
///
/// Time: at worst sources * sinks evaluations of the cost, in parallel; in practice a twentieth of them.
/// Memory: O(sources + sinks).
template <GroundNorm Norm>
class all_pairs_pricing {
public:
    explicit all_pairs_pricing(const quantized_cost<Norm>& costs)
        : costs_(costs), low_(block_count(costs)), high_(block_count(costs)),
          sink_potentials_(costs.sinks().r.size(), padding), largest_potentials_(low_.r.size(), padding) {
        for (std::size_t b = 0; b < block_count(costs); ++b) {
            const auto [begin, end] = sinks_of(b);
            const auto range_of = [&](const std::vector<double>& x, double& low, double& high) {
                low = high = x[begin];
                for (std::size_t j = begin; j < end; ++j) {
                    low = std::min(low, x[j]);
                    high = std::max(high, x[j]);
                }
            };
            range_of(costs.sinks().r, low_.r[b], high_.r[b]);
            range_of(costs.sinks().f, low_.f[b], high_.f[b]);
        }
    }

    /// The worst violated pairs of every source, as arcs for the solver; empty if there are none.
    [[nodiscard]] std::vector<network_simplex::arc> violated_arcs(const network_simplex& solver,
                                                                  const execution& where) {
        constexpr std::int64_t grain = 64;
        for (std::int64_t j = 0; j < costs_.sink_count(); ++j)
            sink_potentials_[static_cast<std::size_t>(j)] = static_cast<double>(solver.sink_potential(j));
        for (std::size_t b = 0; b < block_count(costs_); ++b) {
            const auto [begin, end] = sinks_of(b);
            largest_potentials_[b] =
                *std::max_element(sink_potentials_.data() + begin, sink_potentials_.data() + end);
        }

        const std::int64_t sources = costs_.source_count();
        std::vector<worst_pairs> worst(static_cast<std::size_t>(sources));
        where.parallel_ranges(sources, grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (std::int64_t i = begin; i < end; ++i)
                worst[static_cast<std::size_t>(i)] =
                    price(static_cast<std::size_t>(i), static_cast<double>(solver.source_potential(i)));
        });

        std::vector<network_simplex::arc> arcs;
        for (std::int64_t i = 0; i < sources; ++i)
            for (const violated_pair& pair : worst[static_cast<std::size_t>(i)].found())
                arcs.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(sources) + pair.sink,
                                static_cast<std::int64_t>(pair.reduced_cost) - solver.source_potential(i) +
                                    solver.sink_potential(pair.sink)});
        return arcs;
    }

private:
    using batch = point_columns::batch;
    static constexpr std::size_t lanes = point_columns::lanes;
    static constexpr std::size_t block = 64;
    static_assert(block % lanes == 0);
    /// The potential of a sink that is not there: no pair with it is violated.
    static constexpr double padding = -0x1p60;

    struct index_range {
        std::size_t begin;
        std::size_t end;
    };
    [[nodiscard]] static std::size_t block_count(const quantized_cost<Norm>& costs) {
        return (static_cast<std::size_t>(costs.sink_count()) + block - 1) / block;
    }
    [[nodiscard]] index_range sinks_of(std::size_t b) const {
        return {b * block, std::min((b + 1) * block, static_cast<std::size_t>(costs_.sink_count()))};
    }

    [[nodiscard]] [[gnu::noinline]] worst_pairs price(std::size_t i, double source_potential) const {
        worst_pairs worst;
        const batch r(costs_.sources().r[i]);
        const batch f(costs_.sources().f[i]);
        const batch potential(source_potential);
        const auto distance_to = [](const batch& x, const std::vector<double>& low,
                                    const std::vector<double>& high, std::size_t b) {
            return xsimd::max(batch(0.0), xsimd::max(batch::load_unaligned(low.data() + b) - x,
                                                     x - batch::load_unaligned(high.data() + b)));
        };
        for (std::size_t b = 0; b < low_.r.size(); b += lanes) {
            const batch bound =
                costs_.in_units(distance_to(r, low_.r, high_.r, b), distance_to(f, low_.f, high_.f, b)) +
                (potential - batch::load_unaligned(largest_potentials_.data() + b));
            if (!xsimd::any(bound < batch(0.0)))
                continue;
            std::array<double, lanes> bounds;
            bound.store_unaligned(bounds.data());
            for (std::size_t lane = 0; lane < lanes; ++lane)
                if (bounds[lane] < worst.threshold())
                    price_block(b + lane, r, f, potential, worst);
        }
        return worst;
    }

    void price_block(std::size_t b, const batch& r, const batch& f, const batch& potential,
                     worst_pairs& worst) const {
        const point_columns& sinks = costs_.sinks();
        const std::size_t end = std::min((b + 1) * block, sinks.r.size());
        for (std::size_t j = b * block; j < end; j += lanes) {
            const batch reduced = costs_.in_units(r - batch::load_unaligned(sinks.r.data() + j),
                                                  f - batch::load_unaligned(sinks.f.data() + j)) +
                                  (potential - batch::load_unaligned(sink_potentials_.data() + j));
            if (!xsimd::any(reduced < batch(worst.threshold()))) [[likely]]
                continue;
            std::array<double, lanes> values;
            reduced.store_unaligned(values.data());
            for (std::size_t lane = 0; lane < lanes; ++lane)
                if (values[lane] < worst.threshold())
                    worst.insert(static_cast<std::int32_t>(j + lane), values[lane]);
        }
    }

    const quantized_cost<Norm>& costs_;
    point_columns low_; ///< the boxes of the blocks
    point_columns high_;
    std::vector<double> sink_potentials_;
    std::vector<double> largest_potentials_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "all_pairs_pricing.ipp"
#endif
