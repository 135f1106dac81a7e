// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"

#include <cstdint>
#include <string_view>

namespace topoprune {

/// How coverage and facility_location draw a class (or a stratum of one) of so many samples that its pairs
/// cannot all be compared. Such a class is drawn in two stages:
///
/// 1. The first samples, in_overview() of them, are taken greedily of `most_compared` random samples, which
///    stand for the class, and of those that are chosen already.
/// 2. The class is cut into parts of near samples, of at most `part` each, by halving along the direction in
///    which they vary most, again and again. The next sample is always the one that gains most of
///        sum_i w_i max_{j in S, j in the part of i} k(u_i, u_j),
///    which is at most C(S): what a sample would do for other parts is not looked at.
///
/// So the cost is that of one class of most_compared samples and of n_c / part classes of `part`: in
/// proportion to n_c, whatever the budget. What is lost: C(S) of the kept is below that of the whole class at
/// once, on classes of 20,000 and 50,000 in 64 dimensions by at most 0.3 % by the angle, and under the
/// Gaussian kernel by less than 1 % where a tenth is kept or more, by 2 to 4 % where it is a hundredth: the
/// first samples fit the overview better than the class, and samples at the borders of parts may be
/// represented twice. Weights that look at neighbors, and the radius that a budget of more than in_overview()
/// covers, are found within the parts too, and come out a little larger.
struct large_classes {
    /// The largest class whose pairs are all compared.
    std::int64_t most_compared = 20'000;
    /// At least 64.
    std::int64_t part = 4'096;

    [[nodiscard]] constexpr std::int64_t in_overview() const { return most_compared / 16; }

    /// Throws std::invalid_argument where one is out of its range.
    void check(std::string_view function) const {
        require(most_compared >= 0, function, "large.most_compared", most_compared, "at least 0");
        require(part >= 64, function, "large.part", part, "at least 64");
    }
};

} // namespace topoprune
