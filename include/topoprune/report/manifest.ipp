// SPDX-License-Identifier: MIT
#pragma once

#include "manifest.hpp"

#include "../core/version.hpp"
#include "../io/checksum.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE nlohmann::ordered_json
describe_inputs(const std::vector<std::pair<std::string, std::filesystem::path>>& inputs) {
    nlohmann::ordered_json described = nlohmann::ordered_json::object();
    for (const auto& [option, path] : inputs) {
        const file_checksum checksum = checksum_of_file(path);
        described[option] = {
            {"path", path.string()}, {"bytes", checksum.bytes}, {"checksum", checksum.text()}};
    }
    return described;
}

TOPOPRUNE_DEFINE nlohmann::ordered_json to_json(const manifest& of_run, const pruning& result) {
    using json = nlohmann::ordered_json;
    json document;
    document["topoprune"] = TOPOPRUNE_VERSION;
    document["command"] = of_run.command;
    document["options"] = of_run.options;
    document["inputs"] = describe_inputs(of_run.inputs);
    document["samples"] = result.chosen().reasons.size();
    document["kept"] = result.chosen().kept.size();
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
    json measured;
    measured["threads"] = of_run.threads;
    for (const stage_time& stage : result.times)
        measured["seconds"][stage.stage] = stage.seconds;
    measured["estimated_bytes"] = of_run.estimated_bytes;
    measured["peak_bytes"] = of_run.peak_bytes;
    document["measured"] = measured;
    return document;
}

} // namespace topoprune
