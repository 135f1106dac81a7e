// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <numeric>
#include <vector>

using namespace topoprune;

TEST_CASE("every task of a parallel loop runs exactly once, nested or not") {
    for (const int threads : {1, 2, 3, 8}) {
        const execution where({.threads = threads});
        std::vector<int> runs(1000, 0);
        where.parallel_for(10, [&](std::int64_t outer) {
            where.parallel_for(
                100, [&](std::int64_t inner) { ++runs[static_cast<std::size_t>(outer * 100 + inner)]; });
        });
        CHECK(std::accumulate(runs.begin(), runs.end(), 0) == 1000);
        CHECK(*std::max_element(runs.begin(), runs.end()) == 1);
    }
}

TEST_CASE("ranges cover the count without overlap") {
    const execution where({.threads = 2});
    for (const std::int64_t count : {0, 1, 7, 64, 65}) {
        std::atomic<std::int64_t> sum{0};
        where.parallel_ranges(count, 8, [&](std::int64_t begin, std::int64_t end) {
            CHECK(end - begin <= 8);
            for (std::int64_t i = begin; i < end; ++i)
                sum += i;
        });
        CHECK(sum == count * (count - 1) / 2);
    }
}

TEST_CASE("an exception in a task is thrown by the loop") {
    for (const int threads : {1, 4}) {
        const execution where({.threads = threads});
        CHECK_THROWS_WITH(where.parallel_for(50,
                                             [](std::int64_t task) {
                                                 if (task == 17)
                                                     throw std::runtime_error("task 17");
                                             }),
                          "task 17");
    }
}

TEST_CASE("a run that was asked to stop is interrupted at its next report") {
    std::stop_source source;
    const execution where({.threads = 1, .stop = source.get_token()});
    CHECK_NOTHROW(where.report_progress("stage", 0, 1));
    source.request_stop();
    CHECK_THROWS_AS(where.report_progress("stage", 1, 1), interrupted);
}

TEST_CASE("a senseless number of threads is refused by name") {
    CHECK_THROWS_WITH_AS(execution({.threads = -1}), "run_options: threads is -1, must be between 0 and 4096",
                         std::invalid_argument);
}
