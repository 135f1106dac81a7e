// SPDX-License-Identifier: MIT
#pragma once

#include "confident_learning.hpp"

#include "detail/confident_joint.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE filter_result confident_learning::apply(const dataset& data, const execution&) const {
    const detail::confident_joint joint(data, "confident_learning");
    filter_result result{{}, "samples that confident learning counts to another class were filtered"};
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
        const bool is_likeliest = joint.predicted(i) == static_cast<std::size_t>(data.labels[i]);
        result.passes.push_back(is_likeliest || !joint.counts_elsewhere(i));
    }
    return result;
}

} // namespace topoprune
