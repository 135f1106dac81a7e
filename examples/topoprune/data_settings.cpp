// SPDX-License-Identifier: MIT
#include "data_settings.hpp"

#include "input_file.hpp"

#include <topoprune/io/table.hpp>
#include <topoprune/neighbors/k_means.hpp>
#include <topoprune/score/equal_scores.hpp>

#include <fmt/format.h>

#include <filesystem>

namespace program {

void data_settings::add_to(command_options& command, const std::string& required) {
    sample_settings::add_to(command, required);
    command.add("--pseudo-labels", pseudo_labels,
                "in place of labels: so many clusters of the features by spherical k-means");
    command.add(
        "--logits", logits,
        "n x c outputs of the base model; column = label, or where labels are names, column = place of the "
        "name among all, ascending by bytes");
    command.add("--predictions", predictions, "n predicted labels, in place of logits");
    command.add("--dynamics", dynamics,
                "t x n x c outputs of the base model after each of t epochs of its training, .npy");
    command.add("--dynamics-unit", dynamics_unit,
                "what the outputs of --dynamics are: logits or "
                "probabilities");
}

std::vector<std::pair<std::string, std::string>> data_settings::inputs() const {
    std::vector<std::pair<std::string, std::string>> given;
    for (const auto& [option, path] : {std::pair{"features", features},
                                       {"labels", labels},
                                       {"logits", logits},
                                       {"predictions", predictions},
                                       {"dynamics", dynamics},
                                       {"images", images}})
        if (!path.empty())
            given.emplace_back(option, path);
    return given;
}

void data_settings::check() const {
    require_choice("--dynamics-unit", dynamics_unit, {"logits", "probabilities"});
    if (pseudo_labels && (has_labels() || features.empty()))
        throw usage_error(!has_labels() ? "--features is missing: --pseudo-labels are made of them"
                          : labels.empty()
                              ? "--pseudo-labels is given beside --label-column, must be only one of the two"
                              : "--pseudo-labels is given beside --labels, must be only one of the two");
    check_columns();
    if (!logits.empty() && !predictions.empty())
        throw usage_error("--predictions is given beside --logits, must be only one of the two");
}

data_files::data_files(const data_settings& settings, const topoprune::execution& where)
    : unit_(settings.dynamics_unit == "logits" ? topoprune::output_unit::logits
                                               : topoprune::output_unit::probabilities) {
    static_cast<samples&>(*this) = read_samples(settings);
    if (!settings.features.empty())
        require_rows("--features", settings.features, features.rows());
    if (settings.has_labels())
        require_rows("--labels", settings.labels, std::ssize(labels));
    if (!settings.images.empty()) {
        images = read_for("--images",
                          [&] { return topoprune::read_images(std::filesystem::path(settings.images)); });
        require_rows("--images", settings.images, images->count, "images");
    }
    if (settings.pseudo_labels) {
        const auto clusters =
            topoprune::k_means{.clusters = *settings.pseudo_labels, .spherical = true}.run(features, where);
        labels.assign(clusters.cluster.begin(), clusters.cluster.end());
    }
    if (!settings.logits.empty()) {
        logits_ = read_for("--logits", [&] { return topoprune::read_features(settings.logits); });
        require_rows("--logits", settings.logits, logits_.rows());
        require_outputs("--logits", settings.logits, logits_.cols(), names);
    }
    if (!settings.predictions.empty()) {
        predictions_ = read_labels_like("--predictions", settings.predictions, *this);
        require_rows("--predictions", settings.predictions, std::ssize(predictions_));
    }
    if (!settings.dynamics.empty()) {
        dynamics_ = read_for("--dynamics", [&] { return topoprune::read_features(settings.dynamics); });
        if (samples_ <= 0 || dynamics_.cols() % samples_ != 0)
            throw usage_error(fmt::format("--dynamics {} has {} outputs an epoch, must be some for each of "
                                          "the {} samples of {}",
                                          settings.dynamics, dynamics_.cols(),
                                          std::max<std::int64_t>(0, samples_),
                                          counted_by_.empty() ? "--labels" : counted_by_));
        require_outputs("--dynamics", settings.dynamics, dynamics_.cols() / samples_, names);
    }
}

void data_files::note_equal_scores(std::span<const double> scores, std::string_view name,
                                   std::vector<std::string>& told) const {
    if (scores.empty())
        return;
    const std::vector<std::int64_t> one_class(labels.empty() ? scores.size() : 0, 0);
    std::string note = topoprune::equal_scores_note(
        scores, topoprune::class_partition(labels.empty() ? one_class : labels), name);
    if (!note.empty())
        told.push_back(with_class_names({std::move(note)}, names).front());
}

topoprune::dataset data_files::view() const {
    topoprune::dataset data{
        .features = features, .labels = labels, .logits = logits_, .predictions = predictions_};
    if (dynamics_.size() > 0)
        data.dynamics = {.values = {dynamics_.data(), static_cast<std::size_t>(dynamics_.size())},
                         .epochs = dynamics_.rows(),
                         .samples = samples_,
                         .classes = dynamics_.cols() / samples_,
                         .unit = unit_};
    return data;
}

std::string data_files::header_remark(const std::string& option) const {
    for (const std::string& note : notes)
        if (option == "--labels" && note.find("is taken as the name of the column") != std::string::npos)
            return "; " + note.substr(note.rfind("the first line"));
    return "";
}

void data_files::require_rows(const std::string& option, const std::string& path, std::int64_t rows,
                              const std::string& called) {
    if (samples_ < 0) {
        samples_ = rows;
        counted_by_ = option == "--features" ? "the features" : option;
    } else if (rows != samples_) {
        throw usage_error(fmt::format("{} {} has {} {}, must be as many as {}, {}{}", option, path, rows,
                                      called, counted_by_, samples_, header_remark(option)));
    }
}

} // namespace program
