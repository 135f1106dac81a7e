// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"

#include <cstddef>
#include <span>

namespace topoprune::detail {

/// A sum of exponentials and its first moments: what the entropy of a Gaussian neighborhood is made of.
struct gaussian_moments {
    double sum = 0;  // sum_j exp(-beta s_j)
    double mean = 0; // of s_j under these weights
    double variance = 0;
};

/// Writes exp(-beta s_j) to `weights`, where s_j >= 0 is how much the squared distance of neighbor j exceeds
/// that of the first.
TOPOPRUNE_DECLARE [[nodiscard]] gaussian_moments weigh_neighbors(std::span<const double> excess, double beta,
                                                                 std::span<double> weights);

/// The probabilities p_j proportional to exp(-beta d_j^2) whose entropy is log(perplexity) (van der Maaten,
/// Hinton 2008, eq. 1), so that a sample has about `perplexity` effective neighbors. Returns beta.
///
/// distances: ascending. perplexity: in [1, number of neighbors]. The entropy falls in log(beta); its root is
/// found by Newton's steps inside a shrinking bracket to 1e-9. Where no beta reaches it, the nearest end is
/// taken: with more ties at the nearest distance than the perplexity allows, these share everything.
///
/// room: as long as distances, any content.
TOPOPRUNE_DECLARE double fit_perplexity(std::span<const float> distances, double perplexity,
                                        std::span<double> room, std::span<double> probabilities);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "perplexity.ipp"
#endif
