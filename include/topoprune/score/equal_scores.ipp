// SPDX-License-Identifier: MIT
#pragma once

#include "equal_scores.hpp"

#include "../core/checks.hpp"

#include <cmath>
#include <cstdint>

namespace topoprune {

namespace detail {

/// How many values are finite, and whether no two of these differ.
struct value_spread {
    std::int64_t finite = 0;
    double value = 0;
    bool is_one = true;

    void add(double next) {
        if (!std::isfinite(next))
            return;
        is_one = is_one && (finite == 0 || next == value);
        value = next;
        ++finite;
    }
    [[nodiscard]] bool orders_nothing() const { return finite > 1 && is_one; }
};

} // namespace detail

TOPOPRUNE_DEFINE std::string equal_scores_note(std::span<const double> values, const class_partition& classes,
                                               std::string_view name) {
    require(std::ssize(values) == classes.samples(), "equal_scores_note", "the number of values",
            std::ssize(values), "the number of samples,", classes.samples());
    detail::value_spread all;
    for (const double value : values)
        all.add(value);
    if (all.orders_nothing())
        return "all " + std::to_string(all.finite) + " " + std::string(name) +
               " are equal: they order nothing";

    std::string note;
    std::int64_t further = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        detail::value_spread own;
        for (const std::int64_t sample : classes.members(c))
            own.add(values[static_cast<std::size_t>(sample)]);
        if (!own.orders_nothing())
            continue;
        if (note.empty())
            note = "class " + std::to_string(classes.label(c)) + ": all its " + std::to_string(own.finite) +
                   " " + std::string(name) + " are equal: they order nothing";
        else
            ++further;
    }
    if (further > 0)
        note += ", as in " + std::to_string(further) + (further == 1 ? " further class" : " further classes");
    return note;
}

} // namespace topoprune
