// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// Samples of a plane of two features, so ordered that those within a distance of a place lie in a few runs.
namespace topoprune::detail {

/// One feature of all samples, cut into parts of about equal number.
struct feature_axis {
    static constexpr std::size_t parts = 64;

    std::vector<float> values;
    /// part_of(value) of every sample.
    std::vector<std::uint8_t> part;
    /// Where the parts but the first begin, ascending, and infinity.
    std::array<float, parts> cuts{};
    double least = 0, median = 0, most = 0;

    [[nodiscard]] std::size_t part_of(float value) const {
        std::int32_t below = 0;
        for (const float cut : cuts)
            below += cut <= value;
        return static_cast<std::size_t>(below);
    }
};

/// The axes of all features, finite, n >= 1, in one unit, a power of two, in which they lie in [-1, 1].
/// 5 d bytes a sample.
[[nodiscard]] inline std::vector<feature_axis> feature_axes(matrix_view<const float> features,
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

/// The samples in the plane of two axes, strip after strip along the first, along the second within a strip.
/// 20 bytes a sample.
class plane_cells {
public:
    /// Cheaper for the same x as before.
    void place(const feature_axis& x, const feature_axis& y) {
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

    [[nodiscard]] const std::vector<float>& along_x() const { return along_x_; }
    [[nodiscard]] const std::vector<float>& along_y() const { return along_y_; }
    /// The row of the sample at each place.
    [[nodiscard]] const std::vector<std::int32_t>& sample() const { return sample_; }

    /// visit(begin, end) for runs of places among which are all samples within `radius` of (x, y) in l1.
    template <class Visit>
    void near(float x, float y, float radius, Visit visit) const {
        // Distances are rounded twice.
        const double reach = static_cast<double>(radius) * (1 + 1e-6);
        const std::size_t first = strip_of(static_cast<float>(static_cast<double>(x) - reach));
        const std::size_t last = strip_of(static_cast<float>(static_cast<double>(x) + reach));
        for (std::size_t strip = first; strip <= last; ++strip) {
            double away = 0;
            if (strip > first)
                away = std::max(away, static_cast<double>(x_->cuts[strip * parts_of_strip - 1] - x));
            if (strip < last)
                away = std::max(away, static_cast<double>(x - x_->cuts[(strip + 1) * parts_of_strip - 1]));
            const double along = std::max(0.0, reach - away * (1 - 1e-6));
            visit_strip(strip, y_->part_of(static_cast<float>(static_cast<double>(y) - along)),
                        y_->part_of(static_cast<float>(static_cast<double>(y) + along)), visit);
        }
    }

    /// visit(begin, end) for the strip that x lies in.
    template <class Visit>
    void beside(float x, Visit visit) const {
        visit_strip(strip_of(x), 0, feature_axis::parts - 1, visit);
    }

private:
    static constexpr std::size_t parts_of_strip = 2;
    static constexpr std::size_t strips = feature_axis::parts / parts_of_strip;

    [[nodiscard]] std::size_t strip_of(float x) const { return x_->part_of(x) / parts_of_strip; }

    void cut_strips(const feature_axis& x) {
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

    template <class Visit>
    void visit_strip(std::size_t strip, std::size_t first, std::size_t last, Visit visit) const {
        const std::size_t begin = begins_[strip * feature_axis::parts + first];
        const std::size_t end = begins_[strip * feature_axis::parts + last + 1];
        if (begin < end)
            visit(begin, end);
    }

    const feature_axis* x_ = nullptr;
    const feature_axis* y_ = nullptr;
    /// Samples strip by strip, and where strips and their cells begin.
    std::vector<std::int32_t> of_strips_;
    std::vector<float> x_of_strips_;
    std::array<std::uint32_t, strips + 1> strip_begins_{};
    std::array<std::uint32_t, strips * feature_axis::parts + 1> begins_{};
    std::vector<float> along_x_, along_y_;
    std::vector<std::int32_t> sample_;
};

} // namespace topoprune::detail
