// SPDX-License-Identifier: MIT
#pragma once

#include "subset_quality.hpp"

#include "../core/dataset.hpp"
#include "kept_agreement.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int64_t> strata_of_classes(const class_partition& classes,
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

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE subset_quality evaluate_subset(const quality_input& input,
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
