// SPDX-License-Identifier: MIT
#include <topoprune/homology/signed_measure.hpp>

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("equal grades are added up, zeros dropped, and the ids of the winning sign kept") {
    signed_measure atoms{{2, 1, +1, 5, 6, 9}, {1, 1, +1, 0, 1, 9}, {2, 1, -1, 3, 4, 9}, {2, 1, -1, 7, 8, 9},
                         {3, 0, +2, 0, 2, 4}, {4, 4, +1, 1, 2, 3}, {4, 4, -1, 1, 2, 3}};
    merge_equal_grades(atoms);
    REQUIRE(atoms.size() == 3);
    CHECK(atoms[0].f == 0);
    CHECK(atoms[0].mass == 2);
    CHECK(atoms[1].r == 1);
    CHECK(atoms[2].mass == -1);
    CHECK(atoms[2].edge_u == 3);
    CHECK(total_mass(atoms) == 2);
}
