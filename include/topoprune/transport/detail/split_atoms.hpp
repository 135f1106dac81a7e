// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../homology/signed_measure.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
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
TOPOPRUNE_DECLARE [[nodiscard]] split_atoms split_by_sign(const signed_measure& measure,
                                                          std::string_view function);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "split_atoms.ipp"
#endif
