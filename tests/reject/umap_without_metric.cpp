// SPDX-License-Identifier: MIT
#include <topoprune/projection/umap.hpp>

using namespace topoprune;

struct mine {};

int main() {
    // refused first: umap: metric must model Metric: prepare(points, execution), to_distance and distance
    const umap projection{.metric = mine{}};
    (void)projection;
}
