// SPDX-License-Identifier: MIT
#include "settings.hpp"

#include "console.hpp"
#include "process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

namespace program {

namespace {

volatile std::sig_atomic_t interrupt_requested = 0;

/// True while the last thing on the terminal is an unfinished progress line.
bool progress_line_open = false;

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
            tell(fmt::format("\r\x1b[K{} {:.0f} %", stage_, 100 * event.fraction));
        else
            tell(fmt::format("{} {:.0f} %\n", stage_, 100 * event.fraction));
        progress_line_open = terminal_;
    }

private:
    bool terminal_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point shown_{};
    std::string stage_;
    int tenth_ = -1;
};

} // namespace

void run_settings::add_to(command_options& command) {
    command.add("--seed", seed, "seed of every random number of the run");
    command.add("--threads", threads, "number of threads, 0 = one per core; changes no result");
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

topoprune::run_options start_run(const run_settings& settings) {
    static std::stop_source stop;
    handle_interrupts([](int) { interrupt_requested = 1; });
    // A stop source must not be touched by a signal handler, so a thread of its own carries the request over.
    try {
        static std::jthread watcher([](const std::stop_token& ended) {
            while (!ended.stop_requested() && interrupt_requested == 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            if (interrupt_requested != 0)
                stop.request_stop();
        });
    } catch (const std::system_error& error) {
        throw std::runtime_error(fmt::format("no thread can be started: {}", error.code().message()));
    }
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
        tell("\r\x1b[K");
    progress_line_open = false;
}

std::int64_t peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

} // namespace program
