// SPDX-License-Identifier: MIT
#include <topoprune/topoprune.hpp>

#include <iostream>

int main() {
    const topoprune::random_stream random(1, 1);
    topoprune::matrix<float> features(100, 2);
    std::vector<std::int64_t> labels;
    for (std::int64_t i = 0; i < features.rows(); ++i) {
        features(i, 0) = static_cast<float>(random.normal(static_cast<std::uint64_t>(2 * i)));
        features(i, 1) = static_cast<float>(random.normal(static_cast<std::uint64_t>(2 * i + 1)));
        labels.push_back(i % 2);
    }
    const topoprune::pruner pruner{.projection = topoprune::identity{}};
    const topoprune::subset kept = pruner.select(features, labels, topoprune::keep_count{30});
    std::cout << "topoprune " << TOPOPRUNE_VERSION << " kept " << kept.size() << '\n';
    return kept.size() == 30 ? 0 : 1;
}
