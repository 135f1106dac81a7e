// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "projection.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune {

/// Draws of one projection of the same features: layout 0 is the one that `project` gives, the others differ
/// from it in their random streams alone. Layout k has the same bits whenever and with whatever others it is
/// drawn. What the draws share (neighbors, graph, start) is computed once and held as long as this lives.
class layout_source {
public:
    /// draw(first, count, execution) gives the layouts first, ..., first + count - 1.
    using drawing = std::function<std::vector<embedding>(std::int64_t, std::int64_t, const execution&)>;

    static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

    layout_source(std::int64_t available, drawing draw) : available_(available), draw_(std::move(draw)) {}

    /// How many layouts there are to draw, >= 1; `unlimited` where every number is a layout of its own.
    [[nodiscard]] std::int64_t available() const { return available_; }

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<embedding> draw(std::int64_t first, std::int64_t count,
                                                                const execution& where) const;

private:
    std::int64_t available_;
    drawing draw_;
};

/// Atom of a Projection whose picture is one draw of many: the policy hands out the others.
template <class P>
concept DrawsLayouts = requires(const P& policy, matrix_view<const float> features, const execution& where) {
    { policy.layouts(features, where) } -> std::same_as<layout_source>;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "layout_source.ipp"
#endif
