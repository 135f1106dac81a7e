// SPDX-License-Identifier: MIT
#include <topoprune/topoprune.hpp>

int main() {
    const topoprune::matrix<float> features = topoprune::matrix<float>::Random(60, 3);
    const topoprune::embedding placed =
        topoprune::umap{.n_epochs = 5}.project(features, topoprune::execution{});
    return placed.points.allFinite() ? 0 : 1;
}
