// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

int main() {
    const float numbers[8]{};
    using every_second = Eigen::Map<const Eigen::RowVectorXf, 0, Eigen::InnerStride<2>>;
    const every_second row(numbers, 4);
    const topoprune::matrix_view<const float> view(row); // refused: HasRowsWithoutGaps
    return static_cast<int>(view.rows());
}
