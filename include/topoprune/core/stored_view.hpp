// SPDX-License-Identifier: MIT
#pragma once

#include "lifetime.hpp"
#include "matrix.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace topoprune {

namespace detail {

/// A container of the standard library or one like it. What Eigen has, OwnsNumbers judges.
template <class C>
concept OwnsElements = requires(C& container) {
    *container.begin();
    container.size();
    requires !std::ranges::enable_borrowed_range<C>;
    requires !requires { typename C::PlainObject; };
};

} // namespace detail

/// A temporary that ends with its statement and takes the numbers with it that a view would look at: a matrix
/// or a vector that a function has just returned. A view that a function returns is none.
template <class Source>
concept OwningTemporary =
    !std::is_lvalue_reference_v<Source> &&
    (OwnsNumbers<std::remove_cvref_t<Source>> || detail::OwnsElements<std::remove_cvref_t<Source>>);

/// A view as a member of a structure that is filled in one statement and read in another: a matrix_view or a
/// std::span that refuses an owning temporary.
///
///     dataset data{.features = load()};   // refused: the features would be freed before `data` is used
///     const auto features = load();
///     dataset data{.features = features};
///
/// In all else it is the view that it is derived from. Structures that are made for one call, as
/// selection_problem, hold plain views.
template <class View>
class TOPOPRUNE_IS_VIEW stored_view : public View {
public:
    stored_view() = default;
    stored_view(View view) : View(view) {}

    template <class Source>
        requires(std::convertible_to<Source, View> && !OwningTemporary<Source> &&
                 !std::derived_from<std::remove_cvref_t<Source>, View>)
    stored_view(Source&& source TOPOPRUNE_LIVES_AS_LONG) : View(std::forward<Source>(source)) {}

    template <class Source>
        requires(std::is_convertible_v<Source, View> && OwningTemporary<Source>)
    stored_view(Source&&) = delete;

    template <class T>
        requires std::constructible_from<View, T*, std::size_t>
    stored_view(T* data, std::size_t size) : View(data, size) {}
    template <class T>
        requires std::constructible_from<View, T*, std::int64_t, std::int64_t>
    stored_view(T* data, std::int64_t rows, std::int64_t columns) : View(data, rows, columns) {}
};

} // namespace topoprune

template <class View>
inline constexpr bool std::ranges::enable_borrowed_range<topoprune::stored_view<View>> = true;
