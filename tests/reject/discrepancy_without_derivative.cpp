// SPDX-License-Identifier: MIT
#include <topoprune/principal/principal_persistence_loss.hpp>

using namespace topoprune;

struct difference_of_lifetimes {
    double evaluate(const principal_measure& measure, const principal_measure& target,
                    const execution&) const {
        return std::abs(mean_lifetime(measure) - mean_lifetime(target));
    }
};

principal_persistence_loss<difference_of_lifetimes> loss; // refused: ComparesPrincipalMeasures

int main() {}
