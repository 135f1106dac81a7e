// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/layout.hpp"
#include "detail/reference_layout.hpp"
#include "projection.hpp"

#include <algorithm>
#include <atomic>
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
    [[nodiscard]] int epoch() const {
        return std::visit([](const auto& layout) { return layout.epoch(); }, layout_);
    }
    /// Epochs of the whole run. The step falls linearly over them.
    [[nodiscard]] int epochs() const {
        return std::visit([](const auto& layout) { return layout.epochs(); }, layout_);
    }

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
    [[nodiscard]] matrix<double> positions() const {
        return std::visit([](const auto& layout) { return layout.positions(); }, layout_);
    }
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
    [[nodiscard]] std::vector<embedding> finish_members(std::int64_t first, std::int64_t count,
                                                        const execution& where) const {
        require(first >= 0, "umap_run", "first", first, "at least 0");
        require(count >= 0, "umap_run", "count", count, "at least 0");
        if (count == 1) {
            umap_run run = member(static_cast<std::uint64_t>(first));
            run.finish(where);
            return {run.result()};
        }
        std::vector<embedding> results(static_cast<std::size_t>(count));
        std::atomic<std::int64_t> done = 0;
        where.parallel_for(count, [&](std::int64_t number) {
            umap_run run = member(static_cast<std::uint64_t>(first + number));
            while (run.epoch() < run.epochs()) {
                run.run_epoch(where);
                where.report_progress("ensemble", ++done, count * (epochs() - epoch()));
            }
            results[static_cast<std::size_t>(number)] = run.result();
        });
        return results;
    }

private:
    [[nodiscard]] umap_run member(std::uint64_t number) const {
        return {std::visit([&](const auto& layout) { return any_layout(layout.member(number)); }, layout_),
                notes_};
    }
    void run_epoch(const execution& where) {
        std::visit([&](auto& layout) { layout.run_epoch(where); }, layout_);
    }

    any_layout layout_;
    std::vector<std::string> notes_;
};

} // namespace topoprune
