// SPDX-License-Identifier: MIT
#include <topoprune/persistence/density_score.hpp>

using namespace topoprune;

struct mine {};

int main() {
    // refused first: density_score: density must model Density: log_density(points, execution) and
    // add_pull_back
    const density_score score{mine{}};
    (void)score;
}
