// SPDX-License-Identifier: MIT
#include <topoprune/principal/density_principal_persistence.hpp>

using namespace topoprune;

struct cost_alone {
    double to_zero(const signed_measure&, const execution&) const { return 0; }
};

density_principal_persistence<gaussian_kde, cost_alone> loss; // refused: MovesSignedMeasure

int main() {}
