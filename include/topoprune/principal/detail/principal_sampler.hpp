// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "principal_filter.hpp"
#include "principal_pair_of.hpp"
#include "principal_subsets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace topoprune {

/// The bar of one subset: it is born at scale `birth` and lives for `lifetime` > 0. Scales are whole
/// distances, as in the literature of principal persistence measures (elsewhere here: half of them). The
/// birth is the distance of the points birth_u and birth_v, birth + lifetime that of death_u and death_v:
/// derivatives flow to these and to nothing else. A component is born at 0, with no edge: -1.
struct principal_pair {
    double birth = 0;
    double lifetime = 0;
    std::int32_t birth_u = -1;
    std::int32_t birth_v = -1;
    std::int32_t death_u = -1;
    std::int32_t death_v = -1;
};

namespace detail {

/// Draws subsets of a cloud and measures their bars. The points must outlive it.
class principal_sampler {
public:
    /// The largest degree: a subset of 64 points.
    static constexpr int largest_degree = 31;

    /// Needs at least 2q + 2 points.
    principal_sampler(matrix_view<const double> points, int degree,
                      const principal_persistence_sampling& sampling, std::uint64_t seed)
        : points_(points), subsets_(points.rows(), degree, sampling, seed),
          samples_(sampling.samples_for(points.rows())) {
        if (degree == 1)
            filter_.emplace(points);
    }

    [[nodiscard]] static std::int64_t fewest_points(int degree) {
        return 2 * static_cast<std::int64_t>(degree) + 2;
    }

    /// What a cloud and options must be, but for the number of points.
    TOPOPRUNE_DECLARE static void check(matrix_view<const double> points, int degree,
                                        const principal_persistence_sampling& sampling,
                                        std::string_view function);

    [[nodiscard]] std::int64_t samples() const { return samples_; }

    /// visit(pair, point) for the subsets begin, ..., end - 1 that have a bar, in their order; point(k) is
    /// point k of the subset, k < 2q + 2. `begin` must be a multiple of subset_block::capacity for every call
    /// but a lone one: then the work is shared out evenly.
    template <class Visit>
    void for_each_pair(std::int64_t begin, std::int64_t end, const Visit& visit) const {
        subset_block block(subsets_.size());
        std::array<std::int32_t, subset_block::capacity + 1> found{};
        constexpr auto capacity = static_cast<std::int64_t>(subset_block::capacity);
        for (std::int64_t first = begin; first < end; first += capacity) {
            subsets_.draw(first, block);
            const auto count = static_cast<std::size_t>(std::min(capacity, end - first));
            if (filter_) {
                const std::size_t candidates = filter_->candidates(block, found.data());
                for (std::size_t c = 0; c < candidates && static_cast<std::size_t>(found[c]) < count; ++c)
                    measure(block, static_cast<std::size_t>(found[c]), visit);
            } else {
                for (std::size_t c = 0; c < count; ++c)
                    measure(block, c, visit);
            }
        }
    }

private:
    template <class Visit>
    void measure(const subset_block& block, std::size_t c, const Visit& visit) const {
        const auto point = [&](auto k) { return block.column(static_cast<std::size_t>(k))[c]; };
        const auto square = [&](auto i, auto j) { return squared_distance(points_, point(i), point(j)); };
        const squared_bar bar = [&] {
            if (subsets_.size() == 2)
                return bar_of_two(square(0, 1));
            if (subsets_.size() == 4)
                return bar_of_four(
                    {square(0, 1), square(2, 3), square(0, 2), square(1, 3), square(0, 3), square(1, 2)});
            return bar_of_subset(subsets_.size(), square);
        }();
        if (!bar.exists())
            return;
        principal_pair pair;
        pair.birth = std::sqrt(bar.birth.square);
        pair.lifetime = std::sqrt(bar.death.square) - pair.birth;
        // Different squares may have the same root.
        if (pair.lifetime == 0)
            return;
        if (bar.birth.u >= 0) {
            pair.birth_u = point(bar.birth.u);
            pair.birth_v = point(bar.birth.v);
        }
        pair.death_u = point(bar.death.u);
        pair.death_v = point(bar.death.v);
        visit(pair, point);
    }

    matrix_view<const double> points_;
    principal_subsets subsets_;
    std::int64_t samples_;
    /// Of degree 1.
    std::optional<principal_filter> filter_;
};

} // namespace detail
} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_sampler.ipp"
#endif
