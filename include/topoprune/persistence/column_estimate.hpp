// SPDX-License-Identifier: MIT
#pragma once

#include "score.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

namespace topoprune {

/// A column that was measured several times, and how far it is from certain.
struct column_estimate {
    /// n means, in the order of the samples.
    std::vector<double> values;
    /// n standard errors of the means, >= 0, in the unit of the values.
    std::vector<double> standard_error;
    /// Per class, in [0, 1]: the rank correlation to expect with another estimate of the same cost. Not a
    /// number where all values of a class are equal.
    std::vector<double> reliability;
    /// Measurements that the means are over.
    std::int64_t measurements = 0;
    /// Layouts that they come from; 1 if the projection draws no others.
    std::int64_t layouts = 0;
    /// The reliability asked for was reached in every class.
    bool reached = false;
    /// What was reached at what cost, in words.
    std::vector<std::string> notes;
};

/// Atom of a Score that measures more than once and says what that is worth.
template <class S>
concept EstimatesColumn = requires(const S& policy, const embedded_samples& samples, const execution& where) {
    { policy.estimate(samples, where) } -> std::same_as<column_estimate>;
};

} // namespace topoprune
