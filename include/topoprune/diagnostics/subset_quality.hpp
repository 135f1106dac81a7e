// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/dataset.hpp"
#include "barcode_change.hpp"
#include "coverage_radius.hpp"
#include "energy_distance.hpp"
#include "group_histogram.hpp"
#include "kept_agreement.hpp"
#include "kernel_discrepancy.hpp"
#include "label_noise.hpp"
#include "sliced_wasserstein.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// What a kept set is held against: the samples it was taken from, and what else is known of them.
struct quality_input {
    /// n x d.
    matrix_view<const float> features{};
    /// n class labels, those that the selection saw.
    std::span<const std::int64_t> labels{};
    /// n labels that are right; empty if they are not known.
    std::span<const std::int64_t> true_labels{};
    /// n strata, numbered within each class; empty if there are none.
    std::span<const std::int64_t> strata{};
    /// n x 2 points of an embedding, for barcodes; empty if there is none.
    matrix_view<const double> points{};
};

/// What of the quality is estimated, and how finely.
struct quality_options {
    energy_distance energy{};
    sliced_wasserstein transport{};
    kernel_discrepancy kernel{};
};

/// How well a kept set stands for all samples, told without training. Every quantity is 0 at best but the
/// label noise, which is best at 0 whatever it is among all samples.
struct subset_quality {
    std::int64_t samples = 0;
    std::int64_t kept = 0;
    subset_coverage coverage{};
    distance_estimate energy{};
    distance_estimate transport{};
    distance_estimate kernel{};
    group_histogram classes{};
    /// Groups are the strata of all classes, numbered by class, then stratum.
    std::optional<group_histogram> strata{};
    std::optional<label_noise> noise{};
    /// Of every class, in degree 0 and 1; empty without points.
    std::vector<std::vector<barcode_change>> barcodes{};
};

namespace detail {

/// One number for each pair (class, stratum) that occurs, ascending by class, then stratum.
[[nodiscard]] inline std::vector<std::int64_t> strata_of_classes(const class_partition& classes,
                                                                 std::span<const std::int64_t> strata) {
    std::vector<std::int64_t> result(strata.size());
    std::int64_t first = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::vector<std::int64_t> of_class;
        for (const std::int64_t i : classes.members(c))
            of_class.push_back(strata[static_cast<std::size_t>(i)]);
        const class_partition parts(of_class);
        for (std::size_t i = 0; i < of_class.size(); ++i)
            result[static_cast<std::size_t>(classes.members(c)[i])] =
                first + parts.class_of(static_cast<std::int64_t>(i));
        first += parts.count();
    }
    return result;
}

} // namespace detail

/// All quantities of this folder for one kept set: coverage radius, energy distance, sliced Wasserstein
/// distance, maximum mean discrepancy, histograms of classes and strata, label noise, and the change of the
/// barcodes of an embedding. Distances are Euclidean. kept: row numbers, at least one, none twice.
/// Throws std::invalid_argument otherwise, or if an input is of another number of samples. Cost: the sum of
/// theirs.
[[nodiscard]] inline subset_quality evaluate_subset(const quality_input& input,
                                                    std::span<const std::int64_t> kept,
                                                    const quality_options& options, const execution& where) {
    const std::int64_t n = input.features.rows();
    const auto require_rows = [n](const char* argument, std::int64_t rows, bool optional) {
        require(rows == n || (optional && rows == 0), "evaluate_subset", argument, rows,
                "the number of samples,", n);
    };
    require_rows("the number of labels", std::ssize(input.labels), false);
    require_rows("the number of true labels", std::ssize(input.true_labels), true);
    require_rows("the number of strata", std::ssize(input.strata), true);
    require_rows("the number of points", input.points.rows(), true);
    const class_partition classes(input.labels);

    subset_quality result{.samples = n, .kept = std::ssize(kept)};
    constexpr std::int64_t stages = 5;
    where.report_progress("coverage", 0, stages);
    result.coverage = measure_coverage(input.features, classes, kept, euclidean{}, where);
    where.report_progress("energy distance", 1, stages);
    result.energy = options.energy.measure(input.features, kept, where);
    where.report_progress("sliced Wasserstein distance", 2, stages);
    result.transport = options.transport.measure(input.features, kept, where);
    where.report_progress("mean discrepancy", 3, stages);
    result.kernel = options.kernel.measure(input.features, kept, where);
    result.classes = count_groups(input.labels, kept);
    if (!input.strata.empty())
        result.strata = count_groups(detail::strata_of_classes(classes, input.strata), kept);
    if (!input.true_labels.empty())
        result.noise = count_wrong_labels(input.labels, input.true_labels, kept);
    where.report_progress("barcodes", 4, stages);
    if (input.points.rows() > 0)
        for (const int degree : {0, 1})
            result.barcodes.push_back(
                measure_barcode_change(input.points, classes, kept, degree, weak_delaunay{}, where));
    return result;
}

} // namespace topoprune
