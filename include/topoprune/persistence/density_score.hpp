// SPDX-License-Identifier: MIT
#pragma once

#include "../density/gaussian_kde.hpp"
#include "score.hpp"

namespace topoprune {

/// The density score of TopoCore (section 2.3): the log density of a sample among its own class. High: the
/// sample is typical of its class; low: it is rare.
/// Cost: that of the density, class by class, in parallel.
template <class D = gaussian_kde>
struct density_score {
    static_assert(
        Density<D>,
        "density_score: density must model Density: log_density(points, execution) and add_pull_back const");

    D density{};

    /// n natural logarithms.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "density", where, [&](matrix_view<const double> points) {
            return density.log_density(points, where);
        });
    }
};

static_assert(Score<density_score<>>);

} // namespace topoprune
