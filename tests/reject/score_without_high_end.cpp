// SPDX-License-Identifier: MIT
#include <topoprune/score/dataset_score.hpp>

using namespace topoprune;

struct some_number {
    std::vector<double> column(const dataset& data, const execution&) const {
        return std::vector<double>(static_cast<std::size_t>(data.samples()));
    }
};

static_assert(DatasetScore<some_number>); // refused: StatesHighEnd

int main() {}
