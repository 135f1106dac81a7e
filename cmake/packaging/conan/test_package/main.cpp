// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#ifdef READS_FILES
#include <topoprune/io/npy.hpp>
#endif

#include <atomic>
#include <cstdint>
#include <sstream>
#include <vector>

int main() {
    std::atomic<std::int64_t> sum{0};
    topoprune::execution({.threads = 2}).parallel_for(10, [&](std::int64_t i) { sum += i; });
#ifdef READS_FILES
    std::ostringstream file;
    topoprune::write_npy(file, std::vector<std::int64_t>{1, 2, 3});
    if (file.str().size() != 128 + 3 * sizeof(std::int64_t))
        return 1;
#endif
    return sum == 45 ? 0 : 1;
}
