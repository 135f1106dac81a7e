// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

using namespace topoprune;

matrix<float> load();

int main() {
    const matrix_view<const float> view = load(); // refused by Clang: will be destroyed at the end
    return static_cast<int>(view.rows());
}
