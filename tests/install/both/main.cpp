// SPDX-License-Identifier: MIT
// A program of two parts, one of which links topoprune::topoprune and the other topoprune::tbb: `execution`
// is one type in both, so that each can run on what the other made.
#include "part.hpp"

part_result on_threads(const topoprune::execution& given);
part_result on_tbb(const topoprune::execution& given);

int main() {
    const topoprune::execution where({.threads = 3});
    for (int round = 0; round < 20; ++round) {
        const part_result first = on_threads(where);
        const part_result second = on_tbb(where);
        if (first.sum != 2 * 4950 * 45 || second.sum != first.sum || first.type != second.type)
            return 1;
    }
}
