// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/inner_product.hpp>
#include <topoprune/neighbors/metric.hpp>

#include <string>
#include <variant>

namespace program {

/// The metrics of the library behind one type: a policy chosen at run time that only forwards.
struct any_metric {
    std::variant<topoprune::cosine, topoprune::euclidean, topoprune::correlation, topoprune::inner_product>
        choice;

    [[nodiscard]] topoprune::product_form prepare(topoprune::matrix_view<const float> points,
                                                  const topoprune::execution& where) const {
        return std::visit([&](const auto& metric) { return metric.prepare(points, where); }, choice);
    }
    [[nodiscard]] double to_distance(double raw) const {
        return std::visit([&](const auto& metric) { return metric.to_distance(raw); }, choice);
    }
    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return std::visit([&](const auto& metric) { return metric.distance(x, y); }, choice);
    }

    [[nodiscard]] bool compares_directions() const {
        return std::visit([](const auto& metric) { return topoprune::compares_directions(metric); }, choice);
    }
    [[nodiscard]] bool measures_differences() const {
        return std::visit([](const auto& metric) { return topoprune::measures_differences(metric); }, choice);
    }
    [[nodiscard]] bool gives_unrounded_rows() const {
        return std::visit([](const auto& metric) { return topoprune::gives_unrounded_rows(metric); }, choice);
    }
    void write_unrounded_row(std::span<const float> x, std::span<double> row) const {
        std::visit(
            [&]<class Metric>(const Metric& metric) {
                if constexpr (topoprune::GivesUnroundedRows<Metric>)
                    metric.write_unrounded_row(x, row);
            },
            choice);
    }
};

static_assert(topoprune::Metric<any_metric> && topoprune::GivesUnroundedRows<any_metric>);

/// Throws usage_error unless the metric has one of the names cosine, euclidean, correlation, inner-product.
[[nodiscard]] any_metric metric_named(const std::string& name);

} // namespace program
