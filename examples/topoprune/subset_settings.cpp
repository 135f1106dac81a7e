// SPDX-License-Identifier: MIT
#include "subset_settings.hpp"

#include "any_filter.hpp"
#include "console.hpp"
#include "input_file.hpp"

#include <topoprune/io/labeled_numbers.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace program {

namespace {

/// A number with a point or an exponent is a fraction, one without is a count.
topoprune::budget_request parse_keep(const std::string& text) {
    const bool is_fraction = text.find_first_of(".eE") != std::string::npos;
    double fraction = 0;
    std::int64_t count = 0;
    const char* end = text.data() + text.size();
    const auto parsed =
        is_fraction ? std::from_chars(text.data(), end, fraction) : std::from_chars(text.data(), end, count);
    const bool in_range = is_fraction ? fraction > 0 && fraction <= 1 : count >= 1;
    if (parsed.ec != std::errc{} || parsed.ptr != end || !in_range)
        throw usage_error(fmt::format(
            "--keep is \"{}\", must be a fraction above 0.0 and at most 1.0, or a count of at least 1, or "
            "several with commas between",
            text));
    if (is_fraction)
        return topoprune::keep_fraction{fraction};
    return topoprune::keep_count{count};
}

/// Lines "label,count".
topoprune::keep_quota read_quota(const std::string& path, const topoprune::class_names& names) {
    const topoprune::labeled_numbers read =
        read_for("--quota", [&] { return topoprune::read_labeled_numbers(path, names, "count"); });
    if (read.labels.empty())
        throw usage_error(fmt::format("--quota {} has one column, must have 2: label and count", path));
    topoprune::keep_quota quota;
    for (std::size_t at = 0; at < read.labels.size(); ++at) {
        constexpr double most = 9007199254740992.0; // 2^53, up to which doubles are exact
        const double count = read.numbers[at];
        if (std::trunc(count) != count || count < 0 || count > most)
            throw usage_error(fmt::format("--quota {} gives label {} the count {}, must be an integer of at "
                                          "least 0",
                                          path, names.of(read.labels[at]), count));
        quota.of_label.emplace_back(read.labels[at], static_cast<std::int64_t>(count));
    }
    return quota;
}

/// The accuracies of all classes in ascending order of the labels, in which they stand unless the file names
/// the labels.
std::vector<double> read_accuracies(const std::string& path, const samples& known) {
    topoprune::labeled_numbers read = read_for(
        "--class-accuracy", [&] { return topoprune::read_labeled_numbers(path, known.names, "accuracy"); });
    if (read.labels.empty())
        return std::move(read.numbers);
    std::map<std::int64_t, std::optional<double>> of_label;
    for (const std::int64_t label : known.labels)
        of_label.try_emplace(label);
    for (std::size_t at = 0; at < read.labels.size(); ++at) {
        const auto found = of_label.find(read.labels[at]);
        if (found == of_label.end())
            throw usage_error(fmt::format("--class-accuracy {} names the label {}, which no sample has", path,
                                          known.names.of(read.labels[at])));
        found->second = read.numbers[at];
    }
    std::vector<double> accuracies;
    for (const auto& [label, accuracy] : of_label) {
        if (!accuracy)
            throw usage_error(
                fmt::format("--class-accuracy {} has no line for the label {}", path, known.names.of(label)));
        accuracies.push_back(*accuracy);
    }
    return accuracies;
}

} // namespace

void subset_settings::add_to(command_options& command) {
    command.add("--keep", keep,
                "share (0.1) or number (5000) of samples to keep; several with commas between "
                "(0.7,0.5,0.1) give subsets each inside every larger one");
    command.add("--keep-per-class", per_class, "so many samples of every class, in place of --keep");
    command.add("--quota", quota, "csv of label,count: so many samples of these classes, in place of --keep");
    command.add("--shares", shares,
                "how --keep is divided: proportional to the classes, balanced, or by error (DRoP)");
    command.add(
        "--class-accuracy", class_accuracy,
        "by error: accuracy of every class on unseen samples, by ascending label, or csv of label,accuracy");
    command.add("--least-per-class", least_per_class, "keep at least so many of every class that has them");
    command.add("--must-keep", must_keep,
                "row numbers of samples that are kept in any case, or a mask of n bools");
    command.add("--never-keep", never_keep, "row numbers of samples that are not kept, or a mask of n bools");
    command.add("--short-class", short_class,
                "a class that the filter left short: fill it from its filtered samples, redistribute the "
                "rest to the other classes, or stop");
}

topoprune::selection_request subset_settings::request() const {
    require_choice("--shares", shares, {"proportional", "balanced", "error"});
    require_choice("--short-class", short_class, {"fill", "redistribute", "stop"});
    const int ways = (keep.empty() ? 0 : 1) + (per_class ? 1 : 0) + (quota.empty() ? 0 : 1);
    if (ways != 1)
        throw usage_error(ways == 0
                              ? "--keep is missing"
                              : "--keep, --keep-per-class and --quota go not together, must be only one");
    topoprune::selection_request request;
    if (per_class)
        request.keep = {topoprune::keep_per_class{*per_class}};
    else if (!quota.empty())
        request.keep = {topoprune::keep_quota{}};
    else
        for (const std::string& one : split_at_commas(keep)) {
            const topoprune::budget_request more = parse_keep(one);
            if (std::find(request.keep.begin(), request.keep.end(), more) != request.keep.end())
                throw usage_error(fmt::format("--keep names {} twice, must name every rate once", one));
            request.keep.push_back(more);
        }
    if (shares == "balanced")
        request.shares = topoprune::balanced_shares{};
    if (shares == "error") {
        require_given("--class-accuracy", !class_accuracy.empty());
        request.shares = topoprune::error_shares{};
    }
    request.least_per_class = least_per_class;
    request.when_class_is_short = short_class == "fill"           ? topoprune::short_budget::fill
                                  : short_class == "redistribute" ? topoprune::short_budget::redistribute
                                                                  : topoprune::short_budget::stop;
    return request;
}

void subset_settings::read_files(topoprune::selection_request& request, std::int64_t count,
                                 const samples& known) const {
    const std::set<std::int64_t> classes(known.labels.begin(), known.labels.end());
    // Without labels, or with one budget for all, there is one class of all samples.
    const bool has_classes = !classes.empty() && !request.one_pool;
    if (!quota.empty()) {
        topoprune::keep_quota read = read_quota(quota, known.names);
        for (const auto& [label, value] : read.of_label)
            if (has_classes && !classes.contains(label))
                throw usage_error(fmt::format("--quota {} names the label {}, which no sample has", quota,
                                              known.names.of(label)));
        request.keep = {std::move(read)};
    }
    if (shares == "error") {
        std::vector<double> accuracies = read_accuracies(class_accuracy, known);
        if (has_classes && accuracies.size() != classes.size())
            throw usage_error(fmt::format("--class-accuracy {} has {} numbers, must have one for each of the "
                                          "{} classes",
                                          class_accuracy, accuracies.size(), classes.size()));
        request.shares = topoprune::error_shares{std::move(accuracies)};
    }
    if (!must_keep.empty())
        request.must_keep = read_rows("--must-keep", must_keep, count);
    if (!never_keep.empty())
        request.never_keep = read_rows("--never-keep", never_keep, count);
}

std::vector<std::string> subset_settings::names() const {
    if (per_class)
        return {"per_class"};
    if (!quota.empty())
        return {"quota"};
    return split_at_commas(keep);
}

std::vector<unused_option> subset_settings::unused() const {
    std::vector<unused_option> result;
    if (shares != "error")
        result.push_back({"class-accuracy", "--shares " + shares});
    const std::string way = per_class ? "--keep-per-class" : "--quota";
    if (keep.empty())
        result.push_back({"shares", way});
    if (!quota.empty())
        result.push_back({"least-per-class", way});
    return result;
}

std::vector<std::pair<std::string, std::string>> subset_settings::inputs() const {
    std::vector<std::pair<std::string, std::string>> given;
    for (const auto& [option, path] : {std::pair{"quota", quota},
                                       {"class-accuracy", class_accuracy},
                                       {"must-keep", must_keep},
                                       {"never-keep", never_keep}})
        if (!path.empty())
            given.emplace_back(option, path);
    return given;
}

std::string file_of_subset(const std::string& path, const std::vector<std::string>& names, std::size_t at) {
    if (names.size() == 1)
        return path;
    std::filesystem::path result(path);
    const std::string extension = result.extension().string();
    result.replace_filename(result.stem().string() + "_" + names[at] + extension);
    return result.string();
}

void print_subsets(const std::vector<std::string>& names,
                   const std::vector<topoprune::explained_subset>& subsets,
                   const std::vector<std::int32_t>& dropped_by) {
    for (std::size_t at = 0; at < subsets.size(); ++at) {
        const auto& reasons = subsets[at].chosen.reasons;
        const auto count = [&](topoprune::sample_reason reason) {
            return std::count(reasons.begin(), reasons.end(), reason);
        };
        std::int64_t filtered = 0;
        for (std::size_t i = 0; i < reasons.size(); ++i)
            filtered += topoprune::was_filtered(subsets[at], dropped_by, i);
        if (names.size() > 1)
            print("{:>10}: ", names[at]);
        print("kept {} of {} samples ({:.1f} %), {} filtered", subsets[at].chosen.size(), reasons.size(),
              100.0 * static_cast<double>(subsets[at].chosen.size()) /
                  static_cast<double>(std::max<std::size_t>(1, reasons.size())),
              filtered);
        if (const auto filled = count(topoprune::sample_reason::filled))
            print(", {} of them kept to fill classes", filled);
        if (const auto required = count(topoprune::sample_reason::required))
            print(", {} required", required);
        if (const auto excluded = count(topoprune::sample_reason::excluded))
            print(", {} excluded", excluded);
        print("\n");
    }
}

} // namespace program
