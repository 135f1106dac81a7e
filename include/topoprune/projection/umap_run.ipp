// SPDX-License-Identifier: MIT
#pragma once

#include "umap_run.hpp"

#include <atomic>

namespace topoprune {

TOPOPRUNE_DEFINE int umap_run::epoch() const {
    return std::visit([](const auto& layout) { return layout.epoch(); }, layout_);
}

TOPOPRUNE_DEFINE int umap_run::epochs() const {
    return std::visit([](const auto& layout) { return layout.epochs(); }, layout_);
}

TOPOPRUNE_DEFINE matrix<double> umap_run::positions() const {
    return std::visit([](const auto& layout) { return layout.positions(); }, layout_);
}

TOPOPRUNE_DEFINE std::vector<embedding> umap_run::finish_members(std::int64_t first, std::int64_t count,
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

TOPOPRUNE_DEFINE umap_run umap_run::member(std::uint64_t number) const {
    return {std::visit([&](const auto& layout) { return any_layout(layout.member(number)); }, layout_),
            notes_};
}

TOPOPRUNE_DEFINE void umap_run::run_epoch(const execution& where) {
    std::visit([&](auto& layout) { layout.run_epoch(where); }, layout_);
}

} // namespace topoprune
