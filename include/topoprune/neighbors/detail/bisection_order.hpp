// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_sums.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

/// A random partition of samples into leaves of nearby ones: cut in two halves of equal size along a random
/// direction, again and again (random projection trees, Dasgupta and Freund 2008).
namespace topoprune::detail {

/// The parts of [0, samples) after `level` halvings: sizes differ by at most 1, and parts 2 p and 2 p + 1 of
/// the next level make up part p.
struct even_parts {
    std::int64_t samples = 0;
    int level = 0;

    [[nodiscard]] std::int64_t count() const { return std::int64_t{1} << level; }
    [[nodiscard]] std::int64_t begin(std::int64_t part) const { return (samples * part) >> level; }
    [[nodiscard]] std::int64_t end(std::int64_t part) const { return begin(part + 1); }
};

/// The fewest halvings that leave at most `leaf_size` samples in every part.
[[nodiscard]] inline even_parts leaves_of(std::int64_t samples, std::int64_t leaf_size) {
    even_parts parts{.samples = samples, .level = 0};
    while ((samples + parts.count() - 1) / parts.count() > leaf_size)
        ++parts.level;
    return parts;
}

/// Where a sample lies along the direction of a cut. Ties go by id, so that even equal samples are halved.
struct projected_sample {
    float value = 0;
    std::int32_t id = 0;
    auto operator<=>(const projected_sample&) const = default;
};

/// One partition. `order` lists the samples leaf after leaf, ascending in each; leaf l is
/// [leaves.begin(l), leaves.end(l)). Working memory: 8 bytes a sample.
class bisection_order {
public:
    bisection_order(const matrix<float>& rows, even_parts leaves, const random_stream& random,
                    const execution& where)
        : rows_(rows), leaves_(leaves), random_(random), where_(where),
          samples_(static_cast<std::size_t>(leaves.samples)) {
        for (std::size_t i = 0; i < samples_.size(); ++i)
            samples_[i].id = static_cast<std::int32_t>(i);
    }

    [[nodiscard]] std::vector<std::int32_t> order() {
        // The first cuts share out the projections, the others the parts.
        const int shared_levels = std::min(leaves_.level, levels_in_common);
        for (int level = 0; level < shared_levels; ++level)
            cut_level({leaves_.samples, level});
        const even_parts crown{leaves_.samples, shared_levels};
        where_.parallel_for(crown.count(), [&](std::int64_t part) {
            where_.check_interruption();
            cut_part(crown, part);
        });
        std::vector<std::int32_t> result(samples_.size());
        std::transform(samples_.begin(), samples_.end(), result.begin(),
                       [](const projected_sample& s) { return s.id; });
        where_.parallel_for(leaves_.count(), [&](std::int64_t leaf) {
            std::sort(result.begin() + leaves_.begin(leaf), result.begin() + leaves_.end(leaf));
        });
        return result;
    }

private:
    /// 2^6 parts keep 64 threads busy.
    static constexpr int levels_in_common = 6;

    /// The difference of two samples drawn from the part: it follows the directions in which they vary. Of
    /// three such draws, the longest.
    [[nodiscard]] Eigen::RowVectorXf direction(const even_parts& parts, std::int64_t part) const {
        const std::int64_t begin = parts.begin(part);
        const auto size = static_cast<std::uint64_t>(parts.end(part) - begin);
        const random_stream draws = random_.child(static_cast<std::uint64_t>(parts.count() + part));
        const auto drawn = [&](std::uint64_t index) {
            return rows_.row(
                samples_[static_cast<std::size_t>(begin) + static_cast<std::size_t>(draws.below(index, size))]
                    .id);
        };
        Eigen::RowVectorXf longest = drawn(0) - drawn(1);
        for (std::uint64_t index = 2; index < 6; index += 2) {
            Eigen::RowVectorXf other = drawn(index) - drawn(index + 1);
            if (squared_norm(entries(other)) > squared_norm(entries(longest)))
                longest = other;
        }
        return longest;
    }

    /// Out of line, so that every caller rounds alike.
    [[gnu::noinline]] void project(const Eigen::RowVectorXf& along, std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            projected_sample& sample = samples_[static_cast<std::size_t>(i)];
            sample.value = dot(entries(along), matrix_view<const float>(rows_).row(sample.id));
        }
    }

    void halve(const even_parts& parts, std::int64_t part) {
        const even_parts halves{parts.samples, parts.level + 1};
        const auto first = samples_.begin();
        std::nth_element(first + parts.begin(part), first + halves.begin(2 * part + 1),
                         first + parts.end(part));
    }

    void cut_level(const even_parts& parts) {
        std::vector<Eigen::RowVectorXf> directions(static_cast<std::size_t>(parts.count()));
        where_.parallel_for(parts.count(), [&](std::int64_t part) {
            directions[static_cast<std::size_t>(part)] = direction(parts, part);
        });
        constexpr std::int64_t pieces = 64;
        where_.parallel_for(parts.count() * pieces, [&](std::int64_t task) {
            where_.check_interruption();
            const std::int64_t part = task / pieces, piece = task % pieces;
            const std::int64_t begin = parts.begin(part), size = parts.end(part) - begin;
            project(directions[static_cast<std::size_t>(part)], begin + size * piece / pieces,
                    begin + size * (piece + 1) / pieces);
        });
        where_.parallel_for(parts.count(), [&](std::int64_t part) { halve(parts, part); });
    }

    void cut_part(const even_parts& parts, std::int64_t part) {
        if (parts.level == leaves_.level)
            return;
        project(direction(parts, part), parts.begin(part), parts.end(part));
        halve(parts, part);
        const even_parts halves{parts.samples, parts.level + 1};
        cut_part(halves, 2 * part);
        cut_part(halves, 2 * part + 1);
    }

    const matrix<float>& rows_;
    even_parts leaves_;
    random_stream random_;
    const execution& where_;
    std::vector<projected_sample> samples_;
};

} // namespace topoprune::detail
