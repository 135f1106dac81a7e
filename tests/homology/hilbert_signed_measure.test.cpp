// SPDX-License-Identifier: MIT
#include <topoprune/homology/barcode.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "recorded.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("measures of function-Rips complexes equal those recorded from multipers") {
    for (const recorded::cloud& c : recorded::clouds) {
        const bifiltered_complex complex = recorded::rips_of(c);
        for (const int degree : {0, 1}) {
            const signed_measure measure = hilbert_signed_measure(complex, degree);
            const matrix<double> expected = recorded::table("rips_atoms", c.seed, degree);
            REQUIRE(std::ssize(measure) == expected.rows());
            for (std::size_t a = 0; a < measure.size(); ++a) {
                const auto row = expected.row(static_cast<Eigen::Index>(a));
                CHECK(measure[a].r == doctest::Approx(row[0]).epsilon(1e-12));
                CHECK(measure[a].f == doctest::Approx(row[1]).epsilon(1e-12));
                CHECK(measure[a].mass == row[2]);
            }
        }
    }
}

TEST_CASE("incremental Delaunay complexes give the figures that multipers gave for them") {
    struct figures {
        int seed;
        double bandwidth;
        std::size_t atoms;
        double integral_of_r;
    };
    for (const auto& [seed, bandwidth, atoms, integral_of_r] :
         {figures{20, 0.4, 8, -0.228704}, figures{80, 0.4, 36, -0.571560}, figures{5, 0.1, 42, -0.122440}}) {
        const matrix<double> points = recorded::points_of(seed);
        const bifiltered_complex complex =
            complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, bandwidth));
        const signed_measure measure = hilbert_signed_measure(complex, 1);
        double integral = 0;
        for (const atom& a : measure)
            integral += a.mass * a.r;
        CHECK(measure.size() == atoms);
        CHECK(integral == doctest::Approx(integral_of_r).epsilon(3e-6));
        CHECK(-total_lifetime(persistence_barcode(complex, 1)) ==
              doctest::Approx(integral_of_r).epsilon(3e-6));
    }
}

TEST_CASE("the planar algorithm serves planar complexes and the matrix all others") {
    // Planar duality knows no degree 2, so the exceptions tell which one was chosen.
    CHECK_THROWS_WITH_AS((void)hilbert_signed_measure(bifiltered_planar_complex{}, 2),
                         "hilbert_signed_measure: degree is 2, must be 0 or 1", std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)hilbert_signed_measure(bifiltered_complex{}, 3),
                         "hilbert_signed_measure: degree is 3, must be 0, 1 or 2", std::invalid_argument);
    CHECK_THROWS_AS((void)hilbert_signed_measure(bifiltered_complex{}, -1), std::invalid_argument);
}
