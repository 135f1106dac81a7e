// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../core/stored_view.hpp"
#include "barcode_change.hpp"
#include "coverage_radius.hpp"
#include "energy_distance.hpp"
#include "group_histogram.hpp"
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
    stored_view<matrix_view<const float>> features{};
    /// n class labels, those that the selection saw.
    stored_view<std::span<const std::int64_t>> labels{};
    /// n labels that are right; empty if they are not known.
    stored_view<std::span<const std::int64_t>> true_labels{};
    /// n strata, numbered within each class; empty if there are none.
    stored_view<std::span<const std::int64_t>> strata{};
    /// n x 2 points of an embedding, for barcodes; empty if there is none.
    stored_view<matrix_view<const double>> points{};
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
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
strata_of_classes(const class_partition& classes, std::span<const std::int64_t> strata);

} // namespace detail

/// All quantities of this folder for one kept set: coverage radius, energy distance, sliced Wasserstein
/// distance, maximum mean discrepancy, histograms of classes and strata, label noise, and the change of the
/// barcodes of an embedding. Distances are Euclidean. kept: row numbers, at least one, none twice.
/// Throws std::invalid_argument otherwise, or if an input is of another number of samples. Cost: the sum of
/// theirs.
TOPOPRUNE_DECLARE [[nodiscard]] subset_quality evaluate_subset(const quality_input& input,
                                                               std::span<const std::int64_t> kept,
                                                               const quality_options& options,
                                                               const execution& where);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "subset_quality.ipp"
#endif
