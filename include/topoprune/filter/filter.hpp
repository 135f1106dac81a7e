// SPDX-License-Identifier: MIT
#pragma once

#include "../core/dataset.hpp"
#include "../core/execution.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

namespace topoprune {

/// Which samples pass a filter, and a sentence on what it did.
struct filter_result {
    /// n entries, 1 = passes.
    std::vector<std::uint8_t> passes;
    std::string note;
};

/// Atom of Filter.
template <class F>
concept PassesSamples = requires(const F& policy, const dataset& data, const execution& where) {
    { policy.apply(data, where) } -> std::same_as<filter_result>;
};

/// A type that says which samples may be scored and drawn at all.
/// Semantics: looks at each sample by itself; constant; the note says what was used.
/// Models: misclassified, no_filter.
template <class F>
concept Filter = std::copyable<F> && PassesSamples<F>;

/// Lets every sample pass.
struct no_filter {
    [[nodiscard]] filter_result apply(const dataset& data, const execution&) const {
        return {std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples()), 1),
                "no filter was asked for"};
    }
};

static_assert(Filter<no_filter>);

} // namespace topoprune
