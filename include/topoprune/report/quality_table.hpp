// SPDX-License-Identifier: MIT
#pragma once

#include "../core/random.hpp"
#include "../diagnostics/subset_quality.hpp"
#include "../io/csv_writer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace topoprune {

/// One number about a kept set.
struct quality_row {
    /// "energy_distance".
    std::string quantity;
    /// The label of a class, or "all".
    std::string group = "all";
    double value = 0;
    /// Of the value, where it is estimated.
    std::optional<double> standard_error{};
    /// What random draws that keep as many of every class have, on average, and their standard deviation
    /// (with two draws at least).
    std::optional<double> random_draw{};
    std::optional<double> random_deviation{};
};

/// The numbers of a quality one by one, those of all samples first. The Wasserstein distance of all barcodes
/// is the sum over the classes, the bottleneck distance the largest. Where a formula tells what a random draw
/// has, it stands in random_draw.
[[nodiscard]] inline std::vector<quality_row> quality_rows(const subset_quality& quality) {
    std::vector<quality_row> rows;
    const auto add = [&](const std::string& quantity, double value) {
        rows.push_back({.quantity = quantity, .value = value});
    };
    const auto add_estimate = [&](const std::string& quantity, const distance_estimate& found) {
        rows.push_back({.quantity = quantity,
                        .value = found.value,
                        .standard_error = found.standard_error,
                        .random_draw = found.of_random_draw});
    };
    add("kept", static_cast<double>(quality.kept));
    add("coverage_mean", quality.coverage.whole.mean);
    add("coverage_max", quality.coverage.whole.max);
    add("class_coverage_mean", quality.coverage.within_classes.mean);
    add("class_coverage_max", quality.coverage.within_classes.max);
    add_estimate("energy_distance", quality.energy);
    add_estimate("sliced_wasserstein", quality.transport);
    add_estimate("mean_discrepancy", quality.kernel);
    add("class_total_variation", quality.classes.total_variation);
    add("lost_classes", static_cast<double>(quality.classes.lost_groups));
    if (quality.strata) {
        add("stratum_total_variation", quality.strata->total_variation);
        add("lost_strata", static_cast<double>(quality.strata->lost_groups));
    }
    if (quality.noise) {
        add("label_noise", quality.noise->kept_share());
        add("label_noise_of_all_samples", quality.noise->share());
    }
    for (std::size_t degree = 0; degree < quality.barcodes.size(); ++degree) {
        double worst = 0, sum = 0;
        for (const barcode_change& change : quality.barcodes[degree]) {
            worst = std::max(worst, change.bottleneck);
            sum += change.wasserstein;
        }
        add("bottleneck_" + std::to_string(degree), worst);
        add("wasserstein_" + std::to_string(degree), sum);
    }
    for (std::size_t c = 0; c < quality.classes.groups.size(); ++c) {
        const std::string label = std::to_string(quality.classes.groups[c].group);
        const auto add_of_class = [&](const std::string& quantity, double value) {
            rows.push_back({.quantity = quantity, .group = label, .value = value});
        };
        add_of_class("kept", static_cast<double>(quality.classes.groups[c].kept));
        add_of_class("class_coverage_mean", quality.coverage.of_class[c].mean);
        add_of_class("class_coverage_max", quality.coverage.of_class[c].max);
        for (std::size_t degree = 0; degree < quality.barcodes.size(); ++degree) {
            const barcode_change& change = quality.barcodes[degree][c];
            add_of_class("bottleneck_" + std::to_string(degree), change.bottleneck);
            add_of_class("wasserstein_" + std::to_string(degree), change.wasserstein);
        }
    }
    return rows;
}

/// A random draw that keeps as many samples of every class as `kept` does; ascending. Another number `draw`,
/// another draw.
[[nodiscard]] inline std::vector<std::int64_t> draw_like(std::span<const std::int64_t> kept,
                                                         const class_partition& classes, std::uint64_t draw,
                                                         const execution& where) {
    constexpr std::uint64_t stream = 0x647261776e; // "drawn"
    std::vector<std::int64_t> budgets(static_cast<std::size_t>(classes.count()), 0);
    for (const std::int64_t i : kept)
        ++budgets[static_cast<std::size_t>(classes.class_of(i))];
    std::vector<std::int64_t> result;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const auto members = classes.members(c);
        std::vector<std::int64_t> drawn(members.begin(), members.end());
        draw_without_replacement(drawn, static_cast<std::size_t>(budgets[static_cast<std::size_t>(c)]),
                                 random_stream(where.seed(), stream)
                                     .child(draw)
                                     .child(static_cast<std::uint64_t>(classes.label(c))));
        result.insert(result.end(), drawn.begin(), drawn.end());
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// Writes the mean and the standard deviation of the same rows of random draws into random_draw and
/// random_deviation.
inline void set_random_draws(std::vector<quality_row>& rows,
                             const std::vector<std::vector<quality_row>>& draws) {
    if (draws.empty())
        return;
    const auto count = static_cast<double>(draws.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        double sum = 0, squares = 0;
        for (const std::vector<quality_row>& draw : draws)
            sum += draw[r].value;
        const double mean = sum / count;
        for (const std::vector<quality_row>& draw : draws)
            if (draw[r].value != mean)
                squares += (draw[r].value - mean) * (draw[r].value - mean);
        rows[r].random_draw = mean;
        rows[r].random_deviation = std::nullopt;
        if (draws.size() > 1 && std::isfinite(mean))
            rows[r].random_deviation = std::sqrt(squares / (count - 1));
    }
}

/// Writes one line per row with the columns
///     quantity,class,value,standard_error,random_draw,random_deviation
/// where what is not known is empty, and a coverage by nothing is inf.
inline void write_quality_table(std::ostream& out, const std::vector<quality_row>& rows) {
    csv_writer table(out);
    table.row("quantity", "class", "value", "standard_error", "random_draw", "random_deviation");
    const auto text = [](const std::optional<double>& number) {
        std::string digits;
        if (number)
            append_number(digits, *number);
        return digits;
    };
    for (const quality_row& row : rows)
        table.row(row.quantity, row.group, row.value, text(row.standard_error), text(row.random_draw),
                  text(row.random_deviation));
}

/// The rows as a JSON array of objects; what is not known is left out, what is infinite is null.
[[nodiscard]] inline nlohmann::ordered_json to_json(const std::vector<quality_row>& rows) {
    const auto number = [](double value) {
        return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const quality_row& row : rows) {
        nlohmann::ordered_json item{
            {"quantity", row.quantity}, {"class", row.group}, {"value", number(row.value)}};
        if (row.standard_error)
            item["standard_error"] = number(*row.standard_error);
        if (row.random_draw)
            item["random_draw"] = number(*row.random_draw);
        if (row.random_deviation)
            item["random_deviation"] = number(*row.random_deviation);
        list.push_back(std::move(item));
    }
    return list;
}

} // namespace topoprune
