// SPDX-License-Identifier: MIT
#include <topoprune/core/dataset.hpp>
#include <topoprune/core/stored_view.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

using namespace topoprune;

namespace {

using stored_features = stored_view<matrix_view<const float>>;
using stored_labels = stored_view<std::span<const std::int64_t>>;

template <class From, class To>
constexpr bool goes_to = std::is_convertible_v<From, To>;

} // namespace

// What has a name, and what owns nothing, is stored; what ends with its statement is not.
static_assert(goes_to<const matrix<float>&, stored_features> && goes_to<matrix<float>&, stored_features>);
static_assert(goes_to<Eigen::Map<const matrix<float>>, stored_features>);
static_assert(goes_to<matrix_view<float>, stored_features> && goes_to<stored_features, stored_features>);
static_assert(goes_to<decltype(std::declval<matrix<float>&>().topRows(1)), stored_features>);
static_assert(!goes_to<matrix<float>, stored_features> && !goes_to<const matrix<float>, stored_features>);
static_assert(!goes_to<Eigen::Ref<const matrix<float>>, stored_features>);
static_assert(!goes_to<const Eigen::MatrixXf&, stored_features>);
static_assert(goes_to<const std::vector<std::int64_t>&, stored_labels>);
static_assert(goes_to<std::span<std::int64_t>, stored_labels>);
static_assert(goes_to<const std::array<std::int64_t, 2>&, stored_labels>);
static_assert(!goes_to<std::vector<std::int64_t>, stored_labels>);
static_assert(!goes_to<const std::vector<std::int64_t>, stored_labels>);
static_assert(!goes_to<std::array<std::int64_t, 2>, stored_labels>);
// A parameter may look at what lives as long as the call; a view that stays may not.
static_assert(goes_to<matrix<float>, matrix_view<const float>>);
static_assert(!std::is_constructible_v<matrix_view<const float>, matrix<float>>);
static_assert(!std::is_assignable_v<matrix_view<const float>&, matrix<float>>);
static_assert(std::is_assignable_v<matrix_view<const float>&, const matrix<float>&>);
// And back: it is the view that it is derived from.
static_assert(goes_to<stored_labels, std::span<const std::int64_t>>);
static_assert(goes_to<const stored_features&, matrix_view<const float>>);

TEST_CASE("a stored view shows what it was made from, in every way that a view can be made") {
    const matrix<float> features{{1, 2, 3}, {4, 5, 6}};
    const std::vector<std::int64_t> labels{7, 8, 9};
    const std::array<std::int64_t, 2> pair{1, 2};

    dataset data{.features = features, .labels = labels};
    CHECK(data.features.data() == features.data());
    CHECK(data.features(1, 2) == 6);
    CHECK(data.labels.size() == 3);
    CHECK(data.samples() == 2);
    data.features = features.topRows(1);
    CHECK(data.features.rows() == 1);
    data.labels = std::span(labels).last(1);
    CHECK(data.labels.front() == 9);
    data.labels = pair;
    CHECK(data.labels.data() == pair.data());
    const dataset by_pointer{{features.data(), 3, 2}, {labels.data(), 2}};
    CHECK(by_pointer.features(2, 1) == 6);
    CHECK(by_pointer.labels.size() == 2);
    const std::span<const std::int64_t> again = by_pointer.labels;
    CHECK(again.data() == labels.data());
    CHECK(dataset{}.labels.empty());
}
