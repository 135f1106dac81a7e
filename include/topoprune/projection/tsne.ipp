// SPDX-License-Identifier: MIT
#pragma once

#include "tsne.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE void tsne_run::advance(int count, const execution& where) {
    const int last = iteration_ + std::min(std::max(count, 0), iterations() - iteration_);
    for (; iteration_ < last; ++iteration_) {
        where.report_progress("layout", iteration_, iterations());
        const bool early = iteration_ < schedule_.early_exaggeration_iterations;
        const double exaggeration = early ? schedule_.early_exaggeration : schedule_.exaggeration;
        descent_.iterate({.exaggeration = exaggeration,
                          .learning_rate = schedule_.learning_rate.value_or(static_cast<double>(samples_) /
                                                                            std::max(exaggeration, 1.0)),
                          .momentum = early ? schedule_.early_momentum : schedule_.momentum},
                         where);
    }
    if (iteration_ == iterations())
        where.report_progress("layout", iteration_, iterations());
}

TOPOPRUNE_DEFINE std::vector<std::string> tsne_run::notes() const {
    std::vector<std::string> all = notes_;
    if (descent_.grid_bound())
        all.push_back("tsne: the picture outgrew the grid of the repulsion, which was made coarser");
    return all;
}

} // namespace topoprune
