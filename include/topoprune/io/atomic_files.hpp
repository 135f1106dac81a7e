// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/folder_lock.hpp"
#include "detail/leftovers.hpp"
#include "detail/staged_file.hpp"
#include "file_checksum.hpp"

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
/// symbolic link at the target is replaced, not followed. Temporary files that a killed process left in the
/// folder are removed; those of a living one are not. Needs POSIX.
namespace topoprune {

/// One file. An existing one is replaced.
///
///     atomic_file file("embedding.npy");
///     write_npy(file.stream(), points);
///     file.commit();
class atomic_file {
public:
    explicit atomic_file(const std::filesystem::path& target) : file_(target) {
        detail::remove_leftovers(target.parent_path());
    }

    /// Throws output_error out of the write that failed. Not to be used after commit().
    [[nodiscard]] std::ostream& stream() { return file_.stream(); }

    void commit() {
        file_.finish();
        const detail::folder_lock folder(file_.target().parent_path());
        file_.publish();
        folder.synchronize();
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
/// are complete on the disk before the first gets its name; names are given in the order of add(). The file
/// added last vouches for the others: an older one of its name goes before the first of the others is
/// replaced, and it comes last, so that wherever a run is stopped the folder never holds it beside files of
/// another set. Two programs that write into one folder take turns (folder_lock), and the later set is whole.
///
///     atomic_files files("run-1");
///     write_npy(files.add("kept.npy"), kept);
///     files.add("manifest.json") << manifest(files.written());
///     files.commit();
class atomic_files {
public:
    explicit atomic_files(std::filesystem::path folder) : folder_(std::move(folder)), created_(folder_) {
        detail::remove_leftovers(folder_);
    }

    /// A stream to the file `name` of the folder, valid until commit().
    TOPOPRUNE_DECLARE [[nodiscard]] std::ostream& add(const std::string& name);

    /// Name, size and checksum of every file added, as far as it is written.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::pair<std::string, file_checksum>> written();

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
