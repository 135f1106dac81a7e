// SPDX-License-Identifier: MIT
#include <topoprune/core/dataset.hpp>

int main() {
    const topoprune::matrix<double> features = topoprune::matrix<double>::Zero(3, 2);
    const topoprune::matrix_view<const float> view(features); // refused: RowMajorMatrix
    return static_cast<int>(view.rows());
}
