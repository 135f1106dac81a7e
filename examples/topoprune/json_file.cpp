// SPDX-License-Identifier: MIT
#include "json_file.hpp"

#include <topoprune/io/byte_source.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace program {

namespace {

std::string read_text(const std::filesystem::path& file) {
    constexpr std::size_t most = std::size_t{64} << 20;
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored) &&
        std::filesystem::is_regular_file(file / "manifest.json", ignored))
        throw topoprune::input_error(file.string(), fmt::format("is a directory, must be a file, as {} is",
                                                                (file / "manifest.json").string()));
    topoprune::byte_source source(file);
    std::string text(std::size_t{1} << 16, '\0');
    std::size_t size = 0;
    for (;;) {
        size += source.read(std::as_writable_bytes(std::span(text)).subspan(size));
        if (size < text.size())
            break;
        if (size >= most)
            source.fail("is longer than 64 MiB");
        text.resize(2 * size);
    }
    text.resize(size);
    return text;
}

/// "line 3, column 7" of the byte that comes after `before` others.
std::string place_of(const std::string& text, std::size_t before) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(before, text.size()));
    const auto line_begin = std::find(std::make_reverse_iterator(end), text.rend(), '\n').base();
    return fmt::format("line {}, column {}", 1 + std::count(text.begin(), end, '\n'), 1 + (end - line_begin));
}

} // namespace

nlohmann::json read_json_object(const std::filesystem::path& file) {
    using nlohmann::json;
    const std::string text = read_text(file);
    std::vector<std::set<std::string>> keys;
    const auto refuse_nul = [&](const json& value) {
        if (value.get_ref<const std::string&>().find('\0') != std::string::npos)
            throw topoprune::input_error(file.string(), "holds the character NUL in a text");
    };
    const auto check = [&](int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start)
            keys.emplace_back();
        if (event == json::parse_event_t::object_end)
            keys.pop_back();
        if (event == json::parse_event_t::key) {
            refuse_nul(parsed);
            if (!keys.back().insert(parsed.get<std::string>()).second)
                throw topoprune::input_error(file.string(), fmt::format("has \"{}\" twice, must have it once",
                                                                        parsed.get<std::string>()));
        }
        if (event == json::parse_event_t::value && parsed.is_string())
            refuse_nul(parsed);
        return true;
    };
    json document;
    try {
        document = json::parse(text, check);
    } catch (const json::parse_error& error) {
        throw topoprune::input_error(file.string(),
                                     "is no JSON object of options: it errs at " +
                                         place_of(text, std::max<std::size_t>(1, error.byte) - 1));
    } catch (const json::exception&) {
        throw topoprune::input_error(file.string(),
                                     "is no JSON object of options: a number in it is out of range");
    }
    if (!document.is_object())
        throw topoprune::input_error(file.string(), "is no JSON object of options");
    return document;
}

} // namespace program
