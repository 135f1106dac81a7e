// SPDX-License-Identifier: MIT

/// Projections under their usual metrics. Read twice, as instances.hpp says: there is no guard.
namespace topoprune {

TOPOPRUNE_INSTANCE struct umap<cosine>;
TOPOPRUNE_INSTANCE struct umap<euclidean>;
TOPOPRUNE_INSTANCE struct umap_model<cosine>;
TOPOPRUNE_INSTANCE struct umap_model<euclidean>;
TOPOPRUNE_INSTANCE struct pacmap<>;

} // namespace topoprune
