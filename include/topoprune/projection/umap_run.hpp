// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/umap/layout.hpp"
#include "detail/umap/reference_layout.hpp"
#include "projection.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace topoprune {

/// A umap layout on its way, as umap::start gives it: look at it, run some epochs, look again. Advancing in
/// parts gives the bits of advancing at once. A copy goes on by itself; copies share the graph.
class umap_run {
public:
    using any_layout = std::variant<detail::layout, detail::reference_layout>;

    umap_run(any_layout layout, std::vector<std::string> notes)
        : layout_(std::move(layout)), notes_(std::move(notes)) {}

    /// Epochs done.
    TOPOPRUNE_DECLARE [[nodiscard]] int epoch() const;
    /// Epochs of the whole run. The step falls linearly over them.
    TOPOPRUNE_DECLARE [[nodiscard]] int epochs() const;

    /// Runs `count` >= 0 more epochs, but none beyond epochs(), and calls each_epoch(*this) after each.
    template <std::invocable<const umap_run&> EachEpoch>
    void advance(int count, const execution& where, EachEpoch&& each_epoch) {
        require(count >= 0, "umap_run", "count", count, "at least 0");
        const int last = epoch() + std::min(count, epochs() - epoch());
        while (epoch() < last) {
            where.report_progress("layout", epoch(), epochs());
            run_epoch(where);
            each_epoch(std::as_const(*this));
        }
        if (epoch() == epochs())
            where.report_progress("layout", epoch(), epochs());
    }
    void advance(int count, const execution& where) {
        advance(count, where, [](const umap_run&) {});
    }

    /// Runs all epochs that are left.
    void finish(const execution& where) { advance(epochs() - epoch(), where); }

    /// n x m, after epoch() epochs.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> positions() const;
    /// The positions with the notes on how they came about.
    [[nodiscard]] embedding result() const { return {.points = positions(), .notes = notes_}; }

    /// As many layouts from here to the end, on random streams of their own; the first is that of this run.
    /// The layouts run side by side, which takes 8 bytes a sample and dimension for each. Their order of
    /// computation does not change a bit.
    [[nodiscard]] std::vector<embedding> finish_ensemble(std::int64_t count, const execution& where) const {
        return finish_members(0, count, where);
    }

    /// The layouts first, ..., first + count - 1 of an ensemble; each has the bits that it has in any other
    /// part of the ensemble.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<embedding>
    finish_members(std::int64_t first, std::int64_t count, const execution& where) const;

private:
    TOPOPRUNE_DECLARE [[nodiscard]] umap_run member(std::uint64_t number) const;
    TOPOPRUNE_DECLARE void run_epoch(const execution& where);

    any_layout layout_;
    std::vector<std::string> notes_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "umap_run.ipp"
#endif
