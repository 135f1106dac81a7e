// SPDX-License-Identifier: MIT
#pragma once

#include "parallel_pool.hpp"
#include "task_reference.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace topoprune::detail {

/// Runs tasks on threads of the standard library, started for each loop. It serves where oneTBB is absent,
/// and under ThreadSanitizer, which cannot see through a TBB that was built without it.
class thread_pool final : public parallel_pool {
public:
    explicit thread_pool(int threads) : threads_(threads) {}

    void run(std::int64_t tasks, task_reference body) override {
        if (inside()) { // a loop inside a task: its thread does it alone, or threads would multiply
            for (std::int64_t task = 0; task < tasks; ++task)
                body(task);
            return;
        }
        std::atomic<std::int64_t> next{0};
        const auto work = [&] {
            inside() = true;
            for (std::int64_t task = next++; task < tasks; task = next++)
                body(task);
            inside() = false;
        };
        std::vector<std::jthread> helpers;
        for (std::int64_t i = 1; i < std::min<std::int64_t>(threads_, tasks); ++i)
            helpers.emplace_back(work);
        work();
    }

private:
    static bool& inside() {
        thread_local bool value = false;
        return value;
    }

    int threads_;
};

} // namespace topoprune::detail
