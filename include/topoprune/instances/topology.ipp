// SPDX-License-Identifier: MIT

/// The topological losses of planar points and their scores. Read twice, as instances.hpp says: there is no
/// guard.
namespace topoprune {

TOPOPRUNE_INSTANCE signed_measure planar_signed_measure_degree_1(const bifiltered_planar_complex& complex);
TOPOPRUNE_INSTANCE struct row_transport<l1>;
TOPOPRUNE_INSTANCE struct exact_transport<l1>;
TOPOPRUNE_INSTANCE struct exact_transport<l2>;
TOPOPRUNE_INSTANCE struct sliced_transport<l1>;
TOPOPRUNE_INSTANCE struct sinkhorn_transport<l1>;
TOPOPRUNE_INSTANCE struct signed_measure_transport<>;
TOPOPRUNE_INSTANCE struct persistence_score<>;
TOPOPRUNE_INSTANCE struct stable_persistence_score<>;

} // namespace topoprune
