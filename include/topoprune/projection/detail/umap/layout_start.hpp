// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../umap_options.hpp"
#include "../shared/weighted_graph.hpp"
#include "spectral_start.hpp"

#include <cstdint>

namespace topoprune::detail {

/// The start that `init` asks for, not yet stretched: vertices x m.
TOPOPRUNE_DECLARE [[nodiscard]] layout_start make_start(const umap_start& init, const weighted_graph& graph,
                                                        matrix_view<const float> features,
                                                        const sample_distance& distance, std::int64_t m,
                                                        const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "layout_start.ipp"
#endif
