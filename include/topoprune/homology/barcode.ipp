// SPDX-License-Identifier: MIT
#pragma once

#include "barcode.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE barcode persistence_barcode(const graded_complex<1>& complex, int degree,
                                             const execution& where) {
    require(degree >= 0, "persistence_barcode", "degree", degree, "at least 0");
    const auto q = static_cast<std::size_t>(degree);
    return detail::bars_of(
        detail::persistence_pairs(complex.levels(), q, where), q,
        [&](std::size_t p, std::int32_t s) { return complex.levels()[p].grade(s)[0]; },
        [&](std::size_t p, std::int32_t s) { return complex.listed(p, s); });
}

TOPOPRUNE_DEFINE double total_lifetime(const barcode& bars) {
    double sum = 0;
    for (const bar& b : bars)
        if (b.death < std::numeric_limits<double>::infinity())
            sum += b.death - b.birth;
    return sum;
}

} // namespace topoprune
