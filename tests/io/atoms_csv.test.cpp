// SPDX-License-Identifier: MIT
#include <topoprune/io/atoms_csv.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <random>
#include <sstream>
#include <string>
#include <tuple>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

auto fields(const atom& a) {
    return std::tie(a.r, a.f, a.mass, a.edge_u, a.edge_v, a.vertex);
}

const std::string first_line = "r,f,mass,edge_u,edge_v,vertex\n";

std::string reading_defect(const std::string& text) {
    const temporary_folder folder;
    return defect([&] { (void)read_atoms_csv(write_file(folder / "atoms.csv", text)); });
}

} // namespace

TEST_CASE("a signed measure is read back as the same bits") {
    const temporary_folder folder;
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    for (const int count : {0, 1, 2000}) {
        signed_measure atoms;
        for (std::int32_t i = 0; i < count; ++i)
            atoms.push_back({.r = std::abs(normal(random)),
                             .f = normal(random),
                             .mass = i % 2 == 0 ? 1 : -2,
                             .edge_u = i % 3 == 0 ? -1 : i,
                             .edge_v = i % 3 == 0 ? -1 : i + 1,
                             .vertex = i});
        merge_equal_grades(atoms);
        std::ostringstream out;
        write_atoms_csv(out, atoms);
        const auto read = read_atoms_csv(write_file(folder / "atoms.csv", out.str()));
        REQUIRE(read.size() == atoms.size());
        for (std::size_t i = 0; i < atoms.size(); ++i)
            REQUIRE(fields(read[i]) == fields(atoms[i]));
    }
}

TEST_CASE("atoms are written under their names") {
    std::ostringstream out;
    write_atoms_csv(out, {{.r = 0.1, .f = -2, .mass = -1, .edge_u = 3, .edge_v = 7, .vertex = 7}});
    CHECK(out.str() == first_line + "0.1,-2,-1,3,7,7\n");
}

TEST_CASE("atoms in any order become a measure, equal grades one atom") {
    const temporary_folder folder;
    const auto atoms = read_atoms_csv(write_file(
        folder / "a", first_line + "1,5,1,0,1,1\n2,3,-2,-1,-1,0\n1,5,2,0,2,2\n4,4,1,0,1,1\n4,4,-1,0,1,1\n"));
    REQUIRE(atoms.size() == 2);
    CHECK(fields(atoms[0]) == std::tuple(2.0, 3.0, -2, -1, -1, 0));
    CHECK(fields(atoms[1]) == std::tuple(1.0, 5.0, 3, 0, 1, 1));
}

TEST_CASE("defects of atoms are named with line and column") {
    CHECK(reading_defect("") == "is empty");
    CHECK(reading_defect("r,f,mass\n") == "line 1 must be r,f,mass,edge_u,edge_v,vertex");
    CHECK(reading_defect("1,2,3,4,5,6\n") == "line 1 must be r,f,mass,edge_u,edge_v,vertex");
    CHECK(reading_defect(first_line + "1,2,3,4,5\n") ==
          "line 2 has 5 columns, must have 6 as the first line");
    CHECK(reading_defect(first_line + "nan,2,3,4,5,6\n") == "line 2, column 1: 'nan' must be finite");
    CHECK(reading_defect(first_line + "1,x,3,4,5,6\n") == "line 2, column 2: 'x' is not a number");
    CHECK(reading_defect(first_line + "1,2,1,4,5,6\n1,3,0.5,4,5,6\n") ==
          "line 3, column 3: '0.5' is not an integer");
    CHECK(reading_defect(first_line + "1,2,0,4,5,6\n") ==
          "line 2, column 3: mass is 0, must be another number");
    CHECK(reading_defect(first_line + "1,2,1,4,-2,6\n") ==
          "line 2, column 5: edge_v is -2, must be at least -1");
    CHECK(reading_defect(first_line + "1,2,1,4,5,2147483648\n") ==
          "line 2, column 6: '2147483648' is beyond the range of int32");
    CHECK(reading_defect(first_line + "1,2,2147483647,4,5,6\n1,2,-1,4,5,6\n") ==
          "line 3, column 3: the masses so far add up to more than 32 bits hold");
}
