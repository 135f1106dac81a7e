// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_bifiltration.hpp>

using namespace topoprune;

struct mine {};

int main() {
    // refused first: density_bifiltration: filtration must model Filtration, build(points, execution) const
    const density_bifiltration bifiltration{mine{}, gaussian_kde{}};
    (void)bifiltration;
}
