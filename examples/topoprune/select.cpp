// SPDX-License-Identifier: MIT
#include "any_dataset_score.hpp"
#include "any_filter.hpp"
#include "any_selector.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "data_settings.hpp"
#include "input_file.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "subset_settings.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/csv_column.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/pipeline/subset_selection.hpp>
#include <topoprune/report/manifest.hpp>
#include <topoprune/report/selection_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <variant>

namespace program {

namespace {

namespace fs = std::filesystem;

struct select_settings {
    data_settings data;
    std::string method;
    std::string scores;
    std::string column;
    std::string high;
    std::string score;
    std::string pool = "class";
    std::string config;
    std::string out;
    dataset_score_settings of_score;
    selector_settings selector;
    filter_settings filter{"none"};
    subset_settings subset;
    run_settings run;

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs() const {
        auto given = data.inputs();
        if (!scores.empty())
            given.emplace_back("scores", scores);
        if (!filter.preference.empty())
            given.emplace_back("duplicate-preference", filter.preference);
        const auto of_subset = subset.inputs();
        given.insert(given.end(), of_subset.begin(), of_subset.end());
        return given;
    }
};

/// A published method as its parts; docs/selection.md has the same table with the sources.
struct method {
    const char* name;
    const char* score;
    const char* selector;
    const char* end;
    const char* pool;
};

constexpr method methods[] = {{"random", "", "random", "", "class"},
                              {"moderate", "center-distance", "moderate-window", "", "all"},
                              {"ccs", "aum", "coverage-centric", "", "all"},
                              {"elfs", "aum", "difficulty-window", "", "all"},
                              {"d2", "aum", "message-passing", "", "class"},
                              {"el2n", "el2n", "top", "hardest", "class"},
                              {"aum", "aum", "top", "hardest", "class"},
                              {"forgetting", "forgetting", "top", "hardest", "class"},
                              {"entropy", "entropy", "top", "hardest", "class"},
                              {"margin", "margin", "top", "hardest", "class"},
                              {"fdmat", "fdmat", "top", "easiest", "class"},
                              {"tdds", "tdds", "top", "highest", "all"},
                              {"dual-beta", "dual-beta", "weighted-random", "", "all"},
                              {"zcore", "zcore", "top", "highest", "all"},
                              {"knn-shapley", "knn-shapley", "top", "highest", "class"},
                              {"prototypes-hard", "prototypicality", "top", "hardest", "class"},
                              {"prototypes-easy", "prototypicality", "top", "easiest", "class"},
                              {"herding", "", "herding", "", "class"},
                              {"k-center", "", "k-center", "", "class"},
                              {"facility-location", "", "facility-location", "", "class"},
                              {"coverage", "", "coverage", "", "class"},
                              {"graph-cut", "", "graph-cut", "", "class"}};

std::vector<std::string> method_names() {
    std::vector<std::string> names;
    for (const method& each : methods)
        names.emplace_back(each.name);
    return names;
}

/// Gives the parts that the command line leaves open what the method has there.
void apply_method(select_settings& settings, const command_options& command) {
    if (settings.method.empty()) {
        if (settings.selector.selector.empty())
            throw usage_error("--method is missing, or --selector in its place");
        return;
    }
    require_choice("--method", settings.method, method_names());
    const method& chosen = *std::find_if(std::begin(methods), std::end(methods),
                                         [&](const method& each) { return each.name == settings.method; });
    if (command.is_given("--selector"))
        throw usage_error(fmt::format("--selector is {}, must be left out: --method {} has its own",
                                      settings.selector.selector, settings.method));
    settings.selector.selector = chosen.selector;
    // Told to the command too, whose values the manifest stores: a run by the manifest is the same.
    std::vector<std::pair<std::string, std::string>> parts;
    if (!command.is_given("--end") && *chosen.end != 0)
        parts.emplace_back("end", settings.selector.end = chosen.end);
    if (!command.is_given("--pool"))
        parts.emplace_back("pool", settings.pool = chosen.pool);
    (void)command.apply_defaults(parts);
    if (settings.score.empty() && settings.scores.empty())
        settings.score = chosen.score;
}

/// The share that is dropped, where only one subset is asked for and its size does not depend on classes.
std::optional<double> share_pruned(const topoprune::selection_request& request, std::int64_t samples) {
    if (request.keep.size() == 1) {
        if (const auto* fraction = std::get_if<topoprune::keep_fraction>(&request.keep.front()))
            return 1 - fraction->value;
        if (const auto* count = std::get_if<topoprune::keep_count>(&request.keep.front());
            count != nullptr && count->value <= samples)
            return 1 - static_cast<double>(count->value) / static_cast<double>(samples);
    }
    return std::nullopt;
}

/// The score of --scores, if there is one.
topoprune::score_column read_scores(const select_settings& settings, const data_files& input) {
    if (settings.scores.empty())
        return {};
    topoprune::score_column column{.values = read_for("--scores",
                                                      [&] {
                                                          return settings.column.empty()
                                                                     ? topoprune::read_column(settings.scores)
                                                                     : topoprune::read_csv_column(
                                                                           settings.scores, settings.column);
                                                      }),
                                   .high = settings.of_score.high_end_of(settings.column)};
    for (const auto& [name, high] : topoprune::high_end_names)
        if (name == settings.high)
            column.high = high;
    if (input.count() >= 0 && std::ssize(column.values) != input.count())
        throw usage_error(fmt::format("--scores {} has {} rows, must be as many as the other inputs, {}",
                                      settings.scores, column.values.size(), input.count()));
    return column;
}

/// Drops the samples without a score: those that the run which made the scores had filtered.
struct scored {
    static constexpr std::string_view name = "no score";
    const std::vector<double>* values;

    [[nodiscard]] topoprune::filter_result apply(const topoprune::dataset&,
                                                 const topoprune::execution&) const {
        topoprune::filter_result result{{}, "samples without a score were filtered"};
        for (const double value : *values)
            result.passes.push_back(std::isfinite(value));
        return result;
    }
};
static_assert(topoprune::Filter<scored>);

/// What may not be combined or lacks a part, before anything is read.
void check(const select_settings& settings) {
    require_choice("--pool", settings.pool, {"class", "all"});
    if (!settings.high.empty())
        require_choice("--high", settings.high, {"hard", "easy", "valuable", "unstated"});
    const bool has_score = !settings.score.empty();
    if (has_score && !settings.scores.empty())
        throw usage_error("--score is given beside --scores, must be only one of the two");
    const std::string& selector = settings.selector.selector;
    if (settings.selector.sees_scores() && !has_score && settings.scores.empty())
        throw usage_error(fmt::format(
            "--scores is missing, or --score in its place: --selector {} draws by them", selector));
    if (!settings.selector.sees_scores() && (has_score || !settings.scores.empty()))
        throw usage_error(fmt::format("{} is {}, must be left out: --selector {} makes no use of it",
                                      has_score ? "--score" : "--scores",
                                      has_score ? settings.score : settings.scores, selector));
    if (settings.data.inputs().empty() && settings.scores.empty())
        throw usage_error("--features is missing, or --labels or --scores: there are no samples");
}

std::vector<unused_option> unused_of(const select_settings& settings) {
    std::vector<unused_option> unused = settings.selector.unused();
    const auto add = [&](const std::vector<unused_option>& more) {
        unused.insert(unused.end(), more.begin(), more.end());
    };
    add(settings.filter.unused());
    add(settings.subset.unused());
    add(settings.of_score.unused({settings.score}, "--score"));
    if (settings.scores.empty()) {
        unused.push_back({"column", "a run without --scores"});
        unused.push_back({"high", "a run without --scores"});
    }
    if (settings.data.dynamics.empty())
        unused.push_back({"dynamics-unit", "a run without --dynamics"});
    return unused;
}

/// The files of a run, the manifest last.
output_set output_files(const std::string& path, const std::vector<std::string>& names) {
    output_set outputs = outputs_of(path);
    const std::string name = outputs.names.front();
    outputs.names.clear();
    for (std::size_t at = 0; at < names.size(); ++at)
        outputs.names.push_back(file_of_subset(name, names, at));
    const std::string stem = fs::path(name).stem().string();
    for (const char* extension : {".csv", ".json"})
        outputs.names.push_back(stem + extension);
    if (names.size() == 1 && (name == stem + ".csv" || name == stem + ".json"))
        throw usage_error(fmt::format(
            "--out is {}, must have another ending, as kept.npy: {}.csv and {}.json are written beside it",
            path, stem, stem));
    outputs.has_manifest = true;
    return outputs;
}

/// What was read, the columns of so many samples, and the largest of score, draw and filter.
std::int64_t estimate_bytes(const select_settings& settings, const any_selector& selector,
                            const topoprune::dataset& data, std::int64_t samples, int threads) {
    return process_bytes + data_bytes(data) + 100 * samples +
           std::max({settings.score.empty() ? std::int64_t{0} : score_bytes(settings.score, data),
                     draw_bytes(selector, data, settings.pool == "all", threads),
                     settings.filter.sees_neighbors() ? neighbor_bytes(data) : std::int64_t{0}});
}

void select(select_settings settings, const command_options& command, const applied_config& config) {
    require_given("--out", !settings.out.empty());
    const topoprune::input_log read;
    apply_method(settings, command);
    check(settings);
    settings.data.check();
    topoprune::selection_request request = settings.subset.request();
    request.one_pool = settings.pool == "all";
    const std::vector<std::string> names = settings.subset.names();
    const any_selector selector = settings.selector.policy();
    const any_filter filter = settings.filter.policy();
    if (!settings.score.empty())
        (void)settings.of_score.policy("--score", settings.score,
                                       request.keep.size() == 1 ? std::optional(0.5) : std::nullopt);
    const std::vector<unused_option> unused = unused_of(settings);
    command.refuse_unused(unused, config.of_manifest);
    const output_set outputs = output_files(settings.out, names);
    check_files(command, with_config(settings.inputs(), settings.config), outputs);
    refuse_shared_pipes(settings.inputs());
    const topoprune::run_options options = start_run(settings.run);
    const topoprune::execution where(options);

    const data_files input(settings.data, where);
    topoprune::score_column column = read_scores(settings, input);
    const std::int64_t samples = input.count() >= 0 ? input.count() : std::ssize(column.values);
    settings.subset.read_files(request, samples, input);
    require_unchanged(config, settings.inputs(), read);
    announce_memory(samples, input.features.cols(),
                    estimate_bytes(settings, selector, input.view(), samples, where.threads()));
    if (!settings.score.empty())
        column =
            column_of(settings.of_score.policy("--score", settings.score, share_pruned(request, samples)),
                      input.view(), where);
    const auto n = static_cast<std::size_t>(samples);
    topoprune::filter_result filtered{
        std::vector<std::uint8_t>(n, 1), "", {}, std::vector<std::int32_t>(n, -1)};
    if (std::any_of(column.values.begin(), column.values.end(), [](double v) { return !std::isfinite(v); }))
        topoprune::join_filter(scored{&column.values}, input.view(), where, filtered);
    for (const one_filter& each : filter.filters)
        std::visit([&](const auto& policy) { topoprune::join_filter(policy, input.view(), where, filtered); },
                   each);
    if (filtered.note.empty())
        filtered.note = "no filter was asked for";
    topoprune::selection_report report =
        topoprune::subset_selection<any_selector, any_filter>{filter, selector}.choose(
            std::move(filtered), input.view(), column, request, where);
    report.notes = with_class_names(std::move(report.notes), input.names);
    input.note_equal_scores(column.values, "scores", report.notes);
    report.notes.insert(report.notes.begin(), input.notes.begin(), input.notes.end());

    topoprune::atomic_files files(outputs.folder);
    for (std::size_t at = 0; at < report.subsets.size(); ++at)
        topoprune::write_npy(files.add(outputs.names[at]),
                             std::span<const std::int64_t>(report.subsets[at].chosen.kept));
    topoprune::write_selection_table(files.add(outputs.names[names.size()]), report.subsets, names,
                                     input.labels, report.filters, report.dropped_by, input.names, input.ids);
    nlohmann::ordered_json document;
    document["topoprune"] = TOPOPRUNE_VERSION;
    document["command"] = "select";
    document["options"] = command.values(unused);
    document["inputs"] = topoprune::describe_inputs(as_paths(settings.inputs()), &read);
    for (const auto& [option, described] : document["inputs"].items())
        document["options"][option] = described["path"];
    document["method"] = {{"score", settings.score.empty() ? settings.column : settings.score},
                          {"high", topoprune::high_end_name(column.high)},
                          {"selector", settings.selector.selector},
                          {"pool", settings.pool}};
    document["samples"] = n;
    for (std::size_t at = 0; at < names.size(); ++at)
        document["kept"][names[at]] = report.subsets[at].chosen.size();
    document["notes"] = report.notes;
    document["outputs"] = topoprune::describe_outputs(files.written());
    files.add(outputs.names.back()) << document.dump(2) << '\n';
    put_in_place(files, where);
    print_subsets(names, report.subsets, report.dropped_by);
    for (const std::string& note : report.notes)
        print("  {}\n", note);
}

} // namespace

void add_select(command_options& app) {
    auto settings = std::make_shared<select_settings>();
    command_options command = app.add_command(
        "select", "draws samples by any published rule, from scores, features or training records");
    command.add("--method", settings->method,
                fmt::format("a published method: {}; --score, --end and --pool change its parts",
                            fmt::join(method_names(), ", ")));
    command.add("--score", settings->score,
                fmt::format("the score, made anew: {}", fmt::join(dataset_score_settings::names(), ", ")));
    command.add("--scores", settings->scores, "the score from a file of n numbers, in place of --score");
    command.add("--column", settings->column, "of --scores, a csv file with names of columns");
    command.add("--high", settings->high,
                "what a high number of --scores means: hard, easy, valuable or unstated [that of the "
                "score which --column names]");
    settings->selector.add_to(command);
    command.add("--pool", settings->pool,
                "class: every class has a budget of its own; all: samples are drawn from all together");
    settings->filter.add_to(command);
    settings->subset.add_to(command);
    settings->data.add_to(command, "");
    settings->of_score.add_to(command);
    settings->run.add_to(command);
    command.add("--config", settings->config,
                "JSON file of options, or the .json of an earlier run; the command line wins");
    command.add("--out", settings->out,
                "kept.npy, the row numbers kept; kept.csv with a reason for every sample and "
                "kept.json are written beside it (required)");
    command.run([settings, command] {
        applied_config config;
        if (!settings->config.empty())
            config = command.apply_config(settings->config, [&] { return settings->inputs(); });
        select(*settings, command, config);
    });
}

} // namespace program
