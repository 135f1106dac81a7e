// SPDX-License-Identifier: MIT
#include <topoprune/filter/filter.hpp>

using namespace topoprune;

struct bare_mask {
    std::vector<std::uint8_t> apply(const dataset& data, const execution&) const {
        return std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples()), 1);
    }
};

static_assert(Filter<bare_mask>); // refused: PassesSamples

int main() {}
