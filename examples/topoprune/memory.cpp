// SPDX-License-Identifier: MIT
#include "memory.hpp"

#include "console.hpp"

#include <topoprune/select/large_classes.hpp>

#include <algorithm>
#include <map>

namespace program {

std::int64_t data_bytes(const topoprune::dataset& data) {
    const std::int64_t floats = data.features.rows() * data.features.columns() +
                                data.logits.rows() * data.logits.columns() + std::ssize(data.dynamics.values);
    return 4 * floats + 8 * (std::ssize(data.labels) + std::ssize(data.predictions));
}

std::int64_t draw_bytes(const topoprune::dataset& data, int threads) {
    std::map<std::int64_t, std::int64_t> sizes;
    for (const std::int64_t label : data.labels)
        ++sizes[label];
    std::int64_t largest = 0;
    for (const auto& [label, size] : sizes)
        largest = std::max(largest, size);
    const std::int64_t at_work = std::min<std::int64_t>(threads, std::ssize(sizes)) *
                                 std::min(largest, topoprune::large_classes{}.most_compared);
    return at_work * (4 * data.features.columns() + 2100);
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

std::string memory_line(std::int64_t samples, std::int64_t features, std::int64_t bytes) {
    return fmt::format("{} samples of {} features, about {} MB of memory needed\n", samples, features,
                       bytes >> 20);
}

void announce_memory(std::int64_t samples, std::int64_t features, std::int64_t bytes) {
    print(memory_line(samples, features, bytes));
    (void)flush_output();
}

} // namespace program
