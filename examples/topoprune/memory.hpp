// SPDX-License-Identifier: MIT
#pragma once

#include "any_selector.hpp"
#include "rips_size.hpp"

#include <topoprune/core/dataset.hpp>

#include <cstdint>
#include <string>

/// How much memory a command needs, told before it computes: what was read, and the largest of its stages.
/// The bytes for each sample are measured peaks of the stages, divided; what comes out is right within a
/// factor of 1.5 from a few thousand samples on.
namespace program {

/// Of the process before it reads anything.
inline constexpr std::int64_t process_bytes = std::int64_t{8} << 20;

/// Of the data, as it was read.
[[nodiscard]] std::int64_t data_bytes(const topoprune::dataset& data);

/// Of a draw: copies of the features of the classes that are drawn at a time, and lists of near samples; 0 of
/// a selector that sees no features. one_pool: all samples are drawn as one class, as where none has a label.
[[nodiscard]] std::int64_t draw_bytes(const any_selector& selector, const topoprune::dataset& data,
                                      bool one_pool, int threads);

/// Of a score by its name: copies of the features, neighbors, cells.
[[nodiscard]] std::int64_t score_bytes(const std::string& name, const topoprune::dataset& data);

/// Of neighbors among all samples, as the filters look for.
[[nodiscard]] std::int64_t neighbor_bytes(const topoprune::dataset& data);

/// Of `evaluate`, the features included: their distances are found in numbers of twice the size.
[[nodiscard]] std::int64_t quality_bytes(std::int64_t samples, std::int64_t features);

/// Of the Delaunay complex of that name of so many points, its grades and its measure of degree 0 or 1.
[[nodiscard]] std::int64_t measure_bytes(const std::string& filtration, int degree, std::int64_t points,
                                         std::int64_t dimension);

/// Of a Rips complex of that size, its grades and its measure of degree 0 or 1.
[[nodiscard]] std::int64_t rips_bytes(const rips_size& size, int degree, std::int64_t points);

/// Of so many atoms and their transport by the method of that name.
[[nodiscard]] std::int64_t transport_bytes(const std::string& method, std::int64_t atoms);

/// "100 samples of 4 features, about 8 MB of memory needed" and the end of the line.
[[nodiscard]] std::string memory_line(std::int64_t samples, std::int64_t features, std::int64_t bytes);

/// That line on stdout.
void announce_memory(std::int64_t samples, std::int64_t features, std::int64_t bytes);

} // namespace program
