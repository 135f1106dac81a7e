// SPDX-License-Identifier: MIT
#pragma once

#include "manifest.hpp"

#include "../core/checks.hpp"
#include "../core/version.hpp"
#include "../io/checksum.hpp"
#include "../io/input_place.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace topoprune {

TOPOPRUNE_DEFINE nlohmann::ordered_json
describe_inputs(const std::vector<std::pair<std::string, std::filesystem::path>>& inputs,
                const input_log* read) {
    nlohmann::ordered_json described = nlohmann::ordered_json::object();
    for (const auto& [option, path] : inputs) {
        std::optional<input_log::entry> found = read != nullptr ? read->find(path) : std::nullopt;
        if (!found)
            found = {whole_path(path), checksum_of_file(path)};
        described[option] = {{"path", found->path.string()},
                             {"bytes", found->checksum.bytes},
                             {"checksum", found->checksum.text()}};
    }
    return described;
}

TOPOPRUNE_DEFINE nlohmann::ordered_json
describe_outputs(const std::vector<std::pair<std::string, file_checksum>>& outputs) {
    nlohmann::ordered_json described = nlohmann::ordered_json::object();
    for (const auto& [name, checksum] : outputs)
        described[name] = {{"bytes", checksum.bytes}, {"checksum", checksum.text()}};
    return described;
}

TOPOPRUNE_DEFINE nlohmann::ordered_json to_json(const manifest& of_run, const pruning& result) {
    using json = nlohmann::ordered_json;
    json document;
    document["topoprune"] = TOPOPRUNE_VERSION;
    document["command"] = of_run.command;
    document["options"] = of_run.options;
    document["inputs"] = describe_inputs(of_run.inputs, of_run.read);
    for (const auto& [option, described] : document["inputs"].items())
        document["options"][option] = described["path"];
    document["samples"] = result.chosen().reasons.size();
    document["kept"] = result.chosen().kept.size();
    if (result.subsets.size() > 1) {
        require(of_run.subsets.size() == result.subsets.size(), "to_json", "the number of names of subsets",
                of_run.subsets.size(), "the number of subsets,", result.subsets.size());
        for (std::size_t at = 0; at < result.subsets.size(); ++at)
            document["subsets"][of_run.subsets[at]] = result.subsets[at].chosen.size();
    }
    document["classes"] = json::array();
    for (const class_summary& c : result.classes) {
        json of_class = {{"label", c.label},   {"samples", c.samples}, {"filtered", c.filtered},
                         {"budget", c.budget}, {"kept", c.kept},       {"filled", c.filled}};
        if (c.reliability)
            of_class["reliability"] = std::isnan(*c.reliability) ? json(nullptr) : json(*c.reliability);
        document["classes"].push_back(std::move(of_class));
    }
    document["layouts"] = result.layouts;
    document["notes"] = result.notes;
    std::vector<std::pair<std::string, file_checksum>> lasting, timed;
    for (const auto& output : of_run.outputs)
        (std::find(of_run.timed_outputs.begin(), of_run.timed_outputs.end(), output.first) ==
                 of_run.timed_outputs.end()
             ? lasting
             : timed)
            .push_back(output);
    document["outputs"] = describe_outputs(lasting);
    json measured;
    measured["threads"] = of_run.threads;
    for (const stage_time& stage : result.times)
        measured["seconds"][stage.stage] = stage.seconds;
    measured["estimated_bytes"] = of_run.estimated_bytes;
    measured["peak_bytes"] = of_run.peak_bytes;
    measured["outputs"] = describe_outputs(timed);
    document["measured"] = measured;
    return document;
}

} // namespace topoprune
