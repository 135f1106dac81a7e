// SPDX-License-Identifier: MIT
#pragma once

#include "split_halves.hpp"

#include "rank_correlation.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE void split_halves::add(std::span<const std::vector<double>, quarters> measurements) {
    for (const std::vector<double>& values : measurements) {
        require(values.size() == squares_.size(), "split_halves::add", "the number of values", values.size(),
                "that of the samples,", squares_.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            squares_[i] += values[i] * values[i];
    }
    for (std::size_t number = 0; number < deals_.size(); ++number) {
        std::vector<std::size_t> order{0, 1, 2, 3};
        draw_without_replacement(order, order.size(),
                                 random_.child(number).child(static_cast<std::uint64_t>(count_)));
        for (std::size_t q = 0; q < order.size(); ++q)
            for (std::size_t i = 0; i < squares_.size(); ++i)
                deals_[number][q][i] += measurements[order[q]][i];
    }
    count_ += quarters;
}

TOPOPRUNE_DEFINE std::vector<double> split_halves::mean() const {
    std::vector<double> result(squares_.size());
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = sum(i) / static_cast<double>(count_);
    return result;
}

TOPOPRUNE_DEFINE std::vector<double> split_halves::standard_error() const {
    const auto k = static_cast<double>(count_);
    std::vector<double> result(squares_.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double deviations = squares_[i] - sum(i) * sum(i) / k;
        result[i] = std::sqrt(std::max(0.0, deviations) / ((k - 1) * k));
    }
    return result;
}

TOPOPRUNE_DEFINE std::vector<double> split_halves::reliability(const class_partition& classes,
                                                               const execution& where) const {
    std::vector<double> result(static_cast<std::size_t>(classes.count()));
    where.parallel_for(classes.count(), [&](std::int64_t c) {
        where.check_interruption();
        result[static_cast<std::size_t>(c)] = reliability(classes.members(c));
    });
    return result;
}

TOPOPRUNE_DEFINE double split_halves::reliability(std::span<const std::int64_t> members) const {
    double of_quarters = 0;
    double of_halves = 0;
    for (const deal& one : deals_)
        for (const auto& [a, b, c, d] : {std::array{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}}) {
            const auto gather = [&](int first, int second) {
                std::vector<double> values;
                values.reserve(members.size());
                for (const std::int64_t member : members) {
                    const auto i = static_cast<std::size_t>(member);
                    values.push_back(one[static_cast<std::size_t>(first)][i] +
                                     (second < 0 ? 0.0 : one[static_cast<std::size_t>(second)][i]));
                }
                return values;
            };
            of_quarters += rank_correlation(gather(a, -1), gather(b, -1)) / 2;
            of_quarters += rank_correlation(gather(c, -1), gather(d, -1)) / 2;
            of_halves += rank_correlation(gather(a, b), gather(c, d));
        }
    const double pairs = 3 * static_cast<double>(deals_.size());
    return carried_on(of_quarters / pairs, of_halves / pairs);
}

TOPOPRUNE_DEFINE double split_halves::carried_on(double of_quarters, double of_halves) {
    if (std::isnan(of_halves) || of_halves >= 1)
        return of_halves;
    if (of_halves <= 0)
        return 0;
    const auto odds = [](double r) { return r / (1 - r); };
    const double growth = std::isnan(of_quarters) || of_quarters <= 0
                              ? 2.0
                              : std::clamp(odds(of_halves) / odds(of_quarters), 1.0, 2.0);
    const double of_whole = growth * odds(of_halves);
    return of_whole / (1 + of_whole);
}

} // namespace topoprune
