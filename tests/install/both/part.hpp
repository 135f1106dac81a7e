// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <typeinfo>

/// A function that both parts of the program share: the linker keeps one of its two copies. It is told where
/// to run by an object, so it must know the object whichever part made it.
struct stored_execution {
    const topoprune::execution& where;

    [[nodiscard]] [[gnu::noinline]] std::int64_t sum() const {
        std::atomic<std::int64_t> total{0};
        where.parallel_for(
            100, [&](std::int64_t i) { where.parallel_for(10, [&](std::int64_t j) { total += i * j; }); });
        return total;
    }
};

struct part_result {
    std::int64_t sum;
    std::string type;
};

inline part_result run_part() {
    const topoprune::execution where({.threads = 3});
    return {stored_execution{where}.sum(), typeid(where).name()};
}
