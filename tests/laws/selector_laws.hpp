// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/core/random.hpp>
#include <topoprune/select/selector.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

/// What a selector may be given beside scores, labels and budgets.
struct selector_inputs {
    topoprune::high_end high = topoprune::high_end::unstated;
    topoprune::matrix<float> features{};
    std::vector<double> uncertainty{};
};

/// What every Selector must do and no compiler can check.
template <topoprune::Selector S>
void check_selector_laws(const S& policy, const std::vector<double>& scores,
                         const std::vector<std::int64_t>& labels, const std::vector<std::int64_t>& budgets,
                         const selector_inputs& inputs = {}) {
    using namespace topoprune;
    const class_partition classes(labels);
    const auto n = labels.size();
    const execution serial({.seed = 5, .threads = 1});
    selection_problem problem{scores, classes, budgets};
    problem.high = inputs.high;
    problem.features = inputs.features;
    problem.uncertainty = inputs.uncertainty;
    const selection drawn = policy.select(problem, serial);

    const auto check_exact = [&](const selection& result, const std::vector<std::int64_t>& asked) {
        CHECK(std::is_sorted(result.kept.begin(), result.kept.end()));
        CHECK(std::adjacent_find(result.kept.begin(), result.kept.end()) == result.kept.end());
        std::vector<std::int64_t> counts(asked.size(), 0);
        for (const std::int64_t i : result.kept) {
            REQUIRE(i >= 0);
            REQUIRE(i < std::ssize(labels));
            ++counts[static_cast<std::size_t>(classes.class_of(i))];
        }
        CHECK(counts == asked);
        REQUIRE(result.stratum.size() == n);
    };
    check_exact(drawn, budgets);

    // The same on any number of threads.
    for (const int threads : {2, 8}) {
        const selection again = policy.select(problem, execution({.seed = 5, .threads = threads}));
        CHECK(again.kept == drawn.kept);
        CHECK(again.stratum == drawn.stratum);
    }

    // To keep all is to keep all.
    std::vector<std::int64_t> sizes;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        sizes.push_back(classes.size(c));
    selection_problem all = problem;
    all.budgets = sizes;
    CHECK(policy.select(all, serial).kept.size() == n);

    // Samples with names are drawn alike in whatever order their rows come.
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const random_stream random(77, 1);
    for (std::size_t i = n; i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i, i))]);
    std::vector<double> scores_moved, uncertainty_moved;
    std::vector<std::int64_t> labels_moved, ids;
    matrix<float> features_moved(inputs.features.rows(), inputs.features.cols());
    for (std::size_t i = 0; i < n; ++i) {
        scores_moved.push_back(scores[order[i]]);
        if (!inputs.uncertainty.empty())
            uncertainty_moved.push_back(inputs.uncertainty[order[i]]);
        labels_moved.push_back(labels[order[i]]);
        ids.push_back(static_cast<std::int64_t>(order[i]));
        if (inputs.features.rows() > 0)
            features_moved.row(static_cast<Eigen::Index>(i)) =
                inputs.features.row(static_cast<Eigen::Index>(order[i]));
    }
    const class_partition classes_moved(labels_moved);
    selection_problem moved{scores_moved, classes_moved, budgets};
    moved.high = inputs.high;
    moved.features = features_moved;
    moved.uncertainty = uncertainty_moved;
    moved.ids = ids;
    const selection drawn_moved = policy.select(moved, serial);
    std::vector<std::int64_t> back;
    for (const std::int64_t i : drawn_moved.kept)
        back.push_back(ids[static_cast<std::size_t>(i)]);
    std::sort(back.begin(), back.end());
    CHECK(back == drawn.kept);

    // Chosen samples are kept, and count; the larger budget that holds a smaller draw is as exact.
    std::vector<std::uint8_t> chosen(n, 0);
    for (const std::int64_t i : drawn.kept)
        chosen[static_cast<std::size_t>(i)] = 1;
    std::vector<std::int64_t> larger = budgets;
    for (std::size_t c = 0; c < larger.size(); ++c)
        larger[c] = (budgets[c] + sizes[c] + 1) / 2;
    selection_problem nested = problem;
    nested.budgets = larger;
    nested.chosen = chosen;
    const selection holding = policy.select(nested, serial);
    check_exact(holding, larger);
    CHECK(std::includes(holding.kept.begin(), holding.kept.end(), drawn.kept.begin(), drawn.kept.end()));
    nested.budgets = budgets;
    CHECK(policy.select(nested, serial).kept == drawn.kept);
}

/// The laws on what selectors meet: normal, shifted, constant and huge scores, ties, duplicated rows, classes
/// of one sample and budgets of nothing. Weights (>= 0) if `non_negative`.
template <topoprune::Selector S>
void check_selector_laws_everywhere(const S& policy, topoprune::high_end high = topoprune::high_end::hard,
                                    bool non_negative = false) {
    using namespace topoprune;
    const random_stream random(3, 1);
    const auto scores = [&](std::size_t n, double shift, double scale) {
        std::vector<double> values(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double value = shift + scale * random.normal(i);
            values[i] = non_negative ? std::max(0.0, value) : value;
        }
        return values;
    };
    const auto labels = [](std::size_t n, std::size_t classes) {
        std::vector<std::int64_t> values(n);
        for (std::size_t i = 0; i < n; ++i)
            values[i] = static_cast<std::int64_t>(i % classes) * 10 - 20;
        return values;
    };
    const auto inputs = [&](std::size_t n, std::uint64_t side) {
        selector_inputs given{high, matrix<float>(static_cast<Eigen::Index>(n), 3)};
        for (Eigen::Index i = 0; i < given.features.size(); ++i) {
            const auto at = static_cast<std::uint64_t>(1000 + i);
            given.features.data()[i] = side == 0 ? static_cast<float>(random.normal(at))
                                                 : static_cast<float>(random.below(at, side));
        }
        for (std::size_t i = 0; i < n; ++i)
            given.uncertainty.push_back(2 * random.uniform(5000 + i));
        return given;
    };
    check_selector_laws(policy, scores(120, 0, 1), labels(120, 3), {10, 37, 3}, inputs(120, 0));
    check_selector_laws(policy, scores(90, -1e6, 1), labels(90, 3), {1, 0, 29}, inputs(90, 2));
    check_selector_laws(policy, scores(60, 0, 1e300), labels(60, 2), {5, 11}, inputs(60, 1));
    check_selector_laws(policy, std::vector<double>(60, non_negative ? 2.5 : -2.5), labels(60, 6),
                        {1, 2, 3, 4, 5, 6}, inputs(60, 0));
    check_selector_laws(policy, std::vector<double>(20, 0.0), labels(20, 20),
                        std::vector<std::int64_t>(20, 1), inputs(20, 0));
    check_selector_laws(policy, scores(2, 0, 1), {7, 7}, {1}, inputs(2, 0));
    check_selector_laws(policy, {1.0}, {7}, {1}, inputs(1, 0));
    check_selector_laws(policy, {1.0}, {7}, {0}, inputs(1, 0));
    check_selector_laws(policy, {}, {}, {}, {high, matrix<float>(0, 3)});
}
