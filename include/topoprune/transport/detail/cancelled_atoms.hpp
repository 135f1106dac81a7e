// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../difference.hpp"
#include "../ground_norm.hpp"
#include "../transport.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// Cancels positive against negative mass at equal grades, in the order of the atoms, and returns what was
/// cancelled as moves that go nowhere. Atoms keep their places; one that is cancelled whole has mass 0 left.
/// O(n log n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<transport_move> cancel_equal_grades(signed_measure& measure);

/// Whether equal atoms of two measures may cancel before a policy moves the rest: if its ground cost is a
/// metric. Under another an atom may do better to make room for a third.
template <class Policy>
[[nodiscard]] consteval bool may_cancel() {
    if constexpr (requires(const Policy& policy) { policy.norm; })
        return is_metric<decltype(Policy::norm)>();
    else
        return true;
}

/// The transport between two measures by that to zero: equal atoms cancel where they may, then
/// policy.to_zero(what is left of mu - nu). The gradient has the atoms of mu first, then those of nu. A plan,
/// if there is one, gets the cancelled masses as well.
template <MovesSignedMeasure Policy>
[[nodiscard]] transport_result move_between(const Policy& policy, const signed_measure& mu,
                                            const signed_measure& nu, const execution& where) {
    signed_measure rest = difference(mu, nu);
    const auto is_empty = [&] {
        return std::all_of(rest.begin(), rest.end(), [](const atom& a) { return a.mass == 0; });
    };
    std::vector<transport_move> cancelled = cancel_equal_grades(rest);
    // Of equal measures nothing needs to move, whatever the cost.
    if (!may_cancel<Policy>() && !is_empty()) {
        rest = difference(mu, nu);
        cancelled.clear();
    }
    transport_result result = policy.to_zero(rest, where);
    const bool has_plan = !result.plan.empty() || is_empty();
    if (has_plan && !cancelled.empty()) {
        result.plan.insert(result.plan.end(), cancelled.begin(), cancelled.end());
        std::sort(result.plan.begin(), result.plan.end(),
                  [](const transport_move& a, const transport_move& b) {
                      return std::tie(a.from, a.to) < std::tie(b.from, b.to);
                  });
    }
    return result;
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "cancelled_atoms.ipp"
#endif
