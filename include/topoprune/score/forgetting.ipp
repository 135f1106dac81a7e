// SPDX-License-Identifier: MIT
#pragma once

#include "forgetting.hpp"

#include "../core/detail/is_right.hpp"
#include "detail/output_tables.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> forgetting::column(const dataset& data, const execution& where) const {
    detail::require_epochs(data, "forgetting", 2);
    return detail::column_of_outputs(
        data, "forgetting", output_unit::probabilities, 0, where, [&](const detail::output_table& table) {
            std::int64_t events = 0;
            bool was_right = false, ever_right = false;
            for (std::int64_t t = 0; t < table.epochs; ++t) {
                const bool right = detail::is_right(table.epoch(t), table.label);
                events += was_right && !right;
                ever_right = ever_right || right;
                was_right = right;
            }
            return static_cast<double>(ever_right || !never_learned_is_hardest ? events : table.epochs);
        });
}

} // namespace topoprune
