// SPDX-License-Identifier: MIT
#include <topoprune/projection/identity.hpp>

#include "laws/projection_laws.hpp"

using namespace topoprune;

TEST_CASE("identity is a projection") {
    for (const std::int64_t n : {0, 1, 2, 3, 17, 300})
        for (const std::int64_t d : {0, 1, 2, 5}) {
            matrix<float> points(n, d);
            for (Eigen::Index c = 0; c < points.size(); ++c)
                points.data()[c] = 0.37F * static_cast<float>(c) - 3.0F;
            laws::check_projection_laws(identity{}, points);
        }
}

TEST_CASE("identity keeps every feature") {
    matrix<float> points(2, 3);
    points << 0.1F, -2.0F, 3e30F, 0.0F, 1e-40F, 7.0F;
    const embedding result = identity{}.project(points, execution{});
    CHECK(result.points.cast<float>() == points);
    CHECK(result.notes.empty());
}
