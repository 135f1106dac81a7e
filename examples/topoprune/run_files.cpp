// SPDX-License-Identifier: MIT
#include "run_files.hpp"

#include "console.hpp"
#include "usage_error.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/checksum.hpp>
#include <topoprune/io/file_error.hpp>
#include <topoprune/io/input_place.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>

#include <sys/resource.h>
#include <sys/stat.h>

namespace program {

namespace {

namespace fs = std::filesystem;

using option_paths = std::vector<std::pair<std::string, std::string>>;

/// The file behind a path and its links, whatever it is called; nothing if there is none. Of a member of an
/// archive it is the archive.
std::optional<std::pair<dev_t, ino_t>> identity(const fs::path& path) {
    struct stat found{};
    if (::stat(topoprune::input_place(path).file.c_str(), &found) != 0)
        return std::nullopt;
    return std::pair(found.st_dev, found.st_ino);
}

void require_not_inputs(const option_paths& inputs, const output_set& outputs) {
    for (const std::string& name : outputs.names) {
        const fs::path target = outputs.folder / name;
        const auto written = identity(target);
        for (const auto& [option, path] : inputs)
            if (written && written == identity(path))
                throw usage_error(
                    fmt::format("--out would replace {}, which is the file of --{}; must lead to other files",
                                target.lexically_normal().string(), option));
    }
}

/// All outputs are open at once. The limit is raised as far as that is allowed.
void require_open_files(const output_set& outputs) {
    constexpr rlim_t others = 64; // of the process, of its libraries
    const rlim_t needed = outputs.names.size() + others;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur >= needed)
        return;
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max == RLIM_INFINITY ? needed : std::min(needed, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0 && raised.rlim_cur >= needed)
        return;
    if (outputs.names.size() > 8)
        throw usage_error(
            fmt::format("--out would get {} files, which cannot be open at once: the limit is {} "
                        "open files (ulimit -n); --keep must name fewer rates",
                        outputs.names.size(), limit.rlim_max));
}

/// A file in the place of a folder, or a folder in the place of a file.
void require_places(const output_set& outputs) {
    std::error_code ignored;
    fs::path existing = fs::absolute(outputs.folder).lexically_normal();
    while (!fs::exists(fs::symlink_status(existing, ignored)) && existing.has_relative_path())
        existing = existing.parent_path();
    if (!fs::is_directory(existing, ignored))
        throw usage_error(
            fmt::format("--out leads to {}, which is no folder, must lead to one", existing.string()));
    for (const std::string& name : outputs.names) {
        const fs::path target = outputs.folder / name;
        const auto status = fs::status(target, ignored);
        if (fs::exists(status) && !fs::is_regular_file(status))
            throw usage_error(fmt::format("--out would replace {}, which is {}, must lead to files",
                                          target.lexically_normal().string(),
                                          fs::is_directory(status) ? "a folder" : "a device or a pipe"));
    }
}

/// Tries all but the writing, and leaves nothing behind.
void require_writable(const output_set& outputs) {
    try {
        if (outputs.names.size() == 1) {
            const topoprune::atomic_file trial(outputs.folder / outputs.names.front());
        } else {
            topoprune::atomic_files trial(outputs.folder);
            for (const std::string& name : outputs.names)
                (void)trial.add(name);
        }
    } catch (const topoprune::output_error& error) {
        throw std::runtime_error(fmt::format("--out: {}", error.what()));
    }
}

/// Name -> checksum of the outputs that a manifest lists; empty for other documents.
std::map<std::string, std::string> listed_outputs(const nlohmann::json& manifest) {
    std::map<std::string, std::string> listed;
    const auto add = [&](const nlohmann::json& parent) {
        if (!parent.is_object() || !parent.contains("outputs") || !parent["outputs"].is_object())
            return;
        for (const auto& [name, output] : parent["outputs"].items())
            if (output.is_object() && output.contains("checksum") && output["checksum"].is_string())
                listed[name] = output["checksum"].get<std::string>();
    };
    add(manifest);
    if (manifest.is_object() && manifest.contains("measured"))
        add(manifest["measured"]);
    return listed;
}

/// The outputs that the file lists if it is a manifest of this program. Not a word of other JSON files is
/// read: a person's own may be large.
std::map<std::string, std::string> outputs_listed_in(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) // a pipe would never end
        return {};
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return {};
    std::string head(64, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (head.find("\"topoprune\"") == std::string::npos)
        return {};
    in.clear();
    in.seekg(0);
    const auto document = nlohmann::json::parse(in, nullptr, false);
    return document.is_discarded() ? std::map<std::string, std::string>() : listed_outputs(document);
}

/// Where the manifest of a file may be: of a folder of `prune`, or beside the file with the name that
/// `select` was given, of which "kept_0.5.npy" is a part.
std::vector<fs::path> manifests_beside(const fs::path& file) {
    std::vector<fs::path> places{file.parent_path() / "manifest.json"};
    const std::string stem = file.stem().string();
    for (std::size_t end = stem.size(); end != std::string::npos && end > 0; end = stem.rfind('_', end - 1))
        places.push_back(file.parent_path() / (stem.substr(0, end) + ".json"));
    return places;
}

/// A run that was killed while it put its files in place leaves them without a manifest, and that unfinished.
void note_unfinished(const fs::path& file, const std::vector<fs::path>& manifests) {
    std::error_code error;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (topoprune::detail::process_of_unfinished(name) &&
            std::any_of(manifests.begin(), manifests.end(), [&](const fs::path& manifest) {
                return name.starts_with("." + manifest.filename().string() + ".");
            }))
            warn(fmt::format("{} may be of a run that did not finish: {} lies beside it", file.string(),
                             name));
    }
}

/// The manifest that lists an input tells where that is from: no output may take its place.
void require_not_manifests(const option_paths& inputs, const output_set& outputs) {
    std::set<std::pair<dev_t, ino_t>> replaced;
    for (const std::string& name : outputs.names)
        if (const auto existing = identity(outputs.folder / name))
            replaced.insert(*existing);
    for (const auto& [option, path] : inputs) {
        const fs::path file = topoprune::input_place(path).file;
        for (const fs::path& manifest : manifests_beside(file)) {
            const auto existing = identity(manifest);
            if (existing && replaced.contains(*existing) &&
                outputs_listed_in(manifest).contains(file.filename().string()))
                throw usage_error(
                    fmt::format("--out would replace {}, which tells of the file of --{} where it is "
                                "from; must lead to another file",
                                manifest.lexically_normal().string(), option));
        }
    }
}

/// The name without its rate or number, "kept.npy" of "kept_0.5.npy", if it has one.
std::optional<std::string> name_without_rate(const fs::path& file) {
    const std::string stem = file.stem().string();
    const std::size_t end = stem.rfind('_');
    if (end == std::string::npos || stem.find_first_not_of("0123456789.", end + 1) != std::string::npos)
        return std::nullopt;
    return stem.substr(0, end) + file.extension().string();
}

/// A run of fewer rates leaves the files of the other rates of an older one where they are.
void note_older(const fs::path& file, const fs::path& manifest,
                const std::map<std::string, std::string>& listed) {
    const auto name = name_without_rate(file);
    const auto is_sibling = [&](const auto& output) {
        return output.first == *name || name_without_rate(output.first) == name;
    };
    if (name && std::any_of(listed.begin(), listed.end(), is_sibling))
        warn(fmt::format("{} is none of the files of {}, it may be of an older run", file.string(),
                         manifest.string()));
}

void require_as_written(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return;
    const std::vector<fs::path> manifests = manifests_beside(file);
    bool is_listed = false;
    for (const fs::path& manifest : manifests) {
        const auto listed = outputs_listed_in(manifest);
        const auto found = listed.find(file.filename().string());
        if (found == listed.end()) {
            note_older(file, manifest, listed);
            continue;
        }
        is_listed = true;
        if (const std::string now = topoprune::checksum_of_file(file).text(); now != found->second)
            throw topoprune::input_error(
                file.string(),
                fmt::format("is not the file that the run of {} wrote: its checksum is {}, must be {}",
                            manifest.string(), now, found->second));
    }
    if (!is_listed)
        note_unfinished(file, manifests);
}

void require_storable(const command_options& command, const option_paths& inputs, const output_set& outputs) {
    command.require_utf8();
    for (const auto& [option, path] : inputs)
        if (const std::string whole = topoprune::whole_path(path).string(); !is_utf8(whole))
            throw usage_error(
                fmt::format("--{} is {}, must be UTF-8, as the manifest of the run is", option, whole));
    for (const std::string& name : outputs.names)
        if (!is_utf8(name))
            throw usage_error(fmt::format("--out is {}, must be UTF-8, as the manifest of the run is", name));
}

} // namespace

output_set outputs_in(const std::string& out, std::vector<std::string> names) {
    return {out, std::move(names), true};
}

output_set outputs_of(const std::string& out) {
    const fs::path path(out);
    std::error_code ignored;
    const std::string name = path.filename().string();
    if (name.empty() || name == "." || name == ".." || fs::is_directory(path, ignored))
        throw usage_error(fmt::format("--out is {}, a folder, must be a file", out));
    return {path.has_parent_path() ? path.parent_path() : fs::path("."), {name}, false};
}

void check_files(const command_options& command, const option_paths& inputs,
                 const std::optional<output_set>& outputs) {
    command.require_finite();
    for (const auto& [option, path] : inputs)
        if (option != "config")
            require_as_written(path);
    if (!outputs)
        return;
    if (outputs->has_manifest)
        require_storable(command, inputs, *outputs);
    require_not_inputs(inputs, *outputs);
    require_not_manifests(inputs, *outputs);
    require_places(*outputs);
    require_open_files(*outputs);
    remove_when_out_of_memory(*outputs);
    require_writable(*outputs);
}

std::vector<std::pair<std::string, fs::path>> as_paths(const option_paths& inputs) {
    return {inputs.begin(), inputs.end()};
}

void require_unchanged(const applied_config& config, const option_paths& inputs,
                       const topoprune::input_log& read) {
    for (const auto& [option, path] : inputs) {
        const auto expected = config.checksums.find(option);
        const auto found = read.find(path);
        if (expected != config.checksums.end() && found && found->checksum.text() != expected->second)
            throw topoprune::input_error(path, changed_input(found->checksum.text(), expected->second));
    }
}

option_paths with_config(option_paths inputs, const std::string& config) {
    if (!config.empty())
        inputs.emplace_back("config", config);
    return inputs;
}

void note_differences(const fs::path& manifest, const nlohmann::json& document) {
    const nlohmann::json version = document.value("topoprune", nlohmann::json());
    if (version != TOPOPRUNE_VERSION)
        warn(fmt::format("{} was written by topoprune {}, this is {}: results may differ", manifest.string(),
                         version.is_string() ? version.get<std::string>() : "of an unknown version",
                         TOPOPRUNE_VERSION));
    std::vector<std::string> missing;
    const auto listed = listed_outputs(document);
    for (const auto& [name, checksum] : listed) {
        const fs::path file = manifest.parent_path() / name;
        std::error_code ignored;
        if (name != fs::path(name).filename() || !fs::is_regular_file(file, ignored))
            missing.push_back(name);
        else if (topoprune::checksum_of_file(file).text() != checksum)
            warn(
                fmt::format("{} is not the file that the run of {} wrote", file.string(), manifest.string()));
    }
    // A manifest that lies alone was copied to repeat its run, not to tell of its files.
    if (!missing.empty() && missing.size() < listed.size())
        for (const std::string& name : missing)
            warn(fmt::format("{} is missing beside {}", name, manifest.string()));
}

} // namespace program
