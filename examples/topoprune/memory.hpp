// SPDX-License-Identifier: MIT
#pragma once

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

/// Of a draw by distances: copies of the features of the classes at work, and lists of near samples.
[[nodiscard]] std::int64_t draw_bytes(const topoprune::dataset& data, int threads);

/// Of a score by its name: copies of the features, neighbors, cells.
[[nodiscard]] std::int64_t score_bytes(const std::string& name, const topoprune::dataset& data);

/// Of neighbors among all samples, as the filters look for.
[[nodiscard]] std::int64_t neighbor_bytes(const topoprune::dataset& data);

/// "100 samples of 4 features, about 8 MB of memory needed" and the end of the line.
[[nodiscard]] std::string memory_line(std::int64_t samples, std::int64_t features, std::int64_t bytes);

/// That line on stdout.
void announce_memory(std::int64_t samples, std::int64_t features, std::int64_t bytes);

} // namespace program
