// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../homology/signed_measure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// An atom on one side of a transport: where it lies, how much of it there is, and its place in the measure.
struct weighted_point {
    double r = 0;
    double f = 0;
    std::int64_t mass = 0;
    std::int64_t id = 0;
};

/// The two sides of a transport, each sorted by (f, r, id): a row (the points of equal f) is one range.
struct split_atoms {
    std::vector<weighted_point> sources;
    std::vector<weighted_point> sinks;
};

/// Positive masses become sources, negative ones sinks; an atom of mass 0 is on neither side.
/// Throws std::invalid_argument for a coordinate that is not finite and for a total mass other than 0.
[[nodiscard]] inline split_atoms split_by_sign(const signed_measure& measure, std::string_view function) {
    split_atoms atoms;
    std::int64_t positive = 0;
    std::int64_t negative = 0;
    for (std::size_t i = 0; i < measure.size(); ++i) {
        const atom& a = measure[i];
        if (!std::isfinite(a.r) || !std::isfinite(a.f)) [[unlikely]] {
            std::ostringstream message;
            message << function << ": atom " << i << " lies at (" << a.r << ", " << a.f
                    << "), must be finite";
            throw std::invalid_argument(message.str());
        }
        const auto mass = static_cast<std::int64_t>(a.mass);
        const auto id = static_cast<std::int64_t>(i);
        if (mass > 0) {
            atoms.sources.push_back({a.r, a.f, mass, id});
            positive += mass;
        } else if (mass < 0) {
            atoms.sinks.push_back({a.r, a.f, -mass, id});
            negative -= mass;
        }
    }
    require(positive == negative, function, "the positive mass", positive,
            "equal to the negative mass, which is", negative);
    const auto by_row = [](const weighted_point& a, const weighted_point& b) {
        return std::tie(a.f, a.r, a.id) < std::tie(b.f, b.r, b.id);
    };
    std::sort(atoms.sources.begin(), atoms.sources.end(), by_row);
    std::sort(atoms.sinks.begin(), atoms.sinks.end(), by_row);
    return atoms;
}

/// Calls visit(sources_begin, sources_end, sinks_begin, sinks_end) for each row, f ascending.
template <class Visit>
void for_each_row(const split_atoms& atoms, Visit&& visit) {
    const auto end_of_row = [](const std::vector<weighted_point>& points, std::size_t begin, double f) {
        std::size_t end = begin;
        while (end < points.size() && points[end].f == f)
            ++end;
        return end;
    };
    std::size_t source = 0;
    std::size_t sink = 0;
    while (source < atoms.sources.size() || sink < atoms.sinks.size()) {
        double f = 0;
        if (source == atoms.sources.size())
            f = atoms.sinks[sink].f;
        else if (sink == atoms.sinks.size())
            f = atoms.sources[source].f;
        else
            f = std::min(atoms.sources[source].f, atoms.sinks[sink].f);
        const std::size_t source_end = end_of_row(atoms.sources, source, f);
        const std::size_t sink_end = end_of_row(atoms.sinks, sink, f);
        visit(source, source_end, sink, sink_end);
        source = source_end;
        sink = sink_end;
    }
}

} // namespace topoprune::detail
