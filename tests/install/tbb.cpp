// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>

#include <atomic>

int main() {
    std::atomic<int> sum{0};
    topoprune::execution({.threads = 2}).parallel_for(10, [&](std::int64_t) { ++sum; });
    return sum == 10 ? 0 : 1;
}
