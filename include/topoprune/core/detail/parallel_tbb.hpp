// SPDX-License-Identifier: MIT
#pragma once

#include "parallel_pool.hpp"
#include "task_reference.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <cstdint>
#include <optional>

namespace topoprune::detail {

/// Runs tasks on oneTBB, in an arena of the run's own number of threads.
class tbb_pool final : public parallel_pool {
public:
    explicit tbb_pool(int threads) : arena_(threads) {
        // An arena of more threads than cores gets them only if the process is allowed that many.
        if (threads > tbb::info::default_concurrency())
            limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    }

    void run(std::int64_t tasks, task_reference body) override {
        arena_.execute([&] { tbb::parallel_for(std::int64_t{0}, tasks, body, tbb::simple_partitioner{}); });
    }

private:
    std::optional<tbb::global_control> limit_;
    tbb::task_arena arena_;
};

} // namespace topoprune::detail
