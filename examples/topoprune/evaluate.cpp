// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "console.hpp"
#include "input_file.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "sample_settings.hpp"
#include "settings.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/diagnostics/kept_agreement.hpp>
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/table.hpp>
#include <topoprune/report/manifest.hpp>
#include <topoprune/report/quality_table.hpp>

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace program {

namespace {

struct evaluate_settings : sample_settings {
    std::string kept;
    std::string other;
    std::string true_labels;
    std::string strata;
    std::string points;
    std::string out;
    std::int64_t random_draws = 4;
    std::int64_t slices = 256;
    std::int64_t frequencies = 512;
    double power = 2;
    std::optional<double> bandwidth;
    run_settings run;

    /// The files that were given, by option.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs() const {
        std::vector<std::pair<std::string, std::string>> given;
        for (const auto& [option, path] : {std::pair{"features", features},
                                           {"labels", labels},
                                           {"kept", kept},
                                           {"other", other},
                                           {"true-labels", true_labels},
                                           {"strata", strata},
                                           {"points", points}})
            if (!path.empty())
                given.emplace_back(option, path);
        return given;
    }

    /// Throws usage_error for a number out of range.
    [[nodiscard]] topoprune::quality_options options() const {
        const auto require_between = [](const char* option, std::int64_t value, std::int64_t least,
                                        std::int64_t most) {
            if (value < least || value > most)
                throw usage_error(
                    fmt::format("{} is {}, must be between {} and {}", option, value, least, most));
        };
        require_between("--random-draws", random_draws, 0, 10000);
        require_between("--slices", slices, 2, 1 << 24);
        require_between("--frequencies", frequencies, 2, 1 << 24);
        if (!(power >= 1) || !std::isfinite(power))
            throw usage_error(fmt::format("--power is {}, must be finite and at least 1", power));
        if (bandwidth && (!(*bandwidth > 0) || !std::isfinite(*bandwidth)))
            throw usage_error(fmt::format("--bandwidth is {}, must be finite and above 0", *bandwidth));
        return {.energy = {.slices = slices},
                .transport = {.power = power, .slices = slices},
                .kernel = {.bandwidth = bandwidth, .frequencies = frequencies}};
    }
};

/// What a person brings, read from files.
struct evaluated_files : samples {
    std::vector<std::int64_t> kept, other, true_labels, strata;
    topoprune::matrix<double> points;

    explicit evaluated_files(const evaluate_settings& settings) : samples(read_samples(settings)) {
        require_rows("--labels", settings.labels, std::ssize(labels));
        kept = rows_in("--kept", settings.kept);
        if (!settings.other.empty())
            other = rows_in("--other", settings.other);
        if (!settings.true_labels.empty()) {
            true_labels = read_labels_like("--true-labels", settings.true_labels, *this);
            require_rows("--true-labels", settings.true_labels, std::ssize(true_labels));
        }
        if (!settings.strata.empty()) {
            strata = read_for("--strata", [&] { return topoprune::read_integers(settings.strata); });
            require_rows("--strata", settings.strata, std::ssize(strata));
        }
        if (!settings.points.empty()) {
            points = read_for("--points", [&] { return topoprune::read_points(settings.points); });
            require_rows("--points", settings.points, points.rows());
            if (points.cols() != 2)
                throw usage_error(fmt::format("--points {} has {} columns, must have 2: barcodes are taken "
                                              "in the plane",
                                              settings.points, points.cols()));
        }
    }

    [[nodiscard]] topoprune::quality_input view() const {
        return {.features = features,
                .labels = labels,
                .true_labels = true_labels,
                .strata = strata,
                .points = points};
    }

private:
    void require_rows(const char* option, const std::string& path, std::int64_t rows) const {
        if (rows != features.rows())
            throw usage_error(fmt::format("{} {} has {} rows, must be as many as the features, {}", option,
                                          path, rows, features.rows()));
    }

    /// Row numbers of the features, at least one, none twice.
    [[nodiscard]] std::vector<std::int64_t> rows_in(const char* option, const std::string& path) const {
        std::vector<std::int64_t> rows = read_rows(option, path, features.rows());
        if (rows.empty())
            throw usage_error(fmt::format("{} {} is empty, must name at least one sample", option, path));
        std::vector<bool> seen(static_cast<std::size_t>(features.rows()), false);
        for (const std::int64_t i : rows) {
            if (i < 0 || i >= features.rows())
                throw usage_error(
                    fmt::format("{} {} names the row {}, must be below the number of samples, {}", option,
                                path, i, features.rows()));
            if (seen[static_cast<std::size_t>(i)])
                throw usage_error(
                    fmt::format("{} {} names the row {} twice, must name it once", option, path, i));
            seen[static_cast<std::size_t>(i)] = true;
        }
        return rows;
    }
};

void evaluate(const evaluate_settings& settings, const command_options& command) {
    require_given("--features", !settings.features.empty());
    require_given("--labels", settings.has_labels());
    require_given("--kept", !settings.kept.empty());
    settings.check_columns();
    const topoprune::quality_options options = settings.options();
    refuse_shared_pipes(settings.inputs());
    std::optional<output_set> outputs;
    if (!settings.out.empty()) {
        outputs = outputs_of(settings.out);
        outputs->has_manifest = true;
    }
    check_files(command, settings.inputs(), outputs);
    const topoprune::input_log read;
    const topoprune::execution where(start_run(settings.run));
    const evaluated_files input(settings);
    const topoprune::class_partition classes(input.labels);
    // Not on stdout, where a table is.
    tell(memory_line(input.features.rows(), input.features.cols(),
                     process_bytes + quality_bytes(input.features.rows(), input.features.cols())));

    std::vector<topoprune::quality_row> rows = topoprune::quality_rows(
        topoprune::evaluate_subset(input.view(), input.kept, options, where), input.names);
    std::vector<std::vector<topoprune::quality_row>> draws;
    for (std::int64_t draw = 0; draw < settings.random_draws; ++draw) {
        const std::vector<std::int64_t> drawn =
            topoprune::draw_like(input.kept, classes, static_cast<std::uint64_t>(draw), where);
        draws.push_back(topoprune::quality_rows(
            topoprune::evaluate_subset(input.view(), drawn, options, where), input.names));
    }
    topoprune::set_random_draws(rows, draws);
    if (!settings.other.empty()) {
        const topoprune::kept_agreement agreement = topoprune::compare_kept(input.kept, input.other, classes);
        rows.push_back({.quantity = "jaccard_with_other",
                        .value = agreement.jaccard,
                        .random_draw = agreement.by_chance});
    }

    if (!settings.out.empty()) {
        nlohmann::ordered_json document;
        document["topoprune"] = TOPOPRUNE_VERSION;
        document["command"] = "evaluate";
        document["options"] = command.values({});
        document["inputs"] = topoprune::describe_inputs(as_paths(settings.inputs()), &read);
        for (const auto& [option, described] : document["inputs"].items())
            document["options"][option] = described["path"];
        document["samples"] = input.features.rows();
        document["kept"] = input.kept.size();
        document["quantities"] = topoprune::to_json(rows);
        if (!input.notes.empty())
            document["notes"] = input.notes;
        topoprune::atomic_file file(settings.out);
        file.stream() << document.dump(2) << '\n';
        put_in_place(file, where);
    }
    end_progress();
    std::ostringstream table;
    topoprune::write_quality_table(table, rows);
    print("{}", table.str());
    // Not on stdout, where a table is.
    for (const std::string& note : input.notes)
        tell(note + "\n");
}

} // namespace

void add_evaluate(command_options& app) {
    auto settings = std::make_shared<evaluate_settings>();
    command_options command =
        app.add_command("evaluate", "tells how well a kept set stands for all samples, without training");
    settings->sample_settings::add_to(command, " (required)");
    command.add("--kept", settings->kept, "row numbers of the kept samples, or a mask of n bools (required)");
    command.add("--other", settings->other,
                "row numbers of another kept set to compare with, or a mask of n bools");
    command.add("--true-labels", settings->true_labels,
                "n labels that are right, to count the wrong ones among the kept");
    command.add("--strata", settings->strata, "n strata, integers, numbered within each class");
    command.add("--points", settings->points,
                "n x 2 points of an embedding, whose barcodes are compared class by class");
    command.add("--random-draws", settings->random_draws,
                "random draws of as many samples of every class to evaluate beside; each costs as much "
                "as the kept set");
    command.add("--slices", settings->slices,
                "random directions of the energy and the sliced Wasserstein distance; four times as many "
                "halve the error");
    command.add("--power", settings->power, "order of the sliced Wasserstein distance");
    command.add("--frequencies", settings->frequencies,
                "random frequencies of the mean discrepancy; four times as many halve the error");
    command.add("--bandwidth", settings->bandwidth,
                "of the kernel of the mean discrepancy [the median distance of samples]");
    settings->run.add_to(command);
    command.add("--out", settings->out, "json file to write, beside the table on stdout");
    command.run([settings, command] { evaluate(*settings, command); });
}

} // namespace program
