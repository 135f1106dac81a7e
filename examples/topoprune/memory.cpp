// SPDX-License-Identifier: MIT
#include "memory.hpp"

#include "console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <variant>
#include <vector>

namespace program {

namespace {

/// Of the samples of one class while it is drawn.
template <class S>
std::int64_t class_bytes(const S& selector, std::int64_t size, std::int64_t features) {
    if (!topoprune::sees_features(selector))
        return 0;
    if constexpr (requires { selector.large.most_compared; }) {
        const std::int64_t compared = std::min(size, selector.large.most_compared);
        return compared * (4 * features + 1200) + (compared < size ? 130 * size : 0);
    }
    return size * (4 * features + 280);
}

} // namespace

std::int64_t data_bytes(const topoprune::dataset& data) {
    const std::int64_t floats = data.features.rows() * data.features.columns() +
                                data.logits.rows() * data.logits.columns() + std::ssize(data.dynamics.values);
    return 4 * floats + 8 * (std::ssize(data.labels) + std::ssize(data.predictions));
}

std::int64_t draw_bytes(const any_selector& selector, const topoprune::dataset& data, bool one_pool,
                        int threads) {
    std::map<std::int64_t, std::int64_t> sizes;
    if (one_pool || data.labels.empty())
        sizes[0] = data.features.rows();
    else
        for (const std::int64_t label : data.labels)
            ++sizes[label];
    std::vector<std::int64_t> of_class;
    for (const auto& [label, size] : sizes)
        of_class.push_back(
            std::visit([&](const auto& policy) { return class_bytes(policy, size, data.features.columns()); },
                       selector.choice));
    std::sort(of_class.rbegin(), of_class.rend());
    const auto at_a_time = std::min<std::ptrdiff_t>(threads, std::ssize(of_class));
    return std::accumulate(of_class.begin(), of_class.begin() + at_a_time, std::int64_t{0});
}

std::int64_t score_bytes(const std::string& name, const topoprune::dataset& data) {
    const std::int64_t features = 4 * data.features.rows() * data.features.columns();
    if (name == "zcore")
        return features * 18 / 10 + 300 * data.samples();
    if (name == "knn-shapley")
        return features + 850 * data.samples();
    if (name == "prototypicality" || name == "fdmat")
        return features + 150 * data.samples();
    return 16 * data.samples();
}

std::int64_t neighbor_bytes(const topoprune::dataset& data) {
    return data.features.rows() * (4 * data.features.columns() + 850);
}

std::int64_t quality_bytes(std::int64_t samples, std::int64_t features) {
    return samples * (features * 4 * 44 / 10 + 200);
}

std::int64_t measure_bytes(const std::string& filtration, int degree, std::int64_t points,
                           std::int64_t dimension) {
    if (filtration == "weak_delaunay")
        return points * (degree == 0 ? 570 : 300);
    return points * (dimension != 2 ? 11500 : degree == 0 ? 1480 : 2800);
}

std::int64_t rips_bytes(const rips_size& size, int degree, std::int64_t points) {
    constexpr double most = 1e18; // which a rounded number of bytes can be
    const double bytes = 100 * size.edges + (degree == 0 ? 56 : 118) * size.triangles;
    return 60 * points + std::llround(std::min(bytes, most));
}

std::int64_t transport_bytes(const std::string& method, std::int64_t atoms) {
    return atoms * (method == "exact" ? 560 : method == "sliced" ? 375 : method == "sinkhorn" ? 250 : 190);
}

std::string memory_line(std::int64_t samples, std::int64_t features, std::int64_t bytes) {
    return fmt::format("{} samples of {} features, about {} MB of memory needed\n", samples, features,
                       bytes >> 20);
}

void announce_memory(std::int64_t samples, std::int64_t features, std::int64_t bytes) {
    print(memory_line(samples, features, bytes));
    (void)flush_output();
}

} // namespace program
