// SPDX-License-Identifier: MIT
#pragma once

#include "plane_cells.hpp"

#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::size_t feature_axis::part_of(float value) const {
    std::int32_t below = 0;
    for (const float cut : cuts)
        below += cut <= value;
    return static_cast<std::size_t>(below);
}

TOPOPRUNE_DEFINE std::vector<feature_axis> feature_axes(matrix_view<const float> features,
                                                        const execution& where) {
    float reach = 0;
    for (std::int64_t at = 0; at < features.size(); ++at)
        reach = std::max(reach, std::abs(features.data()[at]));
    const int exponent = reach > 0 ? -std::ilogb(reach) - 1 : 0;
    const auto n = static_cast<std::size_t>(features.rows());
    std::vector<feature_axis> axes(static_cast<std::size_t>(features.columns()));
    where.parallel_for(features.columns(), [&](std::int64_t k) {
        where.check_interruption();
        feature_axis& one = axes[static_cast<std::size_t>(k)];
        for (std::int64_t i = 0; i < features.rows(); ++i)
            one.values.push_back(std::ldexp(features(i, k), exponent));
        // Some of many values give the cuts well enough.
        const std::size_t step = n / 4096 + 1;
        std::vector<float> some;
        for (std::size_t i = 0; i < n; i += step)
            some.push_back(one.values[i]);
        std::sort(some.begin(), some.end());
        for (std::size_t part = 1; part < feature_axis::parts; ++part)
            one.cuts[part - 1] = some[part * some.size() / feature_axis::parts];
        one.cuts.back() = std::numeric_limits<float>::infinity();
        for (const float value : one.values)
            one.part.push_back(static_cast<std::uint8_t>(one.part_of(value)));
        const auto [least, most] = std::minmax_element(one.values.begin(), one.values.end());
        one.least = static_cast<double>(*least);
        one.most = static_cast<double>(*most);
        std::vector<float> ordered = one.values;
        const auto middle = ordered.begin() + static_cast<std::ptrdiff_t>(n / 2);
        std::nth_element(ordered.begin(), middle, ordered.end());
        const float before = n % 2 == 1 ? *middle : *std::max_element(ordered.begin(), middle);
        one.median = 0.5 * (static_cast<double>(before) + static_cast<double>(*middle));
    });
    return axes;
}

TOPOPRUNE_DEFINE void plane_cells::place(const feature_axis& x, const feature_axis& y) {
    if (x_ != &x)
        cut_strips(x);
    y_ = &y;
    along_y_.resize(sample_.size());
    for (std::size_t strip = 0; strip < strips; ++strip) {
        const std::size_t begin = strip_begins_[strip], end = strip_begins_[strip + 1];
        std::array<std::uint32_t, feature_axis::parts> next{};
        for (std::size_t at = begin; at < end; ++at)
            ++next[y.part[static_cast<std::size_t>(of_strips_[at])]];
        std::uint32_t place = strip_begins_[strip];
        for (std::size_t part = 0; part < feature_axis::parts; ++part) {
            begins_[strip * feature_axis::parts + part] = place;
            place += std::exchange(next[part], place);
        }
        for (std::size_t at = begin; at < end; ++at) {
            const auto i = static_cast<std::size_t>(of_strips_[at]);
            const std::size_t to = next[y.part[i]]++;
            along_x_[to] = x_of_strips_[at];
            along_y_[to] = y.values[i];
            sample_[to] = of_strips_[at];
        }
    }
    begins_.back() = static_cast<std::uint32_t>(sample_.size());
}

TOPOPRUNE_DEFINE void plane_cells::cut_strips(const feature_axis& x) {
    const std::size_t n = x.values.size();
    x_ = &x;
    for (auto* const of_all : {&x_of_strips_, &along_x_})
        of_all->resize(n);
    for (auto* const of_all : {&of_strips_, &sample_})
        of_all->resize(n);
    strip_begins_.fill(0);
    for (const std::uint8_t part : x.part)
        ++strip_begins_[part / parts_of_strip + 1];
    for (std::size_t strip = 0; strip < strips; ++strip)
        strip_begins_[strip + 1] += strip_begins_[strip];
    auto next = strip_begins_;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t at = next[x.part[i] / parts_of_strip]++;
        of_strips_[at] = static_cast<std::int32_t>(i);
        x_of_strips_[at] = x.values[i];
    }
}

} // namespace topoprune::detail
