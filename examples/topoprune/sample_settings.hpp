// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"

#include <topoprune/core/matrix.hpp>
#include <topoprune/io/labels.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Samples as people bring them: features, labels and ids, in one file or in several.
namespace program {

/// The files of the features and of the labels, and which of their columns are what.
struct sample_settings {
    std::string features;
    std::string labels;
    std::string feature_columns;
    std::string label_column;
    std::string id_column;

    /// required: what is said of the features and the labels in the help.
    void add_to(command_options& command, const std::string& required);
    /// The options of the features alone.
    void add_features_to(command_options& command, const std::string& required);

    /// True if labels are given, in a file of their own or in a column of the features.
    [[nodiscard]] bool has_labels() const { return !labels.empty() || !label_column.empty(); }

    /// Throws usage_error for columns of files that are not given.
    void check_columns() const;

private:
    void add_file_to(command_options& command, const std::string& required);
    void add_columns_to(command_options& command);
};

/// What stands in these files.
struct samples {
    topoprune::matrix<float> features;
    std::vector<std::int64_t> labels;
    topoprune::class_names names;
    /// One for each sample, or none.
    std::vector<std::string> ids;
    /// What the run should say of the files: guesses, columns that look wrong.
    std::vector<std::string> notes;
};

/// Reads each file once. Throws usage_error that names the option and the file.
[[nodiscard]] samples read_samples(const sample_settings& settings);

/// Other labels of the same samples, as predicted ones are: numbers where the labels are numbers, names where
/// they are names, which may be others than theirs. `names` may be those of no labels at all.
[[nodiscard]] std::vector<std::int64_t> read_labels_like(const std::string& option, const std::string& path,
                                                         const samples& known);

/// Row numbers of `samples` samples, or a mask of them.
[[nodiscard]] std::vector<std::int64_t> read_rows(const std::string& option, const std::string& path,
                                                  std::int64_t samples);

/// Throws usage_error unless there is an output for each of the classes where these have names: output c
/// belongs to the c-th name.
void require_outputs(const std::string& option, const std::string& path, std::int64_t outputs,
                     const topoprune::class_names& names);

/// Throws usage_error if two options name one pipe or device, which can be read once only.
void refuse_shared_pipes(const std::vector<std::pair<std::string, std::string>>& inputs);

/// The same notes, in which "class 3" at the front is "class cat" if that is what the class is called.
[[nodiscard]] std::vector<std::string> with_class_names(std::vector<std::string> notes,
                                                        const topoprune::class_names& names);

} // namespace program
