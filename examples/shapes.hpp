// SPDX-License-Identifier: MIT
// The shapes of shape_matching.cpp and their pictures.
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

/// n points: `at` maps an index and its random numbers to a point.
template <class At>
topoprune::matrix<double> scatter(std::int64_t n, std::int64_t dimensions, std::uint64_t seed, const At& at) {
    topoprune::matrix<double> points(n, dimensions);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto point = at(i, topoprune::random_stream(seed, static_cast<std::uint64_t>(i)));
        for (std::int64_t c = 0; c < dimensions; ++c)
            points(i, c) = point(c);
    }
    return points;
}

inline constexpr double turn = 2 * std::numbers::pi;

struct circle {
    /// Of the center (x, 0).
    double x = 0;
    double radius = 1;

    [[nodiscard]] Eigen::RowVector2d at(double share_of_turn) const {
        return {x + radius * std::cos(turn * share_of_turn), radius * std::sin(turn * share_of_turn)};
    }
};

/// Circles, each with points for its length; or, with a width, normal clusters of that deviation at
/// six places of the first circle.
struct shape {
    std::vector<circle> circles;
    double cluster_width = 0;

    [[nodiscard]] topoprune::matrix<double> draw(std::int64_t n, std::uint64_t seed) const {
        double length = 0;
        for (const circle& one : circles)
            length += one.radius;
        return scatter(n, 2, seed,
                       [&](std::int64_t i, const topoprune::random_stream& random) -> Eigen::RowVector2d {
                           if (cluster_width > 0)
                               return circles[0].at(static_cast<double>(i % 6) / 6) +
                                      cluster_width * Eigen::RowVector2d(random.normal(0), random.normal(1));
                           double place = length * (static_cast<double>(i) + 0.5) / static_cast<double>(n);
                           std::size_t k = 0;
                           while (place > circles[k].radius)
                               place -= circles[k++].radius;
                           return circles[k].at(random.uniform(0));
                       });
    }

    /// From the nearest circle, or the nearest cluster's rim at twice its width.
    [[nodiscard]] double distance(const Eigen::RowVector2d& point) const {
        double nearest = std::numeric_limits<double>::max();
        if (cluster_width > 0) {
            for (int k = 0; k < 6; ++k)
                nearest = std::min(nearest, (point - circles[0].at(k / 6.0)).norm() - 2 * cluster_width);
            return std::max(0.0, nearest);
        }
        for (const circle& one : circles)
            nearest = std::min(nearest, std::abs((point - Eigen::RowVector2d(one.x, 0)).norm() - one.radius));
        return nearest;
    }

    /// The share of points that are further than 0.15 from the shape.
    [[nodiscard]] double share_off(const topoprune::matrix<double>& points) const {
        double off = 0;
        for (Eigen::Index i = 0; i < points.rows(); ++i)
            off += distance(points.row(i)) > 0.15;
        return off / static_cast<double>(points.rows());
    }
};

/// The table and the picture: a row for each task, with the start and what the two fits made of it; the
/// target in grey, the points in color.
class gallery {
public:
    gallery(const std::string& folder, int rows)
        : csv_(folder + "/shape_matching.csv"), svg_(folder + "/shape_matching.svg") {
        csv_ << "task,stage,x,y\n";
        svg_ << "<svg xmlns='http://www.w3.org/2000/svg' width='" << 3 * cell << "' height='"
             << 24 + (cell + 20) * rows
             << "' font-family='sans-serif' font-size='13' text-anchor='middle'>\n"
                "<rect width='100%' height='100%' fill='white'/>\n";
        for (int column = 0; column < 3; ++column)
            text(column, 0, stages[column], "bold");
    }

    ~gallery() { svg_ << "</svg>\n"; }
    gallery(const gallery&) = delete;
    gallery& operator=(const gallery&) = delete;

    void add(const std::string& task, const topoprune::matrix<double>& target,
             const std::vector<topoprune::matrix<double>>& at_stages) {
        const int top = 24 + (cell + 20) * row_++;
        text(1, top, task, "normal");
        for (int column = 0; column < 3; ++column) {
            const topoprune::matrix<double>& points = at_stages[static_cast<std::size_t>(column)];
            svg_ << "<svg x='" << cell * column << "' y='" << top + 20 << "' width='" << cell << "' height='"
                 << cell << "' viewBox='-1.7 -1.7 3.4 3.4'>\n";
            dots(target, "r='0.045' fill='#d8d8d8'");
            dots(points, "r='0.022' fill='#1f5fa8'");
            svg_ << "</svg>\n";
            for (Eigen::Index i = 0; i < points.rows(); ++i)
                csv_ << '"' << task << "\"," << stages[column] << ',' << points(i, 0) << ',' << points(i, 1)
                     << '\n';
        }
    }

private:
    static constexpr int cell = 200;
    static constexpr const char* stages[3] = {"start", "main loss", "with regularizer"};

    void text(int column, int top, const std::string& words, const char* weight) {
        svg_ << "<text x='" << cell / 2 + cell * column << "' y='" << top + 17 << "' font-weight='" << weight
             << "'>" << words << "</text>\n";
    }

    void dots(const topoprune::matrix<double>& points, const char* look) {
        for (Eigen::Index i = 0; i < points.rows(); ++i)
            svg_ << "<circle cx='" << points(i, 0) << "' cy='" << -points(i, 1) << "' " << look << "/>\n";
    }

    std::ofstream csv_;
    std::ofstream svg_;
    int row_ = 0;
};
