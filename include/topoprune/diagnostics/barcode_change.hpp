// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../filtration/filtration.hpp"
#include "../filtration/weak_delaunay.hpp"
#include "../homology/barcode.hpp"
#include "../homology/rips_barcode.hpp"
#include "../transport/bar_matching.hpp"
#include "bottleneck_distance.hpp"
#include "detail/kept_mask.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// How the barcode of the kept samples of a class differs from that of all of them.
struct barcode_change {
    /// Bars of all samples and of the kept ones.
    std::int64_t bars = 0;
    std::int64_t kept_bars = 0;
    double bottleneck = 0;
    /// The Wasserstein distance of order 1 in l_infinity.
    double wasserstein = 0;
};

/// The distances between the barcodes, in one degree, of all samples of every class and of its kept ones,
/// class by class in the order of the partition.
///
/// points: n x m, row-major, an embedding of the samples, of a dimension that the filtration serves. A subset
/// has fewer and longer bars than the whole, so that neither distance is 0 even for the best one: hold them
/// against those of a random draw of as many samples. A bar that never ends is left out where nothing is
/// kept. Throws std::invalid_argument as the filtration does, and for a row number that there is not or that
/// stands twice.
///
/// Cost: two barcodes for each class, O(n log n) in the plane, and a matching of their bars (match_bars,
/// bottleneck_distance).
template <Filtration F = weak_delaunay>
[[nodiscard]] std::vector<barcode_change>
measure_barcode_change(matrix_view<const double> points, const class_partition& classes,
                       std::span<const std::int64_t> kept, int degree, const F& filtration,
                       const execution& where) {
    require(classes.samples() == points.rows(), "measure_barcode_change", "the number of labels",
            classes.samples(), "the number of points,", points.rows());
    const std::vector<std::uint8_t> mask = detail::kept_mask(kept, points.rows(), "measure_barcode_change");
    const auto barcode_of = [&](std::span<const std::int64_t> rows) {
        if (rows.empty())
            return barcode{};
        const matrix<double> own = gather_rows<double>(points, rows);
        return persistence_barcode(build_for_barcode(filtration, matrix_view<const double>(own), where),
                                   degree, where);
    };
    std::vector<barcode_change> result(static_cast<std::size_t>(classes.count()));
    where.parallel_for(classes.count(), [&](std::int64_t c) {
        std::vector<std::int64_t> of_class;
        for (const std::int64_t i : classes.members(c))
            if (mask[static_cast<std::size_t>(i)] != 0)
                of_class.push_back(i);
        const barcode all = barcode_of(classes.members(c)), left = barcode_of(of_class);
        result[static_cast<std::size_t>(c)] = {.bars = std::ssize(all),
                                               .kept_bars = std::ssize(left),
                                               .bottleneck = bottleneck_distance(all, left),
                                               .wasserstein =
                                                   match_bars(all, left, 1, l_infinity{}, where).distance};
    });
    return result;
}

} // namespace topoprune
