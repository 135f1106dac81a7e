// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/class_partition.hpp"
#include "../../core/compiled.hpp"
#include "../../io/class_names.hpp"
#include "../../io/images.hpp"
#include "../../pipeline/pruning.hpp"
#include "picture.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Most classes that the section shows, most pictures in a row of it, most pixels along a side of them.
inline constexpr std::int64_t most_pictured_classes = 20;
inline constexpr std::int64_t most_pictures_in_row = 10;
inline constexpr std::int64_t most_picture_pixels = 48;

/// Some samples of a class, as they stand in a row of the section.
struct sample_row {
    std::string_view name;
    std::vector<std::int64_t> samples;
};

/// The rows of a class with these members, without those that would be empty:
///   most typical kept     the kept samples of the highest density, that one first
///   least typical kept    those of the lowest density, that one first, without those in the row above
///   kept though filtered  an even sample of the kept ones without a density, in the order of the input
///   pruned                an even sample of the pruned ones from the highest density to the lowest
///   filtered              an even sample of the filtered ones, in the order of the input
/// Samples of equal density follow one another in the order of the input. O(m log m) for m members.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<sample_row> sample_rows(const pruning& result,
                                                                    std::span<const std::int64_t> members);

/// An even sample of them, as many as a row takes.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> evenly(const std::vector<std::int64_t>& all);

/// One sample: small pictures are shown larger, by a whole factor, so that all their pixels are equal
/// squares.
TOPOPRUNE_DECLARE [[nodiscard]] std::string sample_picture(const image_stack& images,
                                                           const reduced_size& size, std::int64_t sample,
                                                           std::string_view class_name);

/// What the pictures do not show: classes beyond the limit, pixels, the numbers behind the gray.
TOPOPRUNE_DECLARE [[nodiscard]] std::string
samples_remarks(const class_partition& classes, const image_stack& images, const reduced_size& size);

/// Pictures of samples of every class, each with its number and its label.
TOPOPRUNE_DECLARE [[nodiscard]] std::string samples_section(const pruning& result,
                                                            const class_partition& classes,
                                                            const class_names& names,
                                                            const image_stack& images);

/// The look of the section, which pages without images lack.
inline constexpr std::string_view samples_style = R"css(
#samples h3 { margin-top: 26px; }
.pictures { width: 100%; margin-top: 4px; }
.pictures th { width: 11rem; padding-left: 0; color: var(--muted); }
.pictures td { padding: 6px 0 0; line-height: 0; }
.pictures img { margin: 0 6px 6px 0; image-rendering: pixelated; }
@media (max-width: 680px) {
  .pictures th { display: block; width: auto; border: 0; }
  .pictures td { display: block; }
}
@media print {
  #samples h3 { break-after: avoid; }
  .pictures img { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "samples_section.ipp"
#endif
