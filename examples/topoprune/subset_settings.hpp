// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "sample_settings.hpp"
#include "settings.hpp"

#include <topoprune/pipeline/explained_subset.hpp>
#include <topoprune/pipeline/selection_request.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace program {

/// How many samples of which class to keep, and which in any case; `prune` and `select` share it.
struct subset_settings {
    std::string keep;
    std::optional<std::int64_t> per_class;
    std::string quota;
    std::string shares = "proportional";
    std::string class_accuracy;
    std::int64_t least_per_class = 0;
    std::string must_keep;
    std::string never_keep;
    std::string short_class = "fill";

    void add_to(command_options& command);
    /// What is asked for, as far as no file is needed to know it. Throws usage_error.
    [[nodiscard]] topoprune::selection_request request() const;
    /// Completes the request by the files named, for `count` samples of these labels. Throws usage_error.
    void read_files(topoprune::selection_request& request, std::int64_t count, const samples& known) const;
    /// What every subset is called in file names and columns: "0.1", "per_class", "quota".
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
    /// The input files that were given, by option.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs() const;
};

/// The file of one subset: "kept.npy" alone, "kept_0.5.npy" for each of several.
[[nodiscard]] std::string file_of_subset(const std::string& path, const std::vector<std::string>& names,
                                         std::size_t at);

/// One line for each subset: its name, its size, and how many samples were filtered, whatever became of them
/// then, filled, required or excluded.
void print_subsets(const std::vector<std::string>& names,
                   const std::vector<topoprune::explained_subset>& subsets,
                   const std::vector<std::int32_t>& dropped_by);

} // namespace program
