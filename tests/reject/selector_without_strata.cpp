// SPDX-License-Identifier: MIT
#include <topoprune/select/selector.hpp>

using namespace topoprune;

struct row_numbers_alone {
    std::vector<std::int64_t> select(const selection_problem&, const execution&) const { return {}; }
};

static_assert(Selector<row_numbers_alone>); // refused: DrawsSamples

int main() {}
