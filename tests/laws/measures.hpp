// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/random.hpp>
#include <topoprune/homology/signed_measure.hpp>

#include <cstdint>

/// Signed measures of total mass 0 that tests and benchmarks share, the same for the same seed.
namespace measures {

using topoprune::atom;
using topoprune::random_stream;
using topoprune::signed_measure;

/// pairs + pairs unit masses, uniform in the unit square: every atom is a row of its own.
inline signed_measure uniform(std::int64_t pairs, std::uint64_t seed) {
    const random_stream random(seed, 11);
    signed_measure measure;
    for (std::int64_t i = 0; i < 2 * pairs; ++i) {
        const auto index = static_cast<std::uint64_t>(2 * i);
        measure.push_back({.r = random.uniform(index),
                           .f = random.uniform(index + 1),
                           .mass = i < pairs ? 1 : -1,
                           .edge_u = -1,
                           .edge_v = -1,
                           .vertex = static_cast<std::int32_t>(i)});
    }
    return measure;
}

/// Like the degree-1 measure of a bifiltered complex: rows (atoms of equal f) of total mass 0, in each a few
/// births and deaths that are near in r. About pairs + pairs atoms; at most per_row of either sign in a row.
inline signed_measure rows(std::int64_t pairs, std::uint64_t per_row, std::uint64_t seed) {
    const random_stream random(seed, 12);
    std::uint64_t index = 0;
    signed_measure measure;
    for (std::int64_t made = 0; made < pairs;) {
        const double f = 5 * random.uniform(index++);
        const auto in_row = static_cast<std::int64_t>(1 + random.below(index++, per_row));
        for (std::int64_t i = 0; i < in_row && made < pairs; ++i, ++made) {
            const double birth = 0.01 + 0.1 * random.uniform(index++);
            const double shorter = random.uniform(index++);
            const double length = 0.02 * shorter * random.uniform(index++);
            const std::int32_t sign = random.below(index++, 4) == 0 ? -1 : 1;
            measure.push_back({.r = birth, .f = f, .mass = sign, .vertex = static_cast<std::int32_t>(made)});
            measure.push_back(
                {.r = birth + length, .f = f, .mass = -sign, .vertex = static_cast<std::int32_t>(made)});
        }
    }
    topoprune::merge_equal_grades(measure);
    return measure;
}

/// atoms + atoms grades of a small integer lattice, drawn with repetition and not merged, with masses from 1
/// to most_mass: ties of every length, and positive and negative atoms at one place.
inline signed_measure lattice(std::int64_t atoms, std::uint64_t side, std::uint64_t most_mass,
                              std::uint64_t seed) {
    const random_stream random(seed, 13);
    signed_measure measure;
    std::int32_t balance = 0;
    for (std::int64_t i = 0; i < 2 * atoms; ++i) {
        const auto index = static_cast<std::uint64_t>(3 * i);
        auto mass = static_cast<std::int32_t>(1 + random.below(index + 2, most_mass));
        mass = i < atoms ? mass : -mass;
        balance += mass;
        measure.push_back({.r = static_cast<double>(random.below(index, side)),
                           .f = static_cast<double>(random.below(index + 1, side)),
                           .mass = mass});
    }
    if (balance != 0)
        measure.push_back({.r = 0, .f = 0, .mass = -balance});
    return measure;
}

} // namespace measures
