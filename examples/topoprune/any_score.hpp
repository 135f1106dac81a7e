// SPDX-License-Identifier: MIT
#pragma once

#include "any_loss.hpp"
#include "command_options.hpp"

#include <topoprune/optimize/adam.hpp>
#include <topoprune/optimize/gradient_ascent.hpp>
#include <topoprune/persistence/barcode_effect.hpp>
#include <topoprune/persistence/gradient_norm.hpp>
#include <topoprune/persistence/hole_persistence.hpp>
#include <topoprune/persistence/merge_height.hpp>
#include <topoprune/persistence/mode_persistence.hpp>
#include <topoprune/persistence/pair_persistence.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/persistence/stable_persistence_score.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

/// The optimizers of the library behind one type: a policy chosen at run time that only forwards.
struct any_optimizer {
    std::variant<topoprune::adam, topoprune::gradient_ascent> choice;
    /// Those of the choice.
    int steps = 0;

    using state = std::variant<topoprune::adam::state, topoprune::gradient_ascent::state>;

    [[nodiscard]] state start(std::int64_t rows, std::int64_t columns) const {
        return std::visit([&](const auto& policy) { return state{policy.start(rows, columns)}; }, choice);
    }
    void ascend(state& run, topoprune::matrix_view<double> points,
                topoprune::matrix_view<const double> gradient) const {
        std::visit(
            [&]<class Policy>(const Policy& policy) {
                policy.ascend(std::get<typename Policy::state>(run), points, gradient);
            },
            choice);
    }
};

static_assert(topoprune::Optimizer<any_optimizer>);

/// What a sample scores within its class, or a part of it, behind one type. To add a score: one more
/// alternative here, one more name in score_settings.
struct any_class_score {
    std::variant<topoprune::persistence_score<any_loss, any_optimizer>, topoprune::gradient_norm<any_loss>,
                 topoprune::pair_persistence<planar_bifiltration, any_transport>,
                 topoprune::pair_persistence<spatial_bifiltration, any_transport>,
                 topoprune::mode_persistence<any_density>, topoprune::merge_height<any_density>,
                 topoprune::hole_persistence, topoprune::barcode_effect>
        choice;

    [[nodiscard]] std::vector<double> values(topoprune::matrix_view<const double> points,
                                             const topoprune::execution& where) const;
};

static_assert(topoprune::ClassScore<any_class_score>);

/// The score of every class as it is, or the mean over layouts and parts of the classes.
struct any_score {
    std::variant<any_class_score, topoprune::stable_persistence_score<any_class_score>> choice;

    [[nodiscard]] std::vector<double> column(const topoprune::embedded_samples& samples,
                                             const topoprune::execution& where) const;
    /// Without standard errors and reliabilities where the score is measured once.
    [[nodiscard]] topoprune::column_estimate estimate(const topoprune::embedded_samples& samples,
                                                      const topoprune::execution& where) const;
};

static_assert(topoprune::Score<any_score>);
static_assert(topoprune::EstimatesColumn<any_score>);

/// The persistence score as the command line names it: what is measured, on which loss, and how often.
struct score_settings {
    std::string score = "displacement";
    loss_settings loss;
    std::string optimizer = "adam";
    int steps = topoprune::adam{}.steps;
    double learning_rate = topoprune::adam{}.learning_rate;
    std::optional<double> least_persistence;
    std::string holes = "longest";
    std::optional<double> reliability;
    topoprune::stable_persistence_score<> stable;

    void add_to(command_options& command);
    /// Throws usage_error or std::invalid_argument for a name that there is not, a number out of range or
    /// options that do not go together.
    [[nodiscard]] any_score policy() const;
    [[nodiscard]] std::vector<unused_option> unused() const;
    /// Whether the score is one of the loss.
    [[nodiscard]] bool sees_loss() const { return !sees_modes() && !sees_plane(); }
    /// Throws usage_error for a reliability where nothing varies between measurements: classes that are not
    /// cut, in the only layout of a projection.
    void require_variation(bool draws_layouts) const;
    /// What the score keeps of each sample beside its column, in the plane of `dimensions`.
    [[nodiscard]] std::int64_t bytes_per_sample(std::int64_t dimensions) const;

private:
    /// Whether it is one of the modes of the density, or of the triangulation by scale alone.
    [[nodiscard]] bool sees_modes() const { return score == "mode-persistence" || score == "merge-height"; }
    [[nodiscard]] bool sees_plane() const { return score == "hole-persistence" || score == "barcode-effect"; }
    [[nodiscard]] any_class_score measured() const;
    [[nodiscard]] any_class_score measured_without_loss() const;
};

} // namespace program
