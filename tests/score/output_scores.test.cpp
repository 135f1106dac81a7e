// SPDX-License-Identifier: MIT
// Scores from what a classifier said: el2n, entropy, margin, area_under_margin, forgetting, tdds, dual.
#include <topoprune/score/area_under_margin.hpp>
#include <topoprune/score/dual.hpp>
#include <topoprune/score/dual_beta.hpp>
#include <topoprune/score/el2n.hpp>
#include <topoprune/score/entropy.hpp>
#include <topoprune/score/forgetting.hpp>
#include <topoprune/score/margin.hpp>
#include <topoprune/score/tdds.hpp>

#include "laws/dataset_score_laws.hpp"

#include <cmath>

using namespace topoprune;
using doctest::Approx;

namespace {

/// A training of a few epochs, probabilities or logits.
struct training {
    std::int64_t epochs, samples, classes;
    std::vector<float> values;
    std::vector<std::int64_t> labels;
    output_unit unit = output_unit::probabilities;

    [[nodiscard]] dataset data() const {
        return {
            .labels = labels,
            .dynamics = {
                .values = values, .epochs = epochs, .samples = samples, .classes = classes, .unit = unit}};
    }
};

/// Probabilities of the label, epoch by epoch, of one sample of two classes.
training binary(const std::vector<float>& of_label) {
    training t{std::ssize(of_label), 1, 2, {}, {1}};
    for (const float p : of_label) {
        t.values.push_back(1 - p);
        t.values.push_back(p);
    }
    return t;
}

training random_logits(std::int64_t epochs, std::int64_t n, std::int64_t classes, double scale) {
    const random_stream random(4, 4);
    training t{epochs, n, classes, {}, {}, output_unit::logits};
    for (std::int64_t i = 0; i < epochs * n * classes; ++i)
        t.values.push_back(static_cast<float>(scale * random.normal(static_cast<std::uint64_t>(i))));
    for (std::int64_t i = 0; i < n; ++i)
        t.labels.push_back(i * i % classes);
    return t;
}

template <class S>
double only(const S& score, const training& t) {
    return score.column(t.data(), execution({.threads = 1})).at(0);
}

} // namespace

static_assert(el2n::high == high_end::hard && entropy::high == high_end::hard);
static_assert(forgetting::high == high_end::hard);
static_assert(margin::high == high_end::easy && area_under_margin::high == high_end::easy);
static_assert(tdds::high == high_end::valuable && dual::high == high_end::valuable);

TEST_CASE("scores from outputs obey the laws of a score of a dataset") {
    for (const double scale : {0.0, 1.0, 1e3, 1e30}) {
        const training t = random_logits(12, 50, 4, scale);
        check_dataset_score_laws(el2n{}, t.data());
        check_dataset_score_laws(entropy{}, t.data());
        check_dataset_score_laws(margin{}, t.data());
        check_dataset_score_laws(area_under_margin{}, t.data());
        check_dataset_score_laws(forgetting{}, t.data());
        check_dataset_score_laws(tdds{.window = 4}, t.data());
        check_dataset_score_laws(dual{.window = 4}, t.data());
        for (const double pruned : {0.0, 0.5, 0.999999})
            check_dataset_score_laws(dual_beta{.base = {.window = 4}, .pruned_fraction = pruned}, t.data());
    }
}

TEST_CASE("one state of a classifier: closed forms") {
    training t{1, 1, 3, {0.7F, 0.2F, 0.1F}, {1}};
    CHECK(only(el2n{}, t) == Approx(std::sqrt(0.49 + 0.64 + 0.01)));
    CHECK(only(entropy{}, t) == Approx(-0.7 * std::log(0.7) - 0.2 * std::log(0.2) - 0.1 * std::log(0.1)));
    CHECK(only(margin{}, t) == Approx(-0.5));
    CHECK(only(area_under_margin{}, t) == Approx(-0.5));
    // What one state cannot tell is refused: all would have one score.
    CHECK_THROWS_WITH_AS((void)only(forgetting{}, t), doctest::Contains("epochs"), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)only(tdds{}, t), doctest::Contains("epochs"), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)only(dual{}, t), doctest::Contains("epochs"), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)only(dual_beta{}, t), doctest::Contains("epochs"), std::invalid_argument);
    t.values = {0, 1, 0};
    CHECK(only(el2n{}, t) == 0);
    CHECK(only(entropy{}, t) == 0);
    CHECK(only(margin{}, t) == 1);
}

TEST_CASE("logits are the logarithms of the probabilities that the softmax makes of them") {
    const matrix<float> logits{{1.0F, 2.0F, 4.0F}};
    const std::vector<std::int64_t> labels{2};
    const dataset data{.labels = labels, .logits = logits};
    const double sum = std::exp(1.0) + std::exp(2.0) + std::exp(4.0);
    CHECK(margin{}.column(data, execution{}).at(0) == Approx((std::exp(4.0) - std::exp(2.0)) / sum));
    CHECK(area_under_margin{.of = output_unit::logits}.column(data, execution{}).at(0) == Approx(2.0));
}

TEST_CASE("the area under the margin is over all epochs, not the last alone") {
    CHECK(only(area_under_margin{}, binary({0.9F, 0.5F, 0.1F})) == Approx(0.0).epsilon(1e-6));
    CHECK(only(area_under_margin{}, binary({0.9F, 0.9F, 0.1F})) == Approx(0.8 / 3));
}

TEST_CASE("forgetting counts the steps from right to wrong") {
    CHECK(only(forgetting{}, binary({0.9F, 0.1F, 0.9F, 0.1F, 0.2F, 0.9F})) == 2);
    CHECK(only(forgetting{}, binary({0.1F, 0.9F, 0.9F})) == 0);
    CHECK(only(forgetting{}, binary({0.1F, 0.2F, 0.3F})) == 3);
    // Equal outputs are right, whichever column the label has.
    for (const std::int64_t label : {0, 1}) {
        CHECK(only(forgetting{}, training{2, 1, 2, {0.5F, 0.5F, 0.5F, 0.5F}, {label}}) == 0);
        const float own = label == 0 ? 0.2F : 0.8F;
        CHECK(only(forgetting{}, training{2, 1, 2, {0.5F, 0.5F, own, 1 - own}, {label}}) == 1);
    }
}

TEST_CASE("EL2N is over the first epochs asked for") {
    const training t = binary({0.5F, 1.0F, 1.0F});
    CHECK(only(el2n{.first_epochs = 1}, t) == Approx(std::sqrt(0.5)));
    CHECK(only(el2n{.first_epochs = 0}, t) == Approx(std::sqrt(0.5) / 3));
    CHECK_THROWS_AS((void)only(el2n{.first_epochs = -1}, t), std::invalid_argument);
}

TEST_CASE("TDDS and DUAL: their windows, by the formulas") {
    const std::vector<float> p{0.2F, 0.5F, 0.4F, 0.8F, 0.9F};
    const training t = binary(p);
    const auto change = [&](std::size_t at) {
        const double a = p[at], b = p[at - 1];
        return std::abs(a * std::log(a / b)) + std::abs((1 - a) * std::log((1 - a) / (1 - b)));
    };
    const auto worth = [&](std::size_t first) {
        const double a = change(first), b = change(first + 1), mean = (a + b) / 2;
        return std::sqrt((a - mean) * (a - mean) + (b - mean) * (b - mean));
    };
    CHECK(only(tdds{.window = 3}, t) ==
          Approx(0.9 * worth(3) + 0.09 * worth(2) + 0.009 * worth(1)).epsilon(1e-5));

    const auto dual_window = [&](std::size_t first) {
        const double mean = (p[first] + p[first + 1]) / 2.0;
        return std::abs(static_cast<double>(p[first] - p[first + 1])) / std::sqrt(2.0) * (1 - mean);
    };
    CHECK(only(dual{.window = 2}, t) ==
          Approx((dual_window(0) + dual_window(1) + dual_window(2) + dual_window(3)) / 4));
    CHECK(only(dual{.window = 2, .first_epochs = 2}, t) == Approx(dual_window(0)));
}

TEST_CASE("DUAL's beta moves to easier samples the more is pruned") {
    training t{10, 2, 2, {}, {1, 1}};
    for (int epoch = 0; epoch < 10; ++epoch)
        for (const float center : {0.5F, 0.85F}) {
            const float p = center + (epoch % 2 == 0 ? 0.1F : -0.1F);
            t.values.insert(t.values.end(), {1 - p, p});
        }
    const auto ratio = [&](double pruned) {
        const auto column = dual_beta{.pruned_fraction = pruned}.column(t.data(), execution{});
        return column[1] / column[0];
    };
    CHECK(ratio(0.9) > ratio(0.5));
    CHECK(ratio(0.99) > ratio(0.9));
    // b = 15 (1 - mu) (1 - r^4), a = 16 - b with mu = (.5 + .85) / 2.
    const double b = 15 * (1 - 0.675) * (1 - std::pow(0.9, 4.0)), a = 16 - b;
    const auto plain = dual{}.column(t.data(), execution{});
    CHECK(ratio(0.9) ==
          Approx(plain[1] / plain[0] * std::pow(0.85 / 0.5, a - 1) * std::pow(0.15 / 0.5, b - 1))
              .epsilon(1e-4));
}

TEST_CASE("outputs that are missing or do not fit are refused by name") {
    const std::vector<std::int64_t> labels{0, 1};
    CHECK_THROWS_WITH_AS(
        (void)el2n{}.column({.labels = labels}, execution{}),
        "el2n: the classifier's output is missing, must be given as logits or as training dynamics",
        std::invalid_argument);
    training t{1, 1, 2, {0.5F, 0.5F}, {2}};
    CHECK_THROWS_WITH_AS(
        (void)margin{}.column(t.data(), execution{}),
        "margin: a label is 2, must be a column of the classifier's output, at least 0 and below 2",
        std::invalid_argument);
    t.labels = {0};
    t.values[1] = 1.5F;
    CHECK_THROWS_AS((void)entropy{}.column(t.data(), execution{}), std::invalid_argument);
    t.values[1] = 0.5F;
    CHECK_THROWS_AS((void)area_under_margin{.of = output_unit::logits}.column(t.data(), execution{}),
                    std::invalid_argument);
    t.values.pop_back();
    CHECK_THROWS_AS((void)entropy{}.column(t.data(), execution{}), std::invalid_argument);
}

TEST_CASE("scores of training dynamics refuse too few epochs") {
    const training nine = binary({0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F});
    CHECK_THROWS_WITH_AS((void)only(tdds{}, nine), doctest::Contains("epochs of training dynamics is 9"),
                         std::invalid_argument);
    CHECK(only(tdds{.window = 9}, nine) > 0);
    // The mean of one change is the change.
    CHECK_THROWS_AS((void)only(tdds{.window = 2}, nine), std::invalid_argument);
    CHECK_THROWS_AS((void)only(dual{.first_epochs = 1}, nine), std::invalid_argument);
}
