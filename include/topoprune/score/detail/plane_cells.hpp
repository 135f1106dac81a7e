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
        std::vector<float> ordered = one.values;
        const auto at_rank = [&](std::size_t first, std::size_t rank) {
            std::nth_element(ordered.begin() + static_cast<std::ptrdiff_t>(first),
                             ordered.begin() + static_cast<std::ptrdiff_t>(rank), ordered.end());
            return ordered[rank];
        };
        for (std::size_t part = 1, first = 0; part < feature_axis::parts; ++part) {
            const std::size_t rank = part * n / feature_axis::parts;
            one.cuts[part - 1] = at_rank(first, rank);
            first = rank;
        }
        one.cuts.back() = std::numeric_limits<float>::infinity();
        for (const float value : one.values)
            one.part.push_back(static_cast<std::uint8_t>(one.part_of(value)));
        const auto [least, most] = std::minmax_element(one.values.begin(), one.values.end());
        one.least = static_cast<double>(*least);
        one.most = static_cast<double>(*most);
        one.median =
            0.5 * (static_cast<double>(at_rank(0, (n - 1) / 2)) + static_cast<double>(at_rank(0, n / 2)));
    });
    return axes;
}

/// The samples in the plane of two axes, strip after strip along the first, along the second within a strip.
/// 12 bytes a sample.
class plane_cells {
public:
    void place(const feature_axis& x, const feature_axis& y) {
        x_ = &x;
        y_ = &y;
        const std::size_t n = x.values.size();
        begins_.fill(0);
        for (std::size_t i = 0; i < n; ++i)
            ++begins_[cell_of(i) + 1];
        for (std::size_t cell = 0; cell < cells; ++cell)
            begins_[cell + 1] += begins_[cell];
        auto next = begins_;
        along_x_.resize(n);
        along_y_.resize(n);
        sample_.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t at = next[cell_of(i)]++;
            along_x_[at] = x.values[i];
            along_y_[at] = y.values[i];
            sample_[at] = static_cast<std::int32_t>(i);
        }
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
    static constexpr std::size_t cells = feature_axis::parts / parts_of_strip * feature_axis::parts;

    [[nodiscard]] std::size_t strip_of(float x) const { return x_->part_of(x) / parts_of_strip; }
    [[nodiscard]] std::size_t cell_of(std::size_t i) const {
        return x_->part[i] / parts_of_strip * feature_axis::parts + y_->part[i];
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
    std::array<std::uint32_t, cells + 1> begins_{};
    std::vector<float> along_x_, along_y_;
    std::vector<std::int32_t> sample_;
};

} // namespace topoprune::detail
