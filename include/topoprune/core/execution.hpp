// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"
#include "compiled.hpp"
#include "detail/task_reference.hpp"
#include "progress.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>

namespace topoprune {

namespace detail {
class parallel_pool;
} // namespace detail

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
/// Cheap to copy; copies share the threads. Every policy takes one as its last argument. Loops run on oneTBB
/// where TOPOPRUNE_USE_TBB is defined, else on threads of the library's own. Parts of a program that differ
/// in this work together; where they share a function, its loops run on either. Results are the same bits.
class execution {
public:
    execution() : execution(run_options{}) {}

    /// Throws std::invalid_argument unless 0 <= options.threads <= 4096.
    TOPOPRUNE_DECLARE explicit execution(run_options options);

    [[nodiscard]] int threads() const { return shared_->threads; }
    [[nodiscard]] std::uint64_t seed() const { return shared_->options.seed; }

    /// Runs body(0), ..., body(tasks - 1) in any order on up to threads() threads and returns when all are
    /// done. The cut into tasks must not depend on threads(), and no two tasks may write the same place: then
    /// the result is the same for any number of threads. May be nested. If tasks throw, the exception of the
    /// lowest one that ran is thrown here.
    template <class Body>
    void parallel_for(std::int64_t tasks, Body&& body) const {
        run(tasks, detail::task_reference(body));
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
    TOPOPRUNE_DECLARE void report_progress(std::string_view stage, std::int64_t done,
                                           std::int64_t total) const;

private:
    struct shared_state {
        run_options options;
        int threads = 1;
        std::shared_ptr<detail::parallel_pool> pool;
        std::mutex progress_guard;
    };

    TOPOPRUNE_DECLARE void run(std::int64_t tasks, detail::task_reference task) const;

    std::shared_ptr<shared_state> shared_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "execution.ipp"
#endif
