// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../io/file_checksum.hpp"
#include "../io/input_log.hpp"
#include "../pipeline/pruning.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// What a run was made from, so that it can be made again: the version, every option that decides a result,
/// and the inputs with their checksums; beside it what the run found. All that may differ between two runs of
/// the same manifest (threads, times, memory) stands under "measured".
struct manifest {
    /// The command, "prune".
    std::string command;
    /// Option name -> value, as the command line spells them.
    nlohmann::ordered_json options{};
    /// Option name -> path of each input file.
    std::vector<std::pair<std::string, std::filesystem::path>> inputs{};
    /// Where the inputs were noted as they were read; null if they were not.
    const input_log* read = nullptr;
    /// The names of the budgets, in the order of pruning::subsets; needed only for several.
    std::vector<std::string> subsets{};
    /// The other files of the run, in the folder of the manifest, and of those the ones that hold times.
    std::vector<std::pair<std::string, file_checksum>> outputs{};
    std::vector<std::string> timed_outputs{};
    /// Bytes that the run was expected to need, before it began.
    std::int64_t estimated_bytes = 0;
    int threads = 0;
    std::int64_t peak_bytes = 0;
};

/// Option name -> path, size and checksum of every input file: of the bytes that were read where the log has
/// them, else of the file, which is read for that.
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json
describe_inputs(const std::vector<std::pair<std::string, std::filesystem::path>>& inputs,
                const input_log* read = nullptr);

/// Name -> size and checksum of every file of a set.
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json
describe_outputs(const std::vector<std::pair<std::string, file_checksum>>& outputs);

/// The manifest and the summary of its run as JSON, keys in a fixed order. "kept" and "classes" are those of
/// the first subset, "subsets" has the number of kept samples of each if there are several. The checksums of
/// outputs that hold times stand under "measured".
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json to_json(const manifest& of_run, const pruning& result);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "manifest.ipp"
#endif
