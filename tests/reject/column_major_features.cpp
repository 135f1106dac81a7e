// SPDX-License-Identifier: MIT
#include <topoprune/core/dataset.hpp>

int main() {
    const Eigen::MatrixXf features = Eigen::MatrixXf::Zero(3, 2);
    const topoprune::matrix_view<const float> view(features); // refused: RowMajorMatrix
    return static_cast<int>(view.rows());
}
