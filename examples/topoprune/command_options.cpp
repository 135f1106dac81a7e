// SPDX-License-Identifier: MIT
#include "command_options.hpp"

#include "usage_error.hpp"

#include <topoprune/io/checksum.hpp>
#include <topoprune/io/file_error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

namespace program {

namespace {

/// Options that say where and how to compute, not what: no result depends on them.
bool decides_nothing(const std::string& name) {
    static const std::set<std::string> names{"out", "threads", "progress", "config", "help"};
    return names.contains(name);
}

std::string text_of(const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Throws unless the value, which the file calls `name`, is of the JSON type.
void require_type(const std::filesystem::path& file, const std::string& name, const nlohmann::json& value,
                  nlohmann::json::value_t type) {
    if (value.type() != type)
        throw topoprune::input_error(file.string(),
                                     fmt::format("\"{}\" is of the type {}, must be {}", name,
                                                 value.type_name(), nlohmann::json(type).type_name()));
}

/// The string that a member of a manifest must have.
std::string string_in(const std::filesystem::path& file, const nlohmann::json& object,
                      const std::string& name) {
    const nlohmann::json value = object.value(name, nlohmann::json());
    require_type(file, name, value, nlohmann::json::value_t::string);
    return value.get<std::string>();
}

/// A manifest names the inputs it was made from; a changed one would silently give another result.
void check_inputs(const std::filesystem::path& file, const nlohmann::json& inputs, const CLI::App& parser) {
    require_type(file, "inputs", inputs, nlohmann::json::value_t::object);
    for (const auto& [name, input] : inputs.items()) {
        require_type(file, name, input, nlohmann::json::value_t::object);
        const CLI::Option* option = parser.get_option_no_throw("--" + name);
        if (option == nullptr || option->count() > 0)
            continue;
        const std::string path = string_in(file, input, "path");
        const std::string expected = string_in(file, input, "checksum");
        const std::string found = topoprune::checksum_of_file(path).text();
        if (found != expected)
            throw topoprune::input_error(
                path, fmt::format("has changed since the manifest was written: its checksum is {}, "
                                  "must be {}",
                                  found, expected));
    }
}

/// Makes an option of integers refuse what the parser by itself would turn into another number: one out of
/// range, a negative unsigned one, one with a leading zero, which it reads as octal.
template <class Value>
void check_integers(CLI::Option& option, const std::string& name) {
    if constexpr (std::integral<Value>)
        option.check([name](const std::string& text) -> std::string {
            Value value{};
            const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
            if (read.ec != std::errc{} || std::to_string(value) != text)
                throw usage_error(fmt::format("{} is {}, must be an integer between {} and {}", name, text,
                                              std::numeric_limits<Value>::min(),
                                              std::numeric_limits<Value>::max()));
            return {};
        });
}

} // namespace

template <class Value>
void command_options::add(const std::string& name, Value& value, const std::string& help) {
    CLI::Option* option = parser_->add_option(name, value, help)->capture_default_str();
    check_integers<Value>(*option, name);
}

template <class Value>
void command_options::add(const std::string& name, std::optional<Value>& value, const std::string& help) {
    check_integers<Value>(*parser_->add_option(name, value, help), name);
}

template void command_options::add(const std::string&, std::string&, const std::string&);
template void command_options::add(const std::string&, double&, const std::string&);
template void command_options::add(const std::string&, int&, const std::string&);
template void command_options::add(const std::string&, std::int64_t&, const std::string&);
template void command_options::add(const std::string&, std::uint64_t&, const std::string&);
template void command_options::add(const std::string&, std::optional<std::string>&, const std::string&);
template void command_options::add(const std::string&, std::optional<double>&, const std::string&);
template void command_options::add(const std::string&, std::optional<int>&, const std::string&);
template void command_options::add(const std::string&, std::optional<std::int64_t>&, const std::string&);

void command_options::add_list(const std::string& name, std::vector<double>& values, int count,
                               const std::string& help) {
    // Not the last values of several uses, as for other options: that policy takes fewer values without a
    // word.
    parser_->add_option(name, values, help)
        ->expected(count)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void command_options::add_flag(const std::string& name, bool& value, const std::string& help) {
    parser_->add_flag(name, value, help);
}

command_options command_options::add_command(const std::string& name, const std::string& help) {
    return command_options(*parser_->add_subcommand(name, help));
}

void command_options::run(std::function<void()> action) {
    parser_->callback(std::move(action));
}

bool command_options::is_given(const std::string& name) const {
    return parser_->count(name) > 0;
}

std::set<std::string> command_options::apply_config(const std::filesystem::path& file) const {
    std::ifstream in(file);
    if (!in)
        throw topoprune::input_error(file.string(), "cannot be opened");
    nlohmann::json document = nlohmann::json::parse(in, nullptr, false);
    if (!document.is_object())
        throw topoprune::input_error(file.string(), "is no JSON object of options");
    const bool is_manifest = document.contains("options");
    if (is_manifest) {
        const std::string of = string_in(file, document, "command");
        if (of != parser_->get_name())
            throw topoprune::input_error(
                file.string(),
                fmt::format("is the manifest of \"{}\", must be of \"{}\"", of, parser_->get_name()));
        if (document.contains("inputs"))
            check_inputs(file, document["inputs"], *parser_);
        const nlohmann::json options = document["options"];
        require_type(file, "options", options, nlohmann::json::value_t::object);
        document = options;
    }
    std::set<std::string> applied;
    for (const auto& [name, value] : document.items()) {
        CLI::Option* option = parser_->get_option_no_throw("--" + name);
        if (option == nullptr || name == "config" || name == "help") {
            std::vector<std::string> known;
            for (const CLI::Option* each : parser_->get_options())
                if (const std::string other = each->get_single_name(); other != "config" && other != "help")
                    known.push_back(other);
            throw topoprune::input_error(
                file.string(),
                fmt::format("option \"{}\" is unknown, must be one of {}", name, fmt::join(known, ", ")));
        }
        if (option->count() > 0 || value.is_null())
            continue;
        const int expected = option->get_expected_max();
        const bool is_list = value.is_array() && expected > 1 && std::ssize(value) == expected &&
                             std::none_of(value.begin(), value.end(),
                                          [](const nlohmann::json& item) { return item.is_structured(); });
        if (!is_list && (value.is_structured() || expected > 1))
            throw topoprune::input_error(
                file.string(),
                fmt::format("option \"{}\" is of the type {}, must be {}", name, value.type_name(),
                            expected > 1 ? fmt::format("an array of {} values", expected)
                                         : "a single value"));
        if (is_list)
            for (const nlohmann::json& item : value)
                option->add_result(text_of(item));
        else
            option->add_result(text_of(value));
        option->run_callback();
        if (is_manifest)
            applied.insert(name);
    }
    return applied;
}

std::set<std::string>
command_options::apply_defaults(const std::vector<std::pair<std::string, std::string>>& values) const {
    std::set<std::string> applied;
    for (const auto& [name, value] : values) {
        CLI::Option* option = parser_->get_option("--" + name);
        if (option->count() > 0)
            continue;
        option->add_result(value);
        option->run_callback();
        applied.insert(name);
    }
    return applied;
}

void command_options::refuse_unused(const std::vector<unused_option>& unused,
                                    const std::set<std::string>& not_asked_for) const {
    for (const unused_option& each : unused)
        if (is_given("--" + each.name) && !not_asked_for.contains(each.name))
            throw usage_error(fmt::format("--{} is {}, must be left out: {} makes no use of it", each.name,
                                          fmt::join(parser_->get_option("--" + each.name)->results(), " "),
                                          each.choice));
}

nlohmann::ordered_json command_options::values(const std::vector<unused_option>& unused) const {
    const auto parsed = [](const std::string& text) -> nlohmann::ordered_json {
        const nlohmann::json number = nlohmann::json::parse(text, nullptr, false);
        if (number.is_number())
            return number;
        return text;
    };
    nlohmann::ordered_json options;
    for (const CLI::Option* option : parser_->get_options()) {
        const std::string name = option->get_single_name();
        if (decides_nothing(name) ||
            std::any_of(unused.begin(), unused.end(),
                        [&](const unused_option& each) { return each.name == name; }))
            continue;
        if (option->count() > 0 && option->get_expected_max() > 1)
            for (const std::string& text : option->reduced_results())
                options[name].push_back(parsed(text));
        else if (const std::string text =
                     option->count() > 0 ? option->results().back() : option->get_default_str();
                 !text.empty())
            options[name] = parsed(text);
    }
    return options;
}

} // namespace program
