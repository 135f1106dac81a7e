// SPDX-License-Identifier: MIT
#include "any_projection.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "sample_settings.hpp"
#include "settings.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/npy.hpp>

#include <fmt/format.h>

#include <chrono>
#include <memory>

namespace program {

namespace {

struct project_settings {
    sample_settings data;
    std::string out;
    projection_settings projection;
    run_settings run;
};

void project(const project_settings& settings, const command_options& command) {
    require_given("--features", !settings.data.features.empty());
    require_given("--out", !settings.out.empty());
    const any_projection projection = settings.projection.policy("--method");
    check_files(command, {{"features", settings.data.features}}, outputs_of(settings.out));
    const topoprune::execution where(start_run(settings.run));
    const samples input = read_samples(settings.data);
    const topoprune::matrix<float>& features = input.features;
    announce_memory(features.rows(), features.cols(),
                    process_bytes + features.size() * 4 +
                        settings.projection.bytes(features.rows(), features.cols()));
    const auto begin = std::chrono::steady_clock::now();
    const topoprune::embedding embedded = projection.project(features, where);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    topoprune::atomic_file file(settings.out);
    topoprune::write_npy(file.stream(), topoprune::matrix_view<const double>(embedded.points));
    put_in_place(file, where);
    for (const std::string& note : input.notes)
        print("{}\n", note);
    for (const std::string& note : embedded.notes)
        print("{}\n", note);
    print("projected {} samples of {} features to {} dimensions in {:.2f} s, peak memory {} MB\n{}\n",
          features.rows(), features.cols(), embedded.points.cols(), seconds.count(), peak_bytes() >> 20,
          printable(settings.out));
}

} // namespace

void add_project(command_options& app) {
    auto settings = std::make_shared<project_settings>();
    command_options command = app.add_command("project", "places samples in the plane");
    settings->data.add_features_to(command, " (required)");
    settings->projection.add_to(command, "--method");
    settings->run.add_to(command);
    command.add("--out", settings->out, ".npy file to write, n x dimensions float64 (required)");
    command.run([settings, command] { project(*settings, command); });
}

} // namespace program
