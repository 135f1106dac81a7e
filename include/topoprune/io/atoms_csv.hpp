// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../homology/signed_measure.hpp"
#include "csv_reader.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

/// Signed measures as comma-separated text with the header r,f,mass,edge_u,edge_v,vertex. What is written
/// reads back as the same bits.
namespace topoprune {

namespace detail {

inline constexpr std::array<std::string_view, 6> atom_columns = {"r",      "f",      "mass",
                                                                 "edge_u", "edge_v", "vertex"};

/// The vertex number in column `at`: -1 for none, or from 0.
TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t read_atom_vertex(const csv_reader& reader, std::size_t at);

} // namespace detail

TOPOPRUNE_DECLARE void write_atoms_csv(std::ostream& out, const signed_measure& atoms);

/// Reads atoms in any order and returns them as a signed measure: sorted, equal grades added up. Refuses a
/// mass of 0 and masses whose sum of absolute values is beyond 32 bits.
TOPOPRUNE_DECLARE [[nodiscard]] signed_measure read_atoms_csv(const std::filesystem::path& path);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "atoms_csv.ipp"
#endif
