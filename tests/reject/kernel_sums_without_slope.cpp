// SPDX-License-Identifier: MIT
#include <topoprune/principal/maximum_mean_discrepancy.hpp>

using namespace topoprune;

struct values_alone {
    std::vector<double> sums(std::span<const principal_pair>, std::span<const principal_pair> targets, double,
                             const execution&) const {
        return std::vector<double>(targets.size());
    }
};

maximum_mean_discrepancy<values_alone> discrepancy; // refused: SumsGaussians

int main() {}
