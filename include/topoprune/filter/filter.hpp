// SPDX-License-Identifier: MIT
#pragma once

#include "../core/dataset.hpp"
#include "../core/execution.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune {

/// Which samples pass a filter, and a sentence on what it did.
struct filter_result {
    /// n entries, 1 = passes.
    std::vector<std::uint8_t> passes;
    std::string note;
    /// Of several filters one after another, their names, and for each of the n samples the place in `names`
    /// of the first that dropped it, -1 if none did. Both empty if there is but one filter.
    std::vector<std::string> names{};
    std::vector<std::int32_t> dropped_by{};
    /// Of a filter that is stricter where less is kept: n numbers, the kept share of its class from which a
    /// sample that passes does so, and the place in `names` of the filter that says so, -1 for a share of 0.
    /// Empty if the budget makes no difference, and the second also if there is but one filter.
    std::vector<double> least_share{};
    std::vector<std::int32_t> graded_by{};
};

/// Atom of Filter.
template <class F>
concept PassesSamples = requires(const F& policy, const dataset& data, const execution& where) {
    { policy.apply(data, where) } -> std::same_as<filter_result>;
};

/// A type that says which samples may be scored and drawn at all.
/// Semantics: n flags in the order of the samples; constant; the same bits on any number of threads; the note
/// says what was used.
/// Models: misclassified, noise_adapted, score_between, hardest_share, neighbor_vote, confident_learning,
/// exact_duplicates, near_duplicates, semantic_duplicates, given_mask, no_filter, all_filters<Filters...>.
template <class F>
concept Filter = std::copyable<F> && PassesSamples<F>;

/// The name of a filter in reports: `F::name` where it has one.
template <Filter F>
[[nodiscard]] constexpr std::string_view filter_name() {
    if constexpr (requires { std::string_view(F::name); })
        return F::name;
    else
        return "filter";
}

/// Lets every sample pass.
struct no_filter {
    static constexpr std::string_view name = "no filter";

    [[nodiscard]] filter_result apply(const dataset& data, const execution&) const {
        return {std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples()), 1),
                "no filter was asked for"};
    }
};

static_assert(Filter<no_filter>);

/// The mask of somebody else: n flags, 1 = passes.
struct given_mask {
    static constexpr std::string_view name = "given mask";

    std::vector<std::uint8_t> passes;

    [[nodiscard]] filter_result apply(const dataset& data, const execution&) const {
        require(std::ssize(passes) == data.samples(), "given_mask", "the size of the mask", passes.size(),
                "the number of samples,", data.samples());
        return {passes, "samples were filtered by a given mask"};
    }
};

static_assert(Filter<given_mask>);

} // namespace topoprune
