// SPDX-License-Identifier: MIT
#include <topoprune/diagnostics/class_rank_correlation.hpp>
#include <topoprune/diagnostics/kept_agreement.hpp>
#include <topoprune/diagnostics/subset_quality.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace topoprune;

namespace {

const execution alone({.threads = 1});
using rows = std::vector<std::int64_t>;

double least_distance(const matrix<float>& x, std::int64_t i, const rows& kept) {
    double least = std::numeric_limits<double>::infinity();
    for (const std::int64_t j : kept)
        least = std::min(least, (x.row(i).cast<double>() - x.row(j).cast<double>()).norm());
    return least;
}

} // namespace

TEST_CASE("coverage is the distance to the nearest kept sample, by brute force") {
    for (const matrix<float>& x :
         {clouds::normal_features(90, 4, 1), clouds::lattice_features(90, 3, 2, 3)}) {
        rows labels, kept{3, 89, 40, 41, 7};
        for (std::int64_t i = 0; i < 90; ++i)
            labels.push_back(i % 2 == 0 ? 5 : -1);
        const class_partition classes(labels);
        const subset_coverage found = measure_coverage(x, classes, kept, euclidean{}, alone);
        coverage_summary whole, within, of_class[2];
        for (std::int64_t i = 0; i < 90; ++i) {
            rows own;
            for (const std::int64_t j : kept)
                if (labels[static_cast<std::size_t>(j)] == labels[static_cast<std::size_t>(i)])
                    own.push_back(j);
            const double all = least_distance(x, i, kept), same = least_distance(x, i, own);
            whole = {whole.mean + all / 90, std::max(whole.max, all)};
            within = {within.mean + same / 90, std::max(within.max, same)};
            coverage_summary& c = of_class[i % 2 == 0 ? 1 : 0];
            c = {c.mean + same / 45, std::max(c.max, same)};
        }
        const auto check_equal = [](const coverage_summary& a, const coverage_summary& b) {
            CHECK(a.mean == doctest::Approx(b.mean).epsilon(1e-6));
            CHECK(a.max == doctest::Approx(b.max).epsilon(1e-6));
        };
        check_equal(found.whole, whole);
        check_equal(found.within_classes, within);
        REQUIRE(found.of_class.size() == 2);
        check_equal(found.of_class[0], of_class[0]);
        check_equal(found.of_class[1], of_class[1]);
        const subset_coverage on_three =
            measure_coverage(x, classes, kept, euclidean{}, execution({.threads = 3}));
        CHECK(on_three.whole.mean == found.whole.mean);
        CHECK(on_three.within_classes.mean == found.within_classes.mean);
    }
}

TEST_CASE("coverage of a class of which nothing is kept is infinite, of kept samples 0") {
    const matrix<float> x = matrix<float>::Zero(4, 2);
    const rows labels{0, 0, 1, 1};
    const subset_coverage found = measure_coverage(x, class_partition(labels), rows{0}, euclidean{}, alone);
    CHECK(found.whole.max == 0);
    CHECK(found.of_class[0].max == 0);
    CHECK(std::isinf(found.of_class[1].mean));
    CHECK(std::isinf(found.within_classes.max));
    // Under cosine a zero vector is at distance 1 from itself, but a kept sample is covered.
    const subset_coverage by_angle =
        measure_coverage(x, class_partition(labels), rows{0, 1, 2, 3}, cosine{}, alone);
    CHECK(by_angle.whole.max == 0);
    const matrix<float> none(0, 2);
    CHECK(measure_coverage(none, class_partition(rows{}), rows{}, euclidean{}, alone).whole.mean == 0);
    CHECK_THROWS_AS((void)measure_coverage(x, class_partition(rows{1}), rows{0}, euclidean{}, alone),
                    std::invalid_argument);
}

TEST_CASE("histograms of groups") {
    const rows groups{4, 4, 4, 9, 9, -1};
    const group_histogram found = count_groups(groups, rows{0, 3, 4});
    REQUIRE(found.groups.size() == 3);
    CHECK(found.groups[0].group == -1);
    CHECK(found.groups[0].kept == 0);
    CHECK(found.groups[1].samples == 3);
    CHECK(found.groups[1].kept == 1);
    CHECK(found.groups[2].kept == 2);
    CHECK(found.lost_groups == 1);
    // 0, 1/3, 2/3 against 1/6, 1/2, 1/3.
    CHECK(found.total_variation == doctest::Approx(1.0 / 3).epsilon(1e-14));
    CHECK(count_groups(groups, rows{0, 1, 2, 3, 4, 5}).total_variation == 0);
    CHECK(count_groups(groups, rows{}).lost_groups == 3);
    CHECK(count_groups(rows{}, rows{}).groups.empty());
    CHECK_THROWS_AS((void)count_groups(groups, rows{6}), std::invalid_argument);
    CHECK_THROWS_AS((void)count_groups(groups, rows{1, 1}), std::invalid_argument);
}

TEST_CASE("label noise") {
    const label_noise found = count_wrong_labels(rows{0, 1, 1, 0, 2}, rows{0, 1, 0, 0, 0}, rows{4, 0, 1});
    CHECK(found.wrong == 2);
    CHECK(found.share() == doctest::Approx(0.4));
    CHECK(found.kept_wrong == 1);
    CHECK(found.kept_share() == doctest::Approx(1.0 / 3));
    CHECK(count_wrong_labels(rows{}, rows{}, rows{}).kept_share() == 0);
    CHECK_THROWS_AS((void)count_wrong_labels(rows{1}, rows{}, rows{}), std::invalid_argument);
}

TEST_CASE("agreement of kept sets, beside chance") {
    const rows labels{0, 0, 0, 0, 1, 1};
    const class_partition classes(labels);
    const kept_agreement found = compare_kept(rows{0, 1, 4}, rows{1, 2, 4}, classes);
    CHECK(found.both == 2);
    CHECK(found.either == 4);
    CHECK(found.jaccard == 0.5);
    // 2 of 4 twice share 1, 1 of 2 twice share 1/2.
    CHECK(found.by_chance == doctest::Approx(1.5 / 4.5).epsilon(1e-14));
    CHECK(found.beyond_chance() == doctest::Approx(0.25).epsilon(1e-12));
    CHECK(compare_kept(rows{0, 1}, rows{1, 0}, classes).beyond_chance() == 1);
    CHECK(compare_kept(rows{}, rows{}, classes).jaccard == 1);
    CHECK(compare_kept(rows{0, 1, 2, 3, 4, 5}, rows{0, 1, 2, 3, 4, 5}, classes).beyond_chance() == 1);
    CHECK(compare_kept(rows{0}, rows{}, classes).jaccard == 0);
}

TEST_CASE("agreement by chance is what independent draws have") {
    const rows labels(200, 3);
    const class_partition classes(labels);
    double both = 0, either = 0, by_chance = 0;
    for (std::uint64_t run = 0; run < 300; ++run) {
        const auto draw = [&](std::size_t count, std::uint64_t side) {
            rows items(200);
            std::iota(items.begin(), items.end(), std::int64_t{0});
            draw_without_replacement(items, count, random_stream(run, side));
            return items;
        };
        const kept_agreement found = compare_kept(draw(60, 1), draw(40, 2), classes);
        both += static_cast<double>(found.both);
        either += static_cast<double>(found.either);
        by_chance = found.by_chance;
    }
    CHECK(both / either == doctest::Approx(by_chance).epsilon(0.02));
}

TEST_CASE("rank correlations within classes") {
    const double none = std::nan("");
    const rows labels{7, 7, 7, 7, 2, 2, 2, 5, 5, 4};
    const class_partition classes(labels);
    const std::vector<double> a{1, 2, 3, none, 1, 2, 3, 1, 1, 9}, b{10, 20, 25, 3, 5, 5, 5, none, 2, 1};
    const auto found = class_rank_correlations(a, b, classes); // classes 2, 4, 5, 7
    REQUIRE(found.size() == 4);
    CHECK_FALSE(found[0].has_value()); // b is constant
    CHECK_FALSE(found[1].has_value()); // one sample
    CHECK_FALSE(found[2].has_value()); // one finite pair
    REQUIRE(found[3].has_value());
    CHECK(*found[3] == doctest::Approx(1.0));
    CHECK_THROWS_AS((void)class_rank_correlations(a, std::vector<double>(3), classes), std::invalid_argument);
}

TEST_CASE("barcodes of all and of kept samples") {
    // A circle, of which one arc is kept: its hole is lost. Another class is kept whole.
    matrix<double> points(240, 2);
    points.topRows(120) = clouds::circle(120, 1, 0.0);
    points.bottomRows(120) = clouds::normal(120, 2);
    rows labels(120, 0), kept;
    labels.resize(240, 1);
    for (std::int64_t i = 0; i < 240; ++i)
        if (i >= 120 || points(i, 0) > 0)
            kept.push_back(i);
    const class_partition classes(labels);
    const auto holes = measure_barcode_change(points, classes, kept, 1, weak_delaunay{}, alone);
    REQUIRE(holes.size() == 2);
    CHECK(holes[0].bottleneck > 0.3); // half the lifetime of a hole of radius 1
    CHECK(holes[0].wasserstein >= holes[0].bottleneck);
    CHECK(holes[1].bottleneck == 0);
    CHECK(holes[1].wasserstein == 0);
    CHECK(holes[1].bars == holes[1].kept_bars);
    const auto pieces = measure_barcode_change(points, classes, kept, 0, weak_delaunay{}, alone);
    CHECK(pieces[1].wasserstein == 0);
    CHECK(pieces[0].bars == 120);
    // Nothing, or one sample, is left of a class.
    for (const rows& few : {rows{}, rows{0}, rows{0, 1}})
        for (const int degree : {0, 1})
            for (const barcode_change& change :
                 measure_barcode_change(points, classes, few, degree, weak_delaunay{}, alone)) {
                CHECK(std::isfinite(change.bottleneck));
                CHECK(std::isfinite(change.wasserstein));
                CHECK(change.wasserstein >= change.bottleneck);
            }
}

TEST_CASE("all at once") {
    const matrix<float> x = clouds::normal_features(60, 3, 9);
    const matrix<double> points = clouds::normal(60, 10);
    rows labels, truth, strata, kept;
    for (std::int64_t i = 0; i < 60; ++i) {
        labels.push_back(i % 3);
        truth.push_back(i % 10 == 0 ? 5 : i % 3);
        strata.push_back(i % 4);
        if (i % 2 == 0)
            kept.push_back(i);
    }
    const quality_options options{
        .energy = {.slices = 8}, .transport = {.slices = 8}, .kernel = {.frequencies = 8}};
    const subset_quality found = evaluate_subset(
        {.features = x, .labels = labels, .true_labels = truth, .strata = strata, .points = points}, kept,
        options, alone);
    CHECK(found.samples == 60);
    CHECK(found.kept == 30);
    CHECK(found.energy.value == options.energy.measure(x, kept, alone).value);
    CHECK(found.transport.value == options.transport.measure(x, kept, alone).value);
    CHECK(found.kernel.value == options.kernel.measure(x, kept, alone).value);
    CHECK(found.coverage.of_class.size() == 3);
    CHECK(found.classes.groups.size() == 3);
    REQUIRE(found.strata.has_value());
    CHECK(found.strata->groups.size() == 12);
    CHECK(found.strata->lost_groups == 6);
    REQUIRE(found.noise.has_value());
    CHECK(found.noise->wrong == 6);
    CHECK(found.noise->kept_wrong == 6);
    CHECK(found.barcodes.size() == 2);
    const subset_quality plain = evaluate_subset({.features = x, .labels = labels}, kept, options, alone);
    CHECK_FALSE(plain.strata.has_value());
    CHECK_FALSE(plain.noise.has_value());
    CHECK(plain.barcodes.empty());
    truth.pop_back();
    CHECK_THROWS_AS(
        (void)evaluate_subset({.features = x, .labels = labels, .true_labels = truth}, kept, options, alone),
        std::invalid_argument);
}
