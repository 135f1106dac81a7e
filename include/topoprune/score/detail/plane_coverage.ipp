// SPDX-License-Identifier: MIT
#pragma once

#include "plane_coverage.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void plane_coverage::measure(float x, float y) {
    measured_ = 0;
    for (const auto& [begin, end] : runs_) {
        measure_run(cells_.along_x().data() + begin, cells_.along_y().data() + begin, end - begin, x, y,
                    distances_.data() + measured_);
        measured_ += end - begin;
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE std::int32_t plane_coverage::least_distance() const {
    std::int32_t least = beyond_all;
    for (std::size_t i = 0; i < measured_; ++i)
        least = std::min(least, distances_[i]);
    return least;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE std::int64_t plane_coverage::count_within(std::int32_t distance) const {
    std::int32_t count = 0;
    for (std::size_t i = 0; i < measured_; ++i)
        count += distances_[i] <= distance;
    return count;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void plane_coverage::find_between(std::int32_t low, std::int32_t high) {
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

TOPOPRUNE_DEFINE std::size_t plane_coverage::first_at(std::int32_t distance) {
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

TOPOPRUNE_DEFINE std::size_t plane_coverage::nearest_to(float x, float y) {
    runs_.clear();
    cells_.beside(x, [&](std::size_t begin, std::size_t end) { runs_.emplace_back(begin, end); });
    measure(x, y);
    run_within(x, y, measured_ > 0 ? std::bit_cast<float>(least_distance()) : everything);
    measure(x, y);
    return first_at(least_distance());
}

TOPOPRUNE_DEFINE void plane_coverage::punish_around(std::size_t hit) {
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

TOPOPRUNE_DEFINE_OUT_OF_LINE double plane_coverage::weigh(std::int32_t* distances, std::size_t count,
                                                          std::int32_t last, float closest) {
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

TOPOPRUNE_DEFINE std::int32_t& plane_coverage::distance_of(std::size_t place) {
    std::size_t index = 0;
    for (const auto& [begin, end] : runs_) {
        if (begin <= place && place < end)
            return distances_[index + place - begin];
        index += end - begin;
    }
    return distances_.front();
}

TOPOPRUNE_DEFINE void plane_coverage::find_runs(float x, float y) {
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

TOPOPRUNE_DEFINE std::int32_t plane_coverage::exclude_all_but_nearest() {
    // count_within(low) < redundant_ <= count_within(high), until few are between them. Counts grow like
    // the square of the distance; bisections end the search where they do not.
    constexpr std::int64_t few = 32;
    std::int32_t low = 0, high = bits(radius_);
    std::int64_t below = 0, within = within_ - 1;
    for (int step = 1; within > redundant_ && within - below > few && high - low > 1; ++step) {
        std::int32_t middle = low + (high - low) / 2;
        if (step % 4 != 0) {
            const double from = square_of(low), to = square_of(high);
            const double part = static_cast<double>(redundant_ - below) / static_cast<double>(within - below);
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

} // namespace topoprune::detail
