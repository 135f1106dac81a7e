// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

using namespace topoprune;

matrix<float> load();
void look(matrix_view<const float>);

int main() {
    look(load());                                // lives as long as the call
    const matrix_view<const float> view(load()); // refused: deleted
    look(view);
}
