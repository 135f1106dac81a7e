// SPDX-License-Identifier: MIT
#include <topoprune/density/distance_to_measure.hpp>
#include <topoprune/density/exponential_kde.hpp>
#include <topoprune/density/knn_density.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>
#include <topoprune/io/atoms_csv.hpp>
#include <topoprune/loss/signed_measure_norm.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/loss/total_persistence.hpp>
#include <topoprune/optimize/gradient_ascent.hpp>
#include <topoprune/persistence/barcode_effect.hpp>
#include <topoprune/persistence/density_score.hpp>
#include <topoprune/persistence/gradient_norm.hpp>
#include <topoprune/persistence/hole_persistence.hpp>
#include <topoprune/persistence/merge_height.hpp>
#include <topoprune/persistence/mode_persistence.hpp>
#include <topoprune/persistence/pair_persistence.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/persistence/stable_persistence_score.hpp>
#include <topoprune/principal/principal_persistence_lifetime.hpp>
#include <topoprune/transport/row_transport.hpp>

#include "program/workplace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace program_tests;
using namespace topoprune;

/// What the program offers of filtrations, densities, losses and optimizers, held against the library.
namespace {

/// A workplace with clouds of 2, 3 and 5 dimensions, and samples of two classes in the plane.
struct topology_workplace : workplace {
    void write_points(const std::string& name, const matrix<double>& points) const {
        write(name, matrix_view<const double>(points));
    }
    topology_workplace() {
        write_points("plane.npy", clouds::circle(60, 5, 0.2));
        write_points("space.npy", clouds::normal(50, 6, 1.0, 3));
        write_points("five.npy", clouds::normal(50, 7, 1.0, 5));
        write_points("many.npy", clouds::normal(2600, 8));
        const matrix<float> features = clouds::circle(120, 9, 0.15).cast<float>();
        std::vector<std::int64_t> classes;
        for (std::int64_t i = 0; i < features.rows(); ++i)
            classes.push_back(i % 3 == 0 ? 7 : 4);
        write("two.npy", matrix_view<const float>(features));
        write("classes.npy", std::span<const std::int64_t>(classes));
        const matrix<float> crowd = clouds::normal(2600, 8).cast<float>();
        write("crowd.npy", matrix_view<const float>(crowd));
        classes.assign(2600, 4);
        write("one_class.npy", std::span<const std::int64_t>(classes));
    }
    [[nodiscard]] std::string two_classes() const {
        return "prune --features " + path("two.npy") + " --labels " + path("classes.npy") +
               " --projection identity --keep 40 ";
    }
};

template <class Bifiltration>
void check_measure(const workplace& place, const std::string& cloud, const std::string& options,
                   const Bifiltration& bifiltration, int degree) {
    const std::string arguments = "measure --points " + place.path(cloud) + " --degree " +
                                  std::to_string(degree) + " " + options + " --threads ";
    CAPTURE(arguments);
    const outcome one = run(arguments + "1 --out " + place.path("one.csv"));
    CAPTURE(one.output);
    REQUIRE(one.status == 0);
    REQUIRE(run(arguments + "2 --out " + place.path("two.csv")).status == 0);
    CHECK(bytes_of(place.folder / "one.csv") == bytes_of(place.folder / "two.csv"));

    const matrix<double> points = read_npy_matrix<double>(place.path(cloud));
    const signed_measure expected = hilbert_signed_measure(bifiltration.build(points, execution{}), degree);
    const signed_measure found = read_atoms_csv(place.path("one.csv"));
    REQUIRE(found.size() == expected.size());
    CHECK(found.size() > 4);
    for (std::size_t a = 0; a < found.size(); ++a) {
        CHECK(found[a].r == doctest::Approx(expected[a].r).epsilon(1e-12));
        CHECK(found[a].f == doctest::Approx(expected[a].f).epsilon(1e-9));
        CHECK(found[a].mass == expected[a].mass);
        CHECK(found[a].edge_u == expected[a].edge_u);
        CHECK(found[a].edge_v == expected[a].edge_v);
        CHECK(found[a].vertex == expected[a].vertex);
    }
}

/// A column of scores.csv.
std::vector<double> column_of(const fs::path& table, const std::string& name) {
    std::ifstream in(table);
    std::string line;
    std::getline(in, line);
    const auto cells = [](const std::string& text) {
        std::vector<std::string> parts(1);
        for (const char c : text)
            if (c == ',')
                parts.emplace_back();
            else
                parts.back().push_back(c);
        return parts;
    };
    const std::vector<std::string> header = cells(line);
    const auto at = static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    REQUIRE(at < header.size());
    std::vector<double> column;
    while (std::getline(in, line))
        column.push_back(std::stod(cells(line)[at]));
    return column;
}

void check_column(const fs::path& folder, const std::string& name, const std::vector<double>& expected) {
    CAPTURE(name);
    const std::vector<double> found = column_of(folder / "scores.csv", name);
    REQUIRE(found.size() == expected.size());
    double largest = 0;
    for (const double value : expected)
        largest = std::max(largest, std::abs(value));
    // The program and this test need not fuse the same products and sums.
    for (std::size_t i = 0; i < found.size(); ++i)
        CHECK(std::abs(found[i] - expected[i]) <= 1e-6 * largest);
    CHECK(largest > 1e-4);
}

/// `report`: what the report must say of the measure.
template <Score Persistence, class Density>
void check_prune(const topology_workplace& place, const std::string& options, const Persistence& persistence,
                 const Density& density, const std::string& report) {
    CAPTURE(options);
    const outcome one = run(place.two_classes() + options + " --threads 1 --out " + place.path("one"));
    CAPTURE(one.output);
    REQUIRE(one.status == 0);
    REQUIRE(run(place.two_classes() + options + " --threads 2 --out " + place.path("two")).status == 0);
    check_same_results(place.folder / "one", place.folder / "two");

    const matrix<double> points = read_npy_matrix<double>(place.path("two.npy"));
    const class_partition classes(read_npy_integers(place.path("classes.npy")));
    const embedded_samples samples{points, classes};
    check_column(place.folder / "one", "persistence", persistence.column(samples, execution{}));
    check_column(place.folder / "one", "density", density_score{density}.column(samples, execution{}));
    CHECK(bytes_of(place.folder / "one" / "report.html").find(report) != std::string::npos);
    fs::remove_all(place.folder / "one");
    fs::remove_all(place.folder / "two");
}

const std::string shown = "<h2 id=\"measure-heading\">Signed measure of class 4</h2>";

} // namespace

TEST_CASE("measure writes the measure of every filtration and density, in degrees 0 and 1") {
    const topology_workplace place;
    const gaussian_kde gaussian{.bandwidth = 0.4};
    for (const int degree : {0, 1}) {
        check_measure(place, "plane.npy", "", density_bifiltration{weak_delaunay{}, gaussian}, degree);
        check_measure(place, "plane.npy", "--bandwidth scott",
                      density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = bandwidth::scott()}},
                      degree);
        check_measure(
            place, "plane.npy", "--filtration function_delaunay --density exponential --bandwidth silverman",
            density_bifiltration{function_delaunay{}, exponential_kde{.bandwidth = bandwidth::silverman()}},
            degree);
        check_measure(place, "space.npy",
                      "--filtration function_delaunay --density knn --density-neighbors 5",
                      density_bifiltration{function_delaunay{}, knn_density{.k = 5}}, degree);
        check_measure(place, "plane.npy", "--filtration rips", density_bifiltration{rips{}, gaussian},
                      degree);
        check_measure(
            place, "five.npy",
            "--filtration rips --threshold 1.25 --density distance_to_measure --density-neighbors 4",
            density_bifiltration{rips{.threshold = 1.25}, distance_to_measure{.k = 4}}, degree);
    }
}

TEST_CASE("prune climbs every loss on every filtration as the library does, on any number of threads") {
    const topology_workplace place;
    const gaussian_kde gaussian{.bandwidth = 0.4};
    const density_bifiltration planar{weak_delaunay{}, gaussian};

    SUBCASE("the transport of a signed measure") {
        check_prune(place, "", persistence_score{signed_measure_transport{planar}, adam{}}, gaussian, shown);
        check_prune(place, "--norm l2 --transport row --steps 2 --learning-rate 0.02",
                    persistence_score{signed_measure_transport{planar, row_transport<l2>{}},
                                      adam{.learning_rate = 0.02, .steps = 2}},
                    gaussian, shown);
        check_prune(place, "--degree 0 --corner 3 6",
                    persistence_score{
                        signed_measure_transport{planar, exact_transport<l1>{.corner = {{3, 6}}}, 0}, adam{}},
                    gaussian, shown);
        const knn_density nearest{.k = 7};
        check_prune(place, "--filtration function_delaunay --density knn --density-neighbors 7",
                    persistence_score{
                        signed_measure_transport{density_bifiltration{function_delaunay{}, nearest}}, adam{}},
                    nearest, shown);
        const gaussian_kde scott{.bandwidth = bandwidth::scott()};
        check_prune(place, "--filtration rips --bandwidth scott",
                    persistence_score{signed_measure_transport{density_bifiltration{rips{}, scott}}, adam{}},
                    scott, shown);
        check_prune(
            place, "--filtration rips --threshold 0.2 --corner 1 5",
            persistence_score{signed_measure_transport{density_bifiltration{rips{.threshold = 0.2}, gaussian},
                                                       exact_transport<l1>{.corner = {{1, 5}}}},
                              adam{}},
            gaussian, shown);
    }
    SUBCASE("the norm of a signed measure") {
        const gradient_ascent ascent{.learning_rate = 0.5, .steps = 3};
        const std::string climb = " --loss norm --optimizer gradient-ascent --learning-rate 0.5 --steps 3";
        check_prune(place, climb, persistence_score{signed_measure_norm{planar}, ascent}, gaussian, shown);
        const distance_to_measure distance{.k = 15};
        check_prune(
            place, "--filtration function_delaunay --density distance_to_measure --norm l2" + climb,
            persistence_score{signed_measure_norm{density_bifiltration{function_delaunay{}, distance}, l2{}},
                              ascent},
            distance, shown);
        check_prune(place, "--filtration rips --degree 0 --norm sql2" + climb,
                    persistence_score{
                        signed_measure_norm{density_bifiltration{rips{}, gaussian}, squared_l2{}, 0}, ascent},
                    gaussian, shown);
    }
    SUBCASE("total persistence, which sees no measure") {
        const std::string none = "sees no signed measure";
        check_prune(place, "--loss total-persistence",
                    persistence_score{total_persistence<weak_delaunay>{}, adam{}}, gaussian, none);
        const density_bifiltration incremental{function_delaunay{}, gaussian};
        check_prune(
            place, "--loss total-persistence --filtration function_delaunay --power 2 --degree 0",
            persistence_score{
                total_persistence<density_bifiltration<function_delaunay, gaussian_kde>>{incremental, 0, 2},
                adam{}},
            gaussian, none);
        check_prune(place, "--loss total-persistence --filtration rips --threshold 0.6",
                    persistence_score{total_persistence<rips>{rips{.threshold = 0.6}}, adam{}}, gaussian,
                    none);
    }
}

TEST_CASE("prune scores classes in space") {
    const topology_workplace place;
    const std::string arguments = "prune " + place.inputs() + "--projection identity --keep 40 ";
    for (const std::string filtration : {"function_delaunay", "rips --threshold 0.4 --corner 2 9"}) {
        const outcome done = run(arguments + "--filtration " + filtration + " --out " + place.path("space"));
        CAPTURE(done.output);
        REQUIRE(done.status == 0);
        CHECK(bytes_of(place.folder / "space" / "report.html").find("Signed measure of class 1") !=
              std::string::npos);
        fs::remove_all(place.folder / "space");
    }
}

TEST_CASE("a manifest repeats every choice, and other choices may be made beside it") {
    const topology_workplace place;
    const std::string again = "prune --config " + place.path("a") + "/manifest.json --out ";
    REQUIRE(run(place.two_classes() +
                "--filtration rips --threshold 0.2 --corner 1 5 --density knn --density-neighbors 9 --out " +
                place.path("a"))
                .status == 0);
    const auto options = nlohmann::json::parse(bytes_of(place.folder / "a" / "manifest.json"))["options"];
    CHECK(options["corner"] == nlohmann::json::parse("[1, 5]"));
    CHECK(options["density-neighbors"] == 9);
    CHECK(options["loss"] == "transport");
    CHECK_FALSE(options.contains("bandwidth"));
    CHECK_FALSE(options.contains("power"));
    REQUIRE(run(again + place.path("b")).status == 0);
    check_same_results(place.folder / "a", place.folder / "b");

    // The manifest's corner, norm, transport, threshold and neighbors say nothing to these.
    const outcome other = run(again + place.path("c") +
                              " --loss total-persistence --filtration weak_delaunay --density gaussian");
    CAPTURE(other.output);
    REQUIRE(other.status == 0);
    const auto others = nlohmann::json::parse(bytes_of(place.folder / "c" / "manifest.json"))["options"];
    for (const char* name : {"corner", "norm", "transport", "threshold", "density-neighbors"})
        CHECK_FALSE(others.contains(name));
    CHECK(others["bandwidth"] == 0.4);
    CHECK_FALSE(others.contains("power"));
}

TEST_CASE("the persistence of a sample can be measured in every way of the library, once or often") {
    const topology_workplace place;
    const gaussian_kde gaussian{.bandwidth = 0.4};
    const density_bifiltration planar{weak_delaunay{}, gaussian};
    const density_bifiltration spatial{function_delaunay{}, gaussian};
    check_prune(place, "--score gradient-norm --loss total-persistence --power 2",
                gradient_norm{total_persistence{weak_delaunay{}, 1, 2}}, gaussian, "sees no signed measure");
    check_prune(place, "--score gradient-norm --loss principal-persistence --subsets 20000 --power 2",
                gradient_norm{principal_persistence_lifetime{.power = 2, .sampling = {.samples = 20000}}},
                gaussian, "the loss of the run, principal-persistence, sees no signed measure");
    check_prune(place, "--score pair-persistence", pair_persistence{planar}, gaussian, shown);
    check_prune(place, "--score pair-persistence --filtration function_delaunay --transport row --power 1",
                pair_persistence{spatial, row_transport<>{}, 1, 1}, gaussian, shown);
    check_prune(place, "--score pair-persistence --reliability 0.5 --rounds 3 --parts 2 --most-layouts 12",
                stable_persistence_score<pair_persistence<>>{
                    .score = {planar}, .reliability = 0.5, .most_layouts = 12, .parts = 2, .rounds = 3},
                gaussian, shown);
}

TEST_CASE("the persistence of a sample can be that of modes, of holes and of the barcode without it") {
    const topology_workplace place;
    const gaussian_kde gaussian{.bandwidth = 0.4}, narrow{.bandwidth = 0.1};
    const knn_density near{.k = 5};
    check_prune(place, "--score mode-persistence --bandwidth 0.1", mode_persistence{narrow}, narrow,
                "the score of the run, mode-persistence, sees no signed measure");
    check_prune(place, "--score merge-height --density knn --density-neighbors 5 --least-persistence 0.3",
                merge_height{near, weak_delaunay{}, 0.3}, near,
                "the score of the run, merge-height, sees no signed measure");
    check_prune(place, "--score hole-persistence", hole_persistence{}, gaussian,
                "the score of the run, hole-persistence, sees no signed measure");
    check_prune(place, "--score hole-persistence --holes all", hole_persistence{counted_holes::all}, gaussian,
                "sees no signed measure");
    check_prune(place, "--score barcode-effect", barcode_effect{}, gaussian,
                "the score of the run, barcode-effect, sees no signed measure");
    check_prune(place, "--score barcode-effect --degree 0", barcode_effect{0}, gaussian,
                "sees no signed measure");
}

TEST_CASE("principal persistence needs no plane") {
    const topology_workplace place;
    const std::string labels = place.path("five_classes.npy");
    std::vector<std::int64_t> classes(50, 0);
    std::fill(classes.begin(), classes.begin() + 20, 1);
    place.write("five_classes.npy", std::span<const std::int64_t>(classes));
    const outcome done = run("prune --features " + place.path("five.npy") + " --labels " + labels +
                             " --projection identity --loss principal-persistence --subsets 50000 --keep 10 "
                             "--out " +
                             place.path("out"));
    CAPTURE(done.output);
    REQUIRE(done.status == 0);
    const matrix<double> points = read_npy_matrix<double>(place.path("five.npy"));
    const persistence_score score{principal_persistence_lifetime{.sampling = {.samples = 50000}}, adam{}};
    const class_partition partition(classes);
    check_column(place.folder / "out", "persistence", score.column({points, partition}, execution{}));
}

TEST_CASE("a reliability brings more layouts of umap, standard errors and what was reached") {
    const topology_workplace place;
    const std::string arguments = "prune " + place.inputs() + "--keep 9 --score pair-persistence " +
                                  "--reliability 0.9 --most-layouts 8 --rounds 2 --threads ";
    const outcome one = run(arguments + "1 --out " + place.path("one"));
    CAPTURE(one.output);
    REQUIRE(one.status == 0);
    CHECK(one.output.find("persistence: reliability ") != std::string::npos);
    REQUIRE(run(arguments + "2 --out " + place.path("two")).status == 0);
    check_same_results(place.folder / "one", place.folder / "two");
    CHECK(bytes_of(place.folder / "one" / "scores.csv")
              .starts_with("index,label,reason,persistence,density,score,stratum,kept,persistence_error\n"));
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / "one" / "manifest.json"));
    CHECK(manifest["layouts"] >= 4);
    CHECK(manifest["layouts"] <= 8);
    CHECK(manifest["options"]["reliability"] == 0.9);
    for (const auto& of_class : manifest["classes"])
        CHECK(of_class.contains("reliability"));
}

TEST_CASE("choices that do not exist, do not fit or do not apply are refused before any long work") {
    const topology_workplace place;
    const std::string out = " --out " + place.path("x");
    const auto measure = [&](const std::string& cloud, const std::string& options) {
        return "measure --points " + place.path(cloud) + " " + options + out;
    };
    // So many epochs that nothing which is only refused after the projection would end.
    const auto prune = [&](const std::string& options) {
        return "prune " + place.inputs() + "--epochs 100000000 --keep 9 " + options + out;
    };
    std::vector<std::int64_t> far(240, 0);
    far[7] = 5;
    place.write("far.npy", std::span<const std::int64_t>(far));
    const std::vector<std::pair<std::string, std::string>> cases{
        {"prune --features " + place.path("features.npy") + " --labels " + place.path("far.npy") +
             " --logits " + place.path("logits.npy") + " --epochs 100000000 --keep 9 --filter none" + out,
         "--labels: a label is 5, must be a column of the classifier's output"},
        // Only the complex itself tells that a hole stays open.
        {place.two_classes() + "--filtration rips --threshold 0.2" + out, "set --corner"},
        {measure("plane.npy", "--filtration alpha"),
         "--filtration is \"alpha\", must be one of weak_delaunay, function_delaunay, rips"},
        {measure("five.npy", ""), "the dimension of points is 5, must be 2 for --filtration weak_delaunay"},
        {measure("five.npy", "--filtration function_delaunay"),
         "the dimension of points is 5, must be 2 or 3 for --filtration function_delaunay"},
        {measure("plane.npy", "--threshold 1"),
         "--threshold is 1, must be left out: --filtration weak_delaunay makes no use of it"},
        {measure("plane.npy", "--filtration rips --threshold -1"),
         "--threshold is -1, must be finite and at least 0"},
        {measure("plane.npy", "--filtration rips --threshold nan"),
         "--threshold is nan, must be finite and at least 0"},
        {measure("many.npy", "--filtration rips"), "many.npy has 2600 points, whose Rips complex"},
        {measure("plane.npy", "--density flat"),
         "--density is \"flat\", must be one of gaussian, exponential, knn, distance_to_measure"},
        {measure("plane.npy", "--bandwidth wide"),
         "--bandwidth is \"wide\", must be a number above 0, scott or silverman"},
        {measure("plane.npy", "--bandwidth inf"), "--bandwidth is \"inf\", must be a number above 0"},
        {measure("plane.npy", "--density exponential --bandwidth -1"), "--bandwidth is \"-1\", must be"},
        {measure("plane.npy", "--density knn --bandwidth 1"),
         "--bandwidth is 1, must be left out: --density knn makes no use of it"},
        {measure("plane.npy", "--density-neighbors 5"),
         "--density-neighbors is 5, must be left out: --density gaussian makes no use of it"},
        {measure("plane.npy", "--density distance_to_measure --density-neighbors 0"),
         "--density-neighbors is 0, must be at least 1"},
        {prune("--loss best"), "--loss is \"best\", must be one of transport, norm, total-persistence, "
                               "principal-persistence"},
        {prune("--optimizer sgd"), "--optimizer is \"sgd\", must be one of adam, gradient-ascent"},
        {prune("--steps -1"), "--steps is -1, must be at least 0"},
        {prune("--learning-rate 0"), "--learning-rate is 0, must be positive and finite"},
        {prune("--degree 2"), "--degree is \"2\", must be one of 0, 1"},
        {prune("--degree 0"), "--degree is 0, must be 1 for --loss transport without --corner"},
        {prune("--corner 1 nan"), "--corner is 1 nan, must be two finite numbers"},
        {prune("--power 2"), "--power is 2, must be left out: --loss transport makes no use of it"},
        {prune("--loss total-persistence --power 0.5"), "--power is 0.5, must be finite and at least 1"},
        {prune("--loss total-persistence --norm l2"),
         "--norm is l2, must be left out: --loss total-persistence makes no use of it"},
        {prune("--loss norm --transport row"),
         "--transport is row, must be left out: --loss norm makes no use of it"},
        {prune("--subsets 5"), "--subsets is 5, must be left out: --loss transport makes no use of it"},
        {prune("--loss principal-persistence --subsets 0"), "--subsets is 0, must be between 1 and 2^50"},
        {prune("--loss principal-persistence --filtration rips"),
         "--filtration is rips, must be left out: --loss principal-persistence makes no use of it"},
        {prune("--score best"),
         "--score is \"best\", must be one of displacement, gradient-norm, pair-persistence, "
         "mode-persistence, merge-height, hole-persistence, barcode-effect"},
        {prune("--score mode-persistence --loss norm"),
         "--loss is norm, must be left out: --score mode-persistence makes no use of it"},
        {prune("--score merge-height --degree 1"),
         "--degree is 1, must be left out: --score merge-height makes no use of it"},
        {prune("--score merge-height --least-persistence -1"),
         "--least-persistence is -1, must be finite and at least 0"},
        {prune("--score mode-persistence --density knn --bandwidth 1"),
         "--bandwidth is 1, must be left out: --density knn makes no use of it"},
        {prune("--score hole-persistence --holes some"), "--holes is \"some\", must be one of longest, all"},
        {prune("--score hole-persistence --filtration rips"),
         "--filtration is rips, must be left out: --score hole-persistence makes no use of it"},
        {prune("--score hole-persistence --least-persistence 1"),
         "--least-persistence is 1, must be left out: --score hole-persistence makes no use of it"},
        {prune("--score barcode-effect --steps 3"),
         "--steps is 3, must be left out: --score barcode-effect makes no use of it"},
        {prune("--score barcode-effect --degree 2"), "--degree is \"2\", must be one of 0, 1"},
        {prune("--score barcode-effect --dimensions 3"),
         "--dimensions is 3, must be 2 for --filtration weak_delaunay"},
        {prune("--holes all"), "--holes is all, must be left out: --score displacement makes no use of it"},
        {prune("--score pair-persistence --loss norm"),
         "--score is pair-persistence, must have --loss transport and --transport exact or row"},
        {prune("--score gradient-norm --steps 3"),
         "--steps is 3, must be left out: --score gradient-norm makes no use of it"},
        {prune("--reliability 1"), "--reliability is 1, must be above 0 and below 1"},
        {prune("--reliability 0.5 --most-layouts 6"),
         "--most-layouts is 6, must be a multiple of 4, at least 4"},
        {prune("--reliability 0.5 --parts 1 --projection tsne"),
         "--parts is 1, must be at least 2 with --reliability and a projection that draws only one layout"},
        {prune("--rounds 3"), "--rounds is 3, must be left out: a score without --reliability makes no use"},
        {prune("--reliability 0.5 --score-seconds 0"), "--score-seconds is 0, must be positive"},
        {prune("--loss norm --corner 1 1"), "--corner is 1 1, must be left out: --loss norm makes no use"},
        {prune("--loss norm --norm l3"), "--norm is \"l3\", must be one of l1, l2, linf, sql2"},
        {prune("--dimensions 3"), "--dimensions is 3, must be 2 for --filtration weak_delaunay"},
        {prune("--dimensions 4 --filtration function_delaunay"),
         "--dimensions is 4, must be 2 or 3 for --filtration function_delaunay"},
        {prune("--projection identity"),
         "the number of features is 3, must be 2 for --filtration weak_delaunay"},
        {prune("--report-class 5"), "--report-class is 5, must be one of the labels"},
        {prune("--selector stratified --strata 0"), "strata is 0, must be at least 1"},
        {prune("--strata 5"), "--strata is 5, must be left out: --selector coverage makes no use of it"},
        {prune("--preset topocore --radius-share 1"),
         "--radius-share is 1, must be left out: --selector stratified makes no use of it"},
        {prune("--selector best"), "--selector is \"best\", must be one of coverage, stratified"},
        {prune("--radius-share 0"), "--radius-share is 0, must be positive and finite"},
        {prune("--coverage-bandwidth 3"), "--coverage-bandwidth is 3, must be above 0 and at most 2"},
        {prune("--coverage-kernel flat"), "--coverage-kernel is \"flat\", must be one of gaussian, angle"},
        {prune("--sparsity-neighbors 0"), "--sparsity-neighbors is 0, must be at least 1 and at most 1000"},
        {prune("--uncertainty-exponent -1"),
         "--uncertainty-exponent is -1, must be at least 0 and at most 10"},
        {prune("--sparsity-exponent 1e9"),
         "--sparsity-exponent is 1000000000, must be at least 0 and at most 10"},
        {prune("--heavy-end lowest"),
         "--heavy-end is lowest, must be left out: --score-exponent 0 makes no use of it"},
        {prune("--strict-share 0.7"),
         "--strict-share: strict_share is 0.7, must be at least 0 and at most --lenient-share, 0.6"},
        {"prune " + place.inputs() + "--keep 0.2,.2" + out,
         "--keep names .2 twice, must name every rate once"},
        {prune("--lenient-share 1.5"), "lenient_share is 1.5, must be at least 0 and at most 1"},
        {prune("--suspect-share 2"), "suspect_share is 2, must be at least 0 and at most 1"},
        {prune("--filter misclassified --suspect-share 0.1"),
         "--suspect-share is 0.1, must be left out: --filter misclassified makes no use of it"},
        {prune("--filter none --strict-share 0.1"),
         "--strict-share is 0.1, must be left out: --filter none makes no use of it"},
        {prune("--persistence-weight -1"), "persistence is -1, must be at least 0 and finite"},
        {"prune --features " + place.path("crowd.npy") + " --labels " + place.path("one_class.npy") +
             " --epochs 100000000 --keep 9 --filtration rips" + out,
         "class 4 has 2600 points, whose Rips complex up to the enclosing radius has more than 50000000 "
         "simplices: set --threshold"},
    };
    for (const auto& [arguments, expected] : cases)
        check_refused(place, arguments, expected);
}
