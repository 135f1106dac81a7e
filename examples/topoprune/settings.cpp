// SPDX-License-Identifier: MIT
#include "settings.hpp"

#include <topoprune/io/checksum.hpp>
#include <topoprune/io/file_error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

namespace program {

namespace {

volatile std::sig_atomic_t interrupt_requested = 0;

/// True while the last thing on the terminal is an unfinished progress line.
bool progress_line_open = false;

/// Options that say where and how to compute, not what: no result depends on them.
bool decides_nothing(const std::string& name) {
    static const std::set<std::string> names{"out", "threads", "progress", "config", "help"};
    return names.contains(name);
}

/// Shows stages that take more than a second: a line that is rewritten on a terminal, a line per tenth else.
class progress_printer {
public:
    explicit progress_printer(bool terminal) : terminal_(terminal) {}

    void operator()(const topoprune::progress_event& event) {
        if (std::chrono::steady_clock::now() - begin_ < std::chrono::seconds(1))
            return;
        const int tenth = static_cast<int>(event.fraction * 10);
        const bool news = event.stage != stage_ || tenth != tenth_;
        const auto now = std::chrono::steady_clock::now();
        if (terminal_ ? (!news && now - shown_ < std::chrono::milliseconds(100)) : !news)
            return;
        stage_ = event.stage;
        tenth_ = tenth;
        shown_ = now;
        if (terminal_)
            fmt::print(stderr, "\r\x1b[K{} {:.0f} %", stage_, 100 * event.fraction);
        else
            fmt::print(stderr, "{} {:.0f} %\n", stage_, 100 * event.fraction);
        progress_line_open = terminal_;
        std::fflush(stderr);
    }

private:
    bool terminal_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point shown_{};
    std::string stage_;
    int tenth_ = -1;
};

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
void check_inputs(const std::filesystem::path& file, const nlohmann::json& inputs, const CLI::App& command) {
    require_type(file, "inputs", inputs, nlohmann::json::value_t::object);
    for (const auto& [name, input] : inputs.items()) {
        require_type(file, name, input, nlohmann::json::value_t::object);
        const CLI::Option* option = command.get_option_no_throw("--" + name);
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

} // namespace

void run_settings::add_to(CLI::App& command) {
    command.add_option("--seed", seed, "seed of every random number of the run")->capture_default_str();
    command.add_option("--threads", threads, "number of threads, 0 = one per core; changes no result")
        ->capture_default_str();
    command.add_flag("--progress", progress, "report progress on stderr even if it is no terminal");
}

void require_choice(const std::string& option, const std::string& value,
                    const std::vector<std::string>& choices) {
    if (std::find(choices.begin(), choices.end(), value) == choices.end())
        throw usage_error(
            fmt::format("{} is \"{}\", must be one of {}", option, value, fmt::join(choices, ", ")));
}

void require_given(const std::string& option, bool given) {
    if (!given)
        throw usage_error(fmt::format("{} is missing", option));
}

std::set<std::string> apply_config(CLI::App& command, const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in)
        throw topoprune::input_error(file.string(), "cannot be opened");
    nlohmann::json document = nlohmann::json::parse(in, nullptr, false);
    if (!document.is_object())
        throw topoprune::input_error(file.string(), "is no JSON object of options");
    const bool is_manifest = document.contains("options");
    if (is_manifest) {
        const std::string of = string_in(file, document, "command");
        if (of != command.get_name())
            throw topoprune::input_error(
                file.string(),
                fmt::format("is the manifest of \"{}\", must be of \"{}\"", of, command.get_name()));
        if (document.contains("inputs"))
            check_inputs(file, document["inputs"], command);
        const nlohmann::json options = document["options"];
        require_type(file, "options", options, nlohmann::json::value_t::object);
        document = options;
    }
    std::set<std::string> applied;
    for (const auto& [name, value] : document.items()) {
        CLI::Option* option = command.get_option_no_throw("--" + name);
        if (option == nullptr || name == "config" || name == "help") {
            std::vector<std::string> known;
            for (const CLI::Option* each : command.get_options())
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

void refuse_unused(const CLI::App& command, const std::vector<unused_option>& unused,
                   const std::set<std::string>& of_manifest) {
    for (const unused_option& each : unused)
        if (command.count("--" + each.name) > 0 && !of_manifest.contains(each.name))
            throw usage_error(fmt::format("--{} is {}, must be left out: {} makes no use of it", each.name,
                                          fmt::join(command.get_option("--" + each.name)->results(), " "),
                                          each.choice));
}

nlohmann::ordered_json options_of(const CLI::App& command, const std::vector<unused_option>& unused) {
    const auto parsed = [](const std::string& text) -> nlohmann::ordered_json {
        const nlohmann::json number = nlohmann::json::parse(text, nullptr, false);
        if (number.is_number())
            return number;
        return text;
    };
    nlohmann::ordered_json options;
    for (const CLI::Option* option : command.get_options()) {
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

std::vector<std::pair<std::string, std::filesystem::path>>
absolute_paths(const std::vector<std::pair<std::string, std::string>>& inputs) {
    std::vector<std::pair<std::string, std::filesystem::path>> result;
    for (const auto& [option, path] : inputs)
        result.emplace_back(option, std::filesystem::weakly_canonical(path));
    return result;
}

topoprune::run_options start_run(const run_settings& settings) {
    static std::stop_source stop;
    struct sigaction action{};
    action.sa_handler = [](int) { interrupt_requested = 1; };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // A stop source must not be touched by a signal handler, so a thread of its own carries the request over.
    static std::jthread watcher([](const std::stop_token& ended) {
        while (!ended.stop_requested() && interrupt_requested == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (interrupt_requested != 0)
            stop.request_stop();
    });
    topoprune::run_options options{
        .seed = settings.seed, .threads = settings.threads, .stop = stop.get_token()};
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (terminal || settings.progress) {
        auto printer = std::make_shared<progress_printer>(terminal);
        options.progress = [printer](const topoprune::progress_event& event) { (*printer)(event); };
    }
    return options;
}

void end_progress() {
    if (progress_line_open)
        fmt::print(stderr, "\r\x1b[K");
    progress_line_open = false;
}

std::int64_t peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

} // namespace program
