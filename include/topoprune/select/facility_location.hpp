// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"
#include "detail/similarity_rows.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <vector>

namespace topoprune {

/// How the greedy rule finds the next sample.
///   lazy         exact: a gain can only shrink, so a sample is measured anew only when it comes to the top
///   of
///                the queue of its old gains (Minoux 1978)
///   stochastic   the best of a random sample of (n_c / b) log(1 / epsilon) candidates (Mirzasoleiman et al.
///                2015); expected value within epsilon of the greedy one
enum class greedy_search { lazy, stochastic };

/// Facility location (Nemhauser, Wolsey, Fisher 1978; Wei, Iyer, Bilmes 2015): of each class one sample after
/// another, the next always the one that gains most of
///     f(S) = sum_i max_{j in S} s_ij,   s_ij = (1 + cos of the angle between z_i and z_j) / 2 in [0, 1],
/// over all samples i of the class, ties by least id; f of the kept is at least 1 - 1/e of the best possible.
/// Keeps samples that stand for many others. A zero vector is as similar to all as a right angle. Looks at no
/// score. With lazy search the larger of two budgets contains the smaller.
/// Cost: a gain is O(n_c d), made anew from the features. lazy: n_c gains for the second sample, then as many
/// as come to the top, at worst b n_c; stochastic: n_c log(1 / epsilon) in all. Memory: 4 d + 24 bytes a
/// sample, no table of similarities.
struct facility_location {
    greedy_search search = greedy_search::lazy;
    /// For stochastic search, in (0, 1).
    double epsilon = 0.1;

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require_features(problem, "facility_location");
        require(epsilon > 0 && epsilon < 1, "facility_location", "epsilon", epsilon, "above 0 and below 1");
        return detail::draw_by_class(
            problem, "facility_location", where,
            [&](const detail::class_draw& draw) { return order_of_class(draw, where); });
    }

private:
    static constexpr std::uint64_t stream = 0x464c4f43ULL;

    /// A class on its way: the similarity of each sample to the nearest of the kept.
    struct state {
        detail::similarity_rows rows;
        std::vector<float> covered;
        std::vector<char> taken;

        [[nodiscard]] double gain(std::size_t j, std::vector<float>& scratch) const {
            rows.to_all(j, scratch);
            double sum = 0;
            for (std::size_t i = 0; i < covered.size(); ++i)
                sum += std::max(0.0F, scratch[i] - covered[i]);
            return sum;
        }
        void take(std::size_t j, std::vector<float>& scratch) {
            rows.to_all(j, scratch);
            taken[j] = 1;
            for (std::size_t i = 0; i < covered.size(); ++i)
                covered[i] = std::max(covered[i], scratch[i]);
        }
    };

    [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                           const execution& where) const {
        const std::size_t n = draw.members.size();
        state now{detail::similarity_rows(draw.problem.features, draw.members), std::vector<float>(n, 0.0F),
                  std::vector<char>(n, 0)};
        std::vector<float> scratch(n);
        std::vector<std::int64_t> order;
        const auto take = [&](std::size_t j) {
            now.take(j, scratch);
            order.push_back(draw.members[j]);
        };
        for (std::size_t j = 0; j < n; ++j)
            if (draw.problem.is_chosen(draw.members[j]))
                take(j);
        if (search == greedy_search::stochastic) {
            stochastically(draw, where, now, order, take, scratch);
            return order;
        }
        // The gains of the first sample are the sums of its similarities, which come without any pair. What
        // all would gain after it is then measured at once.
        const std::vector<double> sums = now.rows.sums();
        if (order.empty())
            take(static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin()));
        if (std::ssize(order) < draw.budget)
            lazily(draw, where, now, order, take, scratch);
        return order;
    }

    template <class Take>
    static void lazily(const detail::class_draw& draw, const execution& where, const state& now,
                       const std::vector<std::int64_t>& order, Take take, std::vector<float>& scratch) {
        struct offer {
            double gain;
            std::size_t sample;
            std::int64_t round;
            bool operator<(const offer& other) const {
                return gain != other.gain ? gain < other.gain : sample > other.sample;
            }
        };
        const std::size_t n = now.taken.size();
        std::vector<double> gains(n, 0.0);
        where.parallel_ranges(static_cast<std::int64_t>(n), 64, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            std::vector<float> own(n);
            for (std::int64_t j = begin; j < end; ++j)
                if (!now.taken[static_cast<std::size_t>(j)])
                    gains[static_cast<std::size_t>(j)] = now.gain(static_cast<std::size_t>(j), own);
        });
        std::vector<offer> offers;
        auto round = std::ssize(order);
        for (std::size_t j = 0; j < n; ++j)
            if (!now.taken[j])
                offers.push_back({gains[j], j, round});
        std::priority_queue<offer> queue(std::less<offer>{}, std::move(offers));
        while (round < draw.budget) {
            where.check_interruption();
            offer best = queue.top();
            queue.pop();
            if (best.round == round) {
                take(best.sample);
                ++round;
            } else {
                best.gain = now.gain(best.sample, scratch);
                best.round = round;
                queue.push(best);
            }
        }
    }

    template <class Take>
    void stochastically(const detail::class_draw& draw, const execution& where, const state& now,
                        const std::vector<std::int64_t>& order, Take take,
                        std::vector<float>& scratch) const {
        const random_stream of_class =
            random_stream(where.seed(), stream).child(static_cast<std::uint64_t>(draw.label));
        std::vector<std::size_t> open;
        for (std::size_t j = 0; j < now.taken.size(); ++j)
            if (!now.taken[j])
                open.push_back(j);
        const auto candidates =
            static_cast<std::size_t>(std::ceil(static_cast<double>(now.taken.size()) /
                                               static_cast<double>(draw.budget) * std::log(1 / epsilon)));
        while (std::ssize(order) < draw.budget) {
            where.check_interruption();
            const random_stream of_round = of_class.child(order.size());
            const std::size_t tried = std::min(std::max<std::size_t>(candidates, 1), open.size());
            std::size_t best = 0;
            double best_gain = -1;
            for (std::size_t t = 0; t < tried; ++t) {
                std::swap(open[t], open[t + static_cast<std::size_t>(of_round.below(t, open.size() - t))]);
                const double gain = now.gain(open[t], scratch);
                if (gain > best_gain || (gain == best_gain && open[t] < open[best])) {
                    best = t;
                    best_gain = gain;
                }
            }
            take(open[best]);
            std::swap(open[best], open.back());
            open.pop_back();
        }
    }
};

static_assert(Selector<facility_location>);

} // namespace topoprune
