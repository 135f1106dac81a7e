// SPDX-License-Identifier: MIT
#pragma once

#include "folder_lock.hpp"

#include "../file_error.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace topoprune::detail {

TOPOPRUNE_DEFINE folder_lock::folder_lock(const std::filesystem::path& folder)
    : descriptor_(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ < 0)
        return;
    constexpr std::chrono::seconds longest_wait(60);
    const auto begin = std::chrono::steady_clock::now();
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR)) {
        if (std::chrono::steady_clock::now() - begin > longest_wait) {
            ::close(descriptor_);
            throw output_error(folder.string(),
                               "has been locked for a minute by another program that puts files there");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

} // namespace topoprune::detail
