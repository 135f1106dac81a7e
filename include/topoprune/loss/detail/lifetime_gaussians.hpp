// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/exponential.hpp"
#include "../kernel_sums.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Pairs as columns in units of the kernel, padded to whole vectors by pairs of no weight.
class lifetime_gaussians {
public:
    lifetime_gaussians(std::span<const principal_pair> sources, double width)
        : unit_(std::sqrt(width)), padded_((sources.size() + lanes - 1) / lanes * lanes),
          birth_(padded_, 0.0), lifetime_(padded_, 0.0), weight_(padded_, 0.0) {
        for (std::size_t j = 0; j < sources.size(); ++j) {
            birth_[j] = sources[j].birth / unit_;
            lifetime_[j] = sources[j].lifetime / unit_;
            weight_[j] = sources[j].lifetime;
        }
    }

    /// One out-of-line function, so that the same sum has the same bits wherever it is asked for.
    [[nodiscard]] [[gnu::noinline]] kernel_sum at(const principal_pair& target) const {
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

private:
    using batch = xsimd::batch<double>;
    static constexpr std::size_t lanes = batch::size;

    double unit_;
    std::size_t padded_;
    std::vector<double> birth_;
    std::vector<double> lifetime_;
    std::vector<double> weight_;
};

} // namespace topoprune::detail
