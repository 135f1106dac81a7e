// SPDX-License-Identifier: MIT
#pragma once

#include "nearest_places.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE point_places::point_places(matrix_view<const double> points)
    : dimensions_(static_cast<std::size_t>(points.columns())), groups_(points) {
    const double largest = points.empty() ? 0.0 : points.eigen().cwiseAbs().maxCoeff();
    if (largest > 0)
        unit_exponent_ = std::ilogb(largest) + 1;
    for (std::size_t place = 0; place < count(); ++place)
        for (const double coordinate : points.row(groups_.first(place)))
            coordinates_.push_back(std::ldexp(coordinate, -unit_exponent_));
}

TOPOPRUNE_DEFINE double point_places::distance(std::size_t a, std::size_t b) const {
    const auto x = coordinates(a), y = coordinates(b);
    double largest = 0;
    for (std::size_t k = 0; k < dimensions_; ++k)
        largest = std::max(largest, std::abs(x[k] - y[k]));
    if (largest == 0)
        return 0;
    double square = 0;
    for (std::size_t k = 0; k < dimensions_; ++k)
        square += (x[k] - y[k]) / largest * ((x[k] - y[k]) / largest);
    return largest * std::sqrt(square);
}

TOPOPRUNE_DEFINE bool nearest_places::addPoint(double, std::size_t place) {
    const near_place offered{places_.distance(center_, place), place};
    found_.insert(std::upper_bound(found_.begin(), found_.end(), offered), offered);
    held_ += std::ssize(places_.members(place));
    while (held_ - std::ssize(places_.members(found_.back().place)) >= points_) {
        held_ -= std::ssize(places_.members(found_.back().place));
        found_.pop_back();
    }
    return true;
}

TOPOPRUNE_DEFINE double nearest_places::worstDist() const {
    if (found_.empty() || !full())
        return std::numeric_limits<double>::max();
    const double last = found_.back().distance;
    return std::max(last * last * (1 + 1e-12), 1e-300);
}

TOPOPRUNE_DEFINE void add_pull(matrix_view<const double> points, std::int64_t i, std::int64_t j,
                               double weight, double distance, matrix_view<double> gradient) {
    for (std::int64_t c = 0; c < points.columns(); ++c) {
        const double along = weight * ((points(i, c) - points(j, c)) / distance);
        gradient(i, c) -= along;
        gradient(j, c) += along;
    }
}

} // namespace topoprune::detail
