// SPDX-License-Identifier: MIT
#include <topoprune/pipeline/pruner.hpp>

using namespace topoprune;

struct mine {};

int main() {
    // refused first: pruner: projection must model Projection: project(features, execution) const
    const pruner policies{.projection = mine{}};
    (void)policies;
}
