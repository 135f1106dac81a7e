// SPDX-License-Identifier: MIT
#pragma once

#include "quality_table.hpp"

#include "../core/random.hpp"
#include "../io/csv_writer.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<quality_row> quality_rows(const subset_quality& quality,
                                                       const class_names& names) {
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
        const std::string label = names.of(quality.classes.groups[c].group);
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

TOPOPRUNE_DEFINE std::vector<std::int64_t> draw_like(std::span<const std::int64_t> kept,
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

TOPOPRUNE_DEFINE void set_random_draws(std::vector<quality_row>& rows,
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

TOPOPRUNE_DEFINE void write_quality_table(std::ostream& out, const std::vector<quality_row>& rows) {
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

TOPOPRUNE_DEFINE nlohmann::ordered_json to_json(const std::vector<quality_row>& rows) {
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
