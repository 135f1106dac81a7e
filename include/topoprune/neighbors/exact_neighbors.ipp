// SPDX-License-Identifier: MIT
#pragma once

#include "exact_neighbors.hpp"

#include "../core/random.hpp"
#include "detail/all_pairs.hpp"
#include "detail/bisection_order.hpp"
#include "detail/byte_pilot.hpp"
#include "detail/byte_products.hpp"
#include "detail/byte_rows.hpp"
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

TOPOPRUNE_DEFINE detail::candidate_lists exact_neighbors::offer_all(product_form& form,
                                                                    const std::vector<std::int32_t>& order,
                                                                    std::int64_t k,
                                                                    const execution& where) const {
    const std::int64_t n = form.rows.rows();
    if (may_compare_bytes(n, form.rows.cols())) {
        const std::int64_t width = std::min(n - 1, 2 * k + byte_spares);
        const detail::byte_rows rows = detail::quantize_rows(form, order, where);
        if (products == candidate_products::int8 ||
            detail::bytes_resolve(form, rows, order, k, width, where)) {
            detail::candidate_lists candidates(n, width);
            detail::offer_all_pairs(n, detail::byte_products{rows}, candidates, where);
            return candidates;
        }
    }
    std::vector<std::int32_t> places(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        places[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
    detail::candidate_lists candidates(n, std::min(n - 1, k + float_spares));
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
