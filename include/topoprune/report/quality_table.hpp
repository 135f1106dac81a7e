// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../diagnostics/subset_quality.hpp"
#include "../io/class_names.hpp"

#include <nlohmann/json.hpp>

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
    /// What a class is called, or "all".
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
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<quality_row> quality_rows(const subset_quality& quality,
                                                                      const class_names& names = {});

/// A random draw that keeps as many samples of every class as `kept` does; ascending. Another number `draw`,
/// another draw.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> draw_like(std::span<const std::int64_t> kept,
                                                                    const class_partition& classes,
                                                                    std::uint64_t draw,
                                                                    const execution& where);

/// Writes the mean and the standard deviation of the same rows of random draws into random_draw and
/// random_deviation.
TOPOPRUNE_DECLARE void set_random_draws(std::vector<quality_row>& rows,
                                        const std::vector<std::vector<quality_row>>& draws);

/// Writes one line per row with the columns
///     quantity,class,value,standard_error,random_draw,random_deviation
/// where what is not known is empty, and a coverage by nothing is inf.
TOPOPRUNE_DECLARE void write_quality_table(std::ostream& out, const std::vector<quality_row>& rows);

/// The rows as a JSON array of objects; what is not known is left out, what is infinite is null.
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json to_json(const std::vector<quality_row>& rows);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "quality_table.ipp"
#endif
