// SPDX-License-Identifier: MIT
// What the published selection methods cost on one dataset: every method with all that it needs from
// features, labels and logits, a neighbor graph or the scores of its own included; reading the files is not.
// For selection_cost.py, which gives each method a process of its own.
//
//   selectors list
//       the names of the methods, one a line
//   selectors NAME --features F.npy --labels L [--logits G1.npy,G2.npy,...] [--epochs 30] [--keep 0.1]
//             [--threads 2] [--repeats 1] [--limit N] [--write KEPT.npy]
//       one method, as csv: its name; seconds of the wall clock, the fastest of the repeats; seconds of the
//       processor of the same repeat; kept samples; and in MB (10^6 bytes) the peak memory of the process
//       after reading and at the end
//
// The logits, a file for each of several networks, make up the epochs of a training by turns; the last of
// them are those of the filters. --limit takes the first N rows only, for a short check.
#include <topoprune/filter/confident_learning.hpp>
#include <topoprune/filter/exact_duplicates.hpp>
#include <topoprune/filter/misclassified.hpp>
#include <topoprune/filter/near_duplicates.hpp>
#include <topoprune/filter/neighbor_vote.hpp>
#include <topoprune/filter/noise_adapted.hpp>
#include <topoprune/filter/semantic_duplicates.hpp>
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/csv_writer.hpp>
#include <topoprune/io/table.hpp>
#include <topoprune/pipeline/subset_selection.hpp>
#include <topoprune/score/area_under_margin.hpp>
#include <topoprune/score/center_distance.hpp>
#include <topoprune/score/dual_beta.hpp>
#include <topoprune/score/el2n.hpp>
#include <topoprune/score/entropy.hpp>
#include <topoprune/score/fdmat.hpp>
#include <topoprune/score/forgetting.hpp>
#include <topoprune/score/knn_shapley.hpp>
#include <topoprune/score/margin.hpp>
#include <topoprune/score/prototypicality.hpp>
#include <topoprune/score/tdds.hpp>
#include <topoprune/score/zcore.hpp>
#include <topoprune/select/coverage.hpp>
#include <topoprune/select/coverage_centric.hpp>
#include <topoprune/select/difficulty_window.hpp>
#include <topoprune/select/facility_location.hpp>
#include <topoprune/select/graph_cut.hpp>
#include <topoprune/select/herding.hpp>
#include <topoprune/select/k_center.hpp>
#include <topoprune/select/message_passing.hpp>
#include <topoprune/select/moderate_window.hpp>
#include <topoprune/select/stratified.hpp>
#include <topoprune/select/top.hpp>
#include <topoprune/select/weighted_random.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace topoprune;

struct settings {
    std::string features;
    std::string labels;
    std::string logits;
    std::string write;
    std::int64_t epochs = 30;
    std::int64_t limit = 0;
    std::int64_t repeats = 1;
    double keep = 0.1;
    int threads = 2;
};

/// What is read before the clock starts.
struct inputs {
    matrix<float> features;
    matrix<float> logits;
    std::vector<std::int64_t> labels;
    std::vector<float> outputs;
    training_dynamics dynamics;

    [[nodiscard]] dataset data() const {
        return {.features = features, .labels = labels, .logits = logits, .dynamics = dynamics};
    }
};

/// What a method is run with.
struct run_parts {
    const dataset& data;
    double keep;
    run_options options;
};

using method = std::function<std::vector<std::int64_t>(const run_parts&)>;

template <Selector S, Filter F = no_filter>
std::vector<std::int64_t> drawn(const run_parts& parts, const score_column& scores, const S& selector,
                                bool one_pool = false, const F& filter = {}) {
    return subset_selection{.filter = filter, .selector = selector}
        .run(parts.data, scores, {.keep = {keep_fraction{parts.keep}}, .one_pool = one_pool}, parts.options)
        .subsets.front()
        .chosen.kept;
}

/// A selector that looks at no score.
method selected(const auto& selector) {
    return [=](const run_parts& parts) { return drawn(parts, {}, selector); };
}

/// A selector by a score.
method scored(const auto& score, const auto& selector, bool one_pool = false) {
    return [=](const run_parts& parts) {
        const score_column column = column_of(score, parts.data, execution(parts.options));
        return drawn(parts, column, selector, one_pool);
    };
}

/// A filter, and a random draw of what passes it.
method filtered(const auto& filter) {
    return [=](const run_parts& parts) { return drawn(parts, {}, random_subset{}, false, filter); };
}

method dual_with_beta() {
    return [](const run_parts& parts) {
        return scored(dual_beta{.pruned_fraction = 1 - parts.keep}, weighted_random{}, true)(parts);
    };
}

/// The methods of docs/selection.md, with the options of their authors for CIFAR-10 where 90 % is pruned. A
/// further method is one more line.
const std::vector<std::pair<std::string, method>>& methods() {
    constexpr bool one_pool = true;
    const top hardest{kept_end::hardest}, easiest{kept_end::easiest};
    static const std::vector<std::pair<std::string, method>> all = {
        {"random_subset", selected(random_subset{})},
        {"moderate", scored(center_distance{}, moderate_window{}, one_pool)},
        {"ccs", scored(area_under_margin{}, coverage_centric{.skipped_hardest = 0.3}, one_pool)},
        {"stratified", scored(area_under_margin{}, stratified{})},
        {"difficulty_window", scored(area_under_margin{}, difficulty_window{.skipped_hardest = 0.3})},
        {"d2", scored(area_under_margin{}, message_passing{.skipped_hardest = 0.4})},
        {"area_under_margin", scored(area_under_margin{}, hardest)},
        {"el2n", scored(el2n{}, hardest)},
        {"entropy", scored(entropy{}, hardest)},
        {"margin", scored(margin{}, hardest)},
        {"forgetting", scored(forgetting{}, hardest)},
        {"tdds", scored(tdds{}, top{})},
        {"dual_beta", dual_with_beta()},
        {"fdmat", scored(fdmat{}, easiest)},
        {"zcore", scored(zcore{}, top{}, one_pool)},
        {"knn_shapley", scored(knn_shapley<>{}, top{})},
        {"prototypicality", scored(prototypicality{}, hardest)},
        {"herding", selected(herding{})},
        {"k_center", selected(k_center{})},
        {"misclassified", filtered(misclassified{})},
        {"noise_adapted", filtered(noise_adapted{})},
        {"confident_learning", filtered(confident_learning{})},
        {"neighbor_vote", filtered(neighbor_vote<>{})},
        {"exact_duplicates", filtered(exact_duplicates{})},
        {"near_duplicates", filtered(near_duplicates<>{})},
        {"semantic_duplicates", filtered(semantic_duplicates{})},
        {"facility_location", selected(facility_location{})},
        {"facility_location_stochastic", selected(facility_location{.search = greedy_search::stochastic})},
        {"coverage", selected(coverage{})},
        {"graph_cut", selected(graph_cut{})},
    };
    return all;
}

inputs read(const settings& chosen) {
    inputs in;
    in.features = read_features(chosen.features);
    in.labels = read_labels(chosen.labels);
    std::vector<matrix<float>> networks;
    std::istringstream names(chosen.logits);
    for (std::string name; std::getline(names, name, ',');)
        networks.push_back(read_features(name));
    if (chosen.limit > 0 && chosen.limit < in.features.rows()) {
        in.features.conservativeResize(chosen.limit, Eigen::NoChange);
        in.labels.resize(static_cast<std::size_t>(chosen.limit));
        for (matrix<float>& one : networks)
            one.conservativeResize(chosen.limit, Eigen::NoChange);
    }
    if (networks.empty())
        return in;
    for (std::int64_t t = 0; t < chosen.epochs; ++t) {
        const matrix<float>& one = networks[static_cast<std::size_t>(t % std::ssize(networks))];
        in.outputs.insert(in.outputs.end(), one.data(), one.data() + one.size());
    }
    in.logits = networks.back();
    in.dynamics = {.values = in.outputs,
                   .epochs = chosen.epochs,
                   .samples = in.logits.rows(),
                   .classes = in.logits.cols()};
    return in;
}

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
}

void run(const std::string& name, const settings& chosen) {
    const auto found =
        std::find_if(methods().begin(), methods().end(), [&](const auto& one) { return one.first == name; });
    if (found == methods().end())
        throw std::invalid_argument(name + " is no method; `selectors list` names them");
    const inputs in = read(chosen);
    const dataset data = in.data();
    const double read_mb = peak_mb();
    std::vector<std::pair<double, double>> seconds;
    std::vector<std::int64_t> kept;
    for (std::int64_t repeat = 0; repeat < chosen.repeats; ++repeat) {
        const std::clock_t processor = std::clock();
        const auto wall = std::chrono::steady_clock::now();
        kept = found->second({data, chosen.keep, {.seed = 1, .threads = chosen.threads}});
        seconds.emplace_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(),
                             static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC);
    }
    const auto [wall_seconds, processor_seconds] = *std::min_element(seconds.begin(), seconds.end());
    csv_writer table(std::cout);
    table.row("method", "wall_seconds", "processor_seconds", "kept", "read_mb", "peak_mb");
    table.row(name, wall_seconds, processor_seconds, std::ssize(kept), read_mb, peak_mb());
    if (!chosen.write.empty()) {
        atomic_file file(chosen.write);
        write_npy(file.stream(), kept);
        file.commit();
    }
}

template <class Number>
Number number(const std::string& name, const std::string& word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size())
        throw std::invalid_argument(name + " must be a number, is " + word);
    return value;
}

settings options_of(int count, char** words) {
    settings chosen;
    const auto text = [](std::string& to) { return [&to](const std::string& word) { to = word; }; };
    const std::map<std::string, std::function<void(const std::string&)>> options = {
        {"--features", text(chosen.features)},
        {"--labels", text(chosen.labels)},
        {"--logits", text(chosen.logits)},
        {"--write", text(chosen.write)},
        {"--epochs", [&](const auto& word) { chosen.epochs = number<std::int64_t>("--epochs", word); }},
        {"--limit", [&](const auto& word) { chosen.limit = number<std::int64_t>("--limit", word); }},
        {"--repeats", [&](const auto& word) { chosen.repeats = number<std::int64_t>("--repeats", word); }},
        {"--keep", [&](const auto& word) { chosen.keep = number<double>("--keep", word); }},
        {"--threads", [&](const auto& word) { chosen.threads = number<int>("--threads", word); }}};
    for (int i = 2; i < count; i += 2) {
        if (!options.contains(words[i]) || i + 1 == count)
            throw std::invalid_argument(std::string(words[i]) + " is no option, or has no value");
        options.at(words[i])(words[i + 1]);
    }
    if (chosen.repeats < 1 || chosen.epochs < 1)
        throw std::invalid_argument("--repeats and --epochs must be at least 1");
    return chosen;
}

} // namespace

int main(int count, char** words) {
    try {
        if (count < 2)
            throw std::invalid_argument("the first word must be list or the name of a method");
        if (words[1] == std::string("list"))
            for (const auto& one : methods())
                std::cout << one.first << '\n';
        else
            run(words[1], options_of(count, words));
    } catch (const std::exception& problem) {
        std::cerr << "selectors: " << problem.what() << '\n';
        return 2;
    }
}
