// SPDX-License-Identifier: MIT
#pragma once

#include "leftovers.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <memory>
#include <system_error>
#include <vector>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string unfinished_name(std::string_view target, pid_t process, int attempt) {
    return "." + std::string(target) + "." + std::to_string(process) + "-" + std::to_string(attempt) +
           ".partial";
}

TOPOPRUNE_DEFINE std::optional<pid_t> process_of_unfinished(std::string_view name) {
    constexpr std::string_view ending = ".partial";
    if (!name.starts_with('.') || !name.ends_with(ending))
        return std::nullopt;
    name.remove_suffix(ending.size());
    const std::size_t dot = name.rfind('.');
    if (dot == 0 || dot == std::string_view::npos)
        return std::nullopt;
    const char* const end = name.data() + name.size();
    pid_t process = 0;
    int attempt = 0;
    const auto first = std::from_chars(name.data() + dot + 1, end, process);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-' || process <= 0)
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, attempt);
    if (second.ec != std::errc{} || second.ptr != end || attempt < 0)
        return std::nullopt;
    return process;
}

TOPOPRUNE_DEFINE bool claim_unfinished(int descriptor) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    struct stat found{};
    return ::fstat(descriptor, &found) == 0 && found.st_nlink > 0;
}

TOPOPRUNE_DEFINE void remove_leftovers(const std::filesystem::path& folder) {
    // Not std::filesystem::directory_iterator: of some standard libraries it aborts where memory runs out.
    std::vector<std::filesystem::path> unfinished;
    if (const std::unique_ptr<DIR, int (*)(DIR*)> opened{::opendir(folder.empty() ? "." : folder.c_str()),
                                                         &::closedir})
        while (const dirent* const entry = ::readdir(opened.get())) {
            const auto process = process_of_unfinished(entry->d_name);
            if (process && (*process == ::getpid() || (::kill(*process, 0) != 0 && errno == ESRCH)))
                unfinished.push_back(folder / entry->d_name);
        }
    for (const std::filesystem::path& file : unfinished) {
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (descriptor < 0)
            continue;
        struct stat found{};
        if (::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) &&
            ::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            ::unlink(file.c_str());
        ::close(descriptor);
    }
}

} // namespace topoprune::detail
