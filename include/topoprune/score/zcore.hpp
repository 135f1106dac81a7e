// SPDX-License-Identifier: MIT
#pragma once

#include "../core/random.hpp"
#include "dataset_score.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace topoprune {

/// Zero-shot coverage (Griffin et al. 2024, ZCore), without labels: again and again draw two features and a
/// place in their plane, triangular between the least and the largest value with the mode at the median; the
/// nearest sample in l1 gains 1, and its `redundant` nearest in that plane lose 1 together, in proportion to
/// distance^-4; if it has an exact duplicate in that plane, the first of them loses it all. Ties by least
/// row number. Then min-max over all samples; 0 where all are equal.
/// High: valuable. A single feature is a line instead of a plane.
/// Cost: O(probes n). Memory: 136 bytes a sample, and the features once more by column.
struct zcore {
    static constexpr high_end high = high_end::valuable;

    /// >= 1; min(1,000,000, 10 n) if unset, as the authors have it.
    std::optional<std::int64_t> probes{};
    /// >= 1; held below the number of samples.
    std::int64_t redundant = 1000;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        require(!probes || *probes >= 1, "zcore", "probes", probes.value_or(0), "at least 1");
        require(redundant >= 1, "zcore", "redundant", redundant, "at least 1");
        require_features(data, "zcore");
        const std::int64_t n = data.samples(), d = data.features.columns();
        std::vector<double> column(static_cast<std::size_t>(n), 0.0);
        if (n < 2 || d == 0)
            return column;
        const std::vector<axis> axes = axes_of(data.features, where);
        const std::int64_t drawn = probes.value_or(std::min<std::int64_t>(1'000'000, 10 * n));
        // Sixteen sums, added in order: the same bits on any number of threads.
        std::vector<std::vector<double>> sums(16);
        where.parallel_for(std::ssize(sums), [&](std::int64_t part) {
            std::vector<double>& own = sums[static_cast<std::size_t>(part)];
            own.assign(column.size(), 0.0);
            std::vector<std::pair<float, std::int32_t>> scratch(column.size());
            for (std::int64_t probe = part * drawn / 16; probe < (part + 1) * drawn / 16; ++probe) {
                where.check_interruption();
                run_probe(axes, static_cast<std::uint64_t>(probe), where.seed(), scratch, own);
            }
        });
        for (const std::vector<double>& own : sums)
            for (std::size_t i = 0; i < column.size(); ++i)
                column[i] += own[i];
        const auto [low, high_value] = std::minmax_element(column.begin(), column.end());
        const double least = *low, range = *high_value - least;
        for (double& value : column)
            value = range > 0 ? (value - least) / range : 0.0;
        return column;
    }

private:
    static constexpr std::uint64_t stream = 0x5a434f5245ULL;

    /// One feature of all samples.
    struct axis {
        std::vector<float> values;
        double least = 0, median = 0, most = 0;

        /// The quantile u of the triangular distribution.
        [[nodiscard]] double place(double u) const {
            const double range = most - least;
            if (!(range > 0))
                return least;
            const double turn = (median - least) / range;
            return u < turn ? least + range * std::sqrt(u * turn)
                            : most - range * std::sqrt((1 - u) * (1 - turn));
        }
    };

    [[nodiscard]] static std::vector<axis> axes_of(matrix_view<const float> features,
                                                   const execution& where) {
        std::vector<axis> axes(static_cast<std::size_t>(features.columns()));
        where.parallel_for(features.columns(), [&](std::int64_t k) {
            axis& one = axes[static_cast<std::size_t>(k)];
            for (std::int64_t i = 0; i < features.rows(); ++i)
                one.values.push_back(features(i, k));
            std::vector<float> sorted = one.values;
            std::sort(sorted.begin(), sorted.end());
            one.least = static_cast<double>(sorted.front());
            one.most = static_cast<double>(sorted.back());
            one.median = 0.5 * (static_cast<double>(sorted[(sorted.size() - 1) / 2]) +
                                static_cast<double>(sorted[sorted.size() / 2]));
        });
        return axes;
    }

    void run_probe(const std::vector<axis>& axes, std::uint64_t probe, std::uint64_t seed,
                   std::vector<std::pair<float, std::int32_t>>& scratch, std::vector<double>& sums) const {
        const random_stream random = random_stream(seed, stream).child(probe);
        const std::uint64_t d = axes.size();
        const std::uint64_t first = random.below(0, d);
        const std::uint64_t second = d == 1 ? 0 : (first + 1 + random.below(1, d - 1)) % d;
        const axis& x = axes[first];
        const axis& y = axes[second];
        const auto measure = [&](float at_x, float at_y) {
            for (std::size_t i = 0; i < scratch.size(); ++i)
                scratch[i] = {std::abs(x.values[i] - at_x) + (d == 1 ? 0.0F : std::abs(y.values[i] - at_y)),
                              static_cast<std::int32_t>(i)};
        };
        measure(static_cast<float>(x.place(random.uniform(2))),
                static_cast<float>(y.place(random.uniform(3))));
        const auto nearest =
            static_cast<std::size_t>(std::min_element(scratch.begin(), scratch.end())->second);
        sums[nearest] += 1;

        measure(x.values[nearest], y.values[nearest]);
        // The sample itself goes to the front, out of the way of its duplicates.
        scratch[nearest].first = -1;
        const auto last =
            std::min<std::ptrdiff_t>(std::ssize(scratch), static_cast<std::ptrdiff_t>(redundant) + 1);
        std::nth_element(scratch.begin(), scratch.begin() + (last - 1), scratch.end());
        std::sort(scratch.begin(), scratch.begin() + last);
        const auto closest = static_cast<double>(scratch[1].first);
        if (closest == 0) {
            sums[static_cast<std::size_t>(scratch[1].second)] -= 1;
            return;
        }
        double total = 0;
        const auto weight = [&](std::ptrdiff_t at) {
            return std::pow(closest / static_cast<double>(scratch[static_cast<std::size_t>(at)].first), 4.0);
        };
        for (std::ptrdiff_t at = 1; at < last; ++at)
            total += weight(at);
        for (std::ptrdiff_t at = 1; at < last; ++at)
            sums[static_cast<std::size_t>(scratch[static_cast<std::size_t>(at)].second)] -=
                weight(at) / total;
    }
};

static_assert(DatasetScore<zcore>);

} // namespace topoprune
