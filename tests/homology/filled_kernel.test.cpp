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
#include <stop_token>
#include <string>
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
        const pairs found =
            sorted_pairs(detail::filled_kernel(complex, flag.levels()[2], "test", execution{}));
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

TEST_CASE("a complex of the space does not say that it is filled") {
    CHECK_FALSE(incremental_complex(10, 3).tetrahedra_fill);
}

TEST_CASE("a complex that says it is filled and is not is refused") {
    const auto check_refused = [](const bifiltered_complex& complex, const char* words) {
        CHECK_THROWS_WITH_AS((void)hilbert_signed_measure(complex, 1), doctest::Contains(words),
                             std::invalid_argument);
    };
    bifiltered_complex empty;
    empty.tetrahedra_fill = true;
    CHECK(hilbert_signed_measure(empty, 1).empty());

    const bifiltered_complex whole = incremental_complex(0);
    REQUIRE(whole.tetrahedra.size() > 3);
    bifiltered_complex with_void = whole;
    with_void.tetrahedra.pop_back();
    check_refused(with_void, "hilbert_signed_measure: the Euler characteristic is 2, must be 1");
    bool around = false, closed = false; // three around a triangle, or two the same that nothing else touches
    for (std::size_t t = 1; t < whole.tetrahedra.size(); ++t) {
        bifiltered_complex twice = whole;
        twice.tetrahedra[0] = twice.tetrahedra[t];
        try {
            (void)hilbert_signed_measure(twice, 1);
            FAIL_CHECK("tetrahedron ", t, " twice was accepted");
        } catch (const std::invalid_argument& refusal) {
            const std::string words = refusal.what();
            around |= words.find("of tetrahedra around a triangle is 3, must be at most 2") != words.npos;
            closed |= words.find("the number of cycles of triangles is") != words.npos;
        }
    }
    CHECK(around);
    CHECK(closed);
    bifiltered_complex wrong_face = whole;
    wrong_face.tetrahedra[0] = {0, 0, 0, 0};
    check_refused(wrong_face, "a face of a tetrahedron is missing");
    bifiltered_complex wrong_vertex = whole;
    wrong_vertex.tetrahedra[0] = {99, 100, 101, 102};
    check_refused(wrong_vertex, "a vertex of a tetrahedron is 99");
}

TEST_CASE("the kernel by duality can be interrupted") {
    const bifiltered_complex complex = incremental_complex(0);
    std::stop_source stop;
    const execution stopped({.stop = stop.get_token()});
    stop.request_stop();
    CHECK_THROWS_AS((void)hilbert_signed_measure(complex, 1, stopped), interrupted);
}
