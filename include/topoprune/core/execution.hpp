// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"
#include "progress.hpp"

#if defined(TOPOPRUNE_USE_TBB)
#include "detail/parallel_tbb.hpp"
#else
#include "detail/parallel_threads.hpp"
#endif

#include <algorithm>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace topoprune {

/// What belongs to a run and not to a policy. No option here but `seed` changes a bit of any result.
struct run_options {
    /// Every random number of the run is a hash of this, of the stage's stream and of an index.
    std::uint64_t seed = 1;
    /// Number of threads, 0 = one per core.
    int threads = 0;
    /// Set it from any thread to end the run soon by an `interrupted` exception.
    std::stop_token stop{};
    /// Called with the progress of long stages; empty = silent.
    progress_callback progress{};
};

/// Where and how a run computes: the threads, the seed, the way to stop it and the ear for its progress.
/// Cheap to copy; copies share the threads. Every policy takes one as its last argument.
class execution {
public:
    execution() : execution(run_options{}) {}

    explicit execution(run_options options) : shared_(std::make_shared<shared_state>(std::move(options))) {}

    [[nodiscard]] int threads() const { return shared_->threads; }
    [[nodiscard]] std::uint64_t seed() const { return shared_->options.seed; }

    /// Runs body(0), ..., body(tasks - 1) in any order on up to threads() threads and returns when all are
    /// done. The cut into tasks must not depend on threads(), and no two tasks may write the same place: then
    /// the result is the same for any number of threads. May be nested. If tasks throw, the exception of the
    /// lowest one that ran is thrown here.
    template <class Body>
    void parallel_for(std::int64_t tasks, Body&& body) const {
        if (tasks <= 1 || threads() == 1) {
            for (std::int64_t task = 0; task < tasks; ++task)
                body(task);
            return;
        }
        std::mutex guard;
        std::exception_ptr failure;
        std::int64_t failed_task = tasks;
        shared_->pool.run(tasks, [&](std::int64_t task) {
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
        });
        if (failure)
            std::rethrow_exception(failure);
    }

    /// Cuts [0, count) into ranges of `grain` and runs body(begin, end) for each, in parallel.
    template <class Body>
    void parallel_ranges(std::int64_t count, std::int64_t grain, Body&& body) const {
        require(grain >= 1, "parallel_ranges", "grain", grain, "at least 1");
        parallel_for((count + grain - 1) / grain,
                     [&](std::int64_t task) { body(task * grain, std::min(count, (task + 1) * grain)); });
    }

    /// Throws `interrupted` if the run has been asked to stop. Long loops call it now and then.
    void check_interruption() const {
        if (shared_->options.stop.stop_requested())
            throw interrupted();
    }

    /// Tells the progress of a stage, `done` of `total`; also a point where the run can be interrupted.
    void report_progress(std::string_view stage, std::int64_t done, std::int64_t total) const {
        check_interruption();
        if (!shared_->options.progress)
            return;
        const std::scoped_lock lock(shared_->progress_guard);
        shared_->options.progress(
            {stage, total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0});
    }

private:
    struct shared_state {
        explicit shared_state(run_options o)
            : options(std::move(o)), threads(count_threads(options.threads)), pool(threads) {}

        static int count_threads(int asked) {
            require(asked >= 0 && asked <= 4096, "run_options", "threads", asked, "between 0 and 4096");
            if (asked > 0)
                return asked;
            const unsigned cores = std::thread::hardware_concurrency();
            return cores == 0 ? 1 : static_cast<int>(cores);
        }

        run_options options;
        int threads;
        detail::parallel_pool pool;
        std::mutex progress_guard;
    };

    std::shared_ptr<shared_state> shared_;
};

} // namespace topoprune
