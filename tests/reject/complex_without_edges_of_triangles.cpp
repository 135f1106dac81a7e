// SPDX-License-Identifier: MIT
#include <topoprune/filtration/filtration.hpp>

#include <array>
#include <vector>

using namespace topoprune;

struct bare_triangle {
    std::array<std::int32_t, 3> vertices{};
    std::int32_t longest_edge = 0;
};

struct bare_complex {
    std::int64_t vertices = 0;
    std::vector<complex_edge> edges;
    std::vector<bare_triangle> triangles;
    std::vector<double> edge_scale;
};

static_assert(GradedByScale<bare_complex>); // refused: ListsTriangles

int main() {}
