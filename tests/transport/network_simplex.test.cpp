// SPDX-License-Identifier: MIT
#include <topoprune/transport/detail/network_simplex.hpp>
#include <topoprune/transport/ground_norm.hpp>

#include "assignment_oracles.hpp"
#include "laws/measures.hpp"

#include <doctest/doctest.h>

using namespace topoprune;
using detail::network_simplex;

namespace {

/// All arcs between the sources and sinks of a measure on a lattice, whose l1 costs are whole.
std::vector<network_simplex::arc> all_arcs(const detail::split_atoms& atoms) {
    std::vector<network_simplex::arc> arcs;
    const auto sources = static_cast<std::int32_t>(atoms.sources.size());
    for (std::size_t i = 0; i < atoms.sources.size(); ++i)
        for (std::size_t j = 0; j < atoms.sinks.size(); ++j)
            arcs.push_back({static_cast<std::int32_t>(i), sources + static_cast<std::int32_t>(j),
                            static_cast<std::int64_t>(l1{}.cost(atoms.sources[i].r - atoms.sinks[j].r,
                                                                atoms.sources[i].f - atoms.sinks[j].f))});
    return arcs;
}

} // namespace

TEST_CASE("the network simplex finds the optimum from the hub alone, in one step or in several") {
    const execution one({.threads = 1});
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const signed_measure measure = measures::lattice(30, 10, 1 + seed % 3, seed);
        const detail::split_atoms atoms = detail::split_by_sign(measure, "test");
        const detail::remaining_mass everything(atoms);
        const std::vector<network_simplex::arc> arcs = all_arcs(atoms);
        const auto best = static_cast<std::int64_t>(std::llround(oracles::hungarian(l1{}, measure)));

        network_simplex at_once({}, {}, everything, 100);
        at_once.add_arcs(arcs);
        at_once.solve(one);
        CHECK(at_once.primal() == best);

        network_simplex in_steps({}, {}, everything, 100);
        const std::size_t step = arcs.size() / 5 + 1;
        std::int64_t last = std::numeric_limits<std::int64_t>::max();
        for (std::size_t begin = 0; begin < arcs.size(); begin += step) {
            in_steps.add_arcs(std::span(arcs).subspan(begin, std::min(step, arcs.size() - begin)));
            in_steps.solve(one);
            CHECK(in_steps.primal() <= last);
            last = in_steps.primal();
        }
        CHECK(last == best);

        // Potentials are feasible for every arc and tight where mass moves; masses add up.
        detail::remaining_mass left(atoms);
        for (const network_simplex::arc& a : arcs) {
            const auto source_count = static_cast<std::int64_t>(atoms.sources.size());
            CHECK(a.cost + in_steps.source_potential(a.from) - in_steps.sink_potential(a.to - source_count) >=
                  0);
        }
        for (const detail::indexed_move& m : in_steps.moves()) {
            left.sources[static_cast<std::size_t>(m.from)] -= m.mass;
            left.sinks[static_cast<std::size_t>(m.to)] -= m.mass;
            CHECK(arcs[static_cast<std::size_t>(m.from) * atoms.sinks.size() + static_cast<std::size_t>(m.to)]
                          .cost +
                      in_steps.source_potential(m.from) - in_steps.sink_potential(m.to) ==
                  0);
        }
        for (std::int32_t v = 0; v < static_cast<std::int32_t>(atoms.sources.size() + atoms.sinks.size());
             ++v)
            CHECK(left.at_node(v) == 0);
    }
}

TEST_CASE("without arcs everything goes through the hub") {
    const detail::split_atoms atoms =
        detail::split_by_sign({{.r = 0, .mass = 3}, {.r = 1, .mass = -3}}, "test");
    network_simplex solver({}, {}, detail::remaining_mass(atoms), 10);
    solver.solve(execution({.threads = 1}));
    CHECK(solver.primal() == 60);
    CHECK(solver.moves().empty());
}
