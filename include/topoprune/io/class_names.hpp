// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// What the classes are called. The library computes with 64-bit integers; what a person reads and writes are
/// the labels as they stood in the file. Either the labels are numbers, then each class has its number for a
/// label, and is called by it; or they are names, then a class has the place of its name among all names,
/// ascending by bytes, for a label.
class class_names {
public:
    /// Integers, called by their digits.
    class_names() = default;

    /// Names, ascending by bytes, none twice: label c is called sorted[c].
    TOPOPRUNE_DECLARE explicit class_names(std::vector<std::string> sorted);

    /// Numbers, some of which are written otherwise than by their digits alone: 1.0, 007, True.
    explicit class_names(std::map<std::int64_t, std::string> written) : written_(std::move(written)) {}

    /// True for names, false for numbers however they are written.
    [[nodiscard]] bool are_names() const { return !names_.empty(); }

    /// True if every class is called by the digits of its label.
    [[nodiscard]] bool are_plain() const { return names_.empty() && written_.empty(); }

    /// The names; empty for numbers.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

    /// What the class of that label is called.
    TOPOPRUNE_DECLARE [[nodiscard]] std::string of(std::int64_t label) const;

    /// The label of the class that is called so; of numbers, whatever they look like: 1, 1.0, 01. Nothing if
    /// no name, or no whole number, is written so.
    TOPOPRUNE_DECLARE [[nodiscard]] std::optional<std::int64_t> label_of(std::string_view text) const;

private:
    std::vector<std::string> names_;
    std::map<std::int64_t, std::string> written_;
};

/// The whole number that the text writes: digits with a sign or without, or a decimal number without a
/// fraction, at most 2^53 in size, as 1.0 or 3e2. Nothing for any other text.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "class_names.ipp"
#endif
