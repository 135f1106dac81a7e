// SPDX-License-Identifier: MIT
#pragma once

#include "exact_neighbors.hpp"

#include "../core/random.hpp"
#include "detail/bisection_order.hpp"
#include "detail/byte_products.hpp"
#include "detail/permute_rows.hpp"
#include "detail/product_tiles.hpp"

#include <algorithm>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int32_t> exact_neighbors::order_of(const product_form& form,
                                                                     const execution& where) {
    const std::int64_t n = form.rows.rows();
    if (n >= least_ordered_samples)
        return detail::bisection_order(form.rows, detail::leaves_of(n, detail::tile_columns),
                                       random_stream(where.seed(), stream), where)
            .order();
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    return order;
}

TOPOPRUNE_DEFINE detail::candidate_lists
exact_neighbors::offer_bytes(const detail::byte_rows& rows, std::int64_t k, const execution& where) {
    detail::candidate_lists candidates(rows.samples, std::min(rows.samples - 1, 2 * k + byte_spares));
    detail::offer_all_pairs(rows.samples, detail::byte_products{rows}, candidates, where);
    return candidates;
}

TOPOPRUNE_DEFINE detail::candidate_lists exact_neighbors::offer_floats(product_form& form,
                                                                       const std::vector<std::int32_t>& order,
                                                                       std::int64_t width,
                                                                       const execution& where) {
    const std::int64_t n = form.rows.rows();
    std::vector<std::int32_t> places(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        places[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
    detail::candidate_lists candidates(n, width);
    detail::permute_rows(form, order);
    detail::offer_all_pairs(n, detail::float_products{form}, candidates, where);
    detail::permute_rows(form, places);
    return candidates;
}

TOPOPRUNE_DEFINE bool exact_neighbors::may_compare_bytes(std::int64_t n, std::int64_t d) const {
    if (products == candidate_products::float32 || d > detail::byte_rows::most_coordinates ||
        !detail::processor_multiplies_bytes())
        return false;
    return products == candidate_products::int8 || (n >= least_byte_samples && d >= least_byte_features);
}

} // namespace topoprune
