// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../pipeline/pruning.hpp"

#include <nlohmann/json.hpp>

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
    /// Bytes that the run was expected to need, before it began.
    std::int64_t estimated_bytes = 0;
    int threads = 0;
    std::int64_t peak_bytes = 0;
};

/// Option name -> path, size and checksum of every input file, which is read for that.
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json
describe_inputs(const std::vector<std::pair<std::string, std::filesystem::path>>& inputs);

/// The manifest and the summary of its run as JSON, keys in a fixed order. Reads the inputs for their
/// checksums.
TOPOPRUNE_DECLARE [[nodiscard]] nlohmann::ordered_json to_json(const manifest& of_run, const pruning& result);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "manifest.ipp"
#endif
