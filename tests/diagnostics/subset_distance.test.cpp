// SPDX-License-Identifier: MIT
#include <topoprune/diagnostics/energy_distance.hpp>
#include <topoprune/diagnostics/kernel_discrepancy.hpp>
#include <topoprune/diagnostics/sliced_wasserstein.hpp>
#include <topoprune/io/npy.hpp>

#include "laws/clouds.hpp"
#include "laws/subset_distance_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <functional>

using namespace topoprune;

namespace {

const execution one({.threads = 1});

std::vector<std::int64_t> every(std::int64_t step, std::int64_t n) {
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < n; i += step)
        kept.push_back(i);
    return kept;
}

/// sum over pairs of w_i w_j f(|x_i - x_j|), w_i = 1/n - [kept]/m: both energy distance and MMD are this.
double quadratic_form(const matrix<float>& x, const std::vector<std::int64_t>& kept,
                      const std::function<double(double)>& f) {
    Eigen::VectorXd weights = Eigen::VectorXd::Constant(x.rows(), 1.0 / static_cast<double>(x.rows()));
    for (const std::int64_t i : kept)
        weights[i] -= 1.0 / static_cast<double>(kept.size());
    double sum = 0;
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        for (Eigen::Index j = 0; j < x.rows(); ++j)
            sum += weights[i] * weights[j] * f((x.row(i).cast<double>() - x.row(j).cast<double>()).norm());
    return sum;
}

struct recording {
    std::filesystem::path folder = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "diagnostics";
    matrix<float> line = read_npy_matrix<float>(folder / "line.npy");
    matrix<float> cloud = read_npy_matrix<float>(folder / "cloud.npy");
    std::vector<std::int64_t> kept_of_line = read_npy_integers(folder / "kept_of_line.npy");
    std::vector<std::int64_t> kept_of_cloud = read_npy_integers(folder / "kept_of_cloud.npy");
    matrix<double> values = read_npy_matrix<double>(folder / "values.npy");
};

} // namespace

TEST_CASE("subset distances obey their laws") {
    subset_distance_laws::check(energy_distance{.slices = 8});
    subset_distance_laws::check(sliced_wasserstein{.power = 1, .slices = 8});
    subset_distance_laws::check(sliced_wasserstein{.power = 2, .slices = 8});
    subset_distance_laws::check(kernel_discrepancy{.frequencies = 8});
    subset_distance_laws::check(kernel_discrepancy{.bandwidth = 5.0, .frequencies = 8});
}

TEST_CASE("the energy distance is the sum over all pairs, within the stated error") {
    const matrix<float> x = clouds::normal_features(80, 6, 3, 2.0, 5.0);
    std::vector<std::int64_t> first(20);
    for (std::size_t i = 0; i < first.size(); ++i)
        first[i] = static_cast<std::int64_t>(i);
    for (const std::vector<std::int64_t>& kept : {first, every(4, 80), std::vector<std::int64_t>{7}}) {
        const double expected = std::sqrt(quadratic_form(x, kept, [](double length) { return -length; }));
        const distance_estimate found = energy_distance{.slices = 4000}.measure(x, kept, one);
        CHECK(found.standard_error > 0);
        CHECK(found.standard_error < 0.02 * expected);
        CHECK(std::abs(found.value - expected) < 4 * found.standard_error);
    }
}

TEST_CASE("the kernel discrepancy is the sum over all pairs, within the stated error") {
    const matrix<float> x = clouds::normal_features(80, 6, 4, 2.0, -9.0);
    const kernel_discrepancy policy{.bandwidth = 3.0, .frequencies = 20000};
    for (const std::vector<std::int64_t>& kept : {every(3, 80), every(16, 80)}) {
        const double expected =
            std::sqrt(quadratic_form(x, kept, [](double length) { return std::exp(-length * length / 18); }));
        const distance_estimate found = policy.measure(x, kept, one);
        CHECK(found.standard_error < 0.02 * expected);
        CHECK(std::abs(found.value - expected) < 4 * found.standard_error);
    }
}

TEST_CASE("the bandwidth that nobody gave is a median distance") {
    // Two clumps of 50: half the pairs lie a little more than 10 apart, the others near 0.
    matrix<float> x = clouds::normal_features(100, 1, 5, 0.01);
    x.bottomRows(50).array() += 10.0F;
    x.bottomRows(70).array() += 0.5F;
    const double median = kernel_discrepancy::median_distance(x, one);
    CHECK(median > 0.2);
    CHECK(median < 11);
    const matrix<float> same = matrix<float>::Constant(30, 3, 2.0F);
    CHECK(kernel_discrepancy::median_distance(same, one) == 0);
    CHECK(kernel_discrepancy{}.measure(same, every(2, 30), one).value == 0);
}

TEST_CASE("the value of a random draw is the root of the mean square over all draws") {
    // All subsets of 2 of 6.
    const matrix<float> x = clouds::normal_features(6, 2, 6);
    double energy = 0, kernel = 0;
    for (std::int64_t i = 0; i < 6; ++i)
        for (std::int64_t j = 0; j < i; ++j) {
            energy += quadratic_form(x, {i, j}, [](double length) { return -length; }) / 15;
            kernel +=
                quadratic_form(x, {i, j}, [](double length) { return std::exp(-length * length / 2); }) / 15;
        }
    const std::vector<std::int64_t> kept{0, 3};
    const auto of_energy = energy_distance{.slices = 20000}.measure(x, kept, one).of_random_draw;
    const auto of_kernel =
        kernel_discrepancy{.bandwidth = 1.0, .frequencies = 20000}.measure(x, kept, one).of_random_draw;
    REQUIRE(of_energy.has_value());
    REQUIRE(of_kernel.has_value());
    CHECK(*of_energy == doctest::Approx(std::sqrt(energy)).epsilon(0.02));
    CHECK(*of_kernel == doctest::Approx(std::sqrt(kernel)).epsilon(0.02));
}

TEST_CASE("on a line there is no error: closed forms, and values recorded from SciPy") {
    // 0 and 1, of which 0 is kept: half the mass moves by 1; F - G = -1/2 between them.
    matrix<float> two(2, 1);
    two << 0, 1;
    const std::vector<std::int64_t> zero{0};
    CHECK(energy_distance{}.measure(two, zero, one).value == doctest::Approx(std::sqrt(0.5)).epsilon(1e-14));
    CHECK(sliced_wasserstein{.power = 1}.measure(two, zero, one).value ==
          doctest::Approx(0.5).epsilon(1e-14));
    CHECK(sliced_wasserstein{.power = 2}.measure(two, zero, one).value ==
          doctest::Approx(std::sqrt(0.5)).epsilon(1e-14));
    CHECK(sliced_wasserstein{.power = 3}.measure(two, zero, one).value ==
          doctest::Approx(std::cbrt(0.5)).epsilon(1e-14));

    const recording recorded;
    const distance_estimate energy = energy_distance{}.measure(recorded.line, recorded.kept_of_line, one);
    CHECK(energy.standard_error == 0);
    CHECK(energy.value == doctest::Approx(recorded.values(0, 0)).epsilon(1e-9));
    CHECK(sliced_wasserstein{.power = 1}.measure(recorded.line, recorded.kept_of_line, one).value ==
          doctest::Approx(recorded.values(1, 0)).epsilon(1e-9));
}

TEST_CASE("sliced Wasserstein distances are those recorded from POT, within the stated error") {
    const recording recorded;
    for (const int power : {1, 2}) {
        const distance_estimate found =
            sliced_wasserstein{.power = static_cast<double>(power), .slices = 4000}.measure(
                recorded.cloud, recorded.kept_of_cloud, one);
        CHECK(found.standard_error < 0.02 * found.value);
        // The recorded value has an error too, of 50,000 directions.
        CHECK(std::abs(found.value - recorded.values(1 + power, 0)) < 4.2 * found.standard_error);
    }
}
