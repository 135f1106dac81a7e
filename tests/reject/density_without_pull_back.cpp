// SPDX-License-Identifier: MIT
#include <topoprune/persistence/density_score.hpp>

using namespace topoprune;

struct flat_density {
    std::vector<double> log_density(matrix_view<const double> points, const execution&) const {
        return std::vector<double>(static_cast<std::size_t>(points.rows()));
    }
};

density_score<flat_density> score; // refused: PullsBackToPoints

int main() {}
