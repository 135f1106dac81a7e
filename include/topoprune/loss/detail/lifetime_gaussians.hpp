// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/simd.hpp"
#include "../../density/detail/pairwise_kernel_sums.hpp"
#include "../kernel_sums.hpp"

#include <array>
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
        batch value(0.0);
        batch by_birth(0.0);
        batch by_lifetime(0.0);
        for (std::size_t j = 0; j < padded_; j += lanes) {
            const batch db = birth - batch::load_unaligned(birth_.data() + j);
            const batch dl = lifetime - batch::load_unaligned(lifetime_.data() + j);
            const batch term =
                batch::load_unaligned(weight_.data() + j) * exp_of_minus(multiply_add(db, db, dl * dl));
            value = value + term;
            by_birth = multiply_add(term, db, by_birth);
            by_lifetime = multiply_add(term, dl, by_lifetime);
        }
        return {sum_of(value), {-2 * sum_of(by_birth) / unit_, -2 * sum_of(by_lifetime) / unit_}};
    }

private:
    using batch = kernel_batch;
    static constexpr std::size_t lanes = batch::size;

    [[nodiscard]] static double sum_of(const batch& values) {
        std::array<double, lanes> each;
        values.store_unaligned(each.data());
        double sum = 0;
        for (const double one : each)
            sum += one;
        return sum;
    }

    double unit_;
    std::size_t padded_;
    std::vector<double> birth_;
    std::vector<double> lifetime_;
    std::vector<double> weight_;
};

} // namespace topoprune::detail
