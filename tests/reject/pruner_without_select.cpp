// SPDX-License-Identifier: MIT
#include <topoprune/pipeline/pruner.hpp>

using namespace topoprune;

struct mine {
    std::vector<std::int64_t> select(const selection_problem&, const execution&) const { return {}; }
};

int main() {
    // refused first: pruner: selector must model Selector: select(problem, execution) const
    const pruner policies{.selector = mine{}};
    (void)policies;
}
