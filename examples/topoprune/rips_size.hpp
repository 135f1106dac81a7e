// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>
#include <topoprune/core/matrix.hpp>

#include <cstdint>
#include <optional>

namespace program {

/// How many simplices a Rips complex has.
struct rips_size {
    double edges = 0;
    double triangles = 0;
};

/// An estimate of the size of the Rips complex of points (n x d) without building it: the neighbors of 512
/// points drawn at random and the triangles among them, of which at most 2,000 are tried at each point.
/// Without a threshold it is that of topoprune::rips. Off by a tenth for even clouds, by more where few
/// points have most of the triangles. O(512 n d) time, and O(n^2 d) for the default threshold; O(n) memory.
[[nodiscard]] rips_size estimate_rips_size(topoprune::matrix_view<const double> points,
                                           std::optional<double> threshold,
                                           const topoprune::execution& where);

} // namespace program
