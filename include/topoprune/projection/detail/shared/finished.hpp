// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/execution.hpp"
#include "../../projection.hpp"

#include <utility>

namespace topoprune::detail {

/// The result of a layout on its way (umap_run, pacmap_run, tsne_run) after all that is left of it.
template <class Run>
[[nodiscard]] embedding finished(Run run, const execution& where) {
    run.finish(where);
    return run.result();
}

} // namespace topoprune::detail
