// SPDX-License-Identifier: MIT
#include <topoprune/filter/all_filters.hpp>
#include <topoprune/pipeline/subset_selection.hpp>
#include <topoprune/select/coverage.hpp>
#include <topoprune/select/coverage_centric.hpp>
#include <topoprune/select/herding.hpp>
#include <topoprune/select/k_center.hpp>
#include <topoprune/select/stratified.hpp>
#include <topoprune/select/top.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace topoprune;
using row_numbers = std::vector<std::int64_t>;

namespace {

/// Three classes of 3 features, of 100, 40 and 10 samples, with scores and some wrong predictions.
struct samples {
    matrix<float> features = clouds::normal_features(150, 3, 2);
    row_numbers labels, predictions;
    score_column scores{{}, high_end::hard};

    samples() {
        const random_stream random(6, 6);
        for (std::int64_t i = 0; i < 150; ++i) {
            labels.push_back(i % 15 < 10 ? 4 : i % 15 < 14 ? 7 : 9);
            predictions.push_back(i % 4 == 0 ? -1 : labels.back());
            scores.values.push_back(random.normal(static_cast<std::uint64_t>(i)));
        }
    }
    [[nodiscard]] dataset data() const {
        return {.features = features, .labels = labels, .predictions = predictions};
    }
    [[nodiscard]] row_numbers counts(const row_numbers& kept) const {
        row_numbers result(3, 0);
        for (const std::int64_t i : kept) {
            const std::int64_t label = labels[static_cast<std::size_t>(i)];
            ++result[label == 4 ? 0 : label == 7 ? 1 : 2];
        }
        return result;
    }
};

bool contains(const row_numbers& large, const row_numbers& small) {
    return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

template <class S>
void check_nested(const S& selector) {
    const samples given;
    for (const bool one_pool : {false, true}) {
        const selection_report report = subset_selection{.filter = misclassified{}, .selector = selector}.run(
            given.data(), given.scores,
            {.keep = {keep_fraction{0.7}, keep_fraction{0.1}, keep_count{75}, keep_fraction{0.3}},
             .one_pool = one_pool},
            {.seed = 3, .threads = 2});
        REQUIRE(report.subsets.size() == 4);
        const auto kept = [&](std::size_t place) { return report.subsets[place].chosen.kept; };
        CHECK(kept(0).size() == 105);
        CHECK(kept(1).size() == 15);
        CHECK(kept(2).size() == 75);
        CHECK(kept(3).size() == 45);
        CHECK(contains(kept(0), kept(2)));
        CHECK(contains(kept(2), kept(3)));
        CHECK(contains(kept(3), kept(1)));
        if (!one_pool) {
            CHECK(given.counts(kept(0)) == row_numbers{70, 28, 7});
            CHECK(given.counts(kept(1)) == row_numbers{10, 4, 1});
            CHECK(given.counts(kept(3)) == row_numbers{30, 12, 3});
        }
        for (const explained_subset& one : report.subsets)
            for (std::size_t i = 0; i < 150; ++i)
                CHECK(is_kept(one.chosen.reasons[i]) == std::binary_search(one.chosen.kept.begin(),
                                                                           one.chosen.kept.end(),
                                                                           static_cast<std::int64_t>(i)));
    }
}

} // namespace

TEST_CASE("subsets for several rates lie inside each other, each exact in every class") {
    check_nested(random_subset{});
    check_nested(stratified{});
    check_nested(coverage_centric{});
    check_nested(top{kept_end::hardest});
    check_nested(herding{});
    check_nested(k_center{});
}

TEST_CASE("a greedy selector draws alone what it draws when nested") {
    const samples given;
    const subset_selection run{.selector = k_center{}};
    const auto nested = run.run(given.data(), {}, {.keep = {keep_fraction{0.1}, keep_fraction{0.4}}});
    const auto alone = run.run(given.data(), {}, {.keep = {keep_fraction{0.4}}});
    CHECK(nested.subsets[1].chosen.kept == alone.subsets[0].chosen.kept);
}

TEST_CASE("class parts never shrink as the total grows, though quotas may") {
    // Largest remainders give the class of two 1 of 10 and none of 11 (the Alabama paradox).
    row_numbers labels;
    for (const auto& [label, size] : {std::pair(0, 60), std::pair(1, 60), std::pair(2, 20)})
        labels.insert(labels.end(), static_cast<std::size_t>(size), label);
    selection_request request;
    for (std::int64_t total = 1; total <= 140; ++total)
        request.keep.emplace_back(keep_count{total});
    const auto report = subset_selection<>{}.run({.labels = labels}, {}, request);
    for (std::size_t place = 0; place < 140; ++place) {
        CHECK(report.subsets[place].chosen.kept.size() == place + 1);
        if (place > 0)
            CHECK(contains(report.subsets[place].chosen.kept, report.subsets[place - 1].chosen.kept));
    }
}

TEST_CASE("every sample has a reason: filtered by what, required, excluded, its rank and stratum") {
    const samples given;
    std::vector<std::uint8_t> mask(150, 1);
    mask[1] = mask[4] = 0;
    const subset_selection run{.filter = all_filters{misclassified{}, given_mask{mask}},
                               .selector = stratified{.strata = 3}};
    const auto report =
        run.run(given.data(), given.scores,
                {.keep = {keep_fraction{0.2}}, .must_keep = {0, 2}, .never_keep = {3, 8}}, {.seed = 2});
    const explained_subset& one = report.subsets.at(0);
    CHECK(report.filters == std::vector<std::string>{"misclassified", "given mask"});
    CHECK(report.dropped_by[4] == 0); // by both, and the first is on record
    CHECK(report.dropped_by[1] == 1);
    CHECK(report.dropped_by[2] == -1);
    CHECK(one.chosen.reasons[0] == sample_reason::required); // though misclassified
    CHECK(one.chosen.reasons[2] == sample_reason::required);
    CHECK(one.chosen.reasons[3] == sample_reason::excluded);
    CHECK(one.chosen.reasons[8] == sample_reason::excluded);
    CHECK(one.chosen.reasons[4] == sample_reason::misclassified);
    CHECK(one.chosen.reasons[1] == sample_reason::filtered);
    CHECK(one.chosen.kept.size() == 30);
    std::vector<std::int64_t> ranks;
    for (std::size_t i = 0; i < 150; ++i) {
        const bool drawable = one.chosen.reasons[i] == sample_reason::kept ||
                              one.chosen.reasons[i] == sample_reason::required ||
                              one.chosen.reasons[i] == sample_reason::pruned;
        CHECK((one.stratum[i] >= 0) == drawable);
        CHECK((one.rank[i] >= 0) == is_kept(one.chosen.reasons[i]));
        if (given.labels[i] == 4 && one.rank[i] >= 0)
            ranks.push_back(one.rank[i]);
    }
    std::sort(ranks.begin(), ranks.end());
    for (std::size_t r = 0; r < ranks.size(); ++r)
        CHECK(ranks[r] == static_cast<std::int64_t>(r));
    CHECK(reason_name(sample_reason::excluded) == "excluded");
}

TEST_CASE("a budget larger than a filtered class is filled, given to others, or refused") {
    const samples given;
    selection_request request{.keep = {keep_fraction{0.9}, keep_fraction{0.95}}};
    const subset_selection run{.filter = misclassified{}};
    const auto filled = run.run(given.data(), {}, request);
    CHECK(given.counts(filled.subsets[0].chosen.kept) == row_numbers{90, 36, 9});
    CHECK(contains(filled.subsets[1].chosen.kept, filled.subsets[0].chosen.kept));
    CHECK(std::count(filled.subsets[0].chosen.reasons.begin(), filled.subsets[0].chosen.reasons.end(),
                     sample_reason::filled) > 0);

    request.when_class_is_short = short_budget::redistribute;
    request.keep = {keep_count{100}};
    std::vector<std::uint8_t> mask(150, 1);
    for (std::size_t i = 0; i < 150; ++i)
        mask[i] = given.labels[i] != 7;
    const auto given_on = subset_selection{.filter = given_mask{mask}}.run(given.data(), {}, request);
    CHECK(given.counts(given_on.subsets[0].chosen.kept) == row_numbers{91, 0, 9});

    request.when_class_is_short = short_budget::stop;
    CHECK_THROWS_AS((void)subset_selection{.filter = given_mask{mask}}.run(given.data(), {}, request),
                    std::invalid_argument);
}

TEST_CASE("scores alone, labels alone and nothing to draw from") {
    const samples given;
    const auto by_score =
        subset_selection{.selector = top{}}.run({}, given.scores, {.keep = {keep_count{7}}});
    CHECK(by_score.subsets[0].chosen.kept.size() == 7);
    const auto none = subset_selection<>{}.run({}, {}, {.keep = {keep_fraction{0.5}}});
    CHECK(none.subsets[0].chosen.kept.empty());
    CHECK_THROWS_WITH_AS(
        (void)subset_selection<>{}.run({.labels = given.labels}, {{1.0}, high_end::hard}, {}),
        "subset_selection: the number of scores is 1, must be 0 or the number of samples, 150",
        std::invalid_argument);
    CHECK_THROWS_AS((void)subset_selection<>{}.run({.labels = given.labels}, {},
                                                   {.keep = {keep_count{5}}, .must_keep = {150}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(
        (void)subset_selection<>{}.run({.labels = given.labels}, {},
                                       {.keep = {keep_count{5}}, .must_keep = {1}, .never_keep = {1}}),
        std::invalid_argument);
}

TEST_CASE("a filter that drops more leaves the order of the others as it was") {
    const samples given;
    const selection_request request{.keep = {keep_per_class{6}}};
    const auto all = subset_selection<>{}.run({.labels = given.labels}, {}, request);
    std::vector<std::uint8_t> mask(150, 1);
    const std::int64_t lost = all.subsets[0].chosen.kept[3];
    mask[static_cast<std::size_t>(lost)] = 0;
    const auto fewer = subset_selection{.filter = given_mask{mask}}.run(
        {.features = given.features, .labels = given.labels}, {}, request);
    row_numbers common;
    std::set_intersection(all.subsets[0].chosen.kept.begin(), all.subsets[0].chosen.kept.end(),
                          fewer.subsets[0].chosen.kept.begin(), fewer.subsets[0].chosen.kept.end(),
                          std::back_inserter(common));
    CHECK(common.size() == 17);
}

namespace {

/// Every third sample passes from a share of .4 on, every third from .2, and row 5 never.
struct stricter_below {
    static constexpr std::string_view name = "stricter below";

    [[nodiscard]] filter_result apply(const dataset& data, const execution&) const {
        filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples()), 1),
                             "by row"};
        for (std::size_t i = 0; i < result.passes.size(); ++i)
            result.least_share.push_back(i % 3 == 0 ? 0.4 : i % 3 == 1 ? 0.2 : 0.0);
        result.passes[5] = 0;
        return result;
    }
};

} // namespace

TEST_CASE("a filter that is stricter where less is kept lets a sample pass from its share on") {
    const samples given;
    const auto check = [&](const auto& run, bool one_pool) {
        const selection_report report = run.run(
            given.data(), given.scores,
            {.keep = {keep_fraction{0.5}, keep_fraction{0.1}, keep_fraction{0.3}}, .one_pool = one_pool});
        const std::vector<double> shares{0.5, 0.1, 0.3};
        for (std::size_t s = 0; s < 3; ++s) {
            const explained_subset& one = report.subsets[s];
            CHECK(one.chosen.kept.size() == static_cast<std::size_t>(std::llround(150 * shares[s])));
            for (std::size_t i = 0; i < 150; ++i) {
                const double least = i == 5 ? 2.0 : i % 3 == 0 ? 0.4 : i % 3 == 1 ? 0.2 : 0.0;
                CHECK((one.chosen.reasons[i] == sample_reason::filtered) == (least > shares[s]));
                CHECK((one.stratum[i] >= 0) == (least <= shares[s]));
            }
        }
        CHECK(contains(report.subsets[2].chosen.kept, report.subsets[1].chosen.kept));
        CHECK(contains(report.subsets[0].chosen.kept, report.subsets[2].chosen.kept));
        // What passes at the largest budget was dropped by no filter.
        for (std::size_t i = 0; i < 150; ++i)
            CHECK(report.dropped_by[i] == (i == 5 ? std::ssize(report.filters) - 1 : -1));
    };
    for (const bool one_pool : {false, true}) {
        check(subset_selection{.filter = stricter_below{}, .selector = coverage{}}, one_pool);
        check(subset_selection{.filter = stricter_below{}, .selector = random_subset{}}, one_pool);
        check(subset_selection{.filter = all_filters{no_filter{}, stricter_below{}}}, one_pool);
    }
}

TEST_CASE("where too few would pass, those of the least shares do; what must be kept always does") {
    const samples given;
    const subset_selection run{.filter = stricter_below{}};
    // A quota of half a class is below no share of its samples but takes all of its best third.
    const selection_report report =
        run.run(given.data(), {},
                {.keep = {keep_quota{{{4, 1}, {9, 1}, {7, 6}}}, keep_quota{{{4, 1}, {9, 10}, {7, 40}}}},
                 .must_keep = {0}});
    CHECK(report.subsets[0].chosen.reasons[0] == sample_reason::required);
    CHECK(given.counts(report.subsets[1].chosen.kept)[1] == 40);
    CHECK(given.counts(report.subsets[1].chosen.kept)[2] == 10);
    for (const std::int64_t i : report.subsets[0].chosen.kept)
        CHECK((i == 0 || i % 3 == 2));

    // One class whose samples all want a share of .4: a budget of .1 is met by some of them.
    row_numbers labels;
    for (std::int64_t i = 0; i < 150; ++i)
        labels.push_back(i % 3);
    const selection_report forced =
        run.run({.features = given.features, .labels = labels}, {}, {.keep = {keep_fraction{0.1}}});
    row_numbers kept_of(3, 0);
    for (const std::int64_t i : forced.subsets[0].chosen.kept) {
        ++kept_of[static_cast<std::size_t>(i % 3)];
        CHECK(forced.subsets[0].chosen.reasons[static_cast<std::size_t>(i)] == sample_reason::kept);
    }
    CHECK(kept_of == row_numbers{5, 5, 5});
    CHECK(std::count(forced.dropped_by.begin(), forced.dropped_by.end(), 0) == 45 + 45 + 1);
}

namespace {

/// Row 3 passes from a share on.
struct from_a_share_on {
    static constexpr std::string_view name = "from a share on";
    double least;

    [[nodiscard]] filter_result apply(const dataset& data, const execution&) const {
        const auto n = static_cast<std::size_t>(data.samples());
        std::vector<double> shares(n, 0.0);
        shares[3] = least;
        return {std::vector<std::uint8_t>(n, 1), "one sample", {}, {}, shares, {}};
    }
};

} // namespace

TEST_CASE("a share that the budget meets exactly is met, whatever its product with the class rounds to") {
    const std::vector<std::int64_t> labels(100, 0);
    for (std::int64_t budget = 1; budget < 100; ++budget)
        for (const std::int64_t needed : {budget, budget + 1}) {
            const selection_report report =
                subset_selection{.filter = from_a_share_on{static_cast<double>(needed) / 100}}.run(
                    {.labels = labels}, {}, {.keep = {keep_count{budget}}});
            CHECK((report.subsets[0].stratum[3] >= 0) == (needed == budget));
        }
}

TEST_CASE("logits of one column tell nothing of one class, and are too few for more") {
    const samples given;
    const matrix<float> one_column = matrix<float>::Zero(150, 1);
    const std::vector<std::int64_t> zeros(150, 0);
    const subset_selection run{.selector = coverage{}};
    dataset data{.features = given.features, .labels = zeros, .logits = one_column};
    CHECK(run.run(data, {}, {.keep = {keep_fraction{0.3}}}).subsets[0].chosen.kept.size() == 45);
    data.labels = given.labels;
    CHECK_THROWS_AS((void)run.run(data, {}, {.keep = {keep_fraction{0.3}}}), std::invalid_argument);
}

TEST_CASE("a selector that looks at uncertainty gets it from logits, else from the last epoch") {
    const samples given;
    matrix<float> logits(150, 10);
    const random_stream random(8, 8);
    for (Eigen::Index i = 0; i < logits.size(); ++i)
        logits.data()[i] = static_cast<float>(2 * random.normal(static_cast<std::uint64_t>(i)));
    dataset data = given.data();
    data.predictions = {};
    const subset_selection run{.selector = coverage{.weights = {.uncertainty_exponent = 3}}};
    const selection_request request{.keep = {keep_fraction{0.3}}};
    const auto kept = [&] { return run.run(data, {}, request).subsets[0].chosen.kept; };
    const row_numbers without = kept();
    data.logits = logits;
    const row_numbers by_logits = kept();
    CHECK(by_logits != without);
    data.logits = {};
    data.dynamics = {.values = std::span<const float>(logits.data(), static_cast<std::size_t>(logits.size())),
                     .epochs = 1,
                     .samples = 150,
                     .classes = 10};
    CHECK(kept() == by_logits);
    CHECK(subset_selection{.selector = coverage{.weights = {.uncertainty_exponent = 0}}}
              .run(data, {}, request)
              .subsets[0]
              .chosen.kept != by_logits);
}
