// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

/// The data of the examples: two classes of 200 samples each. The first two features place them on two noisy
/// rings, class 0 of radius 1 around the origin, class 1 of radius 0.5 around (3, 0); the third feature is
/// noise.
struct two_rings {
    topoprune::matrix<float> features{400, 3};
    std::vector<std::int64_t> labels;

    two_rings() {
        const topoprune::random_stream random(1, 1);
        for (std::int64_t i = 0; i < 400; ++i) {
            const std::int64_t label = i / 200;
            const auto at = static_cast<std::uint64_t>(i);
            const double angle = 2 * std::numbers::pi * random.child(0).uniform(at);
            const double radius = (label == 0 ? 1.0 : 0.5) + 0.1 * random.child(1).normal(at);
            features(i, 0) = static_cast<float>(3 * static_cast<double>(label) + radius * std::cos(angle));
            features(i, 1) = static_cast<float>(radius * std::sin(angle));
            features(i, 2) = static_cast<float>(random.child(2).normal(at));
            labels.push_back(label);
        }
    }
};
