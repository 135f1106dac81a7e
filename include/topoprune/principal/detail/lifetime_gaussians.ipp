// SPDX-License-Identifier: MIT
#pragma once

#include "lifetime_gaussians.hpp"

#include "../../core/exponential.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE lifetime_gaussians::lifetime_gaussians(std::span<const principal_pair> sources, double width)
    : unit_(std::sqrt(width)), padded_((sources.size() + lanes - 1) / lanes * lanes), birth_(padded_, 0.0),
      lifetime_(padded_, 0.0), weight_(padded_, 0.0) {
    for (std::size_t j = 0; j < sources.size(); ++j) {
        birth_[j] = sources[j].birth / unit_;
        lifetime_[j] = sources[j].lifetime / unit_;
        weight_[j] = sources[j].lifetime;
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE kernel_sum lifetime_gaussians::at(const principal_pair& target) const {
    const batch birth(target.birth / unit_);
    const batch lifetime(target.lifetime / unit_);
    fixed_order_sum value;
    fixed_order_sum by_birth;
    fixed_order_sum by_lifetime;
    for (std::size_t j = 0; j < padded_; j += lanes) {
        const batch db = birth - batch::load_unaligned(birth_.data() + j);
        const batch dl = lifetime - batch::load_unaligned(lifetime_.data() + j);
        const batch term =
            batch::load_unaligned(weight_.data() + j) * exponential(-multiply_add(db, db, dl * dl));
        value.add(j, term);
        by_birth.add(j, term * db);
        by_lifetime.add(j, term * dl);
    }
    return {value.total(), {-2 * by_birth.total() / unit_, -2 * by_lifetime.total() / unit_}};
}

} // namespace topoprune::detail
