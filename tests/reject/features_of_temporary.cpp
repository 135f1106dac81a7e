// SPDX-License-Identifier: MIT
#include <topoprune/core/dataset.hpp>

using namespace topoprune;

matrix<float> load();

int main() {
    const dataset data{.features = load()}; // refused: deleted
    return static_cast<int>(data.samples());
}
