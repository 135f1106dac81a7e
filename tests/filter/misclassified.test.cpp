// SPDX-License-Identifier: MIT
#include <topoprune/filter/misclassified.hpp>
#include <topoprune/filter/noise_adapted.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace topoprune;

namespace {

const matrix<float> features = matrix<float>::Zero(4, 1);
const std::vector<std::int64_t> labels{0, 1, 2, 1};

} // namespace

TEST_CASE("samples whose largest logit is not that of their label are dropped") {
    matrix<float> logits(4, 3);
    logits << 2, 1, 0, 3, 1, 2, 0, 0, -1, 1, 1, 0;
    const filter_result result =
        misclassified{}.apply({.features = features, .labels = labels, .logits = logits}, execution{});
    // The last row ties between columns 0 and 1, its label: no error.
    CHECK(result.passes == std::vector<std::uint8_t>{1, 0, 0, 1});
    // Outputs that tell nothing drop no class.
    const matrix<float> equal = matrix<float>::Zero(4, 3);
    const dataset data{.features = features, .labels = labels, .logits = equal};
    CHECK(misclassified{}.apply(data, execution{}).passes == std::vector<std::uint8_t>{1, 1, 1, 1});
    CHECK(noise_adapted{}.apply(data, execution{}).passes == std::vector<std::uint8_t>{1, 1, 1, 1});
}

TEST_CASE("given predictions take the place of logits") {
    const std::vector<std::int64_t> predictions{0, 1, 1, 1};
    const filter_result result = misclassified{}.apply(
        {.features = features, .labels = labels, .predictions = predictions}, execution{});
    CHECK(result.passes == std::vector<std::uint8_t>{1, 1, 0, 1});
}

TEST_CASE("without logits nothing is dropped, and the note says so") {
    const filter_result result = misclassified{}.apply({.features = features, .labels = labels}, execution{});
    CHECK(result.passes == std::vector<std::uint8_t>{1, 1, 1, 1});
    CHECK(result.note == "no logits and no predictions were given, so no sample was filtered");
}

TEST_CASE("logits that do not fit are refused by name") {
    const matrix<float> two_columns = matrix<float>::Zero(4, 2);
    CHECK_THROWS_WITH_AS(
        (void)misclassified{}.apply({.features = features, .labels = labels, .logits = two_columns},
                                    execution{}),
        "misclassified: a label is 2, must be a column of the logits, at least 0 and below 2",
        std::invalid_argument);
    const matrix<float> three_rows = matrix<float>::Zero(3, 3);
    CHECK_THROWS_AS((void)misclassified{}.apply(
                        {.features = features, .labels = labels, .logits = three_rows}, execution{}),
                    std::invalid_argument);
    matrix<float> broken = matrix<float>::Zero(4, 3);
    broken(2, 1) = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_WITH_AS(
        (void)misclassified{}.apply({.features = features, .labels = labels, .logits = broken}, execution{}),
        "misclassified: logits holds nan in row 2, column 1, must be finite", std::invalid_argument);
}
