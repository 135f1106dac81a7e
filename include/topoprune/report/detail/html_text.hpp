// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Text for a page: the same bytes under every locale, and nothing a user wrote is ever taken for markup.
namespace topoprune::detail {

/// The parts one after another.
template <class... Parts>
[[nodiscard]] std::string joined(const Parts&... parts) {
    std::string text;
    (text.append(std::string_view(parts)), ...);
    return text;
}

/// `text` as it may stand in an element or in a quoted attribute. Control characters become spaces.
TOPOPRUNE_DECLARE [[nodiscard]] std::string escaped(std::string_view text);

/// `text` as a JSON string that may stand inside a script element: `<` never appears in it.
TOPOPRUNE_DECLARE [[nodiscard]] std::string json_string(std::string_view text);

/// What stands in place of a number that is NaN, infinite or missing.
inline constexpr std::string_view no_number = "\u2013";

/// `value` with so many decimals; an en dash if it is not finite.
TOPOPRUNE_DECLARE [[nodiscard]] std::string fixed(double value, int decimals);

/// A length in a drawing: one decimal, none where it is zero.
TOPOPRUNE_DECLARE [[nodiscard]] std::string coordinate(double value);

/// `value` with so many significant digits, in the shorter of fixed and scientific notation.
TOPOPRUNE_DECLARE [[nodiscard]] std::string significant(double value, int digits);

/// 1234567 as "1,234,567".
TOPOPRUNE_DECLARE [[nodiscard]] std::string grouped(std::int64_t value);

/// part / whole as "10.0 %", an en dash if whole is 0.
[[nodiscard]] inline std::string percentage(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return std::string(no_number);
    return fixed(100.0 * static_cast<double>(part) / static_cast<double>(whole), 1) + "\u00a0%";
}

/// "1 sample", "1,000 samples".
[[nodiscard]] inline std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return joined(grouped(count), " ", count == 1 ? one : many);
}

/// A section of the page: its heading, a sentence that says how to read it, and its content. The last two are
/// markup.
[[nodiscard]] inline std::string section(std::string_view id, std::string_view heading, std::string_view lead,
                                         std::string_view content) {
    return joined("<section id=\"", id, "\" aria-labelledby=\"", id, "-heading\">\n<h2 id=\"", id,
                  "-heading\">", heading, "</h2>\n<p class=\"lead\">", lead, "</p>\n", content,
                  "</section>\n\n");
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "html_text.ipp"
#endif
