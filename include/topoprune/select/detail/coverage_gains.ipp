// SPDX-License-Identifier: MIT
#pragma once

#include "coverage_gains.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void coverage_gains::take(std::size_t j) {
    std::vector<std::int32_t> similar(rows_.stride());
    rows_.to_all(std::span(&j, 1), similar);
    taken_[j] = 1;
    for (std::size_t i = 0; i < rows_.size(); ++i)
        covered_[i] = std::max(covered_[i], similar[i]);
}

TOPOPRUNE_DEFINE void coverage_gains::measure(std::span<const std::size_t> samples,
                                              std::span<std::int64_t> gains) {
    std::array<std::size_t, at_once> asked{}, places{};
    std::size_t count = 0;
    for (std::size_t a = 0; a < samples.size(); ++a)
        if (is_listed(samples[a])) {
            gains[a] = along_list(samples[a]);
        } else {
            places[count] = a;
            asked[count++] = samples[a];
        }
    if (count == 0)
        return;
    std::vector<std::int32_t> similar((count == 1 ? 1 : at_once) * rows_.stride());
    rows_.to_all(std::span(asked.data(), count), similar);
    for (std::size_t c = 0; c < count; ++c)
        gains[places[c]] = over_all(asked[c], similar.data() + c * rows_.stride());
}

TOPOPRUNE_DEFINE std::int64_t coverage_gains::along_list(std::size_t j) {
    std::int64_t sum = 0;
    std::erase_if(lists_[j], [&](const neighbor& one) {
        const std::int32_t gain = one.similarity - covered_[one.sample];
        if (gain > 0)
            sum += weights_.empty() ? gain : std::int64_t{gain} * weights_[one.sample];
        return gain <= 0;
    });
    return sum;
}

TOPOPRUNE_DEFINE std::pair<std::int64_t, std::int32_t>
coverage_gains::sum_over_all(const std::int32_t* similar) const {
    std::int64_t sum = 0;
    std::int32_t count = 0;
    if (weights_.empty())
        for (std::size_t i = 0; i < covered_.size(); ++i) {
            const std::int32_t gain = std::max(similar[i] - covered_[i], 0);
            sum += gain;
            count += gain > 0;
        }
    else
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            const std::int32_t gain = std::max(similar[i] - covered_[i], 0);
            sum += std::int64_t{gain} * weights_[i];
            count += gain > 0;
        }
    return {sum, count};
}

TOPOPRUNE_DEFINE std::int64_t coverage_gains::over_all(std::size_t j, const std::int32_t* similar) {
    const auto [sum, count] = sum_over_all(similar);
    if (count <= most_listed) {
        listed_[j] = 1;
        lists_[j].reserve(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (similar[i] > covered_[i])
                lists_[j].push_back({static_cast<std::uint32_t>(i), similar[i]});
    }
    return sum;
}

} // namespace topoprune::detail
