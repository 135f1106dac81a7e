// SPDX-License-Identifier: MIT

/// Selectors and the whole pipeline. Read twice, as instances.hpp says: there is no guard.
namespace topoprune {

TOPOPRUNE_INSTANCE struct message_passing<>;
TOPOPRUNE_INSTANCE struct subset_selection<>;
TOPOPRUNE_INSTANCE struct subset_selection<coverage, noise_adapted>;
TOPOPRUNE_INSTANCE struct pruner<>;

} // namespace topoprune
