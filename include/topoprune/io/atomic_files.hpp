// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/staged_file.hpp"

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
    TOPOPRUNE_DECLARE explicit created_folder(const std::filesystem::path& folder);

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
    TOPOPRUNE_DECLARE [[nodiscard]] std::ostream& add(const std::string& name);

    TOPOPRUNE_DECLARE void commit();

private:
    std::filesystem::path folder_;
    detail::created_folder created_;
    std::vector<std::unique_ptr<detail::staged_file>> files_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "atomic_files.ipp"
#endif
