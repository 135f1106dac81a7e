// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/exponential.hpp"
#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Similarities in [0, 1] of the samples of one class, some rows at a time, computed when asked for: of the
/// angle, (1 + cos) / 2, or of a Gaussian kernel, exp(-|u - v|^2 / (2 bandwidth^2)) of the unit vectors. They
/// are integers in units of 2^-23, about the error of a product of unit vectors in float: sums are exact, in
/// whatever order they are added. The kernel's relative error is about 2^-23 / bandwidth^2. A zero vector is
/// at a right angle to all, itself included. 4 d bytes a sample.
class similarity_rows {
public:
    /// Rows that are computed together cost little more than half of them one by one.
    static constexpr std::size_t at_once = 8;
    /// The similarity of equal directions.
    static constexpr std::int32_t one = 1 << 23;

    TOPOPRUNE_DECLARE similarity_rows(matrix_view<const float> features,
                                      std::span<const std::int64_t> members);

    /// The same samples under the kernel of a bandwidth, >= least_bandwidth.
    [[nodiscard]] similarity_rows with_kernel(double bandwidth) && {
        kernel_rate_ = static_cast<float>(1 / (bandwidth * bandwidth));
        return std::move(*this);
    }
    /// Below it the errors of the products would count.
    static constexpr double least_bandwidth = 0x1p-8;

    [[nodiscard]] std::size_t size() const { return size_; }

    /// |u - v| of unit vectors of this similarity by the angle.
    [[nodiscard]] static double distance(std::int32_t similarity) {
        return 2 * std::sqrt(static_cast<double>(one - similarity) / one);
    }

    /// Length of a row of similarities: size() rounded up; what is beyond size() means nothing.
    [[nodiscard]] std::size_t stride() const { return (size_ + width - 1) / width * width; }

    /// to[a stride() + i] = the similarity of samples[a] and i, for at most at_once samples. The same number
    /// for (i, j) as for (j, i). `to` has at_once * stride() numbers, or stride() for one sample.
    void to_all(std::span<const std::size_t> samples, std::vector<std::int32_t>& to) const {
        if (samples.size() == 1)
            return multiply<1>(samples, 0, stride(), to.data());
        multiply<at_once>(samples, 0, stride(), to.data());
    }

    /// The same of the samples from begin to end alone, both multiples of `width`, end <= stride():
    /// to[a (end - begin) + i] is that of samples[a] and begin + i.
    void to_range(std::span<const std::size_t> samples, std::size_t begin, std::size_t end,
                  std::span<std::int32_t> to) const {
        multiply<at_once>(samples, begin, end, to.data());
    }

    /// Samples that lie side by side, feature after feature: a multiple of any vector's length.
    static constexpr std::size_t width = 16;

    /// By the angle: the sum over i of the similarities of each j to i, up to rounding, in O(n d): linear in
    /// the sum of the rows.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> sums() const;

private:
    using batch = xsimd::batch<float>;
    static_assert(width % batch::size == 0);

    [[nodiscard]] std::size_t place(std::size_t i, std::size_t k) const {
        return (i / width * dimension_ + k) * width + i % width;
    }

    /// Each product is one chain of additions along the features.
    template <std::size_t Count>
    [[gnu::noinline]] void multiply(std::span<const std::size_t> samples, std::size_t begin, std::size_t end,
                                    std::int32_t* to) const {
        // Too few samples are filled up by the first of them.
        std::vector<float> own(dimension_ * Count);
        for (std::size_t k = 0; k < dimension_; ++k)
            for (std::size_t a = 0; a < Count; ++a)
                own[k * Count + a] = values_[place(samples[a < samples.size() ? a : 0], k)];
        const batch zero(0.0F), half(0.5F), whole(1.0F), units(static_cast<float>(one)), rate(kernel_rate_);
        for (std::size_t i = begin; i < end; i += batch::size) {
            const float* const others = values_.data() + place(i, 0);
            std::array<batch, Count> products;
            products.fill(zero);
            for (std::size_t k = 0; k < dimension_; ++k) {
                const batch other = batch::load_unaligned(others + k * width);
                for (std::size_t a = 0; a < Count; ++a)
                    products[a] = multiply_add(batch(own[k * Count + a]), other, products[a]);
            }
            for (std::size_t a = 0; a < samples.size(); ++a) {
                const batch similarity = kernel_rate_ > 0
                                             ? decaying_exponential(rate * (products[a] - whole))
                                             : xsimd::max(zero, xsimd::min(whole, half + half * products[a]));
                xsimd::nearbyint_as_int(units * similarity)
                    .store_unaligned(to + a * (end - begin) + i - begin);
            }
        }
    }

    std::size_t size_, dimension_;
    std::vector<float> values_;
    /// 1 / bandwidth^2, or 0 for the similarity of the angle: |u - v|^2 / 2 = 1 - u v.
    float kernel_rate_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "similarity_rows.ipp"
#endif
