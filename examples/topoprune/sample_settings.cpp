// SPDX-License-Identifier: MIT
#include "sample_settings.hpp"

#include "input_file.hpp"

#include <topoprune/io/input_place.hpp>
#include <topoprune/io/sample_table.hpp>
#include <topoprune/io/table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

#include <sys/stat.h>

namespace program {

namespace {

/// What to do with a column of text, for a command that has these options.
std::string advice_for(const topoprune::column_error& error, bool takes_labels) {
    if (error.column().empty())
        return "; --label-column chooses one of them";
    const std::string& column = error.column();
    return fmt::format("; {}--feature-columns '!{}' leaves it out",
                       takes_labels ? fmt::format("--label-column '{}' takes it for the labels, --id-column "
                                                  "'{}' for the ids, ",
                                                  column, column)
                                    : "",
                       column);
}

template <class Read>
auto read_columns_for(const std::string& option, bool takes_labels, Read&& read) {
    return read_for(option, [&] {
        try {
            return read();
        } catch (const topoprune::column_error& error) {
            throw usage_error(fmt::format("{} {}{}", option, error.what(), advice_for(error, takes_labels)));
        }
    });
}

void require_some(const std::string& option, const std::string& path, bool has_rows) {
    if (!has_rows)
        throw usage_error(fmt::format("{} {} has no row, must have one for each sample", option, path));
}

bool is_one_file(const std::string& one, const std::string& other) {
    std::error_code ignored;
    return one == other || std::filesystem::equivalent(one, other, ignored);
}

void add_notes(std::vector<std::string>& notes, const std::string& option, const std::string& path,
               const std::vector<std::string>& more) {
    for (const std::string& note : more)
        notes.push_back(fmt::format("{} {}: {}", option, path, note));
}

} // namespace

void sample_settings::add_features_to(command_options& command, const std::string& required) {
    add_file_to(command, required);
    add_columns_to(command);
}

void sample_settings::add_file_to(command_options& command, const std::string& required) {
    command.add("--features", features,
                "n x d features: .npy, .npz (FILE.npz:NAME of several), idx or csv, plain or gzipped" +
                    required);
}

void sample_settings::add_columns_to(command_options& command) {
    command.add("--feature-columns", feature_columns,
                "columns of the features by name or number, as a,b,f-k or 1-16, or all but some, as !a,!b "
                "[all but those of labels and ids]");
}

void sample_settings::add_to(command_options& command, const std::string& required) {
    add_file_to(command, required);
    command.add("--labels", labels, "n class labels, integers, whole numbers or names" + required);
    add_columns_to(command);
    command.add(
        "--label-column", label_column,
        "column of the labels by name or number, in the file of --labels, else in that of --features");
    command.add("--id-column", id_column,
                "column of --features that names the samples, for the tables that are written");
}

void sample_settings::check_columns() const {
    const auto require_file = [](const char* option, const std::string& column, const char* needed,
                                 bool given) {
        if (!column.empty() && !given)
            throw usage_error(
                fmt::format("{} is {}, must be left out: there is no {}", option, column, needed));
    };
    require_file("--feature-columns", feature_columns, "--features", !features.empty());
    require_file("--id-column", id_column, "--features", !features.empty());
    require_file("--label-column", label_column, "--labels and no --features",
                 !features.empty() || !labels.empty());
}

samples read_samples(const sample_settings& settings) {
    samples result;
    // Labels in the very file of the features are read with them, once.
    const bool labels_apart =
        !settings.labels.empty() && (settings.features.empty() || settings.label_column.empty() ||
                                     !is_one_file(settings.features, settings.labels));
    if (!settings.features.empty()) {
        topoprune::sample_table table = read_columns_for("--features", true, [&] {
            return topoprune::read_sample_table(settings.features,
                                                {.features = settings.feature_columns,
                                                 .labels = labels_apart ? "" : settings.label_column,
                                                 .ids = settings.id_column});
        });
        require_some("--features", settings.features, table.features.rows() > 0);
        result.features = std::move(table.features);
        result.ids = std::move(table.ids);
        add_notes(result.notes, "--features", settings.features, table.notes);
        if (table.labels) {
            result.labels = std::move(table.labels->labels);
            result.names = std::move(table.labels->names);
            add_notes(result.notes, "--label-column", settings.features, table.labels->notes);
        }
    }
    if (labels_apart) {
        topoprune::class_labels read = read_columns_for("--labels", true, [&] {
            return topoprune::read_label_column(settings.labels, settings.label_column);
        });
        require_some("--labels", settings.labels, !read.labels.empty());
        result.labels = std::move(read.labels);
        result.names = std::move(read.names);
        add_notes(result.notes, "--labels", settings.labels, read.notes);
    }
    return result;
}

std::vector<std::int64_t> read_labels_like(const std::string& option, const std::string& path,
                                           const samples& known) {
    topoprune::class_labels read = read_for(option, [&] { return topoprune::read_label_column(path, ""); });
    if (known.labels.empty())
        return std::move(read.labels);
    if (known.names.are_names() != read.names.are_names())
        throw usage_error(fmt::format("{} {} holds {}, must hold {} as --labels", option, path,
                                      read.names.are_names() ? "names" : "numbers",
                                      known.names.are_names() ? "names" : "numbers"));
    if (!known.names.are_names())
        return std::move(read.labels);
    // Names that no sample has for a label follow behind those that some have.
    std::vector<std::int64_t> label_of_name;
    auto next = static_cast<std::int64_t>(known.names.names().size());
    for (const std::string& name : read.names.names()) {
        const std::optional<std::int64_t> label = known.names.label_of(name);
        label_of_name.push_back(label ? *label : next++);
    }
    for (std::int64_t& label : read.labels)
        label = label_of_name[static_cast<std::size_t>(label)];
    return std::move(read.labels);
}

std::vector<std::int64_t> read_rows(const std::string& option, const std::string& path,
                                    std::int64_t samples) {
    return read_for(option, [&] { return topoprune::read_row_numbers(path, samples); });
}

void require_outputs(const std::string& option, const std::string& path, std::int64_t outputs,
                     const topoprune::class_names& names) {
    const auto classes = static_cast<std::int64_t>(names.names().size());
    if (names.are_names() && outputs != classes)
        throw usage_error(fmt::format("{} {} has outputs for {} classes, must have them for the {} names of "
                                      "the labels, in ascending order",
                                      option, path, outputs, classes));
}

void refuse_shared_pipes(const std::vector<std::pair<std::string, std::string>>& inputs) {
    std::map<std::pair<dev_t, ino_t>, std::string> seen;
    for (const auto& [option, path] : inputs) {
        struct stat status{};
        if (::stat(topoprune::input_place(path).file.c_str(), &status) != 0 || S_ISREG(status.st_mode))
            continue;
        const auto [before, is_new] = seen.try_emplace({status.st_dev, status.st_ino}, option);
        if (!is_new)
            throw usage_error(fmt::format("--{} {} is the pipe of --{} too, which can be read only once",
                                          option, path, before->second));
    }
}

std::vector<std::string> with_class_names(std::vector<std::string> notes,
                                          const topoprune::class_names& names) {
    constexpr std::string_view front = "class ";
    for (std::string& note : notes) {
        if (names.are_plain() || !note.starts_with(front))
            continue;
        std::int64_t label = 0;
        const char* const begin = note.data() + front.size();
        const auto [end, error] = std::from_chars(begin, note.data() + note.size(), label);
        if (error == std::errc() && end != begin)
            note = std::string(front) + names.of(label) +
                   note.substr(static_cast<std::size_t>(end - note.data()));
    }
    return notes;
}

} // namespace program
