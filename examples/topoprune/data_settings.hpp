// SPDX-License-Identifier: MIT
#pragma once

#include "command_options.hpp"
#include "sample_settings.hpp"
#include "settings.hpp"

#include <topoprune/core/dataset.hpp>
#include <topoprune/core/matrix.hpp>
#include <topoprune/io/images.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace program {

/// The files that a person brings, by option.
struct data_settings : sample_settings {
    std::optional<std::int64_t> pseudo_labels;
    std::string logits;
    std::string predictions;
    std::string dynamics;
    std::string dynamics_unit = "logits";
    /// An option only of the commands that show images.
    std::string images;

    /// required: what is said of the features and the labels in the help.
    void add_to(command_options& command, const std::string& required);
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs() const;
    /// Throws usage_error for options that do not go together, before anything is read.
    void check() const;
};

/// What stands in them.
class data_files : public samples {
public:
    /// Throws usage_error if they are not of one number of samples.
    data_files(const data_settings& settings, const topoprune::execution& where);

    [[nodiscard]] std::int64_t count() const { return samples_; }
    [[nodiscard]] topoprune::dataset view() const;
    /// Adds a note if scores of the samples, under this name, cannot order them.
    void note_equal_scores(std::span<const double> scores, std::string_view name,
                           std::vector<std::string>& told) const;

    std::optional<topoprune::image_stack> images;

private:
    void require_rows(const std::string& option, const std::string& path, std::int64_t rows,
                      const std::string& called = "rows");

    /// What the message may add of labels that are one too few: their first line may be no header.
    [[nodiscard]] std::string header_remark(const std::string& option) const;

    topoprune::matrix<float> logits_;
    std::vector<std::int64_t> predictions_;
    /// One epoch a row.
    topoprune::matrix<float> dynamics_;
    topoprune::output_unit unit_;
    std::int64_t samples_ = -1;
    std::string counted_by_;
};

} // namespace program
