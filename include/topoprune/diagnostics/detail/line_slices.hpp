// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/detail/dense_sums.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// A sample on a line.
struct placed_sample {
    double place = 0;
    bool is_kept = false;
};

/// A unit vector of d coordinates, uniform on the sphere; the same for the same random stream. On a line it
/// is 1.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> random_direction(std::int64_t d,
                                                                     const random_stream& random);

/// A line has one direction, other spaces as many as are asked for.
[[nodiscard]] inline std::size_t count_slices(std::int64_t d, std::int64_t asked) {
    return static_cast<std::size_t>(d > 1 ? asked : 1);
}

/// visit(slice, samples) for each of count_slices random directions, in parallel, where the samples stand in
/// ascending order of their places along the direction, sample i at <direction, x_i>.
/// Cost: slices * n (d + log n) time, 16 n bytes a thread.
template <class Visit>
void for_each_slice(matrix_view<const float> features, std::span<const std::uint8_t> mask,
                    std::int64_t slices, const execution& where, const Visit& visit) {
    constexpr std::uint64_t stream = 0x736c69636573; // "slices"
    const std::int64_t n = features.rows(), d = features.columns();
    const auto count = static_cast<std::int64_t>(count_slices(d, slices));
    where.parallel_for(count, [&](std::int64_t slice) {
        where.check_interruption();
        const std::vector<double> direction =
            random_direction(d, random_stream(where.seed(), stream).child(static_cast<std::uint64_t>(slice)));
        std::vector<double> x(direction.size());
        std::vector<placed_sample> line(static_cast<std::size_t>(n));
        for (std::int64_t i = 0; i < n; ++i) {
            const std::span<const float> row = features.row(i);
            std::copy(row.begin(), row.end(), x.begin());
            line[static_cast<std::size_t>(i)] = {dot(direction, x), mask[static_cast<std::size_t>(i)] != 0};
        }
        std::sort(line.begin(), line.end(),
                  [](const placed_sample& a, const placed_sample& b) { return a.place < b.place; });
        visit(static_cast<std::size_t>(slice), std::span<const placed_sample>(line));
    });
}

/// visit(F, G, length) for each stretch between two neighbors of the line, where F and G are the shares of
/// all samples and of the kept ones that lie before it. F - G is exact 0 where the shares are equal.
template <class Visit>
void for_each_stretch(std::span<const placed_sample> line, std::int64_t kept, const Visit& visit) {
    const auto n = static_cast<double>(line.size());
    std::int64_t before = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        before += line[i].is_kept;
        if (const double length = line[i + 1].place - line[i].place; length > 0)
            visit(static_cast<double>(i + 1) / n, static_cast<double>(before) / static_cast<double>(kept),
                  length);
    }
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "line_slices.ipp"
#endif
