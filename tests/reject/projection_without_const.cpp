// SPDX-License-Identifier: MIT
#include <topoprune/projection/projection.hpp>

using namespace topoprune;

struct forgetful {
    embedding project(matrix_view<const float> features, const execution&) {
        return {features.eigen().cast<double>(), {}};
    }
};

static_assert(Projection<forgetful>); // refused: ProjectsPoints

int main() {}
