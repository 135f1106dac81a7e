// SPDX-License-Identifier: MIT
// How far the persistence scores of the three filtrations in the plane agree: with one another, between two
// seeds of the projection, and when every coordinate of the plane is moved by a normal of .001; each as a
// displacement in one plane, and as stable_persistence_score of pair_persistence. Prints, as csv, Spearman's
// rank correlation for each class, over all its samples or over the first of them where all would take too
// long.
//
//   score_agreement --features F --labels L [--sample 300] [--rips-threshold 0.15] [--limit N] [--threads 0]
//
//     part         whole: all samples of the class were scored; sample: its first --sample
//     comparison   "weak_delaunay and rips", "rips between seeds", "stable rips under jitter"
//
// --limit takes the first N rows only, for a short check. The features are projected by UMAP with 15
// neighbors, min_dist 0.1 and the cosine metric.
#include <topoprune/filtration/function_delaunay.hpp>
#include <topoprune/filtration/rips.hpp>
#include <topoprune/io/csv_writer.hpp>
#include <topoprune/io/table.hpp>
#include <topoprune/persistence/pair_persistence.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/persistence/rank_correlation.hpp>
#include <topoprune/persistence/stable_persistence_score.hpp>
#include <topoprune/projection/umap.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <numbers>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace topoprune;

constexpr double jitter = 0.001;
constexpr double bandwidth_of_density = 0.4;

struct settings {
    std::string features;
    std::string labels;
    std::int64_t sample = 300;
    double rips_threshold = 0.15;
    std::int64_t limit = 0;
    int threads = 0;
};

/// One number per sample; `whole` if it is affordable on all samples of a class.
struct score_policy {
    std::string name;
    bool whole;
    std::function<std::vector<double>(const embedded_samples&, const execution&)> column;
};

/// Holes that the threshold leaves open are closed beyond all atoms: a point counts itself, so no codensity
/// is above log(2 pi h^2 n).
auto rips_transport(const settings& chosen) {
    const double last = std::log(2 * std::numbers::pi * bandwidth_of_density * bandwidth_of_density *
                                 static_cast<double>(chosen.sample));
    return signed_measure_transport{density_bifiltration{rips{.threshold = chosen.rips_threshold},
                                                         gaussian_kde{.bandwidth = bandwidth_of_density}},
                                    exact_transport<>{.corner = {{chosen.rips_threshold, last}}}};
}

template <class F>
auto transport_under(const F& filtration) {
    return signed_measure_transport{
        density_bifiltration{filtration, gaussian_kde{.bandwidth = bandwidth_of_density}}};
}

/// The pairs of the same transport, measured until another run would order the samples alike.
template <class Loss>
auto stable(const Loss& loss) {
    return stable_persistence_score{.score =
                                        pair_persistence{loss.bifiltration, loss.transport, loss.degree, 2}};
}

/// A further score is one more line.
std::vector<score_policy> policies(const settings& chosen) {
    const auto column_of = [](const auto& score) {
        return [score](const embedded_samples& samples, const execution& where) {
            return score.column(samples, where);
        };
    };
    const auto weak = transport_under(weak_delaunay{});
    const auto function = transport_under(function_delaunay{});
    return {
        {"weak_delaunay", true, column_of(persistence_score{weak})},
        {"function_delaunay", true, column_of(persistence_score{function})},
        {"rips", false, column_of(persistence_score{rips_transport(chosen)})},
        {"stable weak_delaunay", true, column_of(stable(weak))},
        {"stable function_delaunay", false, column_of(stable(function))},
        {"stable rips", false, column_of(stable(rips_transport(chosen)))},
    };
}

/// The rows of one label.
std::vector<double> of_class(const std::vector<double>& column, const class_partition& classes,
                             std::int64_t c) {
    std::vector<double> values;
    for (const std::int64_t i : classes.members(c))
        values.push_back(column[static_cast<std::size_t>(i)]);
    return values;
}

/// The layouts that have been drawn once are not computed again.
layout_source remembered(const layout_source& source) {
    const auto known = std::make_shared<std::vector<embedding>>();
    return {source.available(),
            [=](std::int64_t first, std::int64_t count, const execution& where) -> std::vector<embedding> {
                if (const std::int64_t missing = first + count - std::ssize(*known); missing > 0)
                    for (embedding& drawn : source.draw(std::ssize(*known), missing, where))
                        known->push_back(std::move(drawn));
                return {known->begin() + first, known->begin() + first + count};
            }};
}

/// Every layout passed through change(number, points).
template <class Change>
layout_source changed(const layout_source& source, Change change) {
    return {source.available(), [=](std::int64_t first, std::int64_t count, const execution& where) {
                std::vector<embedding> drawn = source.draw(first, count, where);
                for (std::size_t k = 0; k < drawn.size(); ++k)
                    drawn[k].points = change(first + static_cast<std::int64_t>(k), drawn[k].points);
                return drawn;
            }};
}

/// The plane as it is, by another seed, and jittered; each with its further layouts.
struct planes {
    layout_source first, second, jittered;

    [[nodiscard]] planes rows(const std::vector<std::int64_t>& kept) const {
        const auto of = [&](const layout_source& all) {
            return changed(all, [kept](std::int64_t, const matrix<double>& points) -> matrix<double> {
                return gather_rows<double>(matrix_view<const double>(points),
                                           std::span<const std::int64_t>(kept));
            });
        };
        return {of(first), of(second), of(jittered)};
    }
};

planes project(const matrix<float>& features, int threads) {
    const umap<> projection{.n_neighbors = 15, .min_dist = 0.1, .metric = cosine{}};
    const auto plane = [&](std::uint64_t seed) {
        return remembered(projection.layouts(features, execution({.seed = seed, .threads = threads})));
    };
    const layout_source first = plane(1);
    const auto move = [](std::int64_t number, const matrix<double>& points) {
        matrix<double> moved = points;
        const random_stream random(1, static_cast<std::uint64_t>(number));
        for (std::int64_t i = 0; i < moved.size(); ++i)
            moved.data()[i] += jitter * random.normal(static_cast<std::uint64_t>(i));
        return moved;
    };
    return {first, plane(2), changed(first, move)};
}

void compare(const std::vector<score_policy>& scores, const planes& plane,
             std::span<const std::int64_t> labels, int threads, csv_writer& table, const std::string& part) {
    const class_partition classes(labels);
    std::vector<std::vector<double>> base;
    const auto print = [&](const std::string& comparison, const auto& a, const auto& b) {
        for (std::int64_t c = 0; c < classes.count(); ++c)
            table.row(part, classes.label(c), classes.size(c), comparison,
                      rank_correlation(of_class(a, classes, c), of_class(b, classes, c)));
    };
    for (const score_policy& score : scores) {
        const auto column = [&](const layout_source& layouts, std::uint64_t seed) {
            const execution where({.seed = seed, .threads = threads});
            const matrix<double> points = layouts.draw(0, 1, where).front().points;
            return score.column({points, classes, &layouts}, where);
        };
        const std::vector<double> own = column(plane.first, 1);
        for (std::size_t other = 0; other < base.size(); ++other)
            print(scores[other].name + " and " + score.name, base[other], own);
        print(score.name + " between seeds", own, column(plane.second, 2));
        print(score.name + " under jitter", own, column(plane.jittered, 1));
        base.push_back(own);
    }
}

void run(const settings& chosen) {
    matrix<float> features = read_features(chosen.features);
    std::vector<std::int64_t> labels = read_labels(chosen.labels);
    require(features.rows() == std::ssize(labels), "score_agreement", "the number of labels", labels.size(),
            "the number of rows of the features,", features.rows());
    if (chosen.limit > 0 && chosen.limit < features.rows()) {
        features.conservativeResize(chosen.limit, Eigen::NoChange);
        labels.resize(static_cast<std::size_t>(chosen.limit));
    }
    const planes plane = project(features, chosen.threads);
    const std::vector<score_policy> all = policies(chosen);
    std::vector<score_policy> affordable;
    std::copy_if(all.begin(), all.end(), std::back_inserter(affordable),
                 [](const auto& s) { return s.whole; });

    csv_writer table(std::cout);
    table.row("part", "class", "samples", "comparison", "spearman");
    compare(affordable, plane, labels, chosen.threads, table, "whole");
    const class_partition classes(labels);
    std::vector<std::int64_t> kept, kept_labels;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        for (const std::int64_t i :
             classes.members(c).first(static_cast<std::size_t>(std::min(chosen.sample, classes.size(c))))) {
            kept.push_back(i);
            kept_labels.push_back(classes.label(c));
        }
    compare(all, plane.rows(kept), kept_labels, chosen.threads, table, "sample");
}

template <class Number>
Number number(const std::string& name, const std::string& word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size())
        throw std::invalid_argument(name + " must be a number, is " + word);
    return value;
}

settings read(int count, char** words) {
    settings chosen;
    const std::map<std::string, std::function<void(const std::string&)>> options = {
        {"--features", [&](const auto& word) { chosen.features = word; }},
        {"--labels", [&](const auto& word) { chosen.labels = word; }},
        {"--sample", [&](const auto& word) { chosen.sample = number<std::int64_t>("--sample", word); }},
        {"--rips-threshold",
         [&](const auto& word) { chosen.rips_threshold = number<double>("--rips-threshold", word); }},
        {"--limit", [&](const auto& word) { chosen.limit = number<std::int64_t>("--limit", word); }},
        {"--threads", [&](const auto& word) { chosen.threads = number<int>("--threads", word); }}};
    for (int i = 1; i < count; i += 2) {
        if (!options.contains(words[i]) || i + 1 == count)
            throw std::invalid_argument(std::string(words[i]) + " is no option, or has no value");
        options.at(words[i])(words[i + 1]);
    }
    return chosen;
}

} // namespace

int main(int count, char** words) {
    try {
        run(read(count, words));
    } catch (const std::exception& problem) {
        std::cerr << "score_agreement: " << problem.what() << '\n';
        return 2;
    }
}
