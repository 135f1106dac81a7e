// SPDX-License-Identifier: MIT
#pragma once

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
    void measure(float x, float y) {
        measured_ = 0;
        for (const auto& [begin, end] : runs_) {
            measure_run(cells_.along_x().data() + begin, cells_.along_y().data() + begin, end - begin, x, y,
                        distances_.data() + measured_);
            measured_ += end - begin;
        }
    }

    [[gnu::noinline]] static void measure_run(const float* along_x, const float* along_y, std::size_t count,
                                              float x, float y, std::int32_t* to) {
        for (std::size_t i = 0; i < count; ++i)
            to[i] = bits(std::abs(along_x[i] - x) + std::abs(along_y[i] - y));
    }

    [[nodiscard, gnu::noinline]] std::int32_t least_distance() const {
        std::int32_t least = beyond_all;
        for (std::size_t i = 0; i < measured_; ++i)
            least = std::min(least, distances_[i]);
        return least;
    }

    [[nodiscard, gnu::noinline]] std::int64_t count_within(std::int32_t distance) const {
        std::int32_t count = 0;
        for (std::size_t i = 0; i < measured_; ++i)
            count += distances_[i] <= distance;
        return count;
    }

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
    [[gnu::noinline]] void find_between(std::int32_t low, std::int32_t high) {
        using batch = xsimd::batch<std::int32_t>;
        found_.clear();
        const auto look = [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i)
                if (distances_[i] > low && distances_[i] <= high)
                    found_.push_back(i);
        };
        std::size_t i = 0;
        for (; i + batch::size <= measured_; i += batch::size) {
            const batch values = batch::load_unaligned(distances_.data() + i);
            if (xsimd::any((values > batch(low)) & (values <= batch(high)))) [[unlikely]]
                look(i, i + batch::size);
        }
        look(i, measured_);
    }

    /// The place, of those at this distance, of the sample with the least row number.
    [[nodiscard]] std::size_t first_at(std::int32_t distance) {
        std::int32_t least = beyond_all;
        std::size_t found = 0;
        for_each_between(distance - 1, distance, [&](std::size_t, std::size_t place) {
            if (cells_.sample()[place] < least) {
                least = cells_.sample()[place];
                found = place;
            }
        });
        return found;
    }

    void run_within(float x, float y, float radius) {
        runs_.clear();
        cells_.near(x, y, radius,
                    [&](std::size_t begin, std::size_t end) { runs_.emplace_back(begin, end); });
    }

    [[nodiscard]] std::size_t nearest_to(float x, float y) {
        runs_.clear();
        cells_.beside(x, [&](std::size_t begin, std::size_t end) { runs_.emplace_back(begin, end); });
        measure(x, y);
        run_within(x, y, measured_ > 0 ? std::bit_cast<float>(least_distance()) : everything);
        measure(x, y);
        return first_at(least_distance());
    }

    /// Takes 1 in all from those nearest to a sample, itself left out.
    void punish_around(std::size_t hit) {
        const float x = cells_.along_x()[hit], y = cells_.along_y()[hit];
        find_runs(x, y);
        distance_of(hit) = beyond_all;
        const std::int32_t closest = least_distance();
        if (closest == 0) {
            sums_[first_at(0)] -= 1;
            return;
        }
        const std::int32_t last = exclude_all_but_nearest();
        const double share = 1 / weigh(distances_.data(), measured_, last, std::bit_cast<float>(closest));
        std::size_t index = 0;
        for (const auto& [begin, end] : runs_) {
            take(distances_.data() + index, end - begin, share, sums_.data() + begin);
            index += end - begin;
        }
    }

    /// Turns distances into weights (closest / distance)^4, 0 beyond the last, and gives their sum: by lanes
    /// of a fixed number, the same on every processor.
    [[gnu::noinline]] static double weigh(std::int32_t* distances, std::size_t count, std::int32_t last,
                                          float closest) {
        for (std::size_t i = 0; i < count; ++i) {
            const float ratio = closest / std::bit_cast<float>(distances[i]);
            const float square = ratio * ratio;
            const std::int32_t weight = bits(square * square);
            distances[i] = distances[i] <= last ? weight : 0;
        }
        constexpr std::size_t lanes = 16;
        std::array<float, lanes> sums{};
        std::size_t i = 0;
        for (; i + lanes <= count; i += lanes)
            for (std::size_t l = 0; l < lanes; ++l)
                sums[l] += std::bit_cast<float>(distances[i + l]);
        double total = 0;
        for (; i < count; ++i)
            total += static_cast<double>(std::bit_cast<float>(distances[i]));
        for (const float sum : sums)
            total += static_cast<double>(sum);
        return total;
    }

    [[gnu::noinline]] static void take(const std::int32_t* weights, std::size_t count, double share,
                                       double* from) {
        for (std::size_t i = 0; i < count; ++i)
            from[i] -= static_cast<double>(std::bit_cast<float>(weights[i])) * share;
    }

    /// The distance of a place that is measured.
    [[nodiscard]] std::int32_t& distance_of(std::size_t place) {
        std::size_t index = 0;
        for (const auto& [begin, end] : runs_) {
            if (begin <= place && place < end)
                return distances_[index + place - begin];
            index += end - begin;
        }
        return distances_.front();
    }

    /// Measures runs that hold the nearest of (x, y), a sample's place: more than `redundant_` samples within
    /// a radius and not many beyond it. The radius of the last call is the first guess of the next.
    void find_runs(float x, float y) {
        const auto wanted = static_cast<double>(redundant_ + 1);
        // Too few lie within `low`, enough within `high`; 0 and everything while that is not known.
        float low = 0, high = everything;
        radius_ = std::min(radius_, everything / 8);
        for (int attempt = 0;; ++attempt) {
            run_within(x, y, radius_);
            double found = 0;
            for (const auto& [begin, end] : runs_)
                found += static_cast<double>(end - begin);
            // Of many at one distance there are many within any radius.
            const bool last_try = attempt >= 16 || high < 1.02F * low;
            double growth = std::sqrt(2 * wanted / (found + 1));
            if (radius_ >= everything || (found >= 1.5 * wanted && (found <= 3 * wanted || last_try))) {
                measure(x, y);
                within_ = count_within(bits(radius_));
                if (within_ > redundant_ || radius_ >= everything)
                    return;
                growth = std::max(1.05, std::sqrt(1.15 * wanted / static_cast<double>(within_ + 1)));
            }
            (growth > 1 ? low : high) = radius_;
            if (high <= low)
                high = everything;
            float guess = radius_ * static_cast<float>(std::clamp(growth, 0.25, 4.0));
            // Where counts do not grow like the square of the radius, the bounds close in on it.
            if (low > 0 && high < everything && (attempt % 3 == 2 || guess <= low || guess >= high))
                guess = std::sqrt(low * high);
            radius_ = last_try ? high : std::clamp(guess, std::numeric_limits<float>::min(), everything);
        }
    }

    /// The distance of the last of the `redundant_` nearest; others within it, as far with higher row numbers
    /// or farther, are put beyond all. The sample itself is beyond all already.
    [[nodiscard]] std::int32_t exclude_all_but_nearest() {
        // count_within(low) < redundant_ <= count_within(high), until few are between them. Counts grow like
        // the square of the distance; bisections end the search where they do not.
        constexpr std::int64_t few = 32;
        std::int32_t low = 0, high = bits(radius_);
        std::int64_t below = 0, within = within_ - 1;
        for (int step = 1; within > redundant_ && within - below > few && high - low > 1; ++step) {
            std::int32_t middle = low + (high - low) / 2;
            if (step % 4 != 0) {
                const double from = square_of(low), to = square_of(high);
                const double part =
                    static_cast<double>(redundant_ - below) / static_cast<double>(within - below);
                middle = bits(static_cast<float>(std::sqrt(from + part * (to - from))));
            }
            middle = std::clamp(middle, low + 1, high - 1);
            const std::int64_t count = count_within(middle);
            (count >= redundant_ ? high : low) = middle;
            (count >= redundant_ ? within : below) = count;
        }
        if (within > redundant_) {
            last_.clear();
            for_each_between(low, high, [&](std::size_t index, std::size_t place) {
                last_.push_back({distances_[index], cells_.sample()[place], index});
            });
            std::sort(last_.begin(), last_.end());
            for (auto at = static_cast<std::size_t>(redundant_ - below); at < last_.size(); ++at)
                distances_[last_[at].index] = beyond_all;
        }
        return high;
    }

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
