// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_slice.hpp>

#include "laws/clouds.hpp"
#include "laws/filtration_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

using namespace topoprune;

namespace {

/// How many simplices of each dimension satisfy `enters(scale, codensity)`, by a walk over the complex.
template <class Enters>
std::vector<std::size_t> counts(const bifiltered_complex& complex, Enters enters) {
    std::vector<std::size_t> result(4, 0);
    for (const laws::slice_simplex& s :
         laws::slice_at(complex, complex.codensity, std::numeric_limits<double>::infinity())) {
        double last = -1e300;
        for (const std::int32_t v : s.vertices)
            last = std::max(last, complex.codensity[static_cast<std::size_t>(v)]);
        result[s.dimension] += enters(s.scale, last);
    }
    return result;
}

bifiltered_complex example(std::uint64_t seed) {
    return density_bifiltration{function_delaunay{}, gaussian_kde{.bandwidth = 0.4}}.build(
        clouds::normal(40, seed), execution{});
}

} // namespace

TEST_CASE("the slice at a codensity is the subcomplex on the points below it") {
    const matrix<double> points = clouds::normal(40, 1);
    const bifiltered_complex complex = example(1);
    std::vector<double> levels = complex.codensity;
    levels.push_back(-1e9);
    levels.push_back(std::numeric_limits<double>::infinity());
    for (const double s : levels) {
        const sliced_complex slice = slice_at_codensity(complex, s);
        matrix<double> own(std::ssize(slice.points), 2);
        for (std::size_t i = 0; i < slice.points.size(); ++i) {
            CHECK(complex.codensity[static_cast<std::size_t>(slice.points[i])] <= s);
            own.row(static_cast<Eigen::Index>(i)) = points.row(slice.points[i]);
        }
        laws::check_flag_complex(slice, own);
        CHECK(counts(complex, [&](double, double f) { return f <= s; }) ==
              std::vector<std::size_t>{static_cast<std::size_t>(slice.vertices), slice.edges.size(),
                                       slice.triangles.size(), slice.tetrahedra.size()});
        for (const double r : {0.0, 0.1, 0.2, 0.4, 1.0})
            CHECK(laws::betti_numbers(slice, {}, r, 0) == laws::betti_numbers(complex, r, s));
    }
}

TEST_CASE("the policy cuts what the bifiltration builds") {
    const matrix<double> points = clouds::normal(50, 2);
    const density_bifiltration<> bifiltration{};
    const auto whole = bifiltration.build(points, execution{});
    const sliced_complex all = density_slice<>{}.build(points, execution{});
    CHECK(all.vertices == 50);
    CHECK(all.edges.size() == whole.edges.size());
    CHECK(all.triangles.size() == whole.triangles.size());
    std::vector<double> sorted = whole.codensity;
    std::sort(sorted.begin(), sorted.end());
    const sliced_complex half =
        density_slice<>{.bifiltration = {}, .codensity = sorted[24]}.build(points, execution{});
    CHECK(half.vertices == 25);
    CHECK(density_slice<>{}.build(matrix<double>(0, 2), execution{}).vertices == 0);
}

TEST_CASE("along a line a simplex enters when the line is above its grade") {
    for (const std::uint64_t seed : {3U, 4U}) {
        const bifiltered_complex complex = example(seed);
        for (const slice_line& line :
             {slice_line{.scale = 0.1, .codensity = 0.5, .scale_step = 0.3, .codensity_step = 0.7},
              slice_line{.scale = 0, .codensity = 1.5, .scale_step = 1, .codensity_step = 0},
              slice_line{.scale = 0.2, .codensity = 0, .scale_step = 0, .codensity_step = 2}}) {
            // graded_complex itself refuses a face that enters after its simplex.
            const graded_complex<1> slice = slice_along_line(complex, line);
            for (const double t : {-2.0, -0.5, 0.0, 0.1, 0.3, 1.0, 3.0}) {
                std::vector<std::size_t> entered(4, 0);
                for (std::size_t q = 0; q < slice.levels().size(); ++q)
                    for (const auto& grade : slice.levels()[q].grades)
                        entered[q] += grade[0] <= t;
                CHECK(entered == counts(complex, [&](double r, double f) {
                          return r <= line.scale + t * line.scale_step &&
                                 f <= line.codensity + t * line.codensity_step;
                      }));
            }
        }
    }
}

TEST_CASE("lines that do not rise and codensities that are no number are refused") {
    const bifiltered_complex complex = example(5);
    CHECK_THROWS_WITH_AS(
        (void)slice_along_line(complex, slice_line{.scale = 0, .codensity = 0, .scale_step = -1}),
        "slice_along_line: scale_step is -1, must be finite and at least 0", std::invalid_argument);
    CHECK_THROWS_AS((void)slice_along_line(complex, slice_line{.scale = 0, .codensity = 0, .scale_step = 0}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)slice_at_codensity(complex, std::numeric_limits<double>::quiet_NaN()),
                    std::invalid_argument);
}
