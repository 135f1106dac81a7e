// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/filtration/detail/exact_predicates.hpp>
#include <topoprune/filtration/detail/exact_sign.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

using namespace topoprune;
using boost::multiprecision::cpp_rational;

namespace {

/// The sign of the determinant with rows (1, p) or (1, p, |p|^2), by its definition over permutations.
template <std::size_t Dimension>
int sign_by_permutations(const std::vector<detail::coordinates<Dimension>>& points) {
    const std::size_t size = points.size();
    std::vector<std::vector<cpp_rational>> m(size);
    for (std::size_t i = 0; i < size; ++i) {
        m[i].emplace_back(1);
        cpp_rational square = 0;
        for (const double x : points[i]) {
            m[i].emplace_back(x);
            square += cpp_rational(x) * cpp_rational(x);
        }
        if (size == Dimension + 2)
            m[i].push_back(square);
    }
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), 0);
    cpp_rational sum = 0;
    do {
        int inversions = 0;
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = i + 1; j < size; ++j)
                inversions += order[i] > order[j];
        cpp_rational term = inversions % 2 == 0 ? 1 : -1;
        for (std::size_t i = 0; i < size; ++i)
            term *= m[i][order[i]];
        sum += term;
    } while (std::next_permutation(order.begin(), order.end()));
    return (sum > 0) - (sum < 0);
}

/// Points of a few kinds that make determinants small or 0, coordinates at most 1.
template <std::size_t Dimension>
std::vector<detail::coordinates<Dimension>> draw(const random_stream& random, std::uint64_t number,
                                                 std::size_t count) {
    std::vector<detail::coordinates<Dimension>> points(count);
    std::uint64_t at = 1000 * number;
    for (auto& p : points)
        for (double& x : p)
            switch (number % 6) {
            case 0: // a small lattice
                x = static_cast<double>(random.below(at++, 4)) / 8;
                break;
            case 1: // a few last bits beside one place
                x = 0.7 + 0x1p-53 * static_cast<double>(random.below(at++, 6));
                break;
            case 2: // a lattice as wide as the short integers take
                x = static_cast<double>(random.below(at, 2)) * (1 - 0x1p-21) +
                    0x1p-21 * static_cast<double>(random.below(at + 1, 2));
                at += 2;
                break;
            case 3: // magnitudes far apart
                x = std::ldexp(random.uniform(at), -static_cast<int>(random.below(at + 1, 300)));
                at += 2;
                break;
            case 4: // so small that products vanish
                x = 0x1p-700 * static_cast<double>(random.below(at++, 5));
                break;
            default:
                x = 2 * random.uniform(at++) - 1;
            }
    return points;
}

} // namespace

TEST_CASE("signs in the plane are those of rational arithmetic") {
    const random_stream random(1, 51);
    std::array<int, 3> seen{};
    for (std::uint64_t number = 0; number < 3000; ++number) {
        const auto p = draw<2>(random, number, 4);
        const int turn = detail::orientation(p[0], p[1], p[2]);
        REQUIRE(turn == sign_by_permutations<2>({p[0], p[1], p[2]}));
        REQUIRE(turn == detail::exact_sign<2, 3>({p[0], p[1], p[2]}));
        const int inside = detail::in_sphere(p[0], p[1], p[2], p[3]);
        REQUIRE(inside == sign_by_permutations<2>({p[3], p[0], p[1], p[2]}));
        REQUIRE(inside == detail::exact_sign<2, 4>({p[0], p[1], p[2], p[3]}));
        ++seen[static_cast<std::size_t>(inside + 1)];
    }
    for (const int count : seen)
        CHECK(count > 100);
}

TEST_CASE("signs in the space are those of rational arithmetic") {
    const random_stream random(2, 51);
    std::array<int, 3> seen{};
    for (std::uint64_t number = 0; number < 600; ++number) {
        const auto p = draw<3>(random, number, 5);
        const int side = detail::orientation(p[0], p[1], p[2], p[3]);
        REQUIRE(side == -sign_by_permutations<3>({p[0], p[1], p[2], p[3]}));
        const int inside = detail::in_sphere(p[0], p[1], p[2], p[3], p[4]);
        REQUIRE(inside == sign_by_permutations<3>(p));
        REQUIRE(inside == detail::exact_sign<3, 5>({p[0], p[1], p[2], p[3], p[4]}));
        ++seen[static_cast<std::size_t>(inside + 1)];
    }
    for (const int count : seen)
        CHECK(count > 20);
}

TEST_CASE("the centers of circles and spheres lie inside") {
    CHECK(detail::orientation({0, 0}, {1, 0}, {0, 1}) == 1);
    CHECK(detail::in_sphere({0, 0}, {1, 0}, {0, 1}, {0.5, 0.5}) == 1);
    CHECK(detail::in_sphere({0, 0}, {1, 0}, {0, 1}, {1, 1}) == 0);
    CHECK(detail::in_sphere({0, 0}, {1, 0}, {0, 1}, {1, std::nextafter(1.0, 2.0)}) == -1);
    CHECK(detail::orientation({1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}) == 1);
    CHECK(detail::in_sphere({1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}, {0.5, 0.5, 0.5}) == 1);
    CHECK(detail::in_sphere({1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}, {1, 1, 1}) == 0);
}
