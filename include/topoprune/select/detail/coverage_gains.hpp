// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "similarity_rows.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What every sample of a class would add to sum_i w_i max_{j taken} s_ij. A sample i that j does not bring
/// nearer to the taken ones it will never bring nearer: once they are few, those that it does are listed with
/// their similarities, and j is measured along its list. Similarities are those of similarity_rows, weights
/// are integers: gains are exact, the same by either way.
class coverage_gains {
public:
    /// Samples that are measured together.
    static constexpr std::size_t at_once = similarity_rows::at_once;

    /// Weights of at least 0, one for each sample, of a sum of at most most_weight; 1 for all if there are
    /// none.
    explicit coverage_gains(similarity_rows rows, std::vector<std::int32_t> weights = {})
        : rows_(std::move(rows)), weights_(std::move(weights)), covered_(rows_.stride(), 0),
          taken_(rows_.size(), 0), listed_(rows_.size(), 0), lists_(rows_.size()) {
        // Nothing brings a row nearer that means nothing.
        std::fill(covered_.begin() + static_cast<std::ptrdiff_t>(rows_.size()), covered_.end(),
                  similarity_rows::one);
    }

    /// So that no gain leaves 64 bits.
    static constexpr std::int64_t most_weight = std::int64_t{1} << 39;

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool is_taken(std::size_t j) const { return taken_[j] != 0; }
    /// Whether j is measured along its list.
    [[nodiscard]] bool is_listed(std::size_t j) const { return listed_[j] != 0; }
    /// The gains while nothing is taken, up to rounding, where similarities are by the angle and weights 1.
    [[nodiscard]] std::vector<double> first_gains() const { return rows_.sums(); }

    TOPOPRUNE_DECLARE void take(std::size_t j);

    /// gains[a] = the gain of samples[a], at most at_once of them. May be called for different samples at the
    /// same time.
    TOPOPRUNE_DECLARE void measure(std::span<const std::size_t> samples, std::span<std::int64_t> gains);

private:
    /// A list has at most so many, 8 bytes each. Of a class of n with b taken, a sample brings nearer some
    /// n / b others: lists begin early.
    static constexpr std::int32_t most_listed = 256;

    struct neighbor {
        std::uint32_t sample;
        std::int32_t similarity;
    };

    TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t along_list(std::size_t j);

    TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t over_all(std::size_t j, const std::int32_t* similar);

    /// sum_i w_i max(similar[i] - covered[i], 0), and how many terms are not 0.
    TOPOPRUNE_DECLARE [[nodiscard]] std::pair<std::int64_t, std::int32_t>
    sum_over_all(const std::int32_t* similar) const;

    similarity_rows rows_;
    std::vector<std::int32_t> weights_;
    /// The similarity of each sample to the nearest of the taken.
    std::vector<std::int32_t> covered_;
    std::vector<std::uint8_t> taken_, listed_;
    std::vector<std::vector<neighbor>> lists_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "coverage_gains.ipp"
#endif
