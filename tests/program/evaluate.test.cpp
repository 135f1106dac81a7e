// SPDX-License-Identifier: MIT
#include <topoprune/diagnostics/energy_distance.hpp>

#include "program/workplace.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

using namespace program_tests;

namespace {

/// The workplace with kept sets of its 240 samples of two classes.
struct evaluation_workplace : workplace {
    std::vector<std::int64_t> kept;

    evaluation_workplace() {
        std::vector<std::int64_t> half, wrong, strata;
        for (std::int64_t i = 0; i < 240; ++i) {
            if (i % 6 < 2)
                kept.push_back(i);
            if (i < 80)
                half.push_back(i);
            wrong.push_back(i % 24 == 0 ? 1 - i % 2 : i % 2);
            strata.push_back(i / 60);
        }
        write("kept.npy", std::span<const std::int64_t>(kept));
        write("half.npy", std::span<const std::int64_t>(half));
        write("truth.npy", std::span<const std::int64_t>(wrong));
        write("strata.npy", std::span<const std::int64_t>(strata));
        write("twice.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{3, 4, 3}));
        write("beyond.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{3, 240}));
        write("none.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{}));
    }
    [[nodiscard]] std::string data() const {
        return "evaluate --features " + path("features.npy") + " --labels " + path("labels.npy") + " ";
    }
    [[nodiscard]] std::string everything() const {
        return data() + "--kept " + path("kept.npy") + " --other " + path("half.npy") + " --true-labels " +
               path("truth.npy") + " --strata " + path("strata.npy") + " --points " + path("points.npy") +
               " ";
    }
};

const nlohmann::json& row_of(const nlohmann::json& document, const std::string& quantity,
                             const std::string& label = "all") {
    for (const nlohmann::json& row : document["quantities"])
        if (row["quantity"] == quantity && row["class"] == label)
            return row;
    FAIL("no row " << quantity << " of " << label);
    return document;
}

} // namespace

TEST_CASE("evaluate writes every quantity, the same on any number of threads") {
    const evaluation_workplace place;
    const outcome one = run(place.everything() + "--threads 1 --out " + place.path("one.json"));
    CAPTURE(one.output);
    REQUIRE(one.status == 0);
    const outcome three = run(place.everything() + "--threads 3 --out " + place.path("three.json"));
    CHECK(one.output == three.output);
    CHECK(bytes_of(place.folder / "one.json") == bytes_of(place.folder / "three.json"));

    const nlohmann::json document = nlohmann::json::parse(bytes_of(place.folder / "one.json"));
    CHECK(document["samples"] == 240);
    CHECK(document["kept"] == 80);
    CHECK(document["inputs"].size() == 7);
    CHECK(document["options"]["slices"] == 256);
    CHECK(row_of(document, "kept")["value"] == 80);
    CHECK(row_of(document, "kept", "1")["value"] == 40);
    CHECK(row_of(document, "label_noise_of_all_samples")["value"] == doctest::Approx(10.0 / 240));
    CHECK(row_of(document, "label_noise")["value"] == doctest::Approx(10.0 / 80));
    CHECK(row_of(document, "class_total_variation")["value"] == 0);
    CHECK(row_of(document, "lost_strata")["value"] == 0);
    // 28 of the first 80 are kept by both.
    CHECK(row_of(document, "jaccard_with_other")["value"] == doctest::Approx(28.0 / 132));
    for (const char* quantity : {"coverage_mean", "coverage_max", "class_coverage_mean", "class_coverage_max",
                                 "energy_distance", "sliced_wasserstein", "mean_discrepancy", "bottleneck_0",
                                 "wasserstein_0", "bottleneck_1", "wasserstein_1"}) {
        CAPTURE(quantity);
        const nlohmann::json& row = row_of(document, quantity);
        CHECK(row["value"] > 0);
        CHECK(row["random_draw"] > 0);
        CHECK(row["random_deviation"] > 0);
    }
    CHECK(row_of(document, "energy_distance")["standard_error"] > 0);
    // What is told on stderr, then the table.
    CHECK(one.output.starts_with("240 samples of 3 features, about "));
    CHECK(one.output.find(" needed\nquantity,class,value,standard_error,random_draw,random_deviation\n") !=
          std::string::npos);
    CHECK(one.output.find("\nkept,0,40,,40,0\n") != std::string::npos);

    const matrix<float> features = topoprune::read_npy_matrix<float>(place.path("features.npy"));
    const double expected =
        topoprune::energy_distance{}.measure(features, place.kept, topoprune::execution{}).value;
    // The program and this test need not fuse the same products and sums.
    CHECK(row_of(document, "energy_distance")["value"].get<double>() ==
          doctest::Approx(expected).epsilon(1e-9));
}

TEST_CASE("evaluate needs no more than features, labels and a kept set, and no file to write") {
    const evaluation_workplace place;
    const outcome result = run(place.data() + "--kept " + place.path("kept.npy") + " --random-draws 0");
    CAPTURE(result.output);
    CHECK(result.status == 0);
    CHECK(result.output.find("energy_distance,all,") != std::string::npos);
    CHECK(result.output.find("bottleneck") == std::string::npos);
    CHECK(result.output.find("label_noise") == std::string::npos);
    CHECK(result.output.find("jaccard") == std::string::npos);
    const outcome again =
        run(place.data() + "--kept " + place.path("kept.npy") + " --random-draws 0 --seed 2");
    CHECK(again.output != result.output);
}

TEST_CASE("evaluate refuses wrong input with status 2 and one line, and writes nothing") {
    const evaluation_workplace place;
    const std::string kept = "--kept " + place.path("kept.npy"), out = " --out " + place.path("x");
    check_refused(place, "evaluate --labels " + place.path("labels.npy") + out, "--features is missing");
    check_refused(place, place.data() + out, "--kept is missing");
    check_refused(place, place.data() + "--kept " + place.path("twice.npy") + out, "names the row 3 twice");
    check_refused(place, place.data() + "--kept " + place.path("beyond.npy") + out, "names the row 240");
    check_refused(place, place.data() + "--kept " + place.path("none.npy") + out, "none.npy");
    check_refused(place, place.data() + "--kept " + place.path("features.npy") + out, "features.npy");
    check_refused(place, place.data() + kept + " --other " + place.path("beyond.npy") + out, "--other");
    check_refused(place, place.data() + kept + " --true-labels " + place.path("short.npy") + out,
                  "--true-labels");
    check_refused(place, place.data() + kept + " --strata " + place.path("short.npy") + out, "--strata");
    check_refused(place, place.data() + kept + " --points " + place.path("features.npy") + out,
                  "must have 2");
    check_refused(place, place.data() + kept + " --features " + place.path("cut.npy") + out, "cut.npy");
    check_refused(place, place.data() + kept + " --slices 1" + out, "--slices is 1");
    check_refused(place, place.data() + kept + " --frequencies 0" + out, "--frequencies is 0");
    check_refused(place, place.data() + kept + " --random-draws -1" + out, "--random-draws is -1");
    check_refused(place, place.data() + kept + " --power 0.5" + out, "--power is 0.5");
    check_refused(place, place.data() + kept + " --bandwidth 0" + out, "--bandwidth is 0");
    check_refused(place, place.data() + kept + " --wrong 1" + out, "--wrong");
    CHECK(run(place.data() + kept + " --random-draws 0 --out " + place.path("missing/x.json")).status == 1);
}
