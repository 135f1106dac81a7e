// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/reference_layout.hpp>

#include "recorded_digits.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

constexpr int recorded_epochs = 20;

/// The largest distance of a position from where umap-learn has it.
double deviation_after(int epochs, double learning_rate) {
    reference_layout layout(
        drop_weak_edges(recorded::euclidean_graph(), 1.0 / recorded_epochs),
        recorded::as_matrix(recorded::read_table("start.csv", "umap_layout")),
        {.curve = fit_similarity_curve(0.1, 1), .epochs = recorded_epochs, .learning_rate = learning_rate},
        std::array<std::int64_t, 3>{12345, 67890, 13579});
    while (layout.epoch() < epochs)
        layout.run_epoch(execution{});
    const std::string name =
        (learning_rate == 1 ? "rate_1_epoch_" : "rate_0.01_epoch_") + std::to_string(epochs) + ".csv";
    const matrix<float> expected = recorded::as_matrix(recorded::read_table(name, "umap_layout"));
    return (layout.positions() - expected.cast<double>()).rowwise().norm().maxCoeff();
}

} // namespace

TEST_CASE("the generator is the one of umap-learn, which keeps high bits of its words for a while") {
    // tau_rand_int of umap-learn 0.5.12 on small words and on the bits of three doubles.
    tausworthe small{{12345, 67890, 13579}};
    for (const std::int32_t expected :
         {1762857971, 962756195, 1349868690, -1122795377, -1413367045, -2077873558})
        CHECK(small() == expected);
    tausworthe large{{4609434218613702663, -4609997168567123976, 4621326536379727881}};
    for (const std::int32_t expected :
         {-50307072, -1610608252, -570376047, 1040287642, 1867263320, 1196917283})
        CHECK(large() == expected);
}

TEST_CASE("the reference layout follows umap-learn 0.5.12 epoch by epoch") {
    for (const int epochs : {2, 5, 20}) {
        CAPTURE(epochs);
        CHECK(deviation_after(epochs, 0.01) < 1e-4); // 7e-6 after 20 epochs
    }
}

TEST_CASE("at full learning rate it follows umap-learn until rounding takes over") {
    // 9e-5 after the first epoch that samples edges. From there on samples that are closer than a step jump
    // past each other, and the paths part within the next one, as those of umap-learn on two machines do.
    CHECK(deviation_after(2, 1) < 1e-3);
}

TEST_CASE("the reference layout survives having nothing to do") {
    weighted_graph empty;
    empty.offsets = {0, 0, 0};
    reference_layout layout(empty, matrix<float>::Ones(2, 2), {.epochs = 3}, random_stream(1, 1));
    for (int epoch = 0; epoch < 3; ++epoch)
        layout.run_epoch(execution{});
    CHECK(layout.positions() == matrix<double>::Ones(2, 2));
}
