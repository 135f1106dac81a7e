// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "../shared/weighted_graph.hpp"
#include "layout_options.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// The generator of umap-learn: a combined Tausworthe generator (L'Ecuyer 1996, "taus88") whose words are 64
/// bits wide and signed. The first draws of a state with high bits differ from those of the 32-bit generator.
struct tausworthe {
    std::array<std::int64_t, 3> state{};

    TOPOPRUNE_DECLARE std::int32_t operator()();

private:
    static std::int64_t step(std::int64_t s, std::int64_t mask, int up, int mixed_up, int down) {
        constexpr std::int64_t low = 0xFFFFFFFF;
        return (((s & mask) << up) & low) ^ ((((shifted(s, mixed_up))&low) ^ s) >> down);
    }
    /// Bits that leave a signed word are dropped.
    static std::int64_t shifted(std::int64_t s, int by) {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(s) << by);
    }
};

/// The layout as umap-learn runs it with a seed, for comparisons: one thread, the edges in the order of their
/// rows, all positions live, the counters of each edge's next sample and next negative sample kept in double,
/// one generator for each sample. 32 bytes an edge and 32 a vertex; about five times as slow as `layout`.
class reference_layout {
public:
    /// start: vertices x dimensions. random_state: three words from [-2^31, 2^31), to which each sample adds
    /// the bits of its first coordinate.
    TOPOPRUNE_DECLARE reference_layout(const weighted_graph& graph, const matrix<float>& start,
                                       const layout_options& options,
                                       const std::array<std::int64_t, 3>& random_state);

    reference_layout(const weighted_graph& graph, const matrix<float>& start, const layout_options& options,
                     const random_stream& random)
        : reference_layout(graph, start, options, random_state_of(random)) {
        random_ = random;
    }

    /// The same layout with generators of its own; number 0 is this one. Only before the first epoch.
    TOPOPRUNE_DECLARE [[nodiscard]] reference_layout member(std::uint64_t number) const;

    [[nodiscard]] std::int32_t epoch() const { return epoch_; }
    [[nodiscard]] std::int32_t epochs() const { return options_.epochs; }

    TOPOPRUNE_DECLARE void run_epoch(const execution& where);

    [[nodiscard]] matrix<double> positions() const { return positions_.cast<double>(); }

private:
    struct counted_edge {
        std::int32_t head = 0;
        std::int32_t tail = 0;
        double period = 0; // epochs between two samples
        double next = 0;
        double next_negative = 0;
    };

    static std::int64_t word(const random_stream& random, std::uint64_t index) {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(random.bits(index)));
    }
    static std::array<std::int64_t, 3> random_state_of(const random_stream& random) {
        return {word(random, 0), word(random, 1), word(random, 2)};
    }
    TOPOPRUNE_DECLARE void seed_generators(const std::array<std::int64_t, 3>& random_state);
    static double clip(double x) { return std::clamp(x, -4.0, 4.0); }

    TOPOPRUNE_DECLARE [[nodiscard]] double squared_distance(std::int64_t i, std::int64_t j) const;

    TOPOPRUNE_DECLARE void sample(counted_edge& edge, double step);

    TOPOPRUNE_DECLARE void repel(std::int64_t head, std::int64_t other, double step);

    layout_options options_;
    matrix<float> positions_;
    std::vector<counted_edge> edges_;
    std::vector<tausworthe> generators_;
    random_stream random_{0, 0};
    std::int32_t epoch_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "reference_layout.ipp"
#endif
