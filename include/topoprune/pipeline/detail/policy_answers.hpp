// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../filter/filter.hpp"
#include "../../persistence/column_estimate.hpp"
#include "../../projection/projection.hpp"
#include "../../select/selector.hpp"

#include <cstdint>
#include <span>
#include <string_view>

/// What the pipeline makes sure of before it uses what a policy answered, which may be anybody's. All of it
/// takes O(n) and throws std::invalid_argument that names the policy by its role.
namespace topoprune::detail {

/// n flags, and all else that the result holds of n samples; every filter that is named by a place is there.
TOPOPRUNE_DECLARE void require_filter_answer(const filter_result& answer, std::int64_t n,
                                             std::string_view function);

/// n rows of one or more finite coordinates.
TOPOPRUNE_DECLARE void require_projection_answer(const embedding& answer, std::int64_t n,
                                                 std::string_view function);

/// n finite numbers of the policy that is called `role`.
TOPOPRUNE_DECLARE void require_column_answer(std::span<const double> answer, std::int64_t n,
                                             std::string_view role, std::string_view function);

/// n finite numbers, n standard errors or none, and a reliability for each class or none.
TOPOPRUNE_DECLARE void require_estimate_answer(const column_estimate& answer, std::int64_t n,
                                               std::int64_t classes, std::string_view function);

/// Rows that ascend within [0, n), of each class as many as its budget; a stratum of every sample; places in
/// the draw of all samples or of none.
TOPOPRUNE_DECLARE void require_selector_answer(const selection& answer, const selection_problem& problem,
                                               std::string_view function);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "policy_answers.ipp"
#endif
