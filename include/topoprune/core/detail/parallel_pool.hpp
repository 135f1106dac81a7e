// SPDX-License-Identifier: MIT
#pragma once

#include "task_reference.hpp"

#include <cstdint>

namespace topoprune::detail {

/// Where the tasks of a loop run. One type for loops on oneTBB and on plain threads: parts of a program that
/// are compiled for the one and for the other share functions of the library, the linker keeping either's,
/// and hand each other their pools.
class parallel_pool {
public:
    parallel_pool() = default;
    parallel_pool(const parallel_pool&) = delete;
    parallel_pool& operator=(const parallel_pool&) = delete;
    virtual ~parallel_pool() = default;

    /// Runs body(0), ..., body(tasks - 1), in any order, and returns when all are done.
    virtual void run(std::int64_t tasks, task_reference body) = 0;
};

} // namespace topoprune::detail
