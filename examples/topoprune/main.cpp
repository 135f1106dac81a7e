// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "console.hpp"
#include "out_of_memory.hpp"
#include "process.hpp"
#include "settings.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/io/file_error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

/// Ends with one line on stderr.
int fail(int status, const char* message) {
    program::end_progress();
    program::tell("topoprune: " + program::printable(message) + "\n");
    return status;
}

/// What the parser of options says, which may be several lines.
std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

/// The status of a run whose results are in place: that of what it said of them.
int finish() {
    const std::string failure = program::flush_output();
    return failure.empty() ? 0 : fail(1, ("stdout cannot be written: " + failure).c_str());
}

int run(int argc, char** argv) {
    CLI::App app{"topoprune " TOPOPRUNE_VERSION ": chooses which samples of a labeled dataset to train on",
                 "topoprune"};
    app.require_subcommand(1);
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.set_version_flag("--version", TOPOPRUNE_VERSION);
    program::command_options commands(app);
    program::add_prune(commands);
    program::add_score(commands);
    program::add_select(commands);
    program::add_project(commands);
    program::add_measure(commands);
    program::add_transport(commands);
    program::add_evaluate(commands);
    try {
        app.parse(argc, argv);
        return finish();
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0)
            return fail(2, one_line(fmt::format("{}; see topoprune --help", error.what())).c_str());
        std::ostringstream page;
        app.exit(error, page, page);
        program::print(page.str());
        return finish();
    }
}

} // namespace

/// Exit status: 0 done; 2 wrong usage or wrong input; 1 anything else. An error is one line on stderr.
int main(int argc, char** argv) {
    program::end_when_out_of_memory();
    program::prepare_process();
    try {
        return run(argc, argv);
    } catch (const program::usage_error& error) {
        return fail(2, error.what());
    } catch (const topoprune::input_error& error) {
        return fail(2, error.what());
    } catch (const std::invalid_argument& error) {
        return fail(2, error.what());
    } catch (const topoprune::interrupted&) {
        return fail(1, "interrupted, nothing was written");
    } catch (const std::bad_alloc&) {
        return fail(1, program::out_of_memory_message());
    } catch (const std::length_error&) {
        return fail(1, program::out_of_memory_message());
    } catch (const std::exception& error) {
        return fail(1, error.what());
    }
}
