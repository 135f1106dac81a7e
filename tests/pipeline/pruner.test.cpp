// SPDX-License-Identifier: MIT
#include <topoprune/topoprune.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace topoprune;

namespace {

/// Three classes of features in 6 dimensions; class 5 has half as many samples as the others.
struct sample_data {
    matrix<float> features;
    std::vector<std::int64_t> labels;
    std::vector<std::int64_t> predictions;

    explicit sample_data(std::int64_t n, std::uint64_t seed = 1) {
        const matrix<double> noise = clouds::normal(n, seed, 1.0, 6);
        features.resize(n, 6);
        for (std::int64_t i = 0; i < n; ++i) {
            labels.push_back(i % 5 < 2 ? -1 : i % 5 < 4 ? 2 : 5);
            for (std::int64_t k = 0; k < 6; ++k)
                features(i, k) = static_cast<float>(noise(i, k) + (k == labels.back() + 1 ? 6.0 : 0.0));
            predictions.push_back(i % 9 == 0 ? 77 : labels.back());
        }
    }
    [[nodiscard]] dataset view() const {
        return {.features = features, .labels = labels, .predictions = predictions};
    }
};

/// A pruner whose projection is fast enough to be run many times.
const pruner fast{.projection = pca{}};

void check_pruning(const pruning& result, const dataset& data, std::int64_t total) {
    const auto n = static_cast<std::size_t>(data.samples());
    REQUIRE(result.chosen().kept.size() == static_cast<std::size_t>(total));
    CHECK(std::is_sorted(result.chosen().kept.begin(), result.chosen().kept.end()));
    REQUIRE(result.chosen().reasons.size() == n);
    REQUIRE(result.score.size() == n);
    REQUIRE(result.embedding.rows() == data.samples());
    std::int64_t budgets = 0;
    for (const class_summary& c : result.classes)
        budgets += c.kept;
    CHECK(budgets == total);
    for (std::size_t i = 0; i < n; ++i) {
        const sample_reason reason = result.chosen().reasons[i];
        const bool scored = reason == sample_reason::kept || reason == sample_reason::pruned;
        CHECK(std::isfinite(result.score[i]) == scored);
        CHECK(std::isfinite(result.persistence[i]) == scored);
        CHECK(std::isfinite(result.density[i]) == scored);
        CHECK(std::isfinite(result.embedding(static_cast<Eigen::Index>(i), 0)) == scored);
        CHECK((result.stratum()[i] >= 0) == scored);
        const bool kept = reason == sample_reason::kept || reason == sample_reason::filled;
        CHECK(std::binary_search(result.chosen().kept.begin(), result.chosen().kept.end(),
                                 static_cast<std::int64_t>(i)) == kept);
    }
}

} // namespace

TEST_CASE("the composition of the design compiles and keeps what was asked for") {
    const sample_data data(250);
    auto pruner = topoprune::pruner{
        .projection = topoprune::umap{.n_neighbors = 15, .min_dist = 0.1, .metric = topoprune::cosine{}},
        .persistence =
            topoprune::persistence_score{
                .loss = topoprune::signed_measure_transport{topoprune::density_bifiltration{
                    topoprune::weak_delaunay{}, topoprune::gaussian_kde{.bandwidth = 0.4}}},
                .optimizer = topoprune::adam{.learning_rate = 0.01, .steps = 6}},
        .density = topoprune::density_score{topoprune::gaussian_kde{.bandwidth = 0.4}},
        .combiner = topoprune::weighted_sum{.persistence = 0.5, .density = 0.5},
        .selector = topoprune::coverage{.bandwidth = {.radius_share = 0.5}}};
    const topoprune::subset kept =
        pruner.select(data.features, data.labels, topoprune::keep_fraction{0.1}, {.seed = 1, .threads = 0});
    CHECK(kept.size() == 25);
    // The same settings are the defaults.
    CHECK(topoprune::pruner{}.select(data.features, data.labels, keep_fraction{0.1}).kept == kept.kept);
}

TEST_CASE("budgets are exact, and filtered samples are neither scored nor kept") {
    const sample_data data(500);
    for (const std::int64_t total : {1, 7, 50, 333, 400}) {
        const pruning result = fast.run(data.view(), keep_count{total});
        check_pruning(result, data.view(), total);
        for (std::size_t i = 0; i < 500; ++i)
            CHECK((result.chosen().reasons[i] == sample_reason::misclassified) ==
                  (data.predictions[i] == 77));
    }
}

TEST_CASE("a stable score brings its errors and reliabilities") {
    const sample_data data(400);
    const auto prune_by = [&](const auto& policy, run_options options) {
        return policy.run(data.view(), keep_fraction{0.2}, std::move(options));
    };
    const stable_persistence_score<> score{.reliability = 0.9, .most_layouts = 8, .rounds = 2};
    const pruner stable{.projection = umap{.n_epochs = 30}, .persistence = score};
    const pruning result = prune_by(stable, {.threads = 1});
    check_pruning(result, data.view(), 80);
    CHECK(result.layouts >= 4);
    REQUIRE(result.persistence_error.size() == 400);
    for (std::size_t i = 0; i < 400; ++i)
        CHECK((result.persistence_error[i] >= 0) == (result.stratum()[i] >= 0));
    for (const class_summary& c : result.classes) {
        REQUIRE(c.reliability.has_value());
        CHECK((*c.reliability >= 0 && *c.reliability <= 1));
    }
    CHECK(std::any_of(result.notes.begin(), result.notes.end(),
                      [](const std::string& note) { return note.starts_with("persistence: reliability "); }));
    // The picture is that of the plain run; threads change nothing.
    const pruning plain = prune_by(pruner{.projection = umap{.n_epochs = 30}}, {});
    CHECK(plain.embedding.cwiseEqual(result.embedding).count() + result.embedding.array().isNaN().count() ==
          result.embedding.size());
    CHECK(plain.persistence_error.empty());
    CHECK(!plain.classes[0].reliability.has_value());
    const pruning threaded = prune_by(stable, {.threads = 3});
    CHECK(threaded.chosen().kept == result.chosen().kept);
    CHECK(threaded.score.size() == result.score.size());

    // A projection that draws no others is measured as it is.
    const pruning fixed = prune_by(pruner{.projection = pca{}, .persistence = score}, {});
    CHECK(fixed.layouts == 1);
    CHECK(std::any_of(fixed.notes.begin(), fixed.notes.end(), [](const std::string& note) {
        return note.find("draws no other layouts") != std::string::npos;
    }));
}

TEST_CASE("a class that the filter leaves short is filled, and the notes say so") {
    sample_data data(200);
    for (std::size_t i = 0; i < 200; ++i)
        if (data.labels[i] == 5 && i > 20)
            data.predictions[i] = -1;
    const pruning result = fast.run(data.view(), keep_fraction{0.5});
    check_pruning(result, data.view(), 100);
    const class_summary& five = result.classes[2];
    REQUIRE(five.label == 5);
    CHECK(five.budget == 20);
    CHECK(five.filled == 20 - (five.samples - five.filtered));
    CHECK(std::count(result.chosen().reasons.begin(), result.chosen().reasons.end(), sample_reason::filled) ==
          five.filled);
    CHECK(std::any_of(result.notes.begin(), result.notes.end(), [](const std::string& note) {
        return note.starts_with("class 5: ") && note.find("to fill its budget of 20") != std::string::npos;
    }));

    CHECK_THROWS_AS((void)fast.run(data.view(), selection_request{.keep = {keep_fraction{0.5}},
                                                                  .when_class_is_short = short_budget::stop}),
                    std::invalid_argument);
}

TEST_CASE("several rates give nested subsets of one scoring, and samples that must be kept are scored") {
    sample_data data(200);
    data.predictions[7] = -1;
    const selection_request request{.keep = {keep_fraction{0.5}, keep_fraction{0.1}, keep_count{60}},
                                    .must_keep = {7},
                                    .never_keep = {8}};
    const pruning result = fast.run(data.view(), request);
    REQUIRE(result.subsets.size() == 3);
    const std::vector<std::int64_t>& half = result.subsets[0].chosen.kept;
    const std::vector<std::int64_t>& tenth = result.subsets[1].chosen.kept;
    const std::vector<std::int64_t>& sixty = result.subsets[2].chosen.kept;
    CHECK(half.size() == 100);
    CHECK(tenth.size() == 20);
    CHECK(sixty.size() == 60);
    CHECK(std::includes(sixty.begin(), sixty.end(), tenth.begin(), tenth.end()));
    CHECK(std::includes(half.begin(), half.end(), sixty.begin(), sixty.end()));
    for (const explained_subset& one : result.subsets) {
        CHECK(one.chosen.reasons[7] == sample_reason::required);
        CHECK(one.chosen.reasons[8] == sample_reason::excluded);
    }
    CHECK(std::isfinite(result.score[7]));
    CHECK(result.filters.at(static_cast<std::size_t>(result.dropped_by[7])) == noise_adapted::name);
    // The smallest is what it would be alone.
    const pruning alone = fast.run(
        data.view(), selection_request{.keep = {keep_fraction{0.1}}, .must_keep = {7}, .never_keep = {8}});
    CHECK(alone.chosen().kept == tenth);
    CHECK_THROWS_AS((void)fast.run(data.view(), selection_request{}), std::invalid_argument);
}

TEST_CASE("a filter that drops everything leaves a random draw") {
    sample_data data(60);
    std::fill(data.predictions.begin(), data.predictions.end(), 99);
    check_pruning(fast.run(data.view(), keep_count{12}), data.view(), 12);
}

TEST_CASE("to keep all is to keep every sample") {
    sample_data data(90);
    const subset kept = fast.select(data.features, data.labels, keep_fraction{1.0});
    REQUIRE(kept.size() == 90);
    CHECK(kept.kept.back() == 89);
}

TEST_CASE("any number of threads gives the same bits") {
    const sample_data data(700);
    const pruner whole{.projection = umap{.n_epochs = 30}};
    const pruning one = whole.run(data.view(), keep_fraction{0.2}, {.threads = 1});
    for (const int threads : {2, 3, 8}) {
        const pruning many = whole.run(data.view(), keep_fraction{0.2}, {.threads = threads});
        CHECK(many.chosen().kept == one.chosen().kept);
        CHECK(many.stratum() == one.stratum());
        for (std::size_t i = 0; i < 700; ++i) {
            const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
            CHECK(same(many.score[i], one.score[i]));
            CHECK(same(many.persistence[i], one.persistence[i]));
            CHECK(same(many.embedding(static_cast<Eigen::Index>(i), 0),
                       one.embedding(static_cast<Eigen::Index>(i), 0)));
        }
    }
}

TEST_CASE("the smallest data sets are served") {
    for (const std::int64_t n : {1, 2, 3, 4, 5}) {
        const sample_data data(n);
        CHECK(pruner{}.select(data.features, data.labels, keep_count{1}).size() == 1);
        CHECK(pruner{}.select(data.features, data.labels, keep_fraction{1.0}).size() == n);
    }
    const matrix<float> equal = matrix<float>::Ones(40, 3);
    const std::vector<std::int64_t> labels(40, 1);
    CHECK(pruner{}.select(equal, labels, keep_count{10}).size() == 10);
    const matrix<float> zeros = matrix<float>::Zero(40, 3);
    CHECK(pruner{}.select(zeros, labels, keep_count{10}).size() == 10);
}

TEST_CASE("a run can be interrupted from its own progress") {
    const sample_data data(400);
    std::stop_source stop;
    const run_options options{.threads = 2, .stop = stop.get_token(), .progress = [&](const progress_event&) {
                                  stop.request_stop();
                              }};
    CHECK_THROWS_AS((void)pruner{}.run(data.view(), keep_fraction{0.5}, options), interrupted);
}

TEST_CASE("data that do not fit together are refused by name") {
    const sample_data data(20);
    const std::vector<std::int64_t> short_labels(19, 0);
    CHECK_THROWS_WITH_AS((void)fast.select(data.features, short_labels, keep_count{1}),
                         "pruner: the number of labels is 19, must be the number of samples, 20",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)fast.select(matrix<float>(0, 3), {}, keep_count{1}),
                         "pruner: the number of samples is 0, must be at least 1", std::invalid_argument);
    matrix<float> broken = data.features;
    broken(3, 4) = std::numeric_limits<float>::infinity();
    CHECK_THROWS_WITH_AS((void)fast.select(broken, data.labels, keep_count{1}),
                         "pruner: features holds inf in row 3, column 4, must be finite",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)fast.select(data.features, data.labels, keep_count{21}), std::invalid_argument);
}
