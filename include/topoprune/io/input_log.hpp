// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "file_checksum.hpp"

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace topoprune {

/// The checksums of the files that its thread reads while it lives, taken from the bytes on their way to the
/// reader: those of what a result was made of, though the file is replaced or removed meanwhile, and of a
/// pipe too.
///
///     input_log log;
///     matrix<float> features = read_features("train.npy");
///     log.find("train.npy")->checksum.text();
///
/// Logs of one thread nest: the innermost notes. Without a log reading takes no checksums. Costs about a
/// second a gigabyte.
class input_log {
public:
    struct entry {
        /// Where the file was when it was opened, absolute and without links.
        std::filesystem::path path;
        file_checksum checksum;
    };

    input_log() : outer_(std::exchange(current(), this)) {}
    input_log(const input_log&) = delete;
    input_log& operator=(const input_log&) = delete;
    ~input_log() { current() = outer_; }

    /// What was read to the end by the name `path`, exactly as the reader was given it; if that was done
    /// twice, the last time.
    TOPOPRUNE_DECLARE [[nodiscard]] std::optional<entry> find(const std::filesystem::path& path) const;

    /// For readers: the log of this thread, or null.
    [[nodiscard]] static input_log*& current() {
        thread_local input_log* log = nullptr;
        return log;
    }
    /// For readers: that the file is read to its end.
    TOPOPRUNE_DECLARE void note(const std::filesystem::path& name, entry read);

private:
    input_log* outer_;
    std::vector<std::pair<std::filesystem::path, entry>> files_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "input_log.ipp"
#endif
