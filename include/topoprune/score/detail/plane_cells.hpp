// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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

    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t part_of(float value) const;
};

/// The axes of all features, finite, n >= 1, in one unit, a power of two, in which they lie in [-1, 1].
/// 5 d bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<feature_axis> feature_axes(matrix_view<const float> features,
                                                                       const execution& where);

/// The samples in the plane of two axes, strip after strip along the first, along the second within a strip.
/// 20 bytes a sample.
class plane_cells {
public:
    /// Cheaper for the same x as before.
    TOPOPRUNE_DECLARE void place(const feature_axis& x, const feature_axis& y);

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

    TOPOPRUNE_DECLARE void cut_strips(const feature_axis& x);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "plane_cells.ipp"
#endif
