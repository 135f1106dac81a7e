// SPDX-License-Identifier: MIT
// Prunes a dataset to a tenth: prune features.npy labels.npy. The program, from its includes to the end of
// main(), is the example of README.md.
#include <topoprune/io/npy.hpp>
#include <topoprune/topoprune.hpp>

#include <exception>
#include <iostream>

void prune(const std::filesystem::path& features_file, const std::filesystem::path& labels_file) {
    const auto features = topoprune::read_npy_matrix<float>(features_file);
    const auto labels = topoprune::read_npy_integers(labels_file);

    const topoprune::pruner pruner{
        .projection = topoprune::umap{.n_neighbors = 15, .min_dist = 0.1, .metric = topoprune::cosine{}},
        .persistence =
            topoprune::persistence_score{
                .loss = topoprune::signed_measure_transport{topoprune::density_bifiltration{
                    topoprune::weak_delaunay{}, topoprune::gaussian_kde{.bandwidth = 0.4}}},
                .optimizer = topoprune::adam{.learning_rate = 0.01, .steps = 6}},
        .density = topoprune::density_score{topoprune::gaussian_kde{.bandwidth = 0.4}},
        .combiner = topoprune::weighted_sum{.persistence = 0.5, .density = 0.5},
        .selector = topoprune::coverage{.bandwidth = {.radius_share = 0.5}}};

    const topoprune::subset kept =
        pruner.select(features, labels, topoprune::keep_fraction{0.1}, {.seed = 1, .threads = 0});
    std::cout << "kept " << kept.size() << " of " << labels.size() << " samples\n";
}

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: prune features.npy labels.npy\n";
        return 2;
    }
    try {
        prune(arguments[1], arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << "prune: " << error.what() << '\n';
        return 1;
    }
}

// Prints, for the digits
//   kept 180 of 1797 samples
