// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/projection/detail/tsne/perplexity.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

std::vector<float> ascending(std::size_t k, double scale, double offset) {
    const random_stream random(5, 1);
    std::vector<float> distances(k);
    for (std::size_t j = 0; j < k; ++j)
        distances[j] = static_cast<float>(scale * (offset + random.uniform(j)));
    std::sort(distances.begin(), distances.end());
    return distances;
}

struct fitted {
    double precision;
    std::vector<double> probabilities;
};

fitted fit(const std::vector<float>& distances, double perplexity) {
    std::vector<double> room(distances.size()), probabilities(distances.size());
    const double precision = fit_perplexity(distances, perplexity, room, probabilities);
    return {precision, probabilities};
}

double entropy_of(const std::vector<double>& probabilities) {
    double sum = 0;
    for (const double p : probabilities)
        sum -= p > 0 ? p * std::log(p) : 0.0;
    return sum;
}

} // namespace

TEST_CASE("the entropy of a neighborhood is the logarithm of its perplexity") {
    for (const double scale : {1e-15, 1e-3, 1.0, 1e12})
        for (const double offset : {0.0, 0.5, 30.0})
            for (const double perplexity : {1.5, 5.0, 30.0, 80.0}) {
                CAPTURE(scale);
                CAPTURE(offset);
                CAPTURE(perplexity);
                const fitted result = fit(ascending(90, scale, offset), perplexity);
                CHECK(std::abs(std::exp(entropy_of(result.probabilities)) / perplexity - 1) < 1e-7);
                CHECK(
                    std::abs(std::accumulate(result.probabilities.begin(), result.probabilities.end(), 0.0) -
                             1) < 1e-12);
            }
}

TEST_CASE("the probabilities are Gaussian in the distances") {
    const auto distances = ascending(60, 2.0, 0.3);
    const fitted result = fit(distances, 20);
    double sum = 0;
    for (const float d : distances)
        sum += std::exp(-result.precision * static_cast<double>(d) * static_cast<double>(d));
    for (std::size_t j = 0; j < distances.size(); ++j) {
        const auto d = static_cast<double>(distances[j]);
        CHECK(std::abs(result.probabilities[j] - std::exp(-result.precision * d * d) / sum) < 1e-9);
    }
}

TEST_CASE("a perplexity beyond reach gives its nearest end") {
    // As many as there are neighbors: all count the same.
    for (const double p : fit(ascending(10, 1.0, 0.1), 10).probabilities)
        CHECK(std::abs(p - 0.1) < 1e-3);
    // One: the nearest alone.
    CHECK(fit(ascending(10, 1.0, 0.1), 1).probabilities[0] > 1 - 1e-6);
    // More duplicates than the perplexity: they share everything.
    std::vector<float> duplicates(12, 1.0F);
    std::fill_n(duplicates.begin(), 8, 0.0F);
    const fitted shared = fit(duplicates, 4);
    for (std::size_t j = 0; j < 12; ++j)
        CHECK(std::abs(shared.probabilities[j] - (j < 8 ? 0.125 : 0.0)) < 1e-9);
    // No differences at all, and a single neighbor.
    for (const double p : fit(std::vector<float>(5, 0.7F), 2).probabilities)
        CHECK(p == 0.2);
    CHECK(fit({0.0F}, 1).probabilities[0] == 1.0);
}

TEST_CASE("one distant neighbor does not hide the others") {
    std::vector<float> distances = ascending(30, 1e-6, 1.0);
    distances.push_back(1e6F);
    const fitted result = fit(distances, 10);
    CHECK(std::abs(std::exp(entropy_of(result.probabilities)) - 10) < 1e-3);
}
