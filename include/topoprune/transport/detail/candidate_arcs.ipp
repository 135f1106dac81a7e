// SPDX-License-Identifier: MIT
#pragma once

#include "candidate_arcs.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool nearest_points::addPoint(double square, std::uint32_t place) {
    const found_point offered{square, place};
    found_.insert(std::upper_bound(found_.begin(), found_.end(), offered), offered);
    if (found_.size() > k_)
        found_.pop_back();
    return true;
}

TOPOPRUNE_DEFINE std::vector<atom_pair> candidate_pairs(const split_atoms& atoms, std::int64_t k) {
    k = std::min<std::int64_t>(k, std::ssize(atoms.sources) + std::ssize(atoms.sinks));
    std::vector<atom_pair> pairs;
    const auto forward = [&](std::int32_t i, std::int32_t j) { pairs.push_back({i, j}); };
    const auto backward = [&](std::int32_t j, std::int32_t i) { pairs.push_back({i, j}); };
    for_each_near_pair(atoms.sources, atoms.sinks, k, forward);
    for_each_near_pair(atoms.sinks, atoms.sources, k, backward);
    const auto reach = static_cast<std::size_t>(k);
    for_each_row(atoms,
                 [&](std::size_t source, std::size_t source_end, std::size_t sink, std::size_t sink_end) {
                     for_each_near_pair_of_row(atoms.sources, source, source_end, atoms.sinks, sink, sink_end,
                                               reach, forward);
                     for_each_near_pair_of_row(atoms.sinks, sink, sink_end, atoms.sources, source, source_end,
                                               reach, backward);
                 });
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

} // namespace topoprune::detail
