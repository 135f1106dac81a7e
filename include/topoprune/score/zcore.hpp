// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/random.hpp"
#include "dataset_score.hpp"
#include "detail/plane_cells.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// Zero-shot coverage (Griffin et al. 2024, ZCore), without labels: again and again draw two features and a
/// place in their plane, triangular between the least and the largest value with the mode at the median; the
/// nearest sample in l1 gains 1, and its `redundant` nearest in that plane lose 1 together, in proportion to
/// distance^-4; if it has an exact duplicate in that plane, the first of them loses it all. Ties by least
/// row number. Then min-max over all samples; 0 where all are equal.
/// High: valuable. A single feature is a line instead of a plane.
/// Probes of one plane are made together: its samples are put into cells, and a probe looks only at the cells
/// around it. Weights are computed in float.
/// Cost: O(n) for each of the planes that are drawn, at most d (d - 1) / 2, and about O(redundant + sqrt n) a
/// probe. Memory: 128 bytes a sample and 32 more a thread, 5 d for the features by column, 16 bytes a probe.
struct zcore {
    static constexpr high_end high = high_end::valuable;

    /// >= 1; min(1,000,000, 10 n) if unset, as the authors have it.
    std::optional<std::int64_t> probes{};
    /// >= 1; held below the number of samples.
    std::int64_t redundant = 1000;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x5a434f5245ULL;

    /// A probe and the plane of two features that it lies in, the lower one first.
    struct plane_probe {
        std::uint32_t first, second;
        std::uint64_t probe;
        auto operator<=>(const plane_probe&) const = default;
    };

    [[nodiscard]] static random_stream random_of(std::uint64_t probe, std::uint64_t seed) {
        return random_stream(seed, stream).child(probe);
    }

    /// All probes, plane by plane.
    TOPOPRUNE_DECLARE [[nodiscard]] static std::vector<plane_probe>
    draw_planes(std::int64_t count, std::size_t features, std::uint64_t seed);

    /// The place in [least, most] that the quantile u of the triangular distribution is at.
    TOPOPRUNE_DECLARE [[nodiscard]] static float place(const detail::feature_axis& axis, double u);

    TOPOPRUNE_DECLARE void run_probes(std::span<const plane_probe> drawn,
                                      const std::vector<detail::feature_axis>& axes, const execution& where,
                                      std::vector<double>& sums) const;
};

static_assert(DatasetScore<zcore>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "zcore.ipp"
#endif
