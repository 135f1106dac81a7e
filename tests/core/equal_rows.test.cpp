// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/equal_rows.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

using namespace topoprune;

namespace {

/// The groups of a map from row to numbers, which sorts by the same order.
template <class T, class Index>
void check_groups(const matrix<T>& rows) {
    std::map<std::vector<T>, std::vector<Index>> expected;
    for (Eigen::Index i = 0; i < rows.rows(); ++i)
        expected[std::vector<T>(rows.row(i).begin(), rows.row(i).end())].push_back(static_cast<Index>(i));
    const detail::equal_rows<T, Index> groups{matrix_view<const T>(rows)};
    REQUIRE(groups.count() == expected.size());
    std::size_t group = 0;
    for (const auto& [row, numbers] : expected) {
        CHECK(std::ranges::equal(groups.members(group), numbers));
        CHECK(groups.first(group) == numbers.front());
        ++group;
    }
}

template <class T>
matrix<T> few_values(std::int64_t n, std::int64_t d, std::uint64_t values) {
    const random_stream random(7, 0);
    matrix<T> rows(n, d);
    for (std::int64_t i = 0; i < n * d; ++i)
        rows.data()[i] = static_cast<T>(random.below(static_cast<std::uint64_t>(i), values)) - T{1};
    return rows;
}

} // namespace

TEST_CASE("equal rows are gathered, ascending by row and by number") {
    for (const std::int64_t n : {0, 1, 2, 40, 500})
        for (const std::int64_t d : {1, 2, 3}) {
            check_groups<float, std::int32_t>(few_values<float>(n, d, 3));
            check_groups<double, std::int64_t>(few_values<double>(n, d, 5));
        }
    check_groups<double, std::int64_t>(few_values<double>(60, 2, 1'000'000));
}

TEST_CASE("rows without features, and zeros of either sign, are equal") {
    const matrix<double> nothing(5, 0);
    CHECK(detail::equal_rows<double, std::int64_t>(nothing).members(0).size() == 5);
    matrix<double> zeros(3, 2);
    zeros << 0.0, 1.0, -0.0, 1.0, 0.0, 2.0;
    const detail::equal_rows<double, std::int64_t> groups{matrix_view<const double>(zeros)};
    REQUIRE(groups.count() == 2);
    CHECK(std::ranges::equal(groups.members(0), std::vector<std::int64_t>{0, 1}));
}
