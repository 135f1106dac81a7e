// SPDX-License-Identifier: MIT
#pragma once

/// topoprune: chooses which samples of a labelled dataset to train on, by topology. This header brings the
/// whole library but for the readers and writers of files (topoprune/io) and the report (topoprune/report),
/// which link against more, and the adapters of other
/// libraries (topoprune/adapters).

#include "core/version.hpp"

#include "core/class_partition.hpp"
#include "core/dataset.hpp"
#include "core/execution.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"

#include "filter/filter.hpp"
#include "filter/misclassified.hpp"

#include "neighbors/adaptive_neighbors.hpp"
#include "neighbors/correlation.hpp"
#include "neighbors/exact_neighbors.hpp"
#include "neighbors/inner_product.hpp"
#include "neighbors/kd_tree_neighbors.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/neighbor_graph.hpp"
#include "neighbors/neighbor_search.hpp"
#include "neighbors/nn_descent.hpp"
#include "neighbors/precomputed_neighbors.hpp"

#include "projection/identity.hpp"
#include "projection/layout_source.hpp"
#include "projection/local_map.hpp"
#include "projection/pacmap.hpp"
#include "projection/pca.hpp"
#include "projection/projection.hpp"
#include "projection/tsne.hpp"
#include "projection/umap.hpp"

#include "density/bandwidth.hpp"
#include "density/density.hpp"
#include "density/distance_to_measure.hpp"
#include "density/exponential_kde.hpp"
#include "density/gaussian_kde.hpp"
#include "density/given_values.hpp"
#include "density/knn_density.hpp"

#include "filtration/bifiltered_complex.hpp"
#include "filtration/density_bifiltration.hpp"
#include "filtration/density_slice.hpp"
#include "filtration/filtration.hpp"
#include "filtration/function_delaunay.hpp"
#include "filtration/graded_complex.hpp"
#include "filtration/planar_complex.hpp"
#include "filtration/rips.hpp"
#include "filtration/rips_graph.hpp"
#include "filtration/weak_delaunay.hpp"

#include "homology/barcode.hpp"
#include "homology/bifiltered_signed_measure.hpp"
#include "homology/gaussian_smoothing.hpp"
#include "homology/grade_grid.hpp"
#include "homology/graded_signed_measure.hpp"
#include "homology/hilbert_function.hpp"
#include "homology/hilbert_signed_measure.hpp"
#include "homology/planar_signed_measure.hpp"
#include "homology/rips_barcode.hpp"
#include "homology/signed_measure.hpp"

#include "transport/bar_matching.hpp"
#include "transport/difference.hpp"
#include "transport/exact_transport.hpp"
#include "transport/ground_norm.hpp"
#include "transport/row_transport.hpp"
#include "transport/sinkhorn_transport.hpp"
#include "transport/sliced_transport.hpp"
#include "transport/transport.hpp"

#include "loss/signed_measure_norm.hpp"
#include "loss/signed_measure_transport.hpp"
#include "loss/sum_of_losses.hpp"
#include "loss/topological_loss.hpp"
#include "loss/total_persistence.hpp"
#include "loss/wasserstein_to.hpp"

#include "optimize/adam.hpp"
#include "optimize/gradient_ascent.hpp"
#include "optimize/optimizer.hpp"

#include "score/column_estimate.hpp"
#include "score/combiner.hpp"
#include "score/density_score.hpp"
#include "score/gradient_norm.hpp"
#include "score/normalization.hpp"
#include "score/pair_persistence.hpp"
#include "score/persistence_score.hpp"
#include "score/rank_correlation.hpp"
#include "score/score.hpp"
#include "score/split_halves.hpp"
#include "score/stable_persistence_score.hpp"

#include "select/budget.hpp"
#include "select/selector.hpp"
#include "select/stratified.hpp"
#include "select/subset.hpp"

#include "pipeline/pruner.hpp"
#include "pipeline/pruning.hpp"
