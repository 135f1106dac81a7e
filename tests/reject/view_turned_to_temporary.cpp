// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

using namespace topoprune;

matrix<float> load();

int main() {
    matrix_view<const float> view;
    view = load(); // refused: deleted
    return static_cast<int>(view.rows());
}
