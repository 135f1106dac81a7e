// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/filter/all_filters.hpp>
#include <topoprune/filter/confident_learning.hpp>
#include <topoprune/filter/exact_duplicates.hpp>
#include <topoprune/filter/misclassified.hpp>
#include <topoprune/filter/near_duplicates.hpp>
#include <topoprune/filter/neighbor_vote.hpp>
#include <topoprune/filter/score_filter.hpp>
#include <topoprune/filter/semantic_duplicates.hpp>

#include "laws/all_pairs_search.hpp"
#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace topoprune;
using row_numbers = std::vector<std::int64_t>;
using flags = std::vector<std::uint8_t>;

namespace {

template <Filter F>
flags passes(const F& filter, const dataset& data) {
    const filter_result one = filter.apply(data, execution({.seed = 1, .threads = 1}));
    CHECK(one.passes.size() == static_cast<std::size_t>(std::max(data.samples(), std::ssize(data.labels))));
    CHECK(!one.note.empty());
    CHECK(filter.apply(data, execution({.seed = 1, .threads = 4})).passes == one.passes);
    return one.passes;
}

std::int64_t count(const flags& mask) {
    return std::count(mask.begin(), mask.end(), 1);
}

} // namespace

TEST_CASE("of equal samples the preferred one is kept, one of each label") {
    const matrix<float> z{{1, 2}, {0, 0}, {1, 2}, {-0.0F, 0}, {1, 2}};
    const row_numbers labels{5, 5, 5, 5, 6};
    const dataset data{.features = z, .labels = labels};
    CHECK(passes(exact_duplicates{}, data) == flags{1, 1, 0, 0, 1});
    CHECK(passes(exact_duplicates{.across_labels = duplicates_across_labels::keep_one}, data) ==
          flags{1, 1, 0, 0, 0});
    CHECK(passes(exact_duplicates{.preference = {0, 0, 3, 1, 2}}, data) == flags{0, 0, 1, 1, 1});
    CHECK(passes(exact_duplicates{.preference = {0, 0, 3, 1, 4},
                                  .across_labels = duplicates_across_labels::keep_one},
                 data) == flags{0, 0, 0, 1, 1});
    CHECK_THROWS_AS((void)exact_duplicates{.preference = {1}}.apply(data, execution{}),
                    std::invalid_argument);
    const matrix<float> none(0, 2);
    CHECK(passes(exact_duplicates{}, {.features = none}).empty());
}

TEST_CASE("every dropped near duplicate has a kept sample that near, and no two kept ones are near") {
    matrix<float> z = clouds::lattice_features(120, 2, 3, 6);
    z.topRows(30).array() += 0.001F;
    z.bottomRows(40) = z.topRows(40).eval(); // exact copies, more than k of some
    const dataset data{.features = z};
    const double limit = 0.1;
    std::vector<double> preference;
    const random_stream random(2, 3);
    for (std::uint64_t i = 0; i < 120; ++i)
        preference.push_back(random.uniform(i));
    const near_duplicates filter{.search = all_pairs_search{},
                                 .metric = euclidean{},
                                 .distance = limit,
                                 .k = 8,
                                 .preference = preference};
    const flags mask = passes(filter, data);
    CHECK(count(mask) < 60);
    for (Eigen::Index i = 0; i < 120; ++i) {
        bool has_preferred_neighbor = false;
        for (Eigen::Index j = 0; j < 120; ++j) {
            if (i == j || mask[static_cast<std::size_t>(j)] == 0)
                continue;
            const bool near = static_cast<double>((z.row(i) - z.row(j)).norm()) <= limit;
            has_preferred_neighbor =
                has_preferred_neighbor ||
                (near && preference[static_cast<std::size_t>(j)] > preference[static_cast<std::size_t>(i)]);
            if (mask[static_cast<std::size_t>(i)])
                CHECK(!near);
        }
        CHECK(has_preferred_neighbor == (mask[static_cast<std::size_t>(i)] == 0));
    }
}

TEST_CASE("semantic duplicates: one stays of each group, whatever the chain") {
    // Directions at 0, 10, 20 degrees, and one far away: the chain's ends are not near each other.
    matrix<float> z(5, 2);
    const std::vector<double> degrees{0, 10, 20, 120, 120};
    for (Eigen::Index i = 0; i < 5; ++i) {
        z(i, 0) = static_cast<float>((2 + static_cast<double>(i)) *
                                     std::cos(degrees[static_cast<std::size_t>(i)] * std::numbers::pi / 180));
        z(i, 1) = static_cast<float>((2 + static_cast<double>(i)) *
                                     std::sin(degrees[static_cast<std::size_t>(i)] * std::numbers::pi / 180));
    }
    const dataset data{.features = z};
    const double epsilon = 1 - std::cos(15 * std::numbers::pi / 180);
    semantic_duplicates filter{.epsilon = epsilon,
                               .clusters = 1,
                               .kept_first = duplicate_kept::preference,
                               .preference = {5, 4, 3, 1, 2}};
    // 10 degrees is near 0; 20 is near 10, which is gone, and so it stays.
    CHECK(passes(filter, data) == flags{1, 0, 1, 0, 1});
    filter.preference = {1, 5, 2, 3, 4};
    CHECK(passes(filter, data) == flags{0, 1, 0, 0, 1});
    for (const duplicate_kept first : {duplicate_kept::far_from_center, duplicate_kept::near_to_center})
        CHECK(count(passes(semantic_duplicates{.epsilon = 0.01, .clusters = 2, .kept_first = first}, data)) ==
              4);
    const matrix<float> none(0, 2);
    CHECK(passes(semantic_duplicates{}, {.features = none}).empty());
}

TEST_CASE("neighbors that say another label filter a sample") {
    const matrix<float> z = clouds::clusters(90, 3, 3);
    row_numbers labels;
    for (std::int64_t i = 0; i < 90; ++i)
        labels.push_back(i % 3);
    flags expected(90, 1);
    for (const std::size_t i : {4U, 40U, 77U}) {
        labels[i] = (labels[i] + 1) % 3;
        expected[i] = 0;
    }
    const neighbor_vote filter{.search = all_pairs_search{}, .metric = euclidean{}, .k = 7};
    CHECK(passes(filter, {.features = z, .labels = labels}) == expected);
    const matrix<float> one = z.topRows(1);
    CHECK(passes(filter, {.features = one, .labels = std::span(labels).first(1)}) == flags{1});
}

TEST_CASE("confident learning counts samples by the mean confidence of each class") {
    // Probabilities of class 1: thresholds are t_0 = mean(1 - p) of label 0, t_1 = mean(p) of label 1.
    const std::vector<double> p{0.1, 0.2, 0.9, 0.9, 0.8, 0.55, 0.05};
    const row_numbers labels{0, 0, 0, 1, 1, 1, 1};
    matrix<float> logits(7, 2);
    for (Eigen::Index i = 0; i < 7; ++i) {
        logits(i, 0) = 0;
        logits(i, 1) = static_cast<float>(
            std::log(p[static_cast<std::size_t>(i)] / (1 - p[static_cast<std::size_t>(i)])));
    }
    // t_0 = (.9 + .8 + .1) / 3 = .6, t_1 = (.9 + .8 + .55 + .05) / 4 = .575: sample 5 reaches neither.
    CHECK(passes(confident_learning{}, {.labels = labels, .logits = logits}) == flags{1, 1, 0, 1, 1, 1, 0});
}

TEST_CASE("filters from scores cut the hard end, whichever end of the score that is") {
    matrix<float> logits(10, 2);
    const row_numbers labels(10, 1);
    for (Eigen::Index i = 0; i < 10; ++i) {
        logits(i, 0) = 0;
        logits(i, 1) = static_cast<float>((i * 7 % 10) - 3); // margins ascend with i * 7 % 10
    }
    const dataset data{.labels = labels, .logits = logits};
    const flags mask = passes(hardest_share<>{.share = 0.25}, data);
    CHECK(count(mask) == 8);
    for (std::size_t i = 0; i < 10; ++i)
        CHECK(mask[i] == (i * 7 % 10 >= 2));
    CHECK(count(passes(hardest_share<>{.share = 0}, data)) == 10);
    const flags right = passes(score_between<margin>{.lowest = 0}, data);
    for (std::size_t i = 0; i < 10; ++i)
        CHECK(right[i] == (i * 7 % 10 >= 3));
}

TEST_CASE("filters are composed, and each is on record for what it dropped first") {
    const matrix<float> z{{1, 1}, {1, 1}, {2, 2}, {3, 3}};
    const row_numbers labels{0, 0, 0, 0}, predictions{0, 0, 1, 0};
    const dataset data{.features = z, .labels = labels, .predictions = predictions};
    const all_filters filter{misclassified{}, exact_duplicates{}, given_mask{{1, 1, 0, 0}}};
    const filter_result result = filter.apply(data, execution{});
    CHECK(result.passes == flags{1, 0, 0, 0});
    CHECK(result.dropped_by == std::vector<std::int32_t>{-1, 1, 0, 2});
    CHECK(result.names == std::vector<std::string>{"misclassified", "exact duplicates", "given mask"});
}

TEST_CASE("confident learning keeps a sample whose label is the likeliest class") {
    // Label 0 is sure of itself, t_0 = .85; label 1 is not, t_1 = .4: (.6, .4) of label 0 reaches t_1 alone.
    const std::vector<double> first{0.99, 0.96, 0.6, 0.6, 0.6, 0.5};
    const row_numbers labels{0, 0, 0, 1, 1, 0};
    matrix<float> logits(6, 2);
    for (Eigen::Index i = 0; i < 6; ++i) {
        const double p = first[static_cast<std::size_t>(i)];
        logits(i, 0) = static_cast<float>(std::log(p / (1 - p)));
        logits(i, 1) = 0;
    }
    // The last has two likeliest classes; one of them is its label.
    CHECK(passes(confident_learning{}, {.labels = labels, .logits = logits}) == flags{1, 1, 1, 1, 1, 1});
}

TEST_CASE("duplicates under two labels are kept, one of them or none, and counted") {
    // 0, 1 and 2 are equal, with labels 0, 0, 1; 3 and 4 are equal, of one label; 5 is alone.
    matrix<float> z(6, 2);
    z << 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, -1, 0;
    const row_numbers labels{0, 0, 1, 1, 1, 0};
    const dataset data{.features = z, .labels = labels};
    const execution where({.seed = 1, .threads = 2});
    const auto check = [&](const auto& make) {
        using enum duplicates_across_labels;
        const filter_result all = make(keep_all).apply(data, where), one = make(keep_one).apply(data, where),
                            none = make(drop_all).apply(data, where);
        CHECK(all.passes == flags{1, 0, 1, 1, 0, 1});
        CHECK(one.passes == flags{1, 0, 0, 1, 0, 1});
        CHECK(none.passes == flags{0, 0, 0, 1, 0, 1});
        CHECK(
            all.note.find("2 were filtered; 3 have a duplicate under another label, and one of each label") !=
            std::string::npos);
        CHECK(one.note.find("3 were filtered; 3 have a duplicate under another label, and one was kept") !=
              std::string::npos);
        CHECK(none.note.find("4 were filtered; 3 have a duplicate under another label, and none") !=
              std::string::npos);
        // Without labels nothing can conflict.
        const filter_result plain = make(drop_all).apply({.features = z}, where);
        CHECK(plain.passes == flags{1, 0, 0, 1, 0, 1});
        CHECK(plain.note.find("label") == std::string::npos);
    };
    check([](duplicates_across_labels across) { return exact_duplicates{.across_labels = across}; });
    check([](duplicates_across_labels across) { return near_duplicates<>{.across_labels = across}; });
    check([](duplicates_across_labels across) {
        return semantic_duplicates{.clusters = 1,
                                   .kept_first = duplicate_kept::preference,
                                   .preference = {6, 5, 4, 3, 2, 1},
                                   .across_labels = across};
    });
}

TEST_CASE("near duplicates under two labels are counted, of the default none is lost") {
    // 1 is within .01 of 0 and of another label.
    matrix<float> z(4, 2);
    z << 1, 0, 1, 0.05F, 0, 1, -1, 0;
    const row_numbers labels{0, 1, 1, 0};
    const dataset data{.features = z, .labels = labels};
    using enum duplicates_across_labels;
    const near_duplicates<> filter{};
    CHECK(passes(filter, data) == flags{1, 1, 1, 1});
    CHECK(filter.apply(data, execution{}).note.find("2 have a duplicate under another label") !=
          std::string::npos);
    CHECK(passes(near_duplicates<>{.across_labels = drop_all}, data) == flags{0, 0, 1, 1});
    CHECK(passes(near_duplicates<>{.across_labels = keep_one}, data) == flags{1, 0, 1, 1});
}
