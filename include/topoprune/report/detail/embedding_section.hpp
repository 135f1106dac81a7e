// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/class_partition.hpp"
#include "../../core/compiled.hpp"
#include "../../io/class_names.hpp"
#include "../../io/images.hpp"
#include "../../pipeline/pruning.hpp"
#include "drawn_points.hpp"
#include "even_sample.hpp"

#include <cstdint>
#include <string>

namespace topoprune::detail {

/// Most classes that the legend lists.
inline constexpr std::int64_t most_legend_classes = 30;

/// The data of the picture: for each class its label, its color and its numbers of pruned and kept points;
/// then the places (four base64 digits a point: 12 bits of x, 12 bits of y) and the row numbers (five), the
/// pruned points of all classes before the kept ones.
TOPOPRUNE_DECLARE [[nodiscard]] std::string
embedding_data(const drawn_points& points, const class_partition& classes, const class_names& names,
               const even_sample& pruned, const even_sample& kept);

/// One option per class, for a selector whose values are class numbers.
TOPOPRUNE_DECLARE [[nodiscard]] std::string class_options(const class_partition& classes,
                                                          const class_names& names);

TOPOPRUNE_DECLARE [[nodiscard]] std::string embedding_legend(const class_partition& classes,
                                                             const class_names& names);

/// What the picture leaves out, if anything: filtered samples, further columns, points beyond the limit.
TOPOPRUNE_DECLARE [[nodiscard]] std::string embedding_remarks(const drawn_points& points,
                                                              std::int64_t samples, std::int64_t columns,
                                                              const even_sample& pruned,
                                                              const even_sample& kept);

/// The picture of the embedding, drawn by the page's script from the data beside it; with `images`, which may
/// be null, those of its points.
TOPOPRUNE_DECLARE [[nodiscard]] std::string embedding_section(const pruning& result,
                                                              const class_partition& classes,
                                                              const class_names& names,
                                                              const image_stack* images);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "embedding_section.ipp"
#endif
