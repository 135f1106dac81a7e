// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/simd.hpp"
#include "plane_cells.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What probes of one plane add to the scores of zcore. Distances are floats >= 0, held as the integers of
/// their bits, which are in the same order. Working memory: 32 bytes a sample.
class plane_coverage {
public:
    /// redundant: how many lose by a probe, held below the number of samples.
    plane_coverage(std::size_t samples, std::int64_t redundant)
        : redundant_(std::min(redundant, static_cast<std::int64_t>(samples) - 1)), sums_(samples, 0.0),
          distances_(samples) {}

    void begin(const feature_axis& x, const feature_axis& y) {
        cells_.place(x, y);
        std::fill(sums_.begin(), sums_.end(), 0.0);
    }

    void add_probe(float x, float y) {
        const std::size_t hit = nearest_to(x, y);
        sums_[hit] += 1;
        punish_around(hit);
    }

    /// Adds what all probes since begin() gave to sums[row].
    void end(std::vector<double>& sums) const {
        for (std::size_t at = 0; at < sums_.size(); ++at)
            sums[static_cast<std::size_t>(cells_.sample()[at])] += sums_[at];
    }

private:
    using run = std::pair<std::size_t, std::size_t>;
    struct candidate {
        std::int32_t distance;
        std::int32_t sample;
        std::size_t index;
        auto operator<=>(const candidate&) const = default;
    };
    static constexpr std::int32_t beyond_all = std::numeric_limits<std::int32_t>::max();
    /// Longer than any distance in the unit of the axes.
    static constexpr float everything = 8;

    static std::int32_t bits(float distance) { return std::bit_cast<std::int32_t>(distance); }
    static double square_of(std::int32_t distance) {
        const auto value = static_cast<double>(std::bit_cast<float>(distance));
        return value * value;
    }

    /// Fills the distances of the runs, one run after another.
    TOPOPRUNE_DECLARE void measure(float x, float y);

    [[gnu::noinline]] static void measure_run(const float* along_x, const float* along_y, std::size_t count,
                                              float x, float y, std::int32_t* to) {
        for (std::size_t i = 0; i < count; ++i)
            to[i] = bits(std::abs(along_x[i] - x) + std::abs(along_y[i] - y));
    }

    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t least_distance() const;

    TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t count_within(std::int32_t distance) const;

    /// visit(index among the distances, place in the cells) for the distances above `low` and up to `high`.
    template <class Visit>
    void for_each_between(std::int32_t low, std::int32_t high, Visit visit) {
        find_between(low, high);
        std::size_t first = 0;
        auto next = found_.begin();
        for (const auto& [begin, end] : runs_) {
            for (; next != found_.end() && *next - first < end - begin; ++next)
                visit(*next, begin + (*next - first));
            first += end - begin;
        }
    }

    /// Nearly all are passed by, a whole vector at a time.
    TOPOPRUNE_DECLARE void find_between(std::int32_t low, std::int32_t high);

    /// The place, of those at this distance, of the sample with the least row number.
    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t first_at(std::int32_t distance);

    void run_within(float x, float y, float radius) {
        runs_.clear();
        cells_.near(x, y, radius,
                    [&](std::size_t begin, std::size_t end) { runs_.emplace_back(begin, end); });
    }

    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t nearest_to(float x, float y);

    /// Takes 1 in all from those nearest to a sample, itself left out.
    TOPOPRUNE_DECLARE void punish_around(std::size_t hit);

    /// Turns distances into weights (closest / distance)^4, 0 beyond the last, and gives their sum: by lanes
    /// of a fixed number, the same on every processor.
    TOPOPRUNE_DECLARE static double weigh(std::int32_t* distances, std::size_t count, std::int32_t last,
                                          float closest);

    [[gnu::noinline]] static void take(const std::int32_t* weights, std::size_t count, double share,
                                       double* from) {
        for (std::size_t i = 0; i < count; ++i)
            from[i] -= static_cast<double>(std::bit_cast<float>(weights[i])) * share;
    }

    /// The distance of a place that is measured.
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t& distance_of(std::size_t place);

    /// Measures runs that hold the nearest of (x, y), a sample's place: more than `redundant_` samples within
    /// a radius and not many beyond it. The radius of the last call is the first guess of the next.
    TOPOPRUNE_DECLARE void find_runs(float x, float y);

    /// The distance of the last of the `redundant_` nearest; others within it, as far with higher row numbers
    /// or farther, are put beyond all. The sample itself is beyond all already.
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t exclude_all_but_nearest();

    std::int64_t redundant_;
    plane_cells cells_;
    /// By place in the cells.
    std::vector<double> sums_;
    std::vector<std::int32_t> distances_;
    std::size_t measured_ = 0;
    std::vector<run> runs_;
    float radius_ = 0.1F;
    /// Samples within the radius, the one in the middle too.
    std::int64_t within_ = 0;
    std::vector<std::size_t> found_;
    std::vector<candidate> last_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "plane_coverage.ipp"
#endif
