// SPDX-License-Identifier: MIT
#include <topoprune/optimize/optimizer.hpp>

using namespace topoprune;

struct stateless {
    int steps = 6;
    void ascend(matrix_view<double> points, matrix_view<const double> gradient) const {
        points.eigen() += gradient.eigen();
    }
};

static_assert(Optimizer<stateless>); // refused: StartsState

int main() {}
