// SPDX-License-Identifier: MIT
#include <topoprune/core/dataset.hpp>

#include <vector>

using namespace topoprune;

std::vector<std::int64_t> load();

int main() {
    dataset data;
    data.labels = load(); // refused: deleted
    return static_cast<int>(data.samples());
}
