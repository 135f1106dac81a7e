// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "settings.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/io/file_error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>
#include <string>

/// Exit status: 0 done; 2 wrong usage or wrong input; 1 anything else. An error is one line on stderr.
int main(int argc, char** argv) {
    CLI::App app{"topoprune " TOPOPRUNE_VERSION ": chooses which samples of a labelled dataset to train on",
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

    const auto fail = [&](int status, std::string message) {
        program::end_progress();
        std::replace(message.begin(), message.end(), '\n', ' ');
        fmt::print(stderr, "topoprune: {}\n", message);
        return status;
    };
    try {
        app.parse(argc, argv);
        if (std::fflush(stdout) != 0)
            return fail(1, "stdout cannot be written");
        return 0;
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return app.exit(error);
        return fail(2, fmt::format("{}; see topoprune --help", error.what()));
    } catch (const program::usage_error& error) {
        return fail(2, error.what());
    } catch (const topoprune::input_error& error) {
        return fail(2, error.what());
    } catch (const std::invalid_argument& error) {
        return fail(2, error.what());
    } catch (const topoprune::interrupted&) {
        return fail(1, "interrupted, nothing was written");
    } catch (const std::bad_alloc&) {
        return fail(1, "out of memory");
    } catch (const std::exception& error) {
        return fail(1, error.what());
    }
}
