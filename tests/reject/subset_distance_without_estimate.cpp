// SPDX-License-Identifier: MIT
#include <topoprune/diagnostics/subset_distance.hpp>

using namespace topoprune;

struct bare_number {
    double measure(matrix_view<const float>, std::span<const std::int64_t>, const execution&) const {
        return 0;
    }
};

static_assert(SubsetDistance<bare_number>); // refused: MeasuresSubsets

int main() {}
