// SPDX-License-Identifier: MIT
#include <topoprune/filtration/graded_complex.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace topoprune;

namespace {

using bigraded_simplex = graded_simplex<2>;

std::vector<bigraded_simplex> triangle() {
    return {{{2, 0, 1}, {3, 3}}, {{0}, {0, 1}},    {{1}, {1, 0}},   {{2}, {0, 0}},
            {{0, 1}, {1, 1}},    {{2, 0}, {2, 1}}, {{1, 2}, {1, 2}}};
}

} // namespace

TEST_CASE("simplices are numbered by their vertices and remember their place in the list") {
    const graded_complex<2> complex(triangle());
    CHECK(complex.dimension() == 2);
    REQUIRE(complex.levels().size() == 3);
    CHECK(complex.levels()[0].size() == 3);
    CHECK(complex.levels()[1].size() == 3);
    CHECK(complex.levels()[2].size() == 1);
    CHECK(complex.listed(2, 0) == 0);
    CHECK(complex.listed(1, 1) == 5); // {0, 2}
    CHECK(complex.vertices(1, 1)[0] == 0);
    CHECK(complex.vertices(1, 1)[1] == 2);
    CHECK(complex.levels()[1].grade(1) == std::array{2.0, 1.0});
    // Faces: leave out each vertex in turn.
    const auto faces = complex.levels()[2].boundary(0);
    CHECK(std::vector<std::int32_t>(faces.begin(), faces.end()) == std::vector<std::int32_t>{2, 1, 0});
}

TEST_CASE("a missing face is named with its simplex") {
    std::vector<bigraded_simplex> list = triangle();
    list.erase(list.begin() + 5);
    CHECK_THROWS_WITH_AS(graded_complex<2>{list},
                         "graded_complex: face {0, 2} of simplex {0, 1, 2} is missing, must be listed",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((graded_complex<1>{std::vector<graded_simplex<1>>{{{4, 7}, {0.0}}}}),
                         "graded_complex: face {7} of simplex {4, 7} is missing, must be listed",
                         std::invalid_argument);
}

TEST_CASE("a face that enters after its simplex is named with both grades") {
    std::vector<bigraded_simplex> list = triangle();
    list[0].grade = {5, 1.5};
    CHECK_THROWS_WITH_AS(graded_complex<2>{list},
                         "graded_complex: the grade of {0, 1, 2} is (5, 1.5), must be in no parameter below "
                         "that of its face {1, 2}, (1, 2)",
                         std::invalid_argument);
}

TEST_CASE("simplices that are none are refused by name") {
    const auto with = [](bigraded_simplex one) {
        std::vector<bigraded_simplex> list = triangle();
        list.push_back(std::move(one));
        return list;
    };
    CHECK_THROWS_WITH_AS(graded_complex<2>{with({{1, 0}, {9, 9}})},
                         "graded_complex: simplex {0, 1} is listed twice, must be listed once",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(graded_complex<2>{with({{2, 2}, {9, 9}})},
                         "graded_complex: a simplex is {2, 2}, must be without a vertex twice",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(graded_complex<2>{with({{}, {9, 9}})},
                         "graded_complex: the number of vertices of a simplex is 0, must be at least 1",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(graded_complex<2>{with({{5}, {1, std::numeric_limits<double>::quiet_NaN()}})},
                         "graded_complex: the grade of {5} is (1, nan), must be finite",
                         std::invalid_argument);
    CHECK_THROWS_AS(graded_complex<2>{with({{5}, {1, std::numeric_limits<double>::infinity()}})},
                    std::invalid_argument);
}

TEST_CASE("the empty complex has no dimension") {
    CHECK(graded_complex<2>{}.dimension() == -1);
    CHECK(graded_complex<2>{std::vector<bigraded_simplex>{}}.levels().empty());
}
