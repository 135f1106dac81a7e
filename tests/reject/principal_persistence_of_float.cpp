// SPDX-License-Identifier: MIT
#include <topoprune/principal/principal_persistence.hpp>

int main() {
    const topoprune::matrix<float> points = topoprune::matrix<float>::Zero(4, 2);
    const auto measure =
        topoprune::principal_persistence(points, 1, {}); // refused: matrix_view<const double>
    return static_cast<int>(measure.samples);
}
