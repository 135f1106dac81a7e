// SPDX-License-Identifier: MIT
#pragma once

#include "stable_persistence_score.hpp"

namespace topoprune {

template <class S>
column_estimate stable_persistence_score<S>::estimate(const embedded_samples& samples,
                                                      const execution& where) const {
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

template <class S>
void stable_persistence_score<S>::check(const embedded_samples& samples) const {
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

template <class S>
std::int64_t stable_persistence_score<S>::most_of(const embedded_samples& samples) const {
    const std::int64_t available = draws_layouts(samples) ? samples.layouts->available() : most_layouts;
    return std::min<std::int64_t>(most_layouts, available / split_halves::quarters * split_halves::quarters);
}

template <class S>
std::vector<std::vector<double>>
stable_persistence_score<S>::measure(const embedded_samples& samples, std::int64_t first, std::int64_t count,
                                     std::int64_t planned, const execution& where) const {
    // Layout 0 is there already.
    const std::int64_t first_drawn = std::max<std::int64_t>(first, 1);
    std::vector<embedding> drawn;
    if (draws_layouts(samples))
        drawn = samples.layouts->draw(first_drawn, first + count - first_drawn, where);
    for (const embedding& one : drawn) {
        require(one.points.rows() == samples.points.rows() && one.points.cols() == samples.points.columns(),
                "stable_persistence_score", "the number of coordinates of a layout", one.points.size(),
                "that of the first layout,", samples.points.size());
        require_finite(matrix_view<const double>(one.points), "stable_persistence_score", "a layout");
    }
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

template <class S>
void stable_persistence_score<S>::measure_class(matrix_view<const double> points,
                                                std::span<const std::int64_t> members,
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
            require(values.size() == rows.size(), "stable_persistence_score",
                    "the number of values of its score", values.size(), "the number of points,", rows.size());
            detail::normalize_values(values, scale);
            for (std::size_t i = 0; i < rows.size(); ++i)
                column[static_cast<std::size_t>(rows[i])] += values[i] / rounds;
        }
    }
}

template <class S>
double stable_persistence_score<S>::least_of(const std::vector<double>& reached,
                                             const class_partition& classes) {
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

template <class S>
std::int64_t stable_persistence_score<S>::next_plan(std::int64_t count, double least,
                                                    std::int64_t most) const {
    const double wanted = reliability * (1 - least) / (least * (1 - reliability));
    const double factor = std::isfinite(wanted) ? std::clamp(wanted, 1.0, 2.0) : 2.0;
    const auto fours =
        static_cast<std::int64_t>(std::ceil(factor * static_cast<double>(count) / split_halves::quarters));
    return std::clamp(split_halves::quarters * fours, count + split_halves::quarters, most);
}

template <class S>
std::vector<std::string> stable_persistence_score<S>::notes_of(const column_estimate& of, double least,
                                                               bool draws) const {
    std::vector<std::string> notes;
    std::string said = "persistence: reliability " + hundredths(least) + " of " + hundredths(reliability) +
                       " asked, mean of " + std::to_string(of.measurements);
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

template <class S>
std::string stable_persistence_score<S>::hundredths(double value) {
    const long whole = std::lround(100 * value);
    return std::to_string(whole / 100) + "." + std::to_string(whole % 100 / 10) + std::to_string(whole % 10);
}

} // namespace topoprune
