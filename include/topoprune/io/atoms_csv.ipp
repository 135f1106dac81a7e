// SPDX-License-Identifier: MIT
#pragma once

#include "atoms_csv.hpp"

#include "byte_source.hpp"
#include "csv_writer.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t read_atom_vertex(const csv_reader& reader, std::size_t at) {
    const auto id = reader.number<std::int32_t>(at);
    if (id < -1)
        reader.fail_at(at,
                       std::string(atom_columns[at]) + " is " + std::to_string(id) + ", must be at least -1");
    return id;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE void write_atoms_csv(std::ostream& out, const signed_measure& atoms) {
    csv_writer table(out);
    table.row("r", "f", "mass", "edge_u", "edge_v", "vertex");
    for (const atom& a : atoms)
        table.row(a.r, a.f, a.mass, a.edge_u, a.edge_v, a.vertex);
}

TOPOPRUNE_DEFINE signed_measure read_atoms_csv(const std::filesystem::path& path) {
    byte_source source(path);
    csv_reader reader(source);
    if (!reader.next() || !std::equal(reader.fields().begin(), reader.fields().end(),
                                      detail::atom_columns.begin(), detail::atom_columns.end()))
        source.fail("line 1 must be r,f,mass,edge_u,edge_v,vertex");
    signed_measure atoms;
    std::int64_t variation = 0;
    while (reader.next()) {
        const atom a{.r = reader.number<double>(0),
                     .f = reader.number<double>(1),
                     .mass = reader.number<std::int32_t>(2),
                     .edge_u = detail::read_atom_vertex(reader, 3),
                     .edge_v = detail::read_atom_vertex(reader, 4),
                     .vertex = detail::read_atom_vertex(reader, 5)};
        variation += std::abs(static_cast<std::int64_t>(a.mass));
        if (a.mass == 0)
            reader.fail_at(2, "mass is 0, must be another number");
        if (variation > std::numeric_limits<std::int32_t>::max())
            reader.fail_at(2, "the masses so far add up to more than 32 bits hold");
        atoms.push_back(a);
    }
    merge_equal_grades(atoms);
    return atoms;
}

} // namespace topoprune
