// SPDX-License-Identifier: MIT
#include <topoprune/homology/barcode.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>
#include <topoprune/io/npy.hpp>

#include "complexes.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace topoprune;

namespace {

const std::filesystem::path data = TOPOPRUNE_TEST_DATA;

matrix<double> points_of(int seed) {
    return read_npy_matrix<double>(data / "planar_golden" / ("points_" + std::to_string(seed) + ".npy"));
}

matrix<double> recorded(const std::string& what, int seed, int degree) {
    return read_npy_matrix<double>(
        data / "homology_golden" /
        (what + '_' + std::to_string(seed) + '_' + std::to_string(degree) + ".npy"));
}

struct cloud {
    int seed;
    double bandwidth;
    double threshold;
};
constexpr std::array clouds_on_record{cloud{20, 0.4, 10.0}, cloud{80, 0.4, 0.45}, cloud{5, 0.1, 0.2}};

bifiltered_complex rips_of(const cloud& c) {
    const matrix<double> points = points_of(c.seed);
    return complexes::flag(complexes::gaussian_codensity(points, c.bandwidth),
                           complexes::half_distance(points), c.threshold);
}

} // namespace

TEST_CASE("measures of function-Rips complexes equal those recorded from multipers") {
    for (const cloud& c : clouds_on_record) {
        const bifiltered_complex complex = rips_of(c);
        for (const int degree : {0, 1}) {
            const signed_measure measure = hilbert_signed_measure(complex, degree);
            const matrix<double> expected = recorded("rips_atoms", c.seed, degree);
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

TEST_CASE("barcodes of Rips complexes equal those recorded from GUDHI") {
    for (const cloud& c : clouds_on_record) {
        const bifiltered_complex complex = rips_of(c);
        for (const int degree : {0, 1, 2}) {
            const barcode bars = persistence_barcode(complex, degree);
            const matrix<double> expected = recorded("rips_bars", c.seed, degree);
            REQUIRE(std::ssize(bars) == expected.rows());
            for (std::size_t b = 0; b < bars.size(); ++b) {
                const auto row = expected.row(static_cast<Eigen::Index>(b));
                CHECK(bars[b].birth == doctest::Approx(row[0]).epsilon(1e-12));
                if (row[1] < 0)
                    CHECK(std::isinf(bars[b].death));
                else
                    CHECK(bars[b].death == doctest::Approx(row[1]).epsilon(1e-12));
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
        const matrix<double> points = points_of(seed);
        const bifiltered_complex complex =
            complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, bandwidth));
        const signed_measure measure = hilbert_signed_measure(complex, 1);
        double integral = 0;
        for (const atom& a : measure)
            integral += a.mass * a.r;
        CHECK(measure.size() == atoms);
        CHECK(integral == doctest::Approx(integral_of_r).epsilon(3e-6));
        CHECK(-total_persistence(persistence_barcode(complex, 1)) ==
              doctest::Approx(integral_of_r).epsilon(3e-6));
    }
}
