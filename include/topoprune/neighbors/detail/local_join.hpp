// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../metric.hpp"
#include "bisection_order.hpp"
#include "link_lists.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// "A neighbor of a neighbor is likely to be a neighbor" (Dong, Moses, Li 2011), in a form where each sample
/// only writes its own list: it looks at who is two links away in a snapshot of the links.
namespace topoprune::detail {

/// A snapshot of the links between samples, both ways: those whom a sample lists and those who list it, the
/// nearest `width` of them, none twice. Entries are those of link_lists. 4 (width + 1) bytes a sample.
class link_table {
public:
    /// While it is made, 8 lists.width() bytes a sample more.
    TOPOPRUNE_DECLARE link_table(const link_lists& lists, std::int64_t samples, std::int64_t width,
                                 const execution& where);

    [[nodiscard]] std::span<const std::int32_t> entries_of(std::int64_t sample) const {
        const auto at = static_cast<std::size_t>(sample);
        return {entries_.data() + at * width_, static_cast<std::size_t>(counts_[at])};
    }

private:
    TOPOPRUNE_DECLARE static std::vector<std::int64_t>
    count_listings(const link_lists& lists, std::int64_t samples, const execution& where);

    /// The two directions of one link may differ in the last bit of their value; they are compared by id.
    TOPOPRUNE_DECLARE void write(std::int64_t sample, std::vector<projected_sample>& both);

    std::size_t width_;
    std::vector<std::int32_t> counts_;
    std::vector<std::int32_t> entries_;
};

/// One round for samples [begin, end): everyone two links away, of which at least one is fresh, is compared.
/// Keeps a bit for every sample.
class local_join {
public:
    local_join(const product_form& form, const link_table& links, link_lists& lists)
        : form_(form), links_(links), lists_(lists),
          seen_(static_cast<std::size_t>((form.rows.rows() + 63) / 64), 0) {}

    TOPOPRUNE_DECLARE void join(std::int64_t sample);

private:
    /// Whether `id` is met for the first time.
    TOPOPRUNE_DECLARE [[nodiscard]] bool meet(std::int32_t id);

    TOPOPRUNE_DECLARE void collect(std::int64_t sample);

    TOPOPRUNE_DECLARE void compare(std::int64_t sample);

    const product_form& form_;
    const link_table& links_;
    link_lists& lists_;
    std::vector<std::uint64_t> seen_;
    std::vector<std::int32_t> met_;
    std::size_t known_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "local_join.ipp"
#endif
