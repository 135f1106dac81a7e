// SPDX-License-Identifier: MIT
// The filter that adapts to the noise that it finds, on data whose wrong labels are known.
#include <topoprune/core/random.hpp>
#include <topoprune/filter/all_filters.hpp>
#include <topoprune/filter/exact_duplicates.hpp>
#include <topoprune/filter/misclassified.hpp>
#include <topoprune/filter/noise_adapted.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace topoprune;

namespace {

/// Ten classes, of which two are hard to tell apart, and a classifier of them that is sure where it can be.
struct labeled_samples {
    std::vector<std::int64_t> truth, labels;
    matrix<float> logits;

    labeled_samples(std::int64_t n, double wrong_share, std::uint64_t seed) : logits(n, 10) {
        const random_stream random(seed, 1);
        for (std::int64_t i = 0; i < n; ++i) {
            const auto at = static_cast<std::uint64_t>(i);
            truth.push_back(i % 10);
            labels.push_back(i % 10);
            if (random.uniform(4 * at) < wrong_share)
                labels.back() = (i + 1 + static_cast<std::int64_t>(random.below(4 * at + 1, 9))) % 10;
            for (std::int64_t c = 0; c < 10; ++c)
                logits(i, c) = c == truth.back() ? 4.0F : 0.1F * static_cast<float>(c % 3);
            // Class 0 looks like class 1 for four of ten of its samples, to a varying degree.
            if (i % 10 == 0 && i / 10 % 10 < 4)
                logits(i, 1) = 4.0F + 0.2F * static_cast<float>(i / 10 % 10) - 0.1F;
        }
    }

    [[nodiscard]] dataset view() const { return {.labels = labels, .logits = logits}; }
    [[nodiscard]] bool is_wrong(std::size_t i) const { return labels[i] != truth[i]; }
};

filter_result filtered(const noise_adapted& filter, const dataset& data) {
    filter_result one = filter.apply(data, execution({.seed = 1, .threads = 1}));
    const filter_result threaded = filter.apply(data, execution({.seed = 1, .threads = 3}));
    CHECK(threaded.passes == one.passes);
    CHECK(threaded.least_share == one.least_share);
    CHECK(!one.note.empty());
    return one;
}

Eigen::RowVectorXd probabilities_of(const labeled_samples& data, std::size_t i) {
    const Eigen::RowVectorXd row = data.logits.row(static_cast<Eigen::Index>(i)).cast<double>();
    const Eigen::RowVectorXd p = (row.array() - row.maxCoeff()).exp().matrix();
    return p / p.sum();
}

double self_confidence_of(const labeled_samples& data, std::size_t i) {
    return probabilities_of(data, i)[data.labels[i]];
}

double margin_of(const labeled_samples& data, std::size_t i) {
    Eigen::RowVectorXd p = probabilities_of(data, i);
    const double own = p[data.labels[i]];
    p[data.labels[i]] = 0;
    return own - p.maxCoeff();
}

} // namespace

TEST_CASE("wrong labels are dropped at every budget, as many as there are, if none may return") {
    for (const double share : {0.1, 0.2, 0.4}) {
        const labeled_samples data(4000, share, 3);
        const filter_result result = filtered({.suspect_share = 1}, data.view());
        std::int64_t wrong = 0, wrong_dropped = 0, right_dropped = 0;
        for (std::size_t i = 0; i < 4000; ++i) {
            wrong += data.is_wrong(i);
            const bool dropped = result.passes[i] == 0;
            wrong_dropped += data.is_wrong(i) && dropped;
            right_dropped += !data.is_wrong(i) && dropped;
        }
        CHECK(wrong_dropped >= wrong * 9 / 10);
        CHECK(right_dropped <= wrong / 5);
        // What passes at no more than the strict share is what the classifier gets right.
        for (std::size_t i = 0; i < 4000; ++i)
            CHECK((result.passes[i] != 0 && result.least_share[i] == 0) == (margin_of(data, i) > 0));
    }
}

TEST_CASE(
    "where the classifier half believes wrong labels, the spread of its errors tells how many there are") {
    labeled_samples data(6000, 0.2, 8);
    // Below the mean probability of every class, so that confident learning counts none of them.
    for (std::size_t i = 0; i < 6000; ++i)
        if (data.is_wrong(i))
            data.logits(static_cast<Eigen::Index>(i), data.labels[i]) = 3.8F;
    const filter_result result = filtered({.suspect_share = 1}, data.view());
    std::int64_t wrong = 0, wrong_dropped = 0, right_dropped = 0;
    for (std::size_t i = 0; i < 6000; ++i) {
        wrong += data.is_wrong(i);
        wrong_dropped += data.is_wrong(i) && result.passes[i] == 0;
        right_dropped += !data.is_wrong(i) && result.passes[i] == 0;
    }
    CHECK(wrong_dropped >= wrong * 8 / 10);
    CHECK(right_dropped <= wrong / 10);
}

TEST_CASE("clean labels that the classifier gets wrong pass where much is kept, the surer the later") {
    const labeled_samples data(2000, 0, 4);
    const noise_adapted filter{.strict_share = 0.25, .lenient_share = 0.75, .suspect_share = 1};
    const filter_result result = filtered(filter, data.view());
    std::vector<std::size_t> graded;
    for (std::size_t i = 0; i < 2000; ++i)
        if (result.least_share[i] > 0)
            graded.push_back(i);
    // Three of ten of class 0 are taken for class 1; none of the others is taken for anything else.
    CHECK(graded.size() >= 20);
    CHECK(graded.size() <= 60);
    CHECK(std::count(result.passes.begin(), result.passes.end(), 0) <= 60 - std::ssize(graded));
    for (const std::size_t i : graded) {
        CHECK(data.labels[i] == 0);
        CHECK(result.least_share[i] < 0.75);
        for (const std::size_t j : graded)
            if (self_confidence_of(data, i) > self_confidence_of(data, j) + 1e-9)
                CHECK(result.least_share[i] < result.least_share[j]);
    }
    for (std::size_t i = 0; i < 2000; ++i)
        if (result.passes[i] == 0)
            for (const std::size_t j : graded)
                CHECK(self_confidence_of(data, i) <= self_confidence_of(data, j));
}

TEST_CASE("the shares from which misclassified samples pass follow the formula") {
    // Two rivals of class 0 of varying strength, so that the order by margin is another one.
    labeled_samples data(3000, 0.15, 7);
    for (Eigen::Index i = 0; i < 3000; i += 10)
        if (i / 10 % 10 < 4)
            data.logits(i, 2) = 3.0F + 0.9F * static_cast<float>(i / 100 % 3);
    // No two samples alike.
    const random_stream random(7, 2);
    for (Eigen::Index i = 0; i < 3000; ++i)
        for (Eigen::Index c = 0; c < 10; ++c)
            data.logits(i, c) +=
                0.3F * static_cast<float>(random.uniform(static_cast<std::uint64_t>(10 * i + c)));
    const noise_adapted filter{.strict_share = 0.1, .lenient_share = 0.5, .suspect_share = 0.6};
    const filter_result result = filtered(filter, data.view());
    std::int64_t returning = 0;
    for (std::int64_t c = 0; c < 10; ++c) {
        std::vector<std::size_t> missed;
        double size = 0;
        for (std::size_t i = 0; i < 3000; ++i)
            if (data.labels[i] == c) {
                ++size;
                if (margin_of(data, i) <= 0)
                    missed.push_back(i);
                else
                    CHECK((result.passes[i] != 0 && result.least_share[i] == 0));
            }
        std::stable_sort(missed.begin(), missed.end(), [&](std::size_t a, std::size_t b) {
            return self_confidence_of(data, a) > self_confidence_of(data, b) + 1e-12;
        });
        // How many seem wrong the filter alone knows; whatever it is, all shares follow from it.
        std::int64_t fitting = 0;
        for (std::int64_t suspects = 0; suspects <= std::ssize(missed); ++suspects) {
            const std::int64_t others = std::ssize(missed) - suspects, back = std::min(2 * others, suspects);
            bool fits = true;
            for (std::int64_t t = 0; t < std::ssize(missed); ++t) {
                const std::size_t i = missed[static_cast<std::size_t>(t)];
                const double place = static_cast<double>(t) + 0.5;
                double expected = -1;
                if (t < others)
                    expected = (0.1 + 0.4 * place / static_cast<double>(others)) *
                               (size - static_cast<double>(suspects)) / size;
                else if (t < others + back)
                    expected = 0.6 + 0.4 * (place - static_cast<double>(others)) / static_cast<double>(back);
                const double found = result.passes[i] != 0 ? result.least_share[i] : -1;
                fits = fits && std::abs(found - expected) < 1e-9;
            }
            fitting += fits;
            returning += fits ? back : 0;
        }
        CHECK(fitting == 1);
    }
    CHECK(returning > 5);
}

TEST_CASE("without logits the adapted filter is the plain one, without predictions too it drops nothing") {
    const std::vector<std::int64_t> labels{0, 1, 1, 0}, predictions{0, 1, 0, 1};
    const filter_result result = filtered({}, {.labels = labels, .predictions = predictions});
    CHECK(result.passes == std::vector<std::uint8_t>{1, 1, 0, 0});
    CHECK(result.least_share.empty());
    CHECK(filtered({}, {.labels = labels}).passes == std::vector<std::uint8_t>{1, 1, 1, 1});
}

TEST_CASE("the adapted filter takes classes of one sample, one class, and ties") {
    matrix<float> logits = matrix<float>::Zero(3, 3);
    std::vector<std::int64_t> labels{0, 1, 2};
    const filter_result tied = filtered({}, {.labels = labels, .logits = logits});
    CHECK(tied.passes.size() == 3);
    labels = {2, 2, 2};
    CHECK(filtered({}, {.labels = labels, .logits = logits}).passes.size() == 3);
    const matrix<float> one_column = matrix<float>::Zero(2, 1);
    const std::vector<std::int64_t> zeros{0, 0};
    CHECK(filtered({}, {.labels = zeros, .logits = one_column}).passes == std::vector<std::uint8_t>{1, 1});
}

TEST_CASE("of equal largest logits the first is the prediction, as misclassified has it") {
    const labeled_samples data(300, 0.2, 9);
    matrix<float> halves = data.logits;
    for (Eigen::Index i = 0; i < halves.size(); ++i)
        halves.data()[i] = std::round(halves.data()[i] / 4);
    const dataset tied{.labels = data.labels, .logits = halves};
    const filter_result plain = misclassified{}.apply(tied, execution{});
    const filter_result strict = filtered({.strict_share = 0.9, .lenient_share = 0.9}, tied);
    CHECK(std::count(plain.passes.begin(), plain.passes.end(), 0) > 20);
    for (std::size_t i = 0; i < 300; ++i)
        CHECK((strict.passes[i] != 0 && strict.least_share[i] == 0) == (plain.passes[i] != 0));
}

TEST_CASE("several filters join their least shares") {
    labeled_samples data(400, 0, 5);
    const matrix<float> z = matrix<float>::Identity(400, 400);
    dataset all = data.view();
    all.features = z;
    const filter_result alone = filtered({}, all);
    const all_filters both{exact_duplicates{}, noise_adapted{}, noise_adapted{.strict_share = 0.5}};
    const filter_result joined = both.apply(all, execution{});
    REQUIRE(joined.least_share.size() == 400);
    std::int64_t later = 0;
    for (std::size_t i = 0; i < 400; ++i) {
        CHECK(joined.least_share[i] >= alone.least_share[i]);
        CHECK(joined.graded_by[i] == (alone.least_share[i] > 0 ? 2 : -1));
        later += joined.least_share[i] > alone.least_share[i];
        CHECK(joined.passes[i] == alone.passes[i]);
    }
    CHECK(later > 0);
}

TEST_CASE("the adapted filter refuses shares and logits that mean nothing") {
    const labeled_samples data(40, 0.1, 6);
    for (const noise_adapted& filter :
         {noise_adapted{.strict_share = -0.1}, noise_adapted{.strict_share = 0.7, .lenient_share = 0.5},
          noise_adapted{.strict_share = 0.5, .lenient_share = 1.5},
          noise_adapted{.strict_share = std::nan("")}, noise_adapted{.suspect_share = -0.5},
          noise_adapted{.suspect_share = 1.5}, noise_adapted{.suspect_share = std::nan("")}})
        CHECK_THROWS_AS((void)filter.apply(data.view(), execution{}), std::invalid_argument);
    labeled_samples broken = data;
    broken.logits(3, 2) = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_AS((void)noise_adapted{}.apply(broken.view(), execution{}), std::invalid_argument);
    labeled_samples high = data;
    high.labels[3] = 10;
    CHECK_THROWS_AS((void)noise_adapted{}.apply(high.view(), execution{}), std::invalid_argument);
}
