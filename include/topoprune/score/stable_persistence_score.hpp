// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/random.hpp"
#include "../projection/layout_source.hpp"
#include "column_estimate.hpp"
#include "normalization.hpp"
#include "pair_persistence.hpp"
#include "score.hpp"
#include "split_halves.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// A persistence score that knows how far it can be trusted. One layout of the features gives scores whose
/// order within a class hardly returns with the next seed; this is the mean over several layouts of the same
/// graph, and over random parts of each class in each of them, taken until the order of the samples would
/// come out again as surely as asked:
///
///     for each layout: cut every class at random into `parts`, `rounds` times; score each part by itself;
///                      a measurement of a sample is the mean over the rounds
///     after every few layouts: estimate, per class, the rank correlation with another such run
///                              (split_halves); stop when it is at least `reliability` in every class, or
///                              the budget is spent
///
/// The estimate says what was reached, and of every sample the standard error. Where the projection draws no
/// other layouts, the measurements are those of one layout: the reliability then is one of the random parts
/// alone and says nothing of other seeds, and a note says so.
///
/// Cost: layouts (each a descent of the projection) times rounds times the score of all classes. Memory: 136
/// bytes a sample for the sums, 16 m + 8 for each layout drawn at once, at most 8.
template <ClassScore S = pair_persistence<>>
struct stable_persistence_score {
    /// What is measured in each part.
    S score{};
    /// Rank correlation within every class that another run should have with this one, in (0, 1). More takes
    /// more layouts: r / (1 - r) times a constant.
    double reliability = 0.75;
    /// Layouts, or measurements of the one layout, before the first look and at most; multiples of 4, >= 4.
    int least_layouts = 4;
    int most_layouts = 64;
    /// How many parts a class is cut into, >= 1; 1 scores it as it is. More parts smooth more, and see less
    /// of small features.
    int parts = 3;
    /// Cuts a layout, >= 1. With the pairs' persistence the parts vary more than the layouts do, and a cut
    /// costs less than a layout.
    int rounds = 12;
    /// How the scores of a part are brought to a common scale before they are averaged. As they are, they
    /// agree better than as ranks: the long-lived pairs are what returns.
    normalization scale = normalization::none;
    /// Time after which no further layout is begun, in seconds. Set, the result depends on the machine;
    /// unset: none, and the result is the same everywhere.
    std::optional<double> seconds{};

    /// n means, in the unit of `scale`.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return estimate(samples, where).values;
    }

    /// Throws std::invalid_argument for an option outside its range.
    [[nodiscard]] column_estimate estimate(const embedded_samples& samples, const execution& where) const {
        check(samples);
        const auto begin = std::chrono::steady_clock::now();
        const auto is_late = [&] {
            const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
            return seconds && passed.count() >= *seconds;
        };
        const std::int64_t most = most_of(samples);
        split_halves measured(samples.points.rows(), random_stream(where.seed(), halves_stream));
        std::int64_t planned = least_layouts;
        std::vector<double> reached;
        double least = 0;
        for (;;) {
            do {
                const std::int64_t count = std::min(at_once, planned - measured.count());
                const auto columns = measure(samples, measured.count(), count, planned, where);
                for (std::size_t k = 0; k < columns.size(); k += split_halves::quarters)
                    measured.add(std::span(columns).subspan(k).template first<split_halves::quarters>());
            } while (measured.count() < planned && !is_late());
            reached = measured.reliability(samples.classes, where);
            least = least_of(reached, samples.classes);
            if (least >= reliability || measured.count() >= most || is_late())
                break;
            planned = next_plan(measured.count(), least, most);
        }
        column_estimate result{.values = measured.mean(),
                               .standard_error = measured.standard_error(),
                               .reliability = std::move(reached),
                               .measurements = measured.count(),
                               .layouts = draws_layouts(samples) ? measured.count() : 1,
                               .reached = least >= reliability,
                               .notes = {}};
        result.notes = notes_of(result, least, draws_layouts(samples));
        return result;
    }

private:
    static constexpr std::uint64_t halves_stream = 0x68616c766573; // "halves"
    static constexpr std::uint64_t parts_stream = 0x7061727473;    // "parts"
    /// Layouts that are held at the same time.
    static constexpr std::int64_t at_once = 8;
    /// The reliability of a smaller class is estimated too roughly to wait for, unless all are as small.
    static constexpr std::int64_t least_class = 30;

    void check(const embedded_samples& samples) const {
        const std::string_view name = "stable_persistence_score";
        require(samples.points.rows() == samples.classes.samples(), name, "the number of points",
                samples.points.rows(), "the number of labels,", samples.classes.samples());
        require(reliability > 0 && reliability < 1, name, "reliability", reliability, "above 0 and below 1");
        require(least_layouts >= 4 && least_layouts % 4 == 0, name, "least_layouts", least_layouts,
                "a multiple of 4, at least 4");
        require(most_layouts >= least_layouts && most_layouts % 4 == 0, name, "most_layouts", most_layouts,
                "a multiple of 4, at least least_layouts,", least_layouts);
        require(parts >= 1, name, "parts", parts, "at least 1");
        require(rounds >= 1, name, "rounds", rounds, "at least 1");
        require(!seconds || *seconds > 0, name, "seconds", seconds.value_or(0), "positive");
        require(parts > 1 || draws_layouts(samples), name, "parts", parts,
                "at least 2 where the projection draws no other layouts: nothing else varies");
    }

    [[nodiscard]] bool draws_layouts(const embedded_samples& samples) const {
        return samples.layouts != nullptr && samples.layouts->available() >= least_layouts;
    }

    [[nodiscard]] std::int64_t most_of(const embedded_samples& samples) const {
        const std::int64_t available = draws_layouts(samples) ? samples.layouts->available() : most_layouts;
        return std::min<std::int64_t>(most_layouts,
                                      available / split_halves::quarters * split_halves::quarters);
    }

    /// The measurements first, ..., first + count - 1 of those planned: n numbers each.
    [[nodiscard]] std::vector<std::vector<double>> measure(const embedded_samples& samples,
                                                           std::int64_t first, std::int64_t count,
                                                           std::int64_t planned,
                                                           const execution& where) const {
        // Layout 0 is there already.
        const std::int64_t first_drawn = std::max<std::int64_t>(first, 1);
        std::vector<embedding> drawn;
        if (draws_layouts(samples))
            drawn = samples.layouts->draw(first_drawn, first + count - first_drawn, where);
        const auto points_of = [&](std::int64_t number) -> matrix_view<const double> {
            if (drawn.empty() || number < first_drawn)
                return samples.points;
            return drawn[static_cast<std::size_t>(number - first_drawn)].points;
        };
        std::vector<std::vector<double>> columns(
            static_cast<std::size_t>(count),
            std::vector<double>(static_cast<std::size_t>(samples.points.rows())));
        const std::vector<std::int64_t> classes = classes_by_size(samples.classes);
        std::atomic<std::int64_t> done{first * std::ssize(classes)};
        where.parallel_for(count * std::ssize(classes), [&](std::int64_t task) {
            const std::int64_t number = first + task % count;
            measure_class(points_of(number),
                          samples.classes.members(classes[static_cast<std::size_t>(task / count)]),
                          random_stream(where.seed(), parts_stream).child(static_cast<std::uint64_t>(number)),
                          columns[static_cast<std::size_t>(task % count)], where);
            where.report_progress("persistence", ++done, planned * std::ssize(classes));
        });
        return columns;
    }

    void measure_class(matrix_view<const double> points, std::span<const std::int64_t> members,
                       const random_stream& random, std::vector<double>& column,
                       const execution& where) const {
        // A class is known by its first member, so that its name does not matter.
        const random_stream of_class = random.child(static_cast<std::uint64_t>(members.front()));
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::int64_t> shuffled(members.begin(), members.end());
            if (parts > 1)
                draw_without_replacement(shuffled, shuffled.size(),
                                         of_class.child(static_cast<std::uint64_t>(round)));
            for (std::size_t part = 0; part < static_cast<std::size_t>(parts); ++part) {
                where.check_interruption();
                std::vector<std::int64_t> rows;
                for (std::size_t i = part; i < shuffled.size(); i += static_cast<std::size_t>(parts))
                    rows.push_back(shuffled[i]);
                std::sort(rows.begin(), rows.end());
                const matrix<double> cloud = gather_rows<double>(points, std::span<const std::int64_t>(rows));
                std::vector<double> values = score.values(cloud, where);
                detail::normalize_values(values, scale);
                for (std::size_t i = 0; i < rows.size(); ++i)
                    column[static_cast<std::size_t>(rows[i])] += values[i] / rounds;
            }
        }
    }

    /// The least of the classes that are large enough for an estimate, or of all; 1 if no class has an order.
    static double least_of(const std::vector<double>& reached, const class_partition& classes) {
        double least = 1;
        double least_of_all = 1;
        bool any = false;
        for (std::int64_t c = 0; c < classes.count(); ++c) {
            const double value = reached[static_cast<std::size_t>(c)];
            if (std::isnan(value))
                continue;
            least_of_all = std::min(least_of_all, value);
            if (classes.size(c) < least_class)
                continue;
            least = std::min(least, value);
            any = true;
        }
        return any ? least : least_of_all;
    }

    /// As many measurements as Spearman and Brown's formula wants, at most twice as many as there are.
    [[nodiscard]] std::int64_t next_plan(std::int64_t count, double least, std::int64_t most) const {
        const double wanted = reliability * (1 - least) / (least * (1 - reliability));
        const double factor = std::isfinite(wanted) ? std::clamp(wanted, 1.0, 2.0) : 2.0;
        const auto fours = static_cast<std::int64_t>(
            std::ceil(factor * static_cast<double>(count) / split_halves::quarters));
        return std::clamp(split_halves::quarters * fours, count + split_halves::quarters, most);
    }

    [[nodiscard]] std::vector<std::string> notes_of(const column_estimate& of, double least,
                                                    bool draws) const {
        std::vector<std::string> notes;
        std::string said = "persistence: reliability " + hundredths(least) + " of " +
                           hundredths(reliability) + " asked, mean of " + std::to_string(of.measurements);
        said += draws ? " layouts" : " measurements of one layout";
        said += ", " + std::to_string(rounds) + " cuts into " + std::to_string(parts) + " parts each";
        notes.push_back(std::move(said));
        if (!draws)
            notes.emplace_back("persistence: the projection draws no other layouts; the reliability is that "
                               "of random parts of this one and says nothing of other seeds");
        if (!of.reached)
            notes.emplace_back("persistence: the reliability asked for was not reached within the budget");
        return notes;
    }

    static std::string hundredths(double value) {
        const long whole = std::lround(100 * value);
        return std::to_string(whole / 100) + "." + std::to_string(whole % 100 / 10) +
               std::to_string(whole % 10);
    }
};

static_assert(Score<stable_persistence_score<>>);
static_assert(EstimatesColumn<stable_persistence_score<>>);

} // namespace topoprune
