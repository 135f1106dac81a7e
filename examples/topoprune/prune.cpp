// SPDX-License-Identifier: MIT
#include "any_combiner.hpp"
#include "any_filter.hpp"
#include "any_projection.hpp"
#include "any_score.hpp"
#include "any_selector.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "data_settings.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "settings.hpp"
#include "subset_settings.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/pipeline/pruner.hpp>
#include <topoprune/report/html_report.hpp>
#include <topoprune/report/manifest.hpp>
#include <topoprune/report/scores_table.hpp>
#include <topoprune/report/selection_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace program {

namespace {

namespace fs = std::filesystem;

struct prune_settings {
    data_settings data;
    subset_settings subset;
    std::string preset = "coverage";
    std::string config;
    std::string out;
    filter_settings filter{"noise-adapted"};
    combiner_settings combiner;
    std::string selector = "coverage";
    coverage_settings covering;
    strata_settings strata;
    std::optional<std::string> report_class;
    projection_settings projection;
    score_settings score;
    run_settings run;

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs() const {
        auto given = data.inputs();
        if (!filter.preference.empty())
            given.emplace_back("duplicate-preference", filter.preference);
        const auto of_subset = subset.inputs();
        given.insert(given.end(), of_subset.begin(), of_subset.end());
        return given;
    }
};

/// A way to select, as values of options.
struct preset {
    std::string name;
    std::string help;
    std::vector<std::pair<std::string, std::string>> options;
};

/// The first holds what every option has by itself.
const std::vector<preset>& presets() {
    static const std::vector<preset> all{
        {"coverage",
         "those that cover their class, sparse and uncertain places more",
         {{"filter", "noise-adapted"}, {"selector", "coverage"}}},
        {"topocore",
         "the method of the TopoCore paper, 50 strata of the score with a random draw from each",
         {{"filter", "misclassified"},
          {"selector", "stratified"},
          {"strata", "50"},
          {"least-budget", "1"},
          {"cut", "equal-width"},
          {"draw", "random"}}},
        {"facility-location",
         "5 strata of the score, and from each the samples that stand for most others",
         {{"filter", "misclassified"},
          {"selector", "stratified"},
          {"strata", "5"},
          {"least-budget", "4"},
          {"cut", "equal-width"},
          {"draw", "facility-location"}}}};
    return all;
}

/// Gives the options that nobody gave what the preset has there; returns their names.
std::set<std::string> apply_preset(const prune_settings& settings, const command_options& command) {
    std::vector<std::string> names;
    for (const preset& each : presets()) {
        names.push_back(each.name);
        if (each.name == settings.preset)
            return command.apply_defaults(each.options);
    }
    require_choice("--preset", settings.preset, names);
    return {};
}

using pruner_policy = topoprune::pruner<any_projection, any_score, topoprune::density_score<any_density>,
                                        any_combiner, any_selector, any_filter>;

any_selector make_selector(const prune_settings& settings) {
    require_choice("--selector", settings.selector, {"coverage", "stratified"});
    if (settings.selector == "stratified")
        return {settings.strata.policy()};
    return {settings.covering.policy()};
}

std::vector<unused_option> unused_of_selector(const prune_settings& settings) {
    if (settings.selector == "stratified")
        return coverage_settings::all_unused("--selector stratified");
    std::vector<unused_option> result = settings.covering.unused();
    for (const char* name : {"strata", "least-budget", "cut", "draw"})
        result.push_back({name, "--selector coverage"});
    return result;
}

pruner_policy make_pruner(const prune_settings& settings) {
    return {.filter = settings.filter.policy(),
            .projection = settings.projection.policy("--projection"),
            .persistence = settings.score.policy(),
            .density = {settings.score.loss.filtration.density.policy()},
            .combiner = settings.combiner.policy(),
            .selector = make_selector(settings)};
}

/// The label of --report-class, if it is given.
std::optional<std::int64_t> reported_label(const prune_settings& settings, const data_files& input) {
    if (!settings.report_class)
        return std::nullopt;
    const std::string& text = *settings.report_class;
    const std::optional<std::int64_t> label = input.names.label_of(text);
    const bool is_called_so = label && (input.names.of(*label) == text || std::to_string(*label) == text);
    if (!is_called_so || std::find(input.labels.begin(), input.labels.end(), *label) == input.labels.end())
        throw usage_error(fmt::format("--report-class is {}, must be one of the labels", text));
    return label;
}

/// Refuses, before any long work, what the input shows to be impossible and numbers that are out of range.
void check_against_input(const prune_settings& settings, const pruner_policy& pruner, const data_files& input,
                         const topoprune::execution& where) {
    (void)pruner.combiner.combine({}, {}, {});
    (void)pruner.selector.select({{}, {}, {}}, where);
    const filtration_settings& filtration = settings.score.loss.filtration;
    const std::int64_t dimension = settings.projection.embedded_dimension(input.features.cols());
    const bool sees_filtration = settings.score.loss.sees_filtration();
    if (sees_filtration)
        filtration.require_dimension(
            settings.projection.method == "identity" ? "the number of features" : "--dimensions", dimension);
    const topoprune::filter_result passed = pruner.filter.apply(input.view(), where);
    std::map<std::int64_t, std::int64_t> samples;
    for (std::size_t i = 0; i < input.labels.size(); ++i)
        samples[input.labels[i]] += passed.passes[i] != 0;
    (void)reported_label(settings, input);
    for (const auto& [label, size] : samples)
        if (sees_filtration)
            filtration.require_size(fmt::format("class {}", input.names.of(label)), size, dimension);
}

/// What was read, the larger of projection and selection, and the columns; the topology works class by class
/// on far less. A byte for each number of the images; while they are read from floats, with the features in
/// memory once, five.
std::int64_t estimate_bytes(const topoprune::dataset& data, const prune_settings& settings,
                            const std::optional<topoprune::image_stack>& images, int threads) {
    const std::int64_t n = data.samples();
    const std::int64_t features = data.features.columns();
    const std::int64_t image_bytes = images ? std::ssize(images->bytes) : 0;
    const std::int64_t reading = n * 4 * features + (images && images->range ? 5 : 1) * image_bytes;
    const std::int64_t stage = std::max(
        {settings.projection.bytes(n, features), draw_bytes(make_selector(settings), data, false, threads),
         settings.filter.sees_neighbors() ? neighbor_bytes(data) : std::int64_t{0}});
    const std::int64_t columns =
        n * (200 + settings.score.bytes_per_sample(settings.projection.embedded_dimension(features)));
    return process_bytes + std::max(reading, data_bytes(data) + stage + columns + image_bytes);
}

/// The signed measure of one class, for the report, with its transport if that is the loss: the class asked
/// for, else the largest. None if the loss has no measure.
std::optional<topoprune::measure_picture> picture_of(const prune_settings& settings,
                                                     const topoprune::pruning& result,
                                                     const data_files& input,
                                                     const topoprune::execution& where) {
    const std::vector<std::int64_t>& labels = input.labels;
    const std::optional<std::int64_t> reported = reported_label(settings, input);
    const loss_settings& loss = settings.score.loss;
    if (!settings.score.sees_loss() || !loss.sees_measure())
        return {};
    const auto passed = [](const topoprune::class_summary& c) { return c.samples - c.filtered; };
    const topoprune::class_summary* chosen = &result.classes.front();
    for (const topoprune::class_summary& c : result.classes)
        if (reported ? c.label == *reported : passed(c) > passed(*chosen))
            chosen = &c;
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] == chosen->label && result.is_scored(i))
            rows.push_back(static_cast<std::int64_t>(i));
    const topoprune::matrix<double> points = topoprune::gather_rows<double>(
        topoprune::matrix_view<const double>(result.embedding), std::span<const std::int64_t>(rows));
    topoprune::measure_picture picture{
        .label = chosen->label,
        .measure = loss.filtration.policy().measure(points, loss.degree, where).atoms};
    if (loss.loss == "transport") {
        picture.transport = loss.transport.policy("--transport").to_zero(picture.measure, where);
        // The plan numbers the mass at the corner after the last atom.
        if (const std::int64_t missing = -topoprune::total_mass(picture.measure); missing != 0)
            picture.measure.push_back({.r = loss.transport.corner[0],
                                       .f = loss.transport.corner[1],
                                       .mass = static_cast<std::int32_t>(missing)});
    }
    return picture;
}

void print_summary(const topoprune::pruning& result, const std::vector<std::string>& names,
                   const topoprune::class_names& classes, const std::string& out) {
    print_subsets(names, result.subsets, result.dropped_by);
    for (const std::string& note : result.notes)
        print("  {}\n", note);
    print("\n{:>10} {:>9} {:>9} {:>9} {:>9}\n", "class", "samples", "filtered", "kept", "filled");
    constexpr std::size_t shown = 20;
    for (std::size_t c = 0; c < std::min(shown, result.classes.size()); ++c) {
        const topoprune::class_summary& of = result.classes[c];
        print("{:>10} {:>9} {:>9} {:>9} {:>9}\n", classes.of(of.label), of.samples, of.filtered, of.kept,
              of.filled);
    }
    if (result.classes.size() > shown)
        print("{:>10} and {} more, see manifest.json\n", "", result.classes.size() - shown);
    print("\n");
    for (const topoprune::stage_time& stage : result.times)
        print("{:>12} {:8.2f} s\n", stage.stage, stage.seconds);
    print("{:>12} {:8} MB\n\nreport: {}\n", "peak memory", peak_bytes() >> 20,
          printable((fs::path(out) / "report.html").string()));
}

/// The files of a run, the manifest last.
std::vector<std::string> output_names(const std::vector<std::string>& names) {
    std::vector<std::string> files{"kept.npy"};
    if (names.size() > 1)
        for (std::size_t at = 0; at < names.size(); ++at)
            files.push_back(file_of_subset("kept.npy", names, at));
    for (const char* other : {"selection.csv", "scores.csv", "embedding.npy", "report.html", "manifest.json"})
        files.emplace_back(other);
    return files;
}

/// Calls the classes of a manifest as their labels are written, unless these are integers.
void name_classes(nlohmann::ordered_json& classes, const topoprune::class_names& names) {
    if (names.are_plain())
        return;
    for (nlohmann::ordered_json& of_class : classes)
        of_class["label"] = names.of(of_class["label"].get<std::int64_t>());
}

/// `not_asked_for`: the options that a manifest or a preset gave.
void prune(const prune_settings& settings, const command_options& command, const applied_config& config,
           const std::set<std::string>& not_asked_for) {
    const topoprune::input_log read;
    require_given("--features", !settings.data.features.empty());
    if (!settings.data.pseudo_labels)
        require_given("--labels", settings.data.has_labels());
    require_given("--out", !settings.out.empty());
    settings.data.check();
    topoprune::selection_request request = settings.subset.request();
    const std::vector<std::string> names = settings.subset.names();
    const pruner_policy pruner = make_pruner(settings);
    std::vector<unused_option> unused = settings.score.unused();
    for (const auto& more : {settings.filter.unused(), settings.subset.unused(), settings.combiner.unused(),
                             unused_of_selector(settings)})
        unused.insert(unused.end(), more.begin(), more.end());
    if (settings.data.dynamics.empty())
        unused.push_back({"dynamics-unit", "a run without --dynamics"});
    command.refuse_unused(unused, not_asked_for);
    refuse_shared_pipes(settings.inputs());
    settings.score.require_variation(settings.projection.method == "umap");
    check_files(command, with_config(settings.inputs(), settings.config),
                outputs_in(settings.out, output_names(names)));
    const topoprune::run_options options = start_run(settings.run);
    const topoprune::execution where(options);

    std::vector<topoprune::stage_time> reading;
    const data_files input =
        topoprune::detail::timed(reading, "reading", [&] { return data_files(settings.data, where); });
    settings.subset.read_files(request, input.count(), input);
    require_unchanged(config, settings.inputs(), read);
    check_against_input(settings, pruner, input, where);
    const std::int64_t estimated = estimate_bytes(input.view(), settings, input.images, where.threads());
    announce_memory(input.features.rows(), input.features.cols(), estimated);

    topoprune::pruning result = pruner.run(input.view(), request, options);
    result.times.insert(result.times.begin(), reading.begin(), reading.end());
    result.notes = with_class_names(std::move(result.notes), input.names);
    input.note_equal_scores(result.score, "scores", result.notes);
    result.notes.insert(result.notes.begin(), input.notes.begin(), input.notes.end());

    topoprune::manifest of_run{.command = "prune",
                               .options = command.values(unused),
                               .inputs = as_paths(settings.inputs()),
                               .read = &read,
                               .subsets = names,
                               .timed_outputs = {"report.html"},
                               .estimated_bytes = estimated,
                               .threads = where.threads()};
    const nlohmann::ordered_json inputs = topoprune::describe_inputs(of_run.inputs, &read);
    for (const auto& [option, input_file] : inputs.items())
        of_run.options[option] = input_file["path"];
    of_run.peak_bytes = peak_bytes();
    topoprune::report_input report{
        .title = fs::path(settings.data.features).filename().string(),
        .labels = input.labels,
        .result = result,
        .picture = picture_of(settings, result, input, where),
        .no_picture_because = fmt::format(
            "the {} of the run, {}, sees no signed measure", settings.score.sees_loss() ? "loss" : "score",
            settings.score.sees_loss() ? settings.score.loss.loss : settings.score.score),
        .peak_megabytes = static_cast<double>(peak_bytes()) / (1 << 20),
        .images = input.images ? &*input.images : nullptr,
        .names = input.names};
    for (const auto& [name, value] : of_run.options.items())
        report.settings.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());

    topoprune::atomic_files files(settings.out);
    topoprune::write_npy(files.add("kept.npy"), std::span<const std::int64_t>(result.chosen().kept));
    if (names.size() > 1)
        for (std::size_t at = 0; at < names.size(); ++at)
            topoprune::write_npy(files.add(file_of_subset("kept.npy", names, at)),
                                 std::span<const std::int64_t>(result.subsets[at].chosen.kept));
    topoprune::write_selection_table(files.add("selection.csv"), result.subsets, names, input.labels,
                                     result.filters, result.dropped_by, input.names, input.ids);
    topoprune::write_scores_table(files.add("scores.csv"), result, input.labels, input.names, input.ids);
    topoprune::write_npy(files.add("embedding.npy"), topoprune::matrix_view<const double>(result.embedding));
    topoprune::write_html_report(files.add("report.html"), report);
    of_run.outputs = files.written();
    nlohmann::ordered_json document = topoprune::to_json(of_run, result);
    name_classes(document["classes"], input.names);
    files.add("manifest.json") << document.dump(2) << '\n';
    put_in_place(files, where);
    print_summary(result, names, input.names, settings.out);
}

} // namespace

void add_prune(command_options& app) {
    auto settings = std::make_shared<prune_settings>();
    command_options command = app.add_command("prune", "chooses which samples to keep");
    std::string choices;
    for (const preset& each : presets())
        choices += (choices.empty() ? "" : "; ") + each.name + ": " + each.help;
    command.add("--preset", settings->preset, "what the options are that are not given. " + choices);
    settings->data.add_to(command, " (required)");
    settings->subset.add_to(command);
    settings->filter.add_to(command);
    settings->projection.add_to(command, "--projection");
    settings->score.add_to(command);
    settings->combiner.add_to(command);
    command.add("--selector", settings->selector,
                "how samples are drawn of what passes the filter: coverage, or stratified by the score");
    settings->covering.add_to(command);
    settings->strata.add_to(command);
    command.add("--report-class", settings->report_class,
                "label whose signed measure the report shows [the largest class]");
    command.add("--images", settings->data.images,
                "n images, h x w or h x w x 3 of bytes or floats: .npy or idx, plain or gzipped; the report "
                "shows them");
    settings->run.add_to(command);
    command.add("--config", settings->config,
                "JSON file of options, or the manifest.json of an earlier run; the command line wins");
    command.add(
        "--out", settings->out,
        "folder for kept.npy, scores.csv, selection.csv, embedding.npy, report.html and manifest.json "
        "(required)");
    command.run([settings, command] {
        std::set<std::string> not_asked_for;
        applied_config config;
        // A preset on the command line goes before the options of a file, one in the file after them.
        if (command.is_given("--preset"))
            not_asked_for = apply_preset(*settings, command);
        if (!settings->config.empty())
            config = command.apply_config(settings->config, [&] { return settings->inputs(); });
        not_asked_for.insert(config.of_manifest.begin(), config.of_manifest.end());
        not_asked_for.merge(apply_preset(*settings, command));
        prune(*settings, command, config, not_asked_for);
    });
}

} // namespace program
