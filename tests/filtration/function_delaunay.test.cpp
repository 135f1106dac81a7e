// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/filtration/function_delaunay.hpp>
#include <topoprune/filtration/weak_delaunay.hpp>
#include <topoprune/io/npy.hpp>

#include "laws/clouds.hpp"
#include "laws/filtration_laws.hpp"

#include <doctest/doctest.h>
#include <Eigen/LU>

#include <filesystem>
#include <limits>
#include <map>
#include <set>

using namespace topoprune;

namespace {

using simplex = std::vector<std::int32_t>;

std::set<simplex> simplices_of(const bifiltered_complex& complex) {
    std::set<simplex> all;
    for (std::int32_t v = 0; v < complex.vertices; ++v)
        all.insert({v});
    for (const auto& [u, v] : complex.edges)
        all.insert({u, v});
    for (const complex_triangle& t : complex.triangles)
        all.insert({t.vertices.begin(), t.vertices.end()});
    for (const auto& t : complex.tetrahedra)
        all.insert({t.begin(), t.end()});
    return all;
}

/// det(corner_i - last corner), and the same lifted to the paraboloid.
double orientation_of(const matrix<double>& p, const simplex& corners) {
    Eigen::MatrixXd m(p.cols(), p.cols());
    for (Eigen::Index i = 0; i < p.cols(); ++i)
        m.row(i) = p.row(corners[static_cast<std::size_t>(i)]) - p.row(corners.back());
    return m.determinant();
}
double in_sphere_of(const matrix<double>& p, const simplex& corners, std::int32_t x) {
    Eigen::MatrixXd m(p.cols() + 1, p.cols() + 1);
    for (Eigen::Index i = 0; i <= p.cols(); ++i) {
        const Eigen::RowVectorXd d = p.row(corners[static_cast<std::size_t>(i)]) - p.row(x);
        m.row(i) << d, d.squaredNorm();
    }
    return m.determinant() * (orientation_of(p, corners) > 0 ? 1 : -1);
}

void add_with_faces(const simplex& s, std::set<simplex>& all) {
    for (unsigned chosen = 1; chosen < (1U << s.size()); ++chosen) {
        simplex face;
        for (std::size_t i = 0; i < s.size(); ++i)
            if ((chosen >> i & 1U) != 0)
                face.push_back(s[i]);
        if (face.size() <= 4)
            all.insert(face);
    }
}

template <class Visit>
void for_each_subset(std::size_t of, std::size_t size, Visit visit) {
    std::vector<bool> chosen(of, false);
    std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(std::min(size, of)), true);
    if (size <= of)
        do {
            std::vector<std::size_t> subset;
            for (std::size_t i = 0; i < of; ++i)
                if (chosen[i])
                    subset.push_back(i);
            visit(subset);
        } while (std::prev_permutation(chosen.begin(), chosen.end()));
}

/// By the definition: every simplex of earlier points whose sphere is empty of them but holds the new one,
/// every hull facet of them that the new one sees.
std::set<simplex> by_definition(const matrix<double>& p, const std::vector<double>& f) {
    const auto m = static_cast<std::size_t>(p.cols());
    std::vector<std::int32_t> order(f.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
        return f[static_cast<std::size_t>(a)] < f[static_cast<std::size_t>(b)];
    });
    std::set<simplex> all;
    const auto add = [&](simplex s, std::int32_t x) {
        s.push_back(x);
        std::sort(s.begin(), s.end());
        add_with_faces(s, all);
    };
    add({order.begin(), order.begin() + static_cast<std::ptrdiff_t>(m)}, order[m]);
    for (std::size_t k = m + 1; k < order.size(); ++k) {
        const std::int32_t x = order[k];
        const auto corners_of = [&](const std::vector<std::size_t>& subset) {
            simplex s;
            for (const std::size_t i : subset)
                s.push_back(order[i]);
            return s;
        };
        for_each_subset(k, m + 1, [&](const std::vector<std::size_t>& subset) {
            const simplex s = corners_of(subset);
            if (in_sphere_of(p, s, x) <= 0)
                return;
            for (std::size_t i = 0; i < k; ++i)
                if (std::find(subset.begin(), subset.end(), i) == subset.end() &&
                    in_sphere_of(p, s, order[i]) > 0)
                    return;
            add(s, x);
        });
        for_each_subset(k, m, [&](const std::vector<std::size_t>& subset) {
            const simplex s = corners_of(subset);
            const auto side = [&](std::int32_t y) {
                simplex with = s;
                with.push_back(y);
                return orientation_of(p, with) > 0;
            };
            for (std::size_t i = 0; i < k; ++i)
                if (std::find(subset.begin(), subset.end(), i) == subset.end() && side(order[i]) == side(x))
                    return;
            add(s, x);
        });
    }
    return all;
}

std::vector<double> codensity_of(const matrix<double>& points, double bandwidth) {
    std::vector<double> f = gaussian_kde{.bandwidth = bandwidth}.log_density(points, execution{});
    for (double& value : f)
        value = -value;
    return f;
}

/// The Hilbert signed measure of degree 1, slice by slice: (f, r) -> mass.
std::map<std::pair<double, double>, int> measure_by_slices(const bifiltered_complex& complex) {
    std::vector<double> levels = complex.codensity;
    std::sort(levels.begin(), levels.end());
    std::map<double, int> below;
    std::map<std::pair<double, double>, int> measure;
    for (const double s : levels) {
        std::map<double, int> slice = laws::births_and_deaths(complex, s, 1);
        for (const auto& [r, mass] : slice)
            measure[{s, r}] += mass;
        for (const auto& [r, mass] : below)
            measure[{s, r}] -= mass;
        below = std::move(slice);
    }
    std::erase_if(measure, [](const auto& atom) { return atom.second == 0; });
    return measure;
}

} // namespace

TEST_CASE("the complex is the one of the definition") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const matrix<double> plane = clouds::normal(22, seed);
        const auto f = codensity_of(plane, 0.4);
        CHECK(simplices_of(function_delaunay{}.build(plane, f, execution{})) == by_definition(plane, f));
        const matrix<double> space = clouds::normal(13, seed, 1.0, 3);
        const auto g = codensity_of(space, 0.4);
        CHECK(simplices_of(function_delaunay{}.build(space, g, execution{})) == by_definition(space, g));
    }
}

TEST_CASE("measures of the reference clouds") {
    struct golden {
        int seed;
        double bandwidth;
        std::size_t atoms;
        double integral;
    };
    const std::filesystem::path folder = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "planar_golden";
    for (const golden& g :
         {golden{20, 0.4, 8, -0.228704}, golden{80, 0.4, 36, -0.571560}, golden{5, 0.1, 42, -0.122440}}) {
        CAPTURE(g.seed);
        const auto points = read_npy_matrix<double>(folder / ("points_" + std::to_string(g.seed) + ".npy"));
        const auto complex =
            density_bifiltration{function_delaunay{}, gaussian_kde{.bandwidth = g.bandwidth}}.build(
                points, execution{});
        const auto measure = measure_by_slices(complex);
        CHECK(measure.size() == g.atoms);
        double integral = 0;
        for (const auto& [grade, mass] : measure)
            integral += grade.second * mass;
        CHECK(std::abs(integral - g.integral) < 1e-6);
    }
}

TEST_CASE("every sublevel set is filled: laws on random and degenerate clouds, plane and space") {
    for (const std::uint64_t seed : {1U, 2U, 3U})
        for (const std::int64_t n : {0, 1, 2, 3, 4, 5, 8, 20, 40}) {
            for (const matrix<double>& points :
                 {clouds::normal(n, seed), clouds::lattice(n, seed, 4), clouds::line(n, seed),
                  clouds::circle(n, seed, 0.0), clouds::lattice(n, seed, 1),
                  clouds::near_clusters(n, seed)}) {
                const random_stream random(seed, 41);
                std::vector<double> f(static_cast<std::size_t>(n));
                for (std::size_t i = 0; i < f.size(); ++i) // with ties
                    f[i] = static_cast<double>(random.below(i, 9));
                for (const std::int64_t m : {2, 3}) {
                    matrix<double> in_space = matrix<double>::Zero(n, m);
                    in_space.leftCols(2) = points;
                    if (m == 3 && seed > 1) // seed 1 stays in a plane of the space
                        for (std::int64_t i = 0; i < n; ++i)
                            in_space(i, 2) = seed == 2 ? static_cast<double>(random.below(
                                                             1000 + static_cast<std::uint64_t>(i), 3))
                                                       : points(i, 0) - points(i, 1);
                    CAPTURE(seed);
                    CAPTURE(n);
                    CAPTURE(m);
                    const bifiltered_complex complex = function_delaunay{}.build(in_space, f, execution{});
                    laws::check_flag_complex(complex, in_space);
                    for (const double s : {0.0, 3.0, 8.0}) {
                        const auto betti = laws::betti_numbers(complex, 1e300, s);
                        const bool empty = std::none_of(f.begin(), f.end(), [&](double v) { return v <= s; });
                        CHECK(betti[0] == (empty ? 0 : 1));
                        CHECK(betti[1] == 0);
                        CHECK(betti[2] == 0);
                    }
                }
            }
        }
}

TEST_CASE("the Delaunay triangulation of every sublevel set is there") {
    for (const matrix<double>& points : {clouds::normal(60, 7), clouds::lattice(60, 7, 6)}) {
        std::vector<double> f(60);
        for (std::size_t i = 0; i < 60; ++i)
            f[i] = random_stream(7, 42).uniform(i);
        // Points at one place: the first in the input is the first by codensity too.
        std::map<std::pair<double, double>, double> least;
        for (std::int64_t i = 0; i < 60; ++i) {
            const auto [at, fresh] =
                least.try_emplace({points(i, 0), points(i, 1)}, f[static_cast<std::size_t>(i)]);
            if (!fresh)
                f[static_cast<std::size_t>(i)] = at->second + 1 + f[static_cast<std::size_t>(i)];
        }
        const auto all = simplices_of(function_delaunay{}.build(points, f, execution{}));
        for (const double s : {0.1, 0.3, 0.6, 1.0}) {
            std::vector<std::int64_t> members;
            for (std::int64_t i = 0; i < 60; ++i)
                if (f[static_cast<std::size_t>(i)] <= s)
                    members.push_back(i);
            const auto part = gather_rows<double, const double, std::int64_t>(
                matrix_view<const double>(points), std::span<const std::int64_t>(members));
            for (const planar_triangle& t : weak_delaunay{}.build(part, execution{}).triangles) {
                simplex own;
                for (const std::int32_t v : t.vertices)
                    own.push_back(static_cast<std::int32_t>(members[static_cast<std::size_t>(v)]));
                CHECK(all.contains(own));
            }
        }
    }
}

TEST_CASE("scaling by powers of two, and a flat in the space, change no simplex") {
    const matrix<double> points = clouds::normal(50, 12);
    const auto f = codensity_of(points, 0.4);
    const auto expected = simplices_of(function_delaunay{}.build(points, f, execution{}));
    for (const double scale : {0x1p500, 0x1p-500, 0x1p-900})
        CHECK(simplices_of(function_delaunay{}.build(matrix<double>(scale * points), f, execution{})) ==
              expected);
    matrix<double> flat(50, 3);
    flat << points, points.col(0) * 0.5;
    matrix<double> upright = matrix<double>::Zero(50, 3);
    upright.rightCols(2) = points;
    CHECK(simplices_of(function_delaunay{}.build(upright, f, execution{})) == expected);
    CHECK(laws::betti_numbers(function_delaunay{}.build(flat, f, execution{}), 1e300, 1e300)[1] == 0);
}

TEST_CASE("a point at the place of an earlier one hangs on it by an edge of length 0") {
    matrix<double> points(4, 2);
    points << 0, 0, 1, 0, 0, 1, 1, 0;
    const std::vector<double> f{0, 3, 1, 2};
    const auto complex = function_delaunay{}.build(points, f, execution{});
    CHECK(complex.triangles.size() == 1);
    CHECK(complex.triangles[0].vertices == std::array<std::int32_t, 3>{0, 2, 3});
    REQUIRE(complex.edges.size() == 4);
    CHECK(std::count(complex.edge_scale.begin(), complex.edge_scale.end(), 0.0) == 1);
}

TEST_CASE("wrong points and codensities are refused by name") {
    const matrix<double> points = clouds::normal(3, 1);
    const std::vector<double> two{0, 1}, not_finite{0, 1, std::numeric_limits<double>::quiet_NaN()};
    CHECK_THROWS_WITH_AS(
        (void)function_delaunay{}.build(points, two, execution{}),
        "function_delaunay::build: the size of codensity is 2, must be the number of points, 3",
        std::invalid_argument);
    CHECK_THROWS_AS((void)function_delaunay{}.build(points, not_finite, execution{}), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)function_delaunay{}.build(clouds::normal(3, 1, 1, 4),
                                                         std::vector<double>{0, 1, 2}, execution{}),
                         "function_delaunay::build: the dimension of points is 4, must be 2 or 3",
                         std::invalid_argument);
}
