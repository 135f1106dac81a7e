// SPDX-License-Identifier: MIT
#pragma once

#include "atomic_files.hpp"

#include "../core/checks.hpp"
#include "file_error.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE created_folder::created_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
        throw output_error(folder.string(), "is a file, must be a folder");
    std::vector<std::filesystem::path> missing;
    for (auto level = std::filesystem::absolute(folder).lexically_normal();
         !std::filesystem::exists(level, error) && level.has_relative_path(); level = level.parent_path())
        missing.push_back(level);
    levels_.reserve(missing.size()); // what is created is remembered without fail
    for (; !missing.empty(); missing.pop_back()) {
        const bool created = std::filesystem::create_directory(missing.back(), error);
        if (error) {
            remove();
            throw output_error(folder.string(), "cannot be created: " + error.message());
        }
        if (created)
            levels_.push_back(std::move(missing.back()));
    }
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::ostream& atomic_files::add(const std::string& name) {
    const auto has_name = [&](const auto& file) { return file->target().filename() == name; };
    require(!name.empty() && std::filesystem::path(name).filename() == name && name != "." && name != "..",
            "atomic_files::add", "name", detail::quoted(name), "the name of a file, without a folder");
    require(std::none_of(files_.begin(), files_.end(), has_name), "atomic_files::add", "name",
            detail::quoted(name), "added once");
    files_.push_back(std::make_unique<detail::staged_file>(folder_ / name));
    return files_.back()->stream();
}

TOPOPRUNE_DEFINE std::vector<std::pair<std::string, file_checksum>> atomic_files::written() {
    std::vector<std::pair<std::string, file_checksum>> result;
    for (const auto& file : files_)
        result.emplace_back(file->target().filename().string(), file->checksum());
    return result;
}

TOPOPRUNE_DEFINE void atomic_files::commit() {
    for (const auto& file : files_)
        file->finish();
    const detail::folder_lock lock(folder_);
    if (files_.size() > 1) {
        std::error_code error;
        const std::filesystem::path& last = files_.back()->target();
        if (std::filesystem::remove(last, error))
            lock.synchronize();
        if (error)
            throw output_error(last.string(), "cannot be replaced: " + error.message());
    }
    for (const auto& file : files_)
        file->publish();
    lock.synchronize();
    created_.keep();
}

} // namespace topoprune
