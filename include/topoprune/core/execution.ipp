// SPDX-License-Identifier: MIT
#pragma once

#include "execution.hpp"

#if defined(TOPOPRUNE_USE_TBB)
#include "detail/parallel_tbb.hpp"
#define TOPOPRUNE_POOL tbb_pool
#else
#include "detail/parallel_threads.hpp"
#define TOPOPRUNE_POOL thread_pool
#endif

#include <exception>
#include <thread>

namespace topoprune {

TOPOPRUNE_DEFINE execution::execution(run_options options) : shared_(std::make_shared<shared_state>()) {
    require(options.threads >= 0 && options.threads <= 4096, "run_options", "threads", options.threads,
            "between 0 and 4096");
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    shared_->threads = options.threads > 0 ? options.threads : std::max(1, cores);
    shared_->options = std::move(options);
    shared_->pool = std::make_shared<detail::TOPOPRUNE_POOL>(shared_->threads);
}

TOPOPRUNE_DEFINE void execution::run(std::int64_t tasks, detail::task_reference body) const {
    if (tasks <= 1 || threads() == 1) {
        for (std::int64_t task = 0; task < tasks; ++task)
            body(task);
        return;
    }
    std::mutex guard;
    std::exception_ptr failure;
    std::int64_t failed_task = tasks;
    const auto guarded = [&](std::int64_t task) {
        {
            const std::scoped_lock lock(guard);
            if (failure && failed_task < task)
                return;
        }
        try {
            body(task);
        } catch (...) {
            const std::scoped_lock lock(guard);
            if (task < failed_task) {
                failed_task = task;
                failure = std::current_exception();
            }
        }
    };
    shared_->pool->run(tasks, detail::task_reference(guarded));
    if (failure)
        std::rethrow_exception(failure);
}

TOPOPRUNE_DEFINE void execution::report_progress(std::string_view stage, std::int64_t done,
                                                 std::int64_t total) const {
    check_interruption();
    if (!shared_->options.progress)
        return;
    const std::scoped_lock lock(shared_->progress_guard);
    shared_->options.progress(
        {stage, total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0});
}

} // namespace topoprune

#undef TOPOPRUNE_POOL
