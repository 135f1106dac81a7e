// SPDX-License-Identifier: MIT
#include <topoprune/filter/all_filters.hpp>
#include <topoprune/filter/near_duplicates.hpp>
#include <topoprune/filter/neighbor_vote.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/persistence/gradient_norm.hpp>
#include <topoprune/persistence/merge_height.hpp>
#include <topoprune/persistence/mode_persistence.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/persistence/stable_persistence_score.hpp>
#include <topoprune/pipeline/pruner.hpp>
#include <topoprune/pipeline/subset_selection.hpp>
#include <topoprune/pipeline/topocore.hpp>
#include <topoprune/projection/pca.hpp>
#include <topoprune/projection/umap.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace topoprune;

/// Policies that answer what their concepts forbid. The pipeline says which one it was, and reads nothing
/// that is not there.
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct twelve_samples {
    matrix<float> features = clouds::normal_features(12, 3, 3);
    std::vector<std::int64_t> labels{1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5};
    [[nodiscard]] dataset data() const { return {.features = features, .labels = labels}; }
};

/// Gives the filter result that it holds.
struct filter_that_answers {
    filter_result answer;
    [[nodiscard]] filter_result apply(const dataset&, const execution&) const { return answer; }
};

/// Keeps what it holds; strata and ranks of so many samples.
struct selector_that_answers {
    std::vector<std::int64_t> kept;
    std::size_t strata = 12;
    std::size_t ranks = 0;
    [[nodiscard]] selection select(const selection_problem&, const execution&) const {
        return {kept, std::vector<std::int32_t>(strata, 0), std::vector<std::int64_t>(ranks, 0)};
    }
};

struct projection_of_rows {
    std::int64_t rows;
    std::int64_t columns = 2;
    double last = 0;
    [[nodiscard]] embedding project(matrix_view<const float>, const execution&) const {
        embedding result{matrix<double>::Random(rows, columns), {}};
        if (result.points.size() > 0)
            result.points(rows - 1, columns - 1) = last;
        return result;
    }
};

struct score_of_size {
    std::size_t size;
    double last = 0;
    [[nodiscard]] std::vector<double> column(const embedded_samples&, const execution&) const {
        std::vector<double> values(size, 0.5);
        values.back() = last;
        return values;
    }
};

struct estimate_of_sizes {
    std::size_t values, errors, reliabilities;
    [[nodiscard]] std::vector<double> column(const embedded_samples&, const execution&) const { return {}; }
    [[nodiscard]] column_estimate estimate(const embedded_samples&, const execution&) const {
        column_estimate result;
        result.values.assign(values, 0.0);
        result.standard_error.assign(errors, 0.0);
        result.reliability.assign(reliabilities, 1.0);
        return result;
    }
};

struct combiner_of_size {
    std::size_t size;
    double last = 0;
    [[nodiscard]] std::vector<double> combine(std::span<const double>, std::span<const double>,
                                              const class_partition&) const {
        std::vector<double> values(size, 0.5);
        values.back() = last;
        return values;
    }
};

struct loss_of_shape {
    std::int64_t rows, columns;
    double entry = 0;
    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double>, const execution&) const {
        return {0, matrix<double>::Constant(rows, columns, entry)};
    }
};

struct class_score_of_size {
    std::size_t size;
    [[nodiscard]] std::vector<double> values(matrix_view<const double>, const execution&) const {
        return std::vector<double>(size, 0.0);
    }
};

/// A search whose answer is changed before it is given.
struct search_that_errs {
    void (*change)(neighbor_graph&);
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const auto& metric, std::int64_t k,
                                        const execution& where) const {
        neighbor_graph graph = exact_neighbors{}.search(points, metric, k, where);
        change(graph);
        return graph;
    }
};

/// A metric that prepares so many rows, of so many columns.
struct metric_of_shape {
    std::int64_t rows, columns;
    [[nodiscard]] product_form prepare(matrix_view<const float>, const execution&) const {
        return {.rows = matrix<float>::Zero(rows, columns), .halves = std::vector<float>(12, 1.0F)};
    }
    [[nodiscard]] double to_distance(double raw) const { return raw; }
    [[nodiscard]] double distance(std::span<const float>, std::span<const float>) const { return 0; }
};

struct density_of_size {
    std::size_t size;
    [[nodiscard]] std::vector<double> log_density(matrix_view<const double>, const execution&) const {
        return std::vector<double>(size, 0.0);
    }
    void add_pull_back(matrix_view<const double>, std::span<const double>, std::span<const double>,
                       matrix_view<double>, const execution&) const {}
};

/// What the call is refused with.
template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "nothing was refused";
}

template <class P>
std::string refusal_of_pruner(const P& policies) {
    const twelve_samples given;
    return refusal([&] { (void)policies.run(given.data(), keep_count{4}); });
}

filter_result passing(std::size_t n) {
    return {std::vector<std::uint8_t>(n, 1), "all pass"};
}

} // namespace

TEST_CASE("a filter of the wrong answer is refused before anything looks at it") {
    const twelve_samples given;
    const auto of = [&](filter_result answer) {
        const std::string by_pruner =
            refusal_of_pruner(pruner{.filter = filter_that_answers{answer}, .projection = pca{}});
        const std::string by_selection = refusal([&] {
            (void)subset_selection{.filter = filter_that_answers{answer}, .selector = random_subset{}}.run(
                given.data(), {}, {.keep = {keep_count{4}}});
        });
        CHECK(by_pruner.substr(by_pruner.find(':')) == by_selection.substr(by_selection.find(':')));
        CHECK(by_pruner.starts_with("pruner: "));
        CHECK(by_selection.starts_with("subset_selection: "));
        return by_pruner;
    };
    for (const std::size_t flags : {0U, 3U, 11U, 13U})
        CHECK(of(passing(flags)) == "pruner: the number of the filter's flags is " + std::to_string(flags) +
                                        ", must be the number of samples, 12");
    filter_result answer = passing(12);
    answer.dropped_by.assign(5, -1);
    CHECK(of(answer).find("the filter gives a reason for is 5, must be 0 or the number of samples, 12") !=
          std::string::npos);
    answer.dropped_by.assign(12, 3);
    answer.names = {"one", "two"};
    CHECK(of(answer).find("is 3, must be -1 or a place among its names, of which there are 2") !=
          std::string::npos);
    answer.dropped_by.assign(12, -1);
    answer.passes[4] = 0;
    CHECK(of(answer).find("reason for dropping a sample is -1") != std::string::npos);
    answer = passing(12);
    answer.least_share.assign(3, 0.5);
    CHECK(of(answer).find("least shares is 3, must be 0 or the number of samples, 12") != std::string::npos);
    answer.least_share.assign(12, not_a_number);
    CHECK(of(answer).find("a least share of the filter is nan") != std::string::npos);
    answer.least_share.assign(12, 0.5);
    answer.graded_by.assign(12, 1);
    CHECK(of(answer).find("is 1, must be -1 or a place among its names, of which there are 0") !=
          std::string::npos);
    // As one of several.
    CHECK(refusal_of_pruner(pruner{.filter = all_filters{no_filter{}, filter_that_answers{passing(3)}},
                                   .projection = pca{}}) ==
          "join_filter: the size of a filter's mask is 3, must be the number of samples, 12");
    // Where it was applied before.
    CHECK(refusal([&] {
              (void)subset_selection{}.choose(passing(3), given.data(), {}, {.keep = {keep_count{4}}}, {});
          }) == "subset_selection: the number of the filter's flags is 3, must be the number of samples, 12");
    CHECK(refusal([&] {
              subset_selection{}.check(passing(3), given.data(), {.keep = {keep_count{4}}}, {});
          }) == "subset_selection: the number of the filter's flags is 3, must be the number of samples, 12");
}

TEST_CASE("a selector that keeps too few, too many, none that is there or one twice is refused") {
    const twelve_samples given;
    const auto of = [&](selector_that_answers selector) {
        return refusal([&] {
            (void)subset_selection{.selector = selector}.run(given.data(), {}, {.keep = {keep_count{4}}});
        });
    };
    CHECK(of({.kept = {0, 1, 6, 7}}) == "nothing was refused");
    const std::string begin = "subset_selection: ";
    CHECK(of({.kept = {}}) ==
          begin + "the number of rows that the selector keeps of class 1 is 0, must be its budget, 2");
    CHECK(of({.kept = {0, 1, 6}}) ==
          begin + "the number of rows that the selector keeps of class 5 is 1, must be its budget, 2");
    CHECK(of({.kept = {0, 1, 2, 6}}) ==
          begin + "the number of rows that the selector keeps of class 1 is 3, must be its budget, 2");
    for (const std::int64_t row : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()})
        CHECK(of({.kept = {row, 1, 6, 7}}) == begin + "a row that the selector keeps is " +
                                                  std::to_string(row) +
                                                  ", must be at least 0 and below the number of samples, 12");
    for (const std::int64_t row : {std::int64_t{12}, std::numeric_limits<std::int64_t>::max()})
        CHECK(of({.kept = {0, 1, 6, row}}) == begin + "a row that the selector keeps is " +
                                                  std::to_string(row) +
                                                  ", must be at least 0 and below the number of samples, 12");
    CHECK(of({.kept = {1, 1, 6, 7}}) ==
          begin +
              "a row that the selector keeps is 1, must be above the one before it, as rows ascend and none "
              "comes twice, 1");
    CHECK(of({.kept = {1, 0, 6, 7}}).find("must be above the one before it") != std::string::npos);
    for (const std::size_t strata : {0U, 11U, 13U})
        CHECK(of({.kept = {0, 1, 6, 7}, .strata = strata}) ==
              begin + "the number of strata that the selector gave is " + std::to_string(strata) +
                  ", must be the number of samples, 12");
    CHECK(of({.kept = {0, 1, 6, 7}, .ranks = 4}) ==
          begin + "the number of ranks that the selector gave is 4, must be 0 or the number of samples, 12");
    CHECK(of({.kept = {0, 1, 6, 7}, .ranks = 12}) == "nothing was refused");
    // A row that must be kept and is not.
    CHECK(refusal([&] {
              (void)subset_selection{.selector = selector_that_answers{{0, 1, 6, 7}}}.run(
                  given.data(), {}, {.keep = {keep_count{4}}, .must_keep = {3}});
          }).find("leaves out the chosen row is 3") != std::string::npos);
    // In the whole pipeline.
    CHECK(refusal_of_pruner(pruner{.projection = pca{}, .selector = selector_that_answers{{0}}}) ==
          begin + "the number of rows that the selector keeps of class 1 is 1, must be its budget, 2");
}

TEST_CASE("a projection, a score or a combiner of another size, or with what is no number, is refused") {
    for (const std::int64_t rows : {0, 6, 11, 13})
        CHECK(refusal_of_pruner(pruner{.projection = projection_of_rows{rows}}) ==
              "pruner: the number of rows that the projection made is " + std::to_string(rows) +
                  ", must be that of the rows it was given, 12");
    CHECK(refusal_of_pruner(pruner{.projection = projection_of_rows{12, 0}}) ==
          "pruner: the number of columns that the projection made is 0, must be at least 1");
    CHECK(refusal_of_pruner(pruner{.projection = projection_of_rows{12, 2, not_a_number}}) ==
          "pruner: the projection holds nan in row 11, column 1, must be finite");

    for (const std::size_t size : {3U, 11U, 13U}) {
        const std::string end = std::to_string(size) + ", must be the number of samples, 12";
        CHECK(refusal_of_pruner(pruner{.projection = pca{}, .persistence = score_of_size{size}}) ==
              "pruner: the number of values of the persistence score is " + end);
        CHECK(
            refusal_of_pruner(pruner{.projection = pca{}, .persistence = estimate_of_sizes{size, size, 2}}) ==
            "pruner: the number of values of the persistence score is " + end);
        CHECK(refusal_of_pruner(pruner{
                  .projection = pca{}, .persistence = score_of_size{12}, .density = score_of_size{size}}) ==
              "pruner: the number of values of the density score is " + end);
        CHECK(refusal_of_pruner(pruner{.projection = pca{},
                                       .persistence = score_of_size{12},
                                       .density = score_of_size{12},
                                       .combiner = combiner_of_size{size}}) ==
              "pruner: the number of values of the combiner is " + end);
    }
    CHECK(refusal_of_pruner(pruner{.projection = pca{}, .persistence = score_of_size{12, not_a_number}}) ==
          "pruner: value 11 of the persistence score is nan, must be finite");
    CHECK(refusal_of_pruner(pruner{.projection = pca{},
                                   .persistence = score_of_size{12},
                                   .density = score_of_size{12, not_a_number}}) ==
          "pruner: value 11 of the density score is nan, must be finite");
    CHECK(refusal_of_pruner(pruner{.projection = pca{},
                                   .persistence = score_of_size{12},
                                   .density = score_of_size{12},
                                   .combiner = combiner_of_size{12, not_a_number}}) ==
          "pruner: value 11 of the combiner is nan, must be finite");
    CHECK(refusal_of_pruner(pruner{.projection = pca{}, .persistence = estimate_of_sizes{12, 5, 2}}) ==
          "pruner: the number of standard errors of the persistence score is 5, must be 0 or the number of "
          "samples, 12");
    CHECK(refusal_of_pruner(pruner{.projection = pca{}, .persistence = estimate_of_sizes{12, 12, 3}}) ==
          "pruner: the number of reliabilities of the persistence score is 3, must be 0 or the number of "
          "classes, 2");
}

TEST_CASE("a loss whose gradient has another shape, or is no number, is refused before it moves a point") {
    const matrix<double> points = clouds::normal(6, 2);
    const execution where;
    const auto of = [&](loss_of_shape loss) {
        const std::string by_score =
            refusal([&] { (void)persistence_score{.loss = loss}.values(points, where); });
        const std::string by_norm = refusal([&] { (void)gradient_norm{.loss = loss}.values(points, where); });
        CHECK(by_score.substr(by_score.find(':')) == by_norm.substr(by_norm.find(':')));
        return by_score;
    };
    for (const std::int64_t rows : {0, 3, 7})
        CHECK(of({rows, 2}) == "persistence_score: the number of rows of the loss's gradient is " +
                                   std::to_string(rows) + ", must be the number of points, 6");
    CHECK(of({6, 1}) ==
          "persistence_score: the number of columns of the loss's gradient is 1, must be that of "
          "the coordinates, 2");
    CHECK(of({6, 2, not_a_number}) ==
          "persistence_score: the loss's gradient holds nan in row 0, column 0, must be finite");
    const class_partition classes(std::vector<std::int64_t>(6, 0));
    CHECK(refusal([&] {
              (void)stable_persistence_score{.score = class_score_of_size{100}}.estimate({points, classes},
                                                                                         where);
          }).find("stable_persistence_score: the number of values of its score is 100, must be") == 0);
    const layout_source too_few(
        8, [](std::int64_t, std::int64_t, const execution&) { return std::vector<embedding>{}; });
    CHECK(refusal([&] { (void)too_few.draw(1, 3, where); }) ==
          "layout_source::draw: the number of layouts that were drawn is 0, must be the number asked for, 3");
    const layout_source too_short(8, [](std::int64_t, std::int64_t count, const execution&) {
        return std::vector<embedding>(static_cast<std::size_t>(count), {matrix<double>::Zero(3, 2), {}});
    });
    CHECK(refusal([&] {
              (void)stable_persistence_score{}.estimate({points, classes, &too_short}, where);
          }).find("stable_persistence_score: the number of coordinates of a layout is 6, must be") == 0);
}

TEST_CASE("a search whose answer is not one of neighbors is refused") {
    const twelve_samples given;
    const execution where;
    const auto of = [&](void (*change)(neighbor_graph&)) {
        const std::string by_vote = refusal(
            [&] { (void)neighbor_vote{.search = search_that_errs{change}}.apply(given.data(), where); });
        const std::string by_umap =
            refusal([&] { (void)umap{.search = search_that_errs{change}}.project(given.features, where); });
        CHECK(by_vote.substr(0, by_vote.find(" is ")).substr(by_vote.find(':')) ==
              by_umap.substr(0, by_umap.find(" is ")).substr(by_umap.find(':')));
        return by_umap;
    };
    CHECK(of([](neighbor_graph& graph) { graph.samples = 3; }) ==
          "umap: the number of samples in the search's answer is 3, must be that of the points, 12");
    CHECK(of([](neighbor_graph& graph) { graph.k = 1; }).find("umap: the number of neighbors") == 0);
    CHECK(of([](neighbor_graph& graph) { graph.ids.pop_back(); }).find("umap: the number of ids") == 0);
    CHECK(of([](neighbor_graph& graph) { graph.distances.clear(); }).find("umap: the number of distances") ==
          0);
    for (const auto change : {+[](neighbor_graph& graph) { graph.ids.back() = 12; },
                              +[](neighbor_graph& graph) { graph.ids.back() = -1; },
                              +[](neighbor_graph& graph) { graph.ids.back() = 11; }})
        CHECK(of(change).find("umap: a neighbor in the search's answer is ") == 0);
    CHECK(of([](neighbor_graph& graph) { graph.distances.back() = std::nanf(""); }) ==
          "umap: a distance in the search's answer is nan, must be a number");
}

TEST_CASE("a metric or a density that answers for other points is refused") {
    const twelve_samples given;
    const matrix<double> points = clouds::normal(12, 9);
    const execution where;
    const auto of = [&](metric_of_shape metric) {
        return refusal([&] { (void)exact_neighbors{}.search(given.features, metric, 2, where); });
    };
    CHECK(of({5, 3}) ==
          "exact_neighbors: the number of rows that the metric prepared is 5, must be the number of "
          "points, 12");
    CHECK(of({12, 2}) ==
          "exact_neighbors: the number of columns that the metric prepared is 2, must be that of "
          "the points, 3");
    for (const std::size_t size : {0U, 5U, 13U}) {
        const std::string end = "the number of values of the density is " + std::to_string(size) +
                                ", must be the number of points, 12";
        const density_of_size density{size};
        CHECK(refusal([&] { (void)merge_height{.density = density}.values(points, where); }) ==
              "merge_height: " + end);
        CHECK(refusal([&] { (void)mode_persistence{.density = density}.values(points, where); }) ==
              "mode_persistence: " + end);
        CHECK(refusal([&] { (void)density_bifiltration{weak_delaunay{}, density}.build(points, where); }) ==
              "density_bifiltration: " + end);
    }
}

TEST_CASE("the defaults of the pruner are the policies as they stand alone, the paper's have a name") {
    const twelve_samples given;
    const auto kept = [&](const auto& policies) {
        return policies.select(given.features, given.labels, keep_count{6}).kept;
    };
    CHECK(kept(pruner{}) == kept(pruner{.filter = noise_adapted{},
                                        .projection = umap{},
                                        .persistence = persistence_score{},
                                        .density = density_score{},
                                        .combiner = weighted_sum{},
                                        .selector = coverage{}}));
    static_assert(std::same_as<decltype(pruner{}), decltype(pruner{.selector = coverage{}})>);
    static_assert(std::same_as<decltype(topocore()),
                               decltype(pruner{.filter = misclassified{}, .selector = stratified{}})>);
    CHECK(topocore().selector.strata == 50);
    CHECK(topocore().selector.least_budget_per_stratum == 1);
    CHECK(topocore().selector.draw == stratum_draw::random);
    CHECK(kept(topocore()).size() == 6);
}
