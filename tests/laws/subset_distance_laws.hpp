// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/diagnostics/subset_distance.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

/// What every SubsetDistance must do.
namespace subset_distance_laws {

using namespace topoprune;

inline std::vector<std::int64_t> all_rows(std::int64_t n) {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(n));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    return rows;
}

template <SubsetDistance D>
void check(const D& policy) {
    const execution one({.threads = 1}), three({.threads = 3}), other_seed({.seed = 2, .threads = 1});
    const auto is_sound = [](const distance_estimate& found) {
        return std::isfinite(found.value) && found.value >= 0 && std::isfinite(found.standard_error) &&
               found.standard_error >= 0 &&
               (!found.of_random_draw ||
                (std::isfinite(*found.of_random_draw) && *found.of_random_draw >= 0));
    };

    // Sound for any shape, 0 for all samples, above 0 for one of two kinds of samples.
    std::vector<matrix<float>> tables{
        clouds::normal_features(1, 3, 1),         clouds::normal_features(2, 3, 1),
        clouds::normal_features(60, 1, 2),        clouds::normal_features(60, 7, 3, 1e30F),
        clouds::normal_features(60, 7, 3, 1e-30), clouds::lattice_features(60, 3, 4, 2),
        matrix<float>::Constant(40, 4, -3.0F),    matrix<float>(5, 0)};
    for (const matrix<float>& x : tables) {
        CAPTURE(x.rows());
        CAPTURE(x.cols());
        CHECK(policy.measure(x, all_rows(x.rows()), one).value <=
              1e-7 * policy.measure(x, std::vector<std::int64_t>{0}, one).value);
        CHECK(is_sound(policy.measure(x, std::vector<std::int64_t>{0}, one)));
        CHECK(is_sound(policy.measure(x, all_rows((x.rows() + 1) / 2), one)));
    }
    matrix<float> kinds = clouds::normal_features(60, 3, 5);
    kinds.topRows(30).array() += 4.0F;
    const std::vector<std::int64_t> first_kind = all_rows(30);
    const distance_estimate found = policy.measure(kinds, first_kind, one);
    CHECK(found.value > 0);
    if (found.of_random_draw)
        CHECK(found.value > 2 * *found.of_random_draw);

    // The same bits on any number of threads; another seed, another estimate.
    const distance_estimate again = policy.measure(kinds, first_kind, three);
    CHECK(again.value == found.value);
    CHECK(again.standard_error == found.standard_error);
    CHECK(again.of_random_draw == found.of_random_draw);
    CHECK(policy.measure(kinds, first_kind, other_seed).value != found.value);

    // Neither the order of the samples matters, nor that of the kept ones. (The bandwidth of a kernel may be
    // estimated from pairs that are drawn by place.)
    std::vector<std::int64_t> reversed = first_kind;
    std::reverse(reversed.begin(), reversed.end());
    CHECK(policy.measure(kinds, reversed, one).value == found.value);
    const matrix<float> upside_down = kinds.colwise().reverse();
    std::vector<std::int64_t> last_kind;
    for (const std::int64_t i : first_kind)
        last_kind.push_back(59 - i);
    CHECK(policy.measure(upside_down, last_kind, one).value == doctest::Approx(found.value).epsilon(0.1));

    // Refused.
    const auto refuses = [&](const matrix<float>& x, const std::vector<std::int64_t>& kept) {
        CHECK_THROWS_AS((void)policy.measure(x, kept, one), std::invalid_argument);
    };
    refuses(kinds, {});
    refuses(kinds, {60});
    refuses(kinds, {-1});
    refuses(kinds, {3, 3});
    refuses(matrix<float>(0, 3), {0});
    matrix<float> broken = kinds;
    broken(7, 1) = std::nanf("");
    refuses(broken, {0});

    std::stop_source stop;
    stop.request_stop();
    const execution stopped({.threads = 1, .stop = stop.get_token()});
    CHECK_THROWS_AS((void)policy.measure(kinds, first_kind, stopped), interrupted);
}

} // namespace subset_distance_laws
