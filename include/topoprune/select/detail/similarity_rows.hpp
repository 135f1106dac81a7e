// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Similarities (1 + cos) / 2 in [0, 1] of the samples of one class, a row at a time, computed when asked
/// for. 4 d bytes a sample.
class similarity_rows {
public:
    similarity_rows(matrix_view<const float> features, std::span<const std::int64_t> members)
        : rows_(gather_rows<float>(features, members)) {
        for (Eigen::Index i = 0; i < rows_.rows(); ++i) {
            const double norm = rows_.row(i).cast<double>().norm();
            if (norm > 0)
                rows_.row(i) = (rows_.row(i).cast<double>() / norm).cast<float>();
        }
    }

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rows_.rows()); }

    /// to[i] = the similarity of j and i, n of them. The same number for (i, j) as for (j, i).
    void to_all(std::size_t j, std::vector<float>& to) const {
        const auto own = rows_.row(static_cast<Eigen::Index>(j));
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = std::clamp(0.5F + 0.5F * rows_.row(static_cast<Eigen::Index>(i)).dot(own), 0.0F, 1.0F);
    }

    /// The sum over i of the similarities of each j to i, in O(n d): linear in the sum of the rows.
    [[nodiscard]] std::vector<double> sums() const {
        const Eigen::RowVectorXd total = rows_.cast<double>().colwise().sum();
        std::vector<double> result;
        for (Eigen::Index j = 0; j < rows_.rows(); ++j)
            result.push_back(0.5 * static_cast<double>(rows_.rows()) +
                             0.5 * rows_.row(j).cast<double>().dot(total));
        return result;
    }

private:
    matrix<float> rows_;
};

} // namespace topoprune::detail
