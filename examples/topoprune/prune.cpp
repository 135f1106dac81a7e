// SPDX-License-Identifier: MIT
#include "any_projection.hpp"
#include "any_score.hpp"
#include "commands.hpp"
#include "settings.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/io/table.hpp>
#include <topoprune/pipeline/pruner.hpp>
#include <topoprune/report/html_report.hpp>
#include <topoprune/report/manifest.hpp>
#include <topoprune/report/scores_table.hpp>

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <variant>

namespace program {

namespace {

namespace fs = std::filesystem;

struct prune_settings {
    std::string features;
    std::string labels;
    std::string logits;
    std::string predictions;
    std::string keep;
    std::string config;
    std::string out;
    std::string filter = "misclassified";
    std::string short_class = "fill";
    double persistence_weight = 0.5;
    double density_weight = 0.5;
    std::string normalization = "min-max";
    int strata = 50;
    std::string draw = "random";
    std::optional<std::int64_t> report_class;
    projection_settings projection;
    score_settings score;
    run_settings run;
};

/// The filters of the library behind one type.
struct any_filter {
    std::variant<topoprune::misclassified, topoprune::no_filter> choice;

    [[nodiscard]] topoprune::filter_result apply(const topoprune::dataset& data,
                                                 const topoprune::execution& where) const {
        return std::visit([&](const auto& policy) { return policy.apply(data, where); }, choice);
    }
};
static_assert(topoprune::Filter<any_filter>);

using pruner_policy = topoprune::pruner<any_projection, any_score, topoprune::density_score<any_density>,
                                        topoprune::weighted_sum, topoprune::stratified, any_filter>;

/// A number with a point or an exponent is a fraction, one without is a count.
topoprune::budget parse_keep(const std::string& text) {
    const bool is_fraction = text.find_first_of(".eE") != std::string::npos;
    double fraction = 0;
    std::int64_t count = 0;
    const char* end = text.data() + text.size();
    const auto parsed =
        is_fraction ? std::from_chars(text.data(), end, fraction) : std::from_chars(text.data(), end, count);
    const bool in_range = is_fraction ? fraction > 0 && fraction <= 1 : count >= 1;
    if (parsed.ec != std::errc{} || parsed.ptr != end || !in_range)
        throw usage_error(fmt::format(
            "--keep is \"{}\", must be a fraction above 0.0 and at most 1.0, or a count of at least 1",
            text));
    if (is_fraction)
        return topoprune::keep_fraction{fraction};
    return topoprune::keep_count{count};
}

pruner_policy make_pruner(const prune_settings& settings) {
    require_choice("--filter", settings.filter, {"misclassified", "none"});
    require_choice("--short-class", settings.short_class, {"fill", "stop"});
    require_choice("--draw", settings.draw, {"random", "highest"});
    std::vector<std::string> normalizations;
    topoprune::normalization normalization{};
    for (const auto& [name, value] : topoprune::normalization_names) {
        normalizations.emplace_back(name);
        if (name == settings.normalization)
            normalization = value;
    }
    require_choice("--normalization", settings.normalization, normalizations);

    any_filter filter{topoprune::misclassified{}};
    if (settings.filter == "none")
        filter.choice = topoprune::no_filter{};
    return {.filter = filter,
            .projection = settings.projection.policy("--projection"),
            .persistence = settings.score.policy(),
            .density = {settings.score.loss.filtration.density.policy()},
            .combiner = {.persistence = settings.persistence_weight,
                         .density = settings.density_weight,
                         .normalization = normalization},
            .selector = {.strata = settings.strata,
                         .draw = settings.draw == "random" ? topoprune::stratum_draw::random
                                                           : topoprune::stratum_draw::highest_score},
            .when_class_is_short =
                settings.short_class == "fill" ? topoprune::short_class::fill : topoprune::short_class::stop};
}

/// What a person brings, read from files.
struct input_files {
    topoprune::matrix<float> features;
    std::vector<std::int64_t> labels;
    topoprune::matrix<float> logits;
    std::vector<std::int64_t> predictions;

    explicit input_files(const prune_settings& settings)
        : features(topoprune::read_features(settings.features)),
          labels(topoprune::read_labels(settings.labels)) {
        if (!settings.logits.empty())
            logits = topoprune::read_features(settings.logits);
        if (!settings.predictions.empty())
            predictions = topoprune::read_labels(settings.predictions);
        require_rows("--labels", settings.labels, std::ssize(labels));
        require_rows("--logits", settings.logits, logits.rows());
        require_rows("--predictions", settings.predictions, std::ssize(predictions));
    }

    [[nodiscard]] topoprune::dataset view() const {
        return {.features = features, .labels = labels, .logits = logits, .predictions = predictions};
    }

private:
    void require_rows(const std::string& option, const std::string& path, std::int64_t rows) const {
        if (!path.empty() && rows != features.rows())
            throw usage_error(fmt::format("{} {} has {} rows, must be as many as the features, {}", option,
                                          path, rows, features.rows()));
    }
};

/// Refuses, before any long work, what the input shows to be impossible and numbers that are out of range.
void check_against_input(const prune_settings& settings, const pruner_policy& pruner,
                         const input_files& input, const topoprune::execution& where) {
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
    if (settings.report_class && !samples.contains(*settings.report_class))
        throw usage_error(
            fmt::format("--report-class is {}, must be one of the labels", *settings.report_class));
    for (const auto& [label, size] : samples)
        if (sees_filtration)
            filtration.require_size(fmt::format("class {}", label), size, dimension);
}

/// Features twice (as read, and prepared for the neighbor search), what the projection keeps of neighbors,
/// and the columns; the topology works class by class on far less.
std::int64_t estimate_bytes(const topoprune::dataset& data, const prune_settings& settings) {
    const std::int64_t n = data.samples();
    const std::int64_t dimensions = settings.projection.embedded_dimension(data.features.columns());
    return n * (2 * 4 * data.features.columns() + 4 * data.logits.columns() +
                settings.projection.graph_bytes_per_sample() + settings.score.bytes_per_sample(dimensions) +
                200) +
           (std::int64_t{40} << 20);
}

/// The signed measure of one class, for the report, with its transport if that is the loss: the class asked
/// for, else the largest. None if the loss has no measure.
std::optional<topoprune::measure_picture> picture_of(const prune_settings& settings,
                                                     const topoprune::pruning& result,
                                                     const std::vector<std::int64_t>& labels,
                                                     const topoprune::execution& where) {
    const loss_settings& loss = settings.score.loss;
    if (!loss.sees_measure())
        return {};
    const auto passed = [](const topoprune::class_summary& c) { return c.samples - c.filtered; };
    const topoprune::class_summary* chosen = &result.classes.front();
    for (const topoprune::class_summary& c : result.classes)
        if (settings.report_class ? c.label == *settings.report_class : passed(c) > passed(*chosen))
            chosen = &c;
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] == chosen->label && result.stratum[i] >= 0)
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

void print_summary(const topoprune::pruning& result, const std::string& out) {
    std::int64_t filtered = 0;
    for (const topoprune::class_summary& c : result.classes)
        filtered += c.filtered;
    const std::size_t n = result.chosen.reasons.size();
    fmt::print("kept {} of {} samples ({:.1f} %), {} filtered\n", result.chosen.size(), n,
               100.0 * static_cast<double>(result.chosen.size()) / static_cast<double>(n), filtered);
    for (const std::string& note : result.notes)
        fmt::print("  {}\n", note);
    fmt::print("\n{:>10} {:>9} {:>9} {:>9} {:>9}\n", "class", "samples", "filtered", "kept", "filled");
    constexpr std::size_t shown = 20;
    for (std::size_t c = 0; c < std::min(shown, result.classes.size()); ++c) {
        const topoprune::class_summary& of = result.classes[c];
        fmt::print("{:>10} {:>9} {:>9} {:>9} {:>9}\n", of.label, of.samples, of.filtered, of.kept, of.filled);
    }
    if (result.classes.size() > shown)
        fmt::print("{:>10} and {} more, see manifest.json\n", "", result.classes.size() - shown);
    fmt::print("\n");
    for (const topoprune::stage_time& stage : result.times)
        fmt::print("{:>12} {:8.2f} s\n", stage.stage, stage.seconds);
    fmt::print("{:>12} {:8} MB\n\nreport: {}\n", "peak memory", peak_bytes() >> 20,
               (fs::path(out) / "report.html").string());
}

/// `of_manifest`: the options that a manifest gave.
void prune(const prune_settings& settings, const CLI::App& command,
           const std::set<std::string>& of_manifest) {
    require_given("--features", !settings.features.empty());
    require_given("--labels", !settings.labels.empty());
    require_given("--keep", !settings.keep.empty());
    require_given("--out", !settings.out.empty());
    if (!settings.logits.empty() && !settings.predictions.empty())
        throw usage_error("--predictions is given beside --logits, must be only one of the two");
    const topoprune::budget keep = parse_keep(settings.keep);
    const pruner_policy pruner = make_pruner(settings);
    const std::vector<unused_option> unused = settings.score.unused();
    refuse_unused(command, unused, of_manifest);
    settings.score.require_variation(settings.projection.method == "umap");
    const topoprune::run_options options = start_run(settings.run);
    const topoprune::execution where(options);

    std::vector<topoprune::stage_time> reading;
    const input_files input =
        topoprune::detail::timed(reading, "reading", [&] { return input_files(settings); });
    check_against_input(settings, pruner, input, where);
    const std::int64_t estimated = estimate_bytes(input.view(), settings);
    fmt::print("{} samples of {} features, about {} MB of memory needed\n", input.features.rows(),
               input.features.cols(), estimated >> 20);
    std::fflush(stdout);

    topoprune::pruning result = pruner.run(input.view(), keep, options);
    result.times.insert(result.times.begin(), reading.begin(), reading.end());

    topoprune::manifest of_run{.command = "prune",
                               .options = options_of(command, unused),
                               .estimated_bytes = estimated,
                               .threads = where.threads()};
    for (const auto& [name, path] : {std::pair{"features", settings.features},
                                     {"labels", settings.labels},
                                     {"logits", settings.logits},
                                     {"predictions", settings.predictions}})
        if (!path.empty()) {
            of_run.inputs.emplace_back(name, fs::weakly_canonical(path));
            of_run.options[name] = of_run.inputs.back().second.string();
        }
    of_run.peak_bytes = peak_bytes();
    topoprune::report_input report{
        .title = fs::path(settings.features).filename().string(),
        .labels = input.labels,
        .result = result,
        .picture = picture_of(settings, result, input.labels, where),
        .no_picture_because =
            fmt::format("the loss of the run, {}, sees no signed measure", settings.score.loss.loss),
        .peak_megabytes = static_cast<double>(peak_bytes()) / (1 << 20)};
    for (const auto& [name, value] : of_run.options.items())
        report.settings.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());

    topoprune::atomic_files files(settings.out);
    topoprune::write_npy(files.add("kept.npy"), std::span<const std::int64_t>(result.chosen.kept));
    topoprune::write_scores_table(files.add("scores.csv"), result, input.labels);
    topoprune::write_npy(files.add("embedding.npy"), topoprune::matrix_view<const double>(result.embedding));
    topoprune::write_html_report(files.add("report.html"), report);
    files.add("manifest.json") << topoprune::to_json(of_run, result).dump(2) << '\n';
    where.check_interruption();
    files.commit();
    end_progress();
    print_summary(result, settings.out);
}

} // namespace

void add_prune(CLI::App& app) {
    auto settings = std::make_shared<prune_settings>();
    CLI::App* command = app.add_subcommand("prune", "chooses which samples to keep");
    command->add_option("--features", settings->features,
                        "n x d features: .npy, idx or csv, plain or gzipped (required)");
    command->add_option("--labels", settings->labels, "n class labels, integers (required)");
    command->add_option("--logits", settings->logits, "n x c outputs of the base model, column = label");
    command->add_option("--predictions", settings->predictions, "n predicted labels, in place of logits");
    command->add_option("--keep", settings->keep,
                        "share (0.1) or number (5000) of samples to keep (required)");
    command
        ->add_option("--filter", settings->filter,
                     "misclassified: drop samples that the base model gets wrong; or none")
        ->capture_default_str();
    command
        ->add_option("--short-class", settings->short_class,
                     "fill: fill a class that the filter left short from its filtered samples; or stop")
        ->capture_default_str();
    settings->projection.add_to(*command, "--projection");
    settings->score.add_to(*command);
    command
        ->add_option("--persistence-weight", settings->persistence_weight, "weight of the persistence score")
        ->capture_default_str();
    command->add_option("--density-weight", settings->density_weight, "weight of the density score")
        ->capture_default_str();
    command
        ->add_option("--normalization", settings->normalization,
                     "of each column within its class: min-max, rank, z-score or none")
        ->capture_default_str();
    command->add_option("--strata", settings->strata, "most strata of a class")->capture_default_str();
    command->add_option("--draw", settings->draw, "within a stratum: random, or highest scores")
        ->capture_default_str();
    command->add_option("--report-class", settings->report_class,
                        "label whose signed measure the report shows [the largest class]");
    settings->run.add_to(*command);
    command->add_option(
        "--config", settings->config,
        "JSON file of options, or the manifest.json of an earlier run; the command line wins");
    command->add_option("--out", settings->out,
                        "folder for kept.npy, scores.csv, embedding.npy, manifest.json "
                        "and report.html (required)");
    command->callback([settings, command] {
        std::set<std::string> of_manifest;
        if (!settings->config.empty())
            of_manifest = apply_config(*command, settings->config);
        prune(*settings, *command, of_manifest);
    });
}

} // namespace program
