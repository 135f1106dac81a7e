// SPDX-License-Identifier: MIT
#pragma once

#include "nn_descent.hpp"

#include "../core/random.hpp"
#include "detail/bisection_order.hpp"
#include "detail/leaf_products.hpp"
#include "detail/local_join.hpp"
#include "detail/permute_rows.hpp"

#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int32_t> nn_descent::compare_in_leaves(product_form& form,
                                                                         std::int64_t leaf,
                                                                         detail::link_lists& lists,
                                                                         const execution& where) const {
    const std::int64_t total = trees_for(form.rows.rows());
    const random_stream random(where.seed(), stream);
    const detail::even_parts leaves = detail::leaves_of(form.rows.rows(), leaf);
    std::vector<std::int32_t> ids, order;
    for (std::int64_t tree = 0; tree < total; ++tree) {
        where.report_progress("neighbors", tree, total + rounds);
        order =
            detail::bisection_order(form.rows, leaves, random.child(static_cast<std::uint64_t>(tree)), where)
                .order();
        if (tree == 0) {
            detail::permute_rows(form, order);
            ids = order;
            std::iota(order.begin(), order.end(), 0);
        }
        // A sample is in one leaf of a tree: tasks write to lists of their own.
        where.parallel_ranges(leaves.count(), 4, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            detail::leaf_products products(form, lists);
            for (std::int64_t part = begin; part < end; ++part)
                products.offer_pairs(std::span<const std::int32_t>(order.data() + leaves.begin(part),
                                                                   order.data() + leaves.end(part)));
        });
    }
    return ids;
}

TOPOPRUNE_DEFINE void nn_descent::descend(const product_form& form, detail::link_lists& lists,
                                          const execution& where) const {
    const std::int64_t n = form.rows.rows(), total = trees_for(n) + rounds;
    for (std::int64_t round = 0; round < rounds && lists.any_fresh(); ++round) {
        where.report_progress("neighbors", total - rounds + round, total);
        const detail::link_table table(lists, n, links, where);
        lists.mark_joined(where);
        // Each task clears a bit for every sample once: the number of tasks must not grow with n.
        const std::int64_t grain = std::max<std::int64_t>(256, (n + 1023) / 1024);
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            detail::local_join join(form, table, lists);
            for (std::int64_t i = begin; i < end; ++i) {
                if (i % 256 == 0)
                    where.check_interruption();
                join.join(i);
            }
        });
    }
    where.report_progress("neighbors", total, total);
}

} // namespace topoprune
