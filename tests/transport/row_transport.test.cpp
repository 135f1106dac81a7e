// SPDX-License-Identifier: MIT
#include <topoprune/transport/row_transport.hpp>

#include "laws/measures.hpp"
#include "laws/transport_laws.hpp"

#include <algorithm>
#include <cmath>

using namespace topoprune;

namespace {

/// The integral of |distribution function of the marginal on r|.
double area_under_marginal(signed_measure measure) {
    std::sort(measure.begin(), measure.end(), [](const atom& a, const atom& b) { return a.r < b.r; });
    double area = 0;
    std::int64_t below = 0;
    for (std::size_t i = 0; i + 1 < measure.size(); ++i) {
        below += measure[i].mass;
        area += static_cast<double>(std::abs(below)) * (measure[i + 1].r - measure[i].r);
    }
    return area;
}

} // namespace

TEST_CASE_TEMPLATE("row transport obeys the laws of a transport", Norm, l1, l2, l_infinity, squared_l2) {
    const row_transport<Norm> policy;
    check_transport_edges(policy);
    for (const std::uint64_t seed : {1U, 2U}) {
        check_transport_laws(policy, measures::rows(60, 5, seed));
        check_transport_gradient(policy, measures::rows(60, 5, seed));
        check_transport_laws(policy, measures::uniform(40, seed));
        check_transport_gradient(policy, measures::uniform(40, seed));
        check_transport_laws(policy, measures::lattice(50, 5, 3, seed));
        check_transport_corner(policy, measures::uniform(30, seed));
    }
}

TEST_CASE_TEMPLATE("the marginal bound is the area under the marginal's distribution", Norm, l1, l2,
                   l_infinity) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        for (const signed_measure& measure :
             {measures::rows(80, 4, seed), measures::uniform(70, seed), measures::lattice(60, 9, 4, seed)})
            CHECK(marginal_lower_bound(measure, Norm{}) ==
                  doctest::Approx(area_under_marginal(measure)).epsilon(1e-12));
    }
    CHECK(marginal_lower_bound({}, Norm{}) == 0);
}

TEST_CASE("rows of total mass 0 keep their mass, each at its own optimum") {
    const signed_measure measure{
        {.r = 0, .f = 1, .mass = 2},  {.r = 1, .f = 1, .mass = -1}, {.r = 3, .f = 1, .mass = -1},
        {.r = 5, .f = 2, .mass = -1}, {.r = 9, .f = 2, .mass = 1},
    };
    const transport_result result = row_transport{}.to_zero(measure, execution{});
    CHECK(result.cost == 1 + 3 + 4);
    CHECK(result.gradient[0] == std::array<double, 2>{-2, 0});
    CHECK(result.gradient[1] == std::array<double, 2>{1, 0});
    CHECK(result.gradient[3] == std::array<double, 2>{-1, 0});
    CHECK(result.gradient[4] == std::array<double, 2>{1, 0});
}

TEST_CASE_TEMPLATE("row transport between two measures", Norm, l1, l2, l_infinity, squared_l2) {
    const row_transport<Norm> policy;
    for (const std::uint64_t seed : {1U, 2U}) {
        check_transport_between(policy, measures::rows(40, 3, seed), measures::rows(30, 3, seed + 9));
        check_transport_between(policy, measures::uniform(30, seed), measures::uniform(20, seed + 9));
    }
}

TEST_CASE("what a row leaves over goes to the other rows") {
    const signed_measure measure{
        {.r = 0, .f = 0, .mass = 2},
        {.r = 1, .f = 0, .mass = -1},
        {.r = 0, .f = 4, .mass = -1},
    };
    CHECK(row_transport{}.to_zero(measure, execution{}).cost == 1 + 4);
}
