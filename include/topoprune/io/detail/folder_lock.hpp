// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <unistd.h>

#include <filesystem>

namespace topoprune::detail {

/// The lock of a folder, held while this lives: of all programs that put a set of files into the folder, one
/// at a time does. It is a lock of the folder itself, which leaves nothing behind and ends with its process.
/// Others are waited for, for a minute: a set is put in place within moments, so whoever holds the lock
/// longer hangs, and an output_error says so. Where the file system has no locks, none is held.
class folder_lock {
public:
    TOPOPRUNE_DECLARE explicit folder_lock(const std::filesystem::path& folder);

    folder_lock(const folder_lock&) = delete;
    folder_lock& operator=(const folder_lock&) = delete;
    ~folder_lock() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }

    /// Brings the names in the folder to the disk, as far as the file system knows how to.
    void synchronize() const {
        if (descriptor_ >= 0)
            ::fsync(descriptor_);
    }

private:
    int descriptor_ = -1;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "folder_lock.ipp"
#endif
