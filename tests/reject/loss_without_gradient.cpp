// SPDX-License-Identifier: MIT
#include <topoprune/loss/topological_loss.hpp>

using namespace topoprune;

struct value_alone {
    double value_and_gradient(matrix_view<const double>, const execution&) const { return 0; }
};

static_assert(TopologicalLoss<value_alone>); // refused: EvaluatesWithGradient

int main() {}
