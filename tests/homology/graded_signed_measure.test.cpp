// SPDX-License-Identifier: MIT
#include <topoprune/homology/graded_signed_measure.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "laws/clouds.hpp"
#include "rank_oracle.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace topoprune;

namespace {

/// All simplices up to tetrahedra on n vertices that a coin lets in, face by face, in a shuffled list.
/// Grades: the largest of the faces' plus a step of 0 or more, in each parameter; vertices have grades of
/// their own.
std::vector<oracle::simplex> random_complex(std::int32_t n, std::uint64_t seed, bool ties) {
    const random_stream random(seed, 61);
    std::uint64_t at = 0;
    std::map<std::vector<std::int32_t>, std::array<double, 2>> grades;
    const auto step = [&] {
        return ties ? static_cast<double>(random.below(at++, 3)) : random.uniform(at++);
    };
    std::vector<std::vector<std::int32_t>> last;
    for (std::int32_t v = 0; v < n; ++v) {
        grades[{v}] = {step(), step()};
        last.push_back({v});
    }
    for (int dimension = 1; dimension <= 3; ++dimension) {
        std::vector<std::vector<std::int32_t>> next;
        for (const auto& low : last)
            for (std::int32_t v = low.back() + 1; v < n; ++v) {
                std::vector<std::int32_t> vertices = low;
                vertices.push_back(v);
                std::array<double, 2> grade{-1e300, -1e300};
                bool closed = random.below(at++, 10) < 8;
                for (std::size_t i = 0; i < vertices.size() && closed; ++i) {
                    std::vector<std::int32_t> face = vertices;
                    face.erase(face.begin() + static_cast<std::ptrdiff_t>(i));
                    const auto found = grades.find(face);
                    closed = found != grades.end();
                    for (std::size_t p = 0; closed && p < 2; ++p)
                        grade[p] = std::max(grade[p], found->second[p]);
                }
                if (!closed)
                    continue;
                grades[vertices] = {grade[0] + step(), grade[1] + step()};
                next.push_back(vertices);
            }
        last = std::move(next);
    }
    std::vector<oracle::simplex> list;
    for (const auto& [vertices, grade] : grades)
        list.push_back({vertices, grade});
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[random.below(at++, i)]);
    return list;
}

} // namespace

TEST_CASE("sums at 10,000 grades: complexes with any two grades") {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        const std::vector<oracle::simplex> list = random_complex(11, seed, seed % 2 == 0);
        const graded_complex<2> complex(list);
        const oracle::betti_numbers betti(list);
        std::vector<traced_signed_measure> measures;
        for (const int degree : {0, 1, 2, 3}) {
            const traced_signed_measure& measure =
                measures.emplace_back(hilbert_signed_measure(complex, degree));
            REQUIRE(measure.origins.size() == measure.atoms.size());
            for (std::size_t a = 0; a < measure.atoms.size(); ++a) {
                CHECK(list.at(static_cast<std::size_t>(measure.origins[a].first)).grade[0] ==
                      measure.atoms[a].r);
                CHECK(list.at(static_cast<std::size_t>(measure.origins[a].second)).grade[1] ==
                      measure.atoms[a].f);
                CHECK(measure.atoms[a].edge_u == -1);
                CHECK(measure.atoms[a].vertex == -1);
            }
        }
        const random_stream random(seed, 62);
        std::int64_t wrong = 0;
        for (std::uint64_t grade = 0; grade < 10000; ++grade) {
            double r = 5 * random.uniform(4 * grade);
            double f = 5 * random.uniform(4 * grade + 1);
            if (grade % 3 != 0) {
                r = list[random.below(4 * grade + 2, list.size())].grade[0];
                f = list[random.below(4 * grade + 3, list.size())].grade[1];
            }
            const auto expected = betti.at(r, f);
            for (std::size_t degree = 0; degree < 4; ++degree)
                wrong += oracle::sum_up_to(measures[degree].atoms, r, f) != expected[degree];
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("a flag complex listed simplex by simplex has the same measure") {
    const matrix<double> points = clouds::normal(40, 2);
    const bifiltered_complex flag =
        complexes::incremental_delaunay(points, complexes::tied_codensity(40, 2, 12));
    const graded_complex<2> listed(oracle::simplices_of(flag));
    for (const int degree : {0, 1, 2}) {
        const signed_measure a = hilbert_signed_measure(flag, degree);
        const signed_measure b = hilbert_signed_measure(listed, degree).atoms;
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            CHECK(std::tie(a[i].r, a[i].f, a[i].mass) == std::tie(b[i].r, b[i].f, b[i].mass));
    }
}

TEST_CASE("a loop whose edges have grades that do not compare is born at their join") {
    // Three edges at (0, 2), (1, 1), (2, 0): the cycle needs all of them.
    const graded_complex<2> complex(std::vector<oracle::simplex>{
        {{0}, {0, 0}}, {{1}, {0, 0}}, {{2}, {0, 0}}, {{0, 1}, {0, 2}}, {{1, 2}, {1, 1}}, {{0, 2}, {2, 0}}});
    const traced_signed_measure measure = hilbert_signed_measure(complex, 1);
    REQUIRE(measure.atoms.size() == 1);
    CHECK(measure.atoms[0].r == 2);
    CHECK(measure.atoms[0].f == 2);
    CHECK(measure.origins[0].first == 5);
    CHECK(measure.origins[0].second == 3);
}

TEST_CASE("no complex, no degree, no atoms") {
    CHECK(hilbert_signed_measure(graded_complex<2>{}, 0).atoms.empty());
    CHECK(hilbert_signed_measure(graded_complex<2>{}, 5).atoms.empty());
    CHECK_THROWS_AS((void)hilbert_signed_measure(graded_complex<2>{}, -1), std::invalid_argument);
}
