// SPDX-License-Identifier: MIT
#include "command_options.hpp"

#include "console.hpp"
#include "json_file.hpp"
#include "messages.hpp"
#include "number_text.hpp"
#include "run_files.hpp"
#include "usage_error.hpp"

#include <topoprune/io/checksum.hpp>
#include <topoprune/io/file_error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <stdexcept>
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

/// Throws unless what a manifest lists as inputs has the form of that.
void require_inputs_form(const std::filesystem::path& file, const nlohmann::json& inputs,
                         const CLI::App& parser) {
    require_type(file, "inputs", inputs, nlohmann::json::value_t::object);
    for (const auto& [name, input] : inputs.items()) {
        require_type(file, name, input, nlohmann::json::value_t::object);
        (void)string_in(file, input, "path");
        (void)string_in(file, input, "checksum");
        if (parser.get_option_no_throw("--" + name) == nullptr)
            throw topoprune::input_error(file.string(), fmt::format("input \"{}\" is unknown", name));
    }
}

/// A manifest names the inputs it was made from; a changed one would silently give another result. Options
/// and inputs tell the same files: each option that names one, `used`, has its input, and each input is used.
/// Returns the checksums that were found right, by option.
std::map<std::string, std::string>
check_inputs(const std::filesystem::path& file, const nlohmann::json& inputs, const nlohmann::json& options,
             const std::set<std::string>& of_manifest,
             const std::vector<std::pair<std::string, std::string>>& used) {
    for (const auto& [name, path] : used)
        if (of_manifest.contains(name) && !inputs.contains(name))
            throw topoprune::input_error(
                file.string(),
                fmt::format("\"options\" has the file {} for {}, which \"inputs\" lacks", path, name));
    std::map<std::string, std::string> checksums;
    for (const auto& [name, input] : inputs.items()) {
        const std::string path = string_in(file, input, "path");
        const std::string expected = string_in(file, input, "checksum");
        const nlohmann::json option = options.value(name, nlohmann::json());
        if (option != path)
            throw topoprune::input_error(
                file.string(),
                fmt::format("\"inputs\" has the file {} for {}, and \"options\" {}, must be the same", path,
                            name, option.is_null() ? "none" : option.dump()));
        if (!of_manifest.contains(name))
            continue;
        const std::string found = topoprune::checksum_of_file(path).text();
        if (found != expected)
            throw topoprune::input_error(path, changed_input(found, expected));
        checksums[name] = expected;
    }
    return checksums;
}

/// Adds an option of a number; `set` takes it.
template <class Value, class Set>
CLI::Option* add_number(CLI::App& parser, const std::string& name, const std::string& help, Set set) {
    CLI::Option* option = parser.add_option_function<std::string>(
        name, [name, set](const std::string& text) { set(parse_number<Value>(name, text)); }, help);
    option->type_name(CLI::detail::type_name<Value>());
    return option;
}

/// An empty text is mostly a variable of the shell that is not set: the option would be taken as not given.
void refuse_empty(CLI::Option& option, const std::string& name) {
    option.check([name](const std::string& text) -> std::string {
        if (text.empty())
            throw usage_error(fmt::format("{} is \"\", must have a value or be left out", name));
        return {};
    });
}

} // namespace

std::string changed_input(const std::string& found, const std::string& expected) {
    return fmt::format("has changed since the manifest was written: its checksum is {}, must be {}", found,
                       expected);
}

template <class Value>
void command_options::add(const std::string& name, Value& value, const std::string& help) {
    if constexpr (std::same_as<Value, std::string>)
        refuse_empty(*parser_->add_option(name, value, help)->capture_default_str(), name);
    else
        add_number<Value>(*parser_, name, help, [&value](Value number) {
            value = number;
        })->default_str(fmt::format("{}", value));
}

template <class Value>
void command_options::add(const std::string& name, std::optional<Value>& value, const std::string& help) {
    if constexpr (std::same_as<Value, std::string>)
        refuse_empty(*parser_->add_option(name, value, help), name);
    else
        add_number<Value>(*parser_, name, help, [&value](Value number) { value = number; });
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
    parser_
        ->add_option_function<std::vector<std::string>>(
            name,
            [name, &values](const std::vector<std::string>& texts) {
                values.clear();
                for (const std::string& text : texts)
                    values.push_back(parse_number<double>(name, text));
            },
            help)
        ->type_name(CLI::detail::type_name<double>())
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
    parser_->callback([command = *this, action = std::move(action)] {
        try {
            action();
        } catch (const std::invalid_argument& error) {
            throw usage_error(in_terms_of_options(error.what(), command));
        } catch (const topoprune::input_error& error) {
            throw usage_error(command.with_option_of_file(error.what()));
        }
    });
}

bool command_options::has(const std::string& name) const {
    return parser_->get_option_no_throw(name) != nullptr;
}

std::string command_options::with_option_of_file(const std::string& message) const {
    for (const CLI::Option* option : parser_->get_options())
        for (const std::string& text : option->results())
            if (!text.empty() && message.starts_with(text + ": "))
                return fmt::format("--{} {}", option->get_single_name(), message);
    return message;
}

bool command_options::is_given(const std::string& name) const {
    return parser_->count(name) > 0;
}

applied_config command_options::apply_config(
    const std::filesystem::path& file,
    const std::function<std::vector<std::pair<std::string, std::string>>()>& inputs) const {
    const nlohmann::json document = read_json_object(file);
    const bool is_manifest = document.contains("options");
    if (!is_manifest) {
        apply_values(file, document);
        return {};
    }
    const std::string of = string_in(file, document, "command");
    if (of != parser_->get_name())
        throw topoprune::input_error(
            file.string(),
            fmt::format("is the manifest of \"{}\", must be of \"{}\"", of, parser_->get_name()));
    const nlohmann::json listed = document.value("inputs", nlohmann::json::object());
    require_inputs_form(file, listed, *parser_);
    const nlohmann::json& options = document["options"];
    require_type(file, "options", options, nlohmann::json::value_t::object);
    applied_config applied;
    applied.of_manifest = apply_values(file, options);
    applied.checksums = check_inputs(file, listed, options, applied.of_manifest, inputs());
    note_differences(file, document);
    return applied;
}

std::set<std::string> command_options::apply_values(const std::filesystem::path& file,
                                                    const nlohmann::json& values) const {
    std::set<std::string> applied;
    for (const auto& [name, value] : values.items()) {
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
        try {
            option->run_callback();
        } catch (const usage_error& error) {
            throw topoprune::input_error(file.string(), error.what());
        } catch (const CLI::ParseError& error) {
            throw topoprune::input_error(file.string(), error.what());
        }
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

void command_options::require_finite() const {
    for (const CLI::Option* option : parser_->get_options())
        if (option->get_type_name() == CLI::detail::type_name<double>())
            for (const std::string& text : option->results())
                if (!std::isfinite(parse_number<double>("--" + option->get_single_name(), text)))
                    throw usage_error(
                        fmt::format("--{} is {}, must be finite", option->get_single_name(), text));
}

void command_options::require_utf8() const {
    for (const CLI::Option* option : parser_->get_options())
        for (const std::string& text : option->results())
            if (!is_utf8(text))
                throw usage_error(fmt::format("--{} is {}, must be UTF-8, as the manifest of the run is",
                                              option->get_single_name(), text));
}

nlohmann::ordered_json command_options::values(const std::vector<unused_option>& unused) const {
    nlohmann::ordered_json options;
    // A text that looks like a number stays a text where the number would be spelled otherwise.
    const auto parsed = [](const std::string& text, bool is_text) -> nlohmann::ordered_json {
        const nlohmann::json number = nlohmann::json::parse(text, nullptr, false);
        if (number.is_number() && (!is_text || number.dump() == text))
            return number;
        return text;
    };
    for (const CLI::Option* option : parser_->get_options()) {
        const std::string name = option->get_single_name();
        if (decides_nothing(name) ||
            std::any_of(unused.begin(), unused.end(),
                        [&](const unused_option& each) { return each.name == name; }))
            continue;
        const bool is_text = option->get_type_name() == CLI::detail::type_name<std::string>();
        if (option->count() > 0 && option->get_expected_max() > 1)
            for (const std::string& text : option->reduced_results())
                options[name].push_back(parsed(text, is_text));
        else if (const std::string text =
                     option->count() > 0 ? option->results().back() : option->get_default_str();
                 !text.empty())
            options[name] = parsed(text, is_text);
    }
    return options;
}

} // namespace program
