// SPDX-License-Identifier: MIT
#pragma once

#include "policy_answers.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void require_filter_answer(const filter_result& answer, std::int64_t n,
                                            std::string_view function) {
    const auto none_or_all = [&](std::size_t size, std::string_view what) {
        require(size == 0 || static_cast<std::int64_t>(size) == n, function, what, size,
                "0 or the number of samples,", n);
    };
    require(std::ssize(answer.passes) == n, function, "the number of the filter's flags",
            answer.passes.size(), "the number of samples,", n);
    none_or_all(answer.dropped_by.size(), "the number of samples that the filter gives a reason for");
    none_or_all(answer.least_share.size(), "the number of the filter's least shares");
    none_or_all(answer.graded_by.size(),
                "the number of samples whose least share the filter gives a reason for");
    const std::int64_t names = std::ssize(answer.names);
    for (const auto* places : {&answer.dropped_by, &answer.graded_by})
        for (const std::int32_t place : *places)
            require(place >= -1 && place < names, function,
                    "the place of a filter that the filter's answer names", place,
                    "-1 or a place among its names, of which there are", names);
    for (std::size_t i = 0; i < answer.dropped_by.size(); ++i)
        require(answer.passes[i] != 0 || answer.dropped_by[i] >= 0, function,
                "the filter's reason for dropping a sample", answer.dropped_by[i],
                "a place among its names, of which there are", names);
    for (std::size_t i = 0; i < answer.least_share.size(); ++i) {
        require(!std::isnan(answer.least_share[i]), function, "a least share of the filter",
                answer.least_share[i], "a number");
        if (!answer.graded_by.empty())
            require(answer.least_share[i] <= 0 || answer.graded_by[i] >= 0, function,
                    "the filter's reason for a least share", answer.graded_by[i],
                    "a place among its names, of which there are", names);
    }
}

TOPOPRUNE_DEFINE void require_projection_answer(const embedding& answer, std::int64_t n,
                                                std::string_view function) {
    require(answer.points.rows() == n, function, "the number of rows that the projection made",
            answer.points.rows(), "that of the rows it was given,", n);
    require(answer.points.cols() >= 1 || n == 0, function, "the number of columns that the projection made",
            answer.points.cols(), "at least 1");
    require_finite(matrix_view<const double>(answer.points), function, "the projection");
}

TOPOPRUNE_DEFINE void require_column_answer(std::span<const double> answer, std::int64_t n,
                                            std::string_view role, std::string_view function) {
    const auto of_role = [&](std::string_view what) { return std::string(what).append(role); };
    if (std::ssize(answer) != n)
        require(false, function, of_role("the number of values of the "), answer.size(),
                "the number of samples,", n);
    for (std::size_t i = 0; i < answer.size(); ++i)
        if (!std::isfinite(answer[i]))
            require(false, function, "value " + std::to_string(i) + of_role(" of the "), answer[i], "finite");
}

TOPOPRUNE_DEFINE void require_estimate_answer(const column_estimate& answer, std::int64_t n,
                                              std::int64_t classes, std::string_view function) {
    require_column_answer(answer.values, n, "persistence score", function);
    require(answer.standard_error.empty() || std::ssize(answer.standard_error) == n, function,
            "the number of standard errors of the persistence score", answer.standard_error.size(),
            "0 or the number of samples,", n);
    require(answer.reliability.empty() || std::ssize(answer.reliability) == classes, function,
            "the number of reliabilities of the persistence score", answer.reliability.size(),
            "0 or the number of classes,", classes);
}

TOPOPRUNE_DEFINE void require_selector_answer(const selection& answer, const selection_problem& problem,
                                              std::string_view function) {
    const class_partition& classes = problem.classes;
    const std::int64_t n = classes.samples();
    require(std::ssize(answer.stratum) == n, function, "the number of strata that the selector gave",
            answer.stratum.size(), "the number of samples,", n);
    require(answer.rank.empty() || std::ssize(answer.rank) == n, function,
            "the number of ranks that the selector gave", answer.rank.size(), "0 or the number of samples,",
            n);
    std::vector<std::int64_t> drawn(static_cast<std::size_t>(classes.count()), 0);
    std::int64_t before = -1;
    for (const std::int64_t row : answer.kept) {
        require(row >= 0 && row < n, function, "a row that the selector keeps", row,
                "at least 0 and below the number of samples,", n);
        require(row > before, function, "a row that the selector keeps", row,
                "above the one before it, as rows ascend and none comes twice,", before);
        before = row;
        ++drawn[static_cast<std::size_t>(classes.class_of(row))];
    }
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const auto at = static_cast<std::size_t>(c);
        if (drawn[at] != problem.budgets[at])
            require(false, function,
                    "the number of rows that the selector keeps of class " + std::to_string(classes.label(c)),
                    drawn[at], "its budget,", problem.budgets[at]);
    }
}

} // namespace topoprune::detail
