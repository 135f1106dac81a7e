// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/filtration/function_delaunay.hpp>
#include <topoprune/homology/detail/filled_kernel.hpp>
#include <topoprune/homology/detail/flag_levels.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

using namespace topoprune;

namespace {

using pairs = std::vector<std::array<std::int32_t, 2>>;

pairs sorted_pairs(const std::vector<detail::kernel_generator>& generators) {
    pairs result;
    for (const detail::kernel_generator& one : generators)
        result.push_back({one.first, one.second});
    std::sort(result.begin(), result.end());
    return result;
}

/// Clouds of 1 to 60 points: any, of a grid (with equal points), of a line, of a circle, with equal
/// codensities.
bifiltered_complex incremental_complex(std::uint64_t seed, std::int64_t dimension = 2) {
    const random_stream random(seed, 61);
    std::uint64_t drawn = 0;
    const auto uniform = [&] { return random.uniform(drawn++); };
    const auto n = static_cast<Eigen::Index>(1 + random.below(drawn++, 60));
    matrix<double> points(n, dimension);
    std::vector<double> codensity;
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < dimension; ++j)
            points(i, j) = seed % 5 == 1 ? std::floor(5 * uniform()) : uniform();
        if (seed % 5 == 2)
            points(i, 1) = 0;
        if (seed % 5 == 3) {
            const double angle = 2 * std::numbers::pi * std::floor(12 * points(i, 0)) / 12;
            points.row(i).head(2) << std::cos(angle), std::sin(angle);
        }
        codensity.push_back(seed % 5 == 4   ? std::floor(4 * uniform())
                            : seed % 2 == 0 ? points.row(i).squaredNorm()
                                            : uniform());
    }
    return function_delaunay{}.build(points, codensity, execution{});
}

bool same_atoms(const signed_measure& one, const signed_measure& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](const atom& a, const atom& b) {
        return a.r == b.r && a.f == b.f && a.mass == b.mass && a.edge_u == b.edge_u && a.edge_v == b.edge_v &&
               a.vertex == b.vertex;
    });
}

} // namespace

TEST_CASE("the kernel by duality is that of the reduction, generator by generator") {
    std::size_t generators = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        CAPTURE(seed);
        const bifiltered_complex complex = incremental_complex(seed);
        REQUIRE(complex.tetrahedra_fill);
        const detail::flag_levels<bifiltered_complex> flag(complex, 2, "test");
        const auto outside = static_cast<std::int32_t>(complex.tetrahedra.size());
        const auto sides =
            detail::sides_of_triangles(complex.triangles, complex.tetrahedra, complex.vertices, "test");
        const pairs found = sorted_pairs(detail::filled_kernel(flag.levels()[2], sides, outside));
        CHECK(found == sorted_pairs(detail::matrix_kernel(flag.levels()[2], flag.levels()[1], execution{})));
        CHECK(found.size() == complex.tetrahedra.size()); // one cycle for each
        generators += found.size();
    }
    CHECK(generators > 10000);
}

TEST_CASE("the measure is the same, atom by atom, whether or not the complex says that it is filled") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        CAPTURE(seed);
        bifiltered_complex complex = incremental_complex(seed);
        for (const int degree : {1, 2}) {
            complex.tetrahedra_fill = true;
            const signed_measure by_duality = hilbert_signed_measure(complex, degree);
            complex.tetrahedra_fill = false;
            CHECK(same_atoms(by_duality, hilbert_signed_measure(complex, degree)));
        }
    }
}

TEST_CASE("a complex of the space does not say that it is filled, and one that cannot be is refused") {
    bifiltered_complex complex = incremental_complex(10, 3);
    CHECK_FALSE(complex.tetrahedra_fill);
    complex.tetrahedra_fill = true;
    CHECK_THROWS_WITH_AS(
        (void)hilbert_signed_measure(complex, 1),
        doctest::Contains("hilbert_signed_measure: the number of tetrahedra around a triangle"),
        std::invalid_argument);
    complex = incremental_complex(0);
    REQUIRE(complex.tetrahedra.size() > 3);
    complex.triangles.erase(complex.triangles.begin() + 2);
    CHECK_THROWS_WITH_AS(
        (void)detail::sides_of_triangles(complex.triangles, complex.tetrahedra, complex.vertices, "test"),
        doctest::Contains("a face of a tetrahedron is missing"), std::invalid_argument);
}
