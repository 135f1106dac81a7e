// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"

#include <compare>
#include <cstdint>
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
TOPOPRUNE_DECLARE [[nodiscard]] even_parts leaves_of(std::int64_t samples, std::int64_t leaf_size);

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

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t> order();

private:
    /// 2^6 parts keep 64 threads busy.
    static constexpr int levels_in_common = 6;

    /// The difference of two samples drawn from the part: it follows the directions in which they vary. Of
    /// three such draws, the longest.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::RowVectorXf direction(const even_parts& parts,
                                                                 std::int64_t part) const;

    /// Out of line, so that every caller rounds alike.
    TOPOPRUNE_DECLARE void project(const Eigen::RowVectorXf& along, std::int64_t begin, std::int64_t end);

    TOPOPRUNE_DECLARE void halve(const even_parts& parts, std::int64_t part);

    TOPOPRUNE_DECLARE void cut_level(const even_parts& parts);

    TOPOPRUNE_DECLARE void cut_part(const even_parts& parts, std::int64_t part);

    const matrix<float>& rows_;
    even_parts leaves_;
    random_stream random_;
    const execution& where_;
    std::vector<projected_sample> samples_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "bisection_order.ipp"
#endif
