// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "detail/staged_file.hpp"
#include "file_error.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

/// Files that appear whole or not at all. They are written under temporary names in the folder of their
/// targets, brought to the disk, and renamed by commit(); without commit() nothing is left behind. Every
/// failed write, a full disk above all, is an output_error that names the file and the system's reason. A
/// symbolic link at the target is replaced, not followed. Needs POSIX.
namespace topoprune {

/// One file. An existing one is replaced.
///
///     atomic_file file("embedding.npy");
///     write_npy(file.stream(), points);
///     file.commit();
class atomic_file {
public:
    explicit atomic_file(const std::filesystem::path& target) : file_(target) {}

    /// Throws output_error out of the write that failed. Not to be used after commit().
    [[nodiscard]] std::ostream& stream() { return file_.stream(); }

    void commit() {
        file_.finish();
        file_.publish();
        detail::synchronize_folder(file_.target().parent_path());
    }

private:
    detail::staged_file file_;
};

namespace detail {

/// A folder that exists while this does: the levels that it had to create are removed again at the end, those
/// that are empty and unless keep() was called.
class created_folder {
public:
    explicit created_folder(const std::filesystem::path& folder) {
        std::error_code error;
        if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
            throw output_error(folder.string(), "is a file, must be a folder");
        std::vector<std::filesystem::path> missing;
        for (auto level = std::filesystem::absolute(folder).lexically_normal();
             !std::filesystem::exists(level, error) && level.has_relative_path(); level = level.parent_path())
            missing.push_back(level);
        for (; !missing.empty(); missing.pop_back()) {
            const bool created = std::filesystem::create_directory(missing.back(), error);
            if (error) {
                remove();
                throw output_error(folder.string(), "cannot be created: " + error.message());
            }
            if (created)
                levels_.push_back(missing.back());
        }
    }

    created_folder(const created_folder&) = delete;
    created_folder& operator=(const created_folder&) = delete;
    ~created_folder() { remove(); }

    void keep() { levels_.clear(); }

private:
    void remove() {
        std::error_code ignored;
        for (; !levels_.empty(); levels_.pop_back())
            std::filesystem::remove(levels_.back(), ignored);
    }

    std::vector<std::filesystem::path> levels_;
};

} // namespace detail

/// Several files of one folder, which is created if it is missing, and removed again without commit(). All
/// are complete on the disk before the first gets its name; names are given in the order of add(), so that
/// the file added last, when it is there, tells that the others are.
///
///     atomic_files files("run-1");
///     write_npy(files.add("kept.npy"), kept);
///     files.add("manifest.json") << manifest;
///     files.commit();
class atomic_files {
public:
    explicit atomic_files(std::filesystem::path folder) : folder_(std::move(folder)), created_(folder_) {}

    /// A stream to the file `name` of the folder, valid until commit().
    [[nodiscard]] std::ostream& add(const std::string& name) {
        const auto has_name = [&](const auto& file) { return file->target().filename() == name; };
        require(!name.empty() && std::filesystem::path(name).filename() == name && name != "." &&
                    name != "..",
                "atomic_files::add", "name", detail::quoted(name), "the name of a file, without a folder");
        require(std::none_of(files_.begin(), files_.end(), has_name), "atomic_files::add", "name",
                detail::quoted(name), "added once");
        files_.push_back(std::make_unique<detail::staged_file>(folder_ / name));
        return files_.back()->stream();
    }

    void commit() {
        for (const auto& file : files_)
            file->finish();
        for (const auto& file : files_)
            file->publish();
        detail::synchronize_folder(folder_);
        created_.keep();
    }

private:
    std::filesystem::path folder_;
    detail::created_folder created_;
    std::vector<std::unique_ptr<detail::staged_file>> files_;
};

} // namespace topoprune
