// SPDX-License-Identifier: MIT
#include <topoprune/core/version.hpp>
#include <topoprune/io/npy.hpp>

#include "program/workplace.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <numbers>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace program_tests;
using topoprune::read_npy_integers;
using topoprune::read_npy_matrix;

TEST_CASE("prune writes its files, and a run repeats from its manifest on any number of threads") {
    const workplace place;
    const outcome first =
        run("prune " + place.inputs() + "--keep 0.1 --seed 7 --threads 1 --out " + place.path("a"));
    INFO(first.output);
    REQUIRE(first.status == 0);
    CHECK(first.output.find("kept 24 of 240 samples (10.0 %), 24 filtered") != std::string::npos);
    CHECK(first.output.find("report: " + place.path("a") + "/report.html") != std::string::npos);
    const std::vector<std::int64_t> kept = read_npy_integers(place.folder / "a" / "kept.npy");
    CHECK(kept.size() == 24);
    CHECK(std::is_sorted(kept.begin(), kept.end()));
    CHECK(bytes_of(place.folder / "a" / "scores.csv")
              .starts_with(
                  "index,label,reason,persistence,density,score,stratum,kept\n0,0,misclassified,,,,-1,0\n"));
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / "a" / "manifest.json"));
    CHECK(manifest["options"]["seed"] == 7);
    CHECK(manifest["options"]["keep"] == 0.1);
    CHECK(manifest["kept"] == 24);

    for (const std::string threads : {"2", "4"}) {
        const outcome again = run("prune --config " + place.path("a") + "/manifest.json --threads " +
                                  threads + " --out " + place.path("b" + threads));
        INFO(again.output);
        REQUIRE(again.status == 0);
        check_same_results(place.folder / "a", place.folder / ("b" + threads));
    }
    const outcome other =
        run("prune --config " + place.path("a") + "/manifest.json --seed 8 --out " + place.path("c"));
    REQUIRE(other.status == 0);
    // The default draw sees no score, and no random number: another seed changes the scores alone.
    CHECK(bytes_of(place.folder / "c" / "scores.csv") != bytes_of(place.folder / "a" / "scores.csv"));
    CHECK(bytes_of(place.folder / "c" / "kept.npy") == bytes_of(place.folder / "a" / "kept.npy"));
}

TEST_CASE("a preset gives the options that nobody gave, and the manifest holds them") {
    const workplace place;
    const auto options_of = [&](const std::string& arguments, const std::string& name) {
        const outcome ran =
            run("prune " + place.inputs() + "--keep 0.2 " + arguments + " --out " + place.path(name));
        INFO(ran.output);
        REQUIRE(ran.status == 0);
        return nlohmann::json::parse(bytes_of(place.folder / name / "manifest.json"))["options"];
    };
    const auto plain = options_of("", "plain");
    CHECK(plain["preset"] == "coverage");
    CHECK(plain["selector"] == "coverage");
    CHECK(plain["filter"] == "noise-adapted");
    CHECK(!plain.contains("strata"));
    CHECK(options_of("--preset coverage", "named") == plain);
    const auto topocore = options_of("--preset topocore", "topocore");
    CHECK(topocore["preset"] == "topocore");
    CHECK(topocore["selector"] == "stratified");
    CHECK(topocore["filter"] == "misclassified");
    CHECK(topocore["strata"] == 50);
    CHECK(topocore["least-budget"] == 1);
    CHECK(topocore["draw"] == "random");
    CHECK(!topocore.contains("radius-share"));
    const auto mixed = options_of("--preset topocore --strata 7 --filter none", "mixed");
    CHECK(mixed["strata"] == 7);
    CHECK(mixed["filter"] == "none");
    CHECK(mixed["draw"] == "random");
    // What a preset gave and another option leaves without effect is no error.
    const auto over = options_of("--preset topocore --selector coverage", "over");
    CHECK(over["selector"] == "coverage");
    CHECK(!over.contains("strata"));
    const outcome again =
        run("prune --config " + place.path("topocore") + "/manifest.json --out " + place.path("again"));
    INFO(again.output);
    REQUIRE(again.status == 0);
    check_same_results(place.folder / "topocore", place.folder / "again");
    // A preset on the command line wins over what a manifest has there.
    const outcome changed = run("prune --config " + place.path("plain") +
                                "/manifest.json --preset topocore --out " + place.path("changed"));
    INFO(changed.output);
    REQUIRE(changed.status == 0);
    check_same_results(place.folder / "topocore", place.folder / "changed");
    CHECK(run("prune --help").output.find("topocore: the method of the TopoCore paper") != std::string::npos);
    const outcome unknown =
        run("prune " + place.inputs() + "--keep 0.2 --preset best --out " + place.path("x"));
    CHECK(unknown.status == 2);
    CHECK(unknown.output.find("--preset is \"best\", must be one of coverage, topocore, facility-location") !=
          std::string::npos);
}

TEST_CASE("a configuration gives options, the command line wins, unknown names are listed") {
    const workplace place;
    std::ofstream(place.folder / "c.json")
        << R"({"keep": 30, "projection": "pca", "selector": "stratified", "strata": 3})";
    const outcome ran = run("prune " + place.inputs() + "--config " + place.path("c.json") +
                            " --keep 12 --out " + place.path("a"));
    INFO(ran.output);
    REQUIRE(ran.status == 0);
    CHECK(read_npy_integers(place.folder / "a" / "kept.npy").size() == 12);
    CHECK(nlohmann::json::parse(bytes_of(place.folder / "a" / "manifest.json"))["options"]["projection"] ==
          "pca");

    std::ofstream(place.folder / "d.json") << R"({"keeep": 30})";
    const outcome wrong =
        run("prune " + place.inputs() + "--config " + place.path("d.json") + " --out " + place.path("x"));
    CHECK(wrong.status == 2);
    CHECK(wrong.output.find("option \"keeep\" is unknown, must be one of preset, features, labels") !=
          std::string::npos);
    CHECK_FALSE(fs::exists(place.path("x")));
}

TEST_CASE("a configuration whose parts have the wrong JSON type is refused with one line") {
    const workplace place;
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"([1])", "is no JSON object of options"},
        {R"({"keep": )", "is no JSON object of options"},
        {R"({"command": 3, "options": {}})", "\"command\" is of the type number, must be string"},
        {R"({"options": {}})", "\"command\" is of the type null, must be string"},
        {R"({"command": "project", "options": {}})", "is the manifest of \"project\", must be of \"prune\""},
        {R"({"command": "prune", "options": [1]})", "\"options\" is of the type array, must be object"},
        {R"({"command": "prune", "options": {}, "inputs": [1]})",
         "\"inputs\" is of the type array, must be object"},
        {R"({"command": "prune", "options": {}, "inputs": {"predictions": 1}})",
         "\"predictions\" is of the type number, must be object"},
        {R"({"command": "prune", "options": {}, "inputs": {"predictions": {"path": 1}}})",
         "\"path\" is of the type number, must be string"},
        {R"({"command": "prune", "options": {}, "inputs": {"predictions": {"path": "x"}}})",
         "\"checksum\" is of the type null, must be string"},
        {R"({"norm": ["l1"]})", "option \"norm\" is of the type array, must be a single value"},
        {R"({"corner": 1})", "option \"corner\" is of the type number, must be an array of 2 values"},
        {R"({"corner": [1, 2, 3]})", "option \"corner\" is of the type array, must be an array of 2 values"},
        {R"({"steps": "many"})", "--steps"}};
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        std::ofstream(place.folder / "c.json") << text;
        check_refused(place,
                      "prune " + place.inputs() + "--keep 9 --config " + place.path("c.json") + " --out " +
                          place.path("x"),
                      expected);
    }
}

TEST_CASE("an input that changed since its manifest is refused") {
    const workplace place;
    REQUIRE(run("prune " + place.inputs() + "--projection pca --keep 12 --out " + place.path("a")).status ==
            0);
    std::vector<std::int64_t> labels(240, 1);
    place.write("labels.npy", std::span<const std::int64_t>(labels));
    const outcome again =
        run("prune --config " + place.path("a") + "/manifest.json --out " + place.path("b"));
    CHECK(again.status == 2);
    CHECK(again.output.find("has changed since the manifest was written") != std::string::npos);
    CHECK_FALSE(fs::exists(place.path("b")));
}

TEST_CASE("wrong usage and wrong input end with status 2 and one line that says what") {
    const workplace place;
    const std::string out = " --out " + place.path("x");
    const std::string good = "prune " + place.inputs();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "A subcommand is required"},
        {"prunes", "A subcommand is required"},
        {"prune --keep 0.1" + out, "topoprune: --features is missing"},
        {good + out, "topoprune: --keep is missing"},
        {good + "--keep 0.1", "topoprune: --out is missing"},
        {good + "--keep 1.5" + out, "--keep is \"1.5\", must be a fraction above 0.0 and at most 1.0"},
        {good + "--keep 0" + out, "--keep is \"0\", must be"},
        {good + "--keep 12x" + out, "--keep is \"12x\", must be"},
        {good + "--keep 241" + out, "keep_count is 241, must be between 1 and the number of samples, 240"},
        {good + "--keep 9 --projection tsne2" + out,
         "--projection is \"tsne2\", must be one of umap, pacmap, localmap, tsne, pca, identity"},
        {good + "--keep 9 --norm l3" + out, "--norm is \"l3\", must be one of l1, l2, linf, sql2"},
        {good + "--keep 9 --bandwidth 0" + out,
         "--bandwidth is \"0\", must be a number above 0, scott or silverman"},
        {good + "--keep 9 --threads -2" + out, "threads is -2, must be between 0 and 4096"},
        {good + "--keep 9 --neighbors many" + out, "--neighbors is many, must be an integer between"},
        {good + "--keep 9 --neighbors 15.5" + out, "--neighbors is 15.5, must be an integer between"},
        {good + "--keep 9 --levels 010" + out, "--levels is 010, must be an integer between"},
        {good + "--keep 9 --seed -1" + out,
         "--seed is -1, must be an integer between 0 and 18446744073709551615"},
        {good + "--keep 9 --seed 18446744073709551616" + out, "--seed is 18446744073709551616, must be"},
        {good + "--keep 9 --least-per-class 9223372036854775808" + out,
         "--least-per-class is 9223372036854775808, must be"},
        {good + "--keep 9 --report-class -9223372036854775809" + out,
         "--report-class is -9223372036854775809"},
        {good + "--keep 9 --corner 1" + out, "--corner"},
        {good + "--keep 9 --corner 1 2 3" + out, "--corner"},
        {good + "--keep 9 --corner 1 2 --corner 3 4" + out, "--corner"},
        {good + "--keep 9 --no-such-option 1" + out, "--no-such-option"},
        {"prune --features " + place.path("none.npy") + " --labels " + place.path("labels.npy") +
             " --keep 9" + out,
         "none.npy: "},
        {"prune --features " + place.path("cut.npy") + " --labels " + place.path("labels.npy") + " --keep 9" +
             out,
         "cut.npy: "},
        {"prune --features " + place.path("features.npy") + " --labels " + place.path("short.npy") +
             " --keep 9" + out,
         "short.npy has 239 rows, must be as many as the features, 240"},
        {"prune --features " + place.path("features.npy") + " --labels " + place.path("features.npy") +
             " --keep 9" + out,
         "features.npy: "},
        {"project --features " + place.path("features.npy") + " --method umap3" + out,
         "--method is \"umap3\""},
        {"measure --points " + place.path("features.npy") + out, "the dimension of points is 3, must be 2"},
        {"measure --points " + place.path("points.npy") + " --degree 2" + out,
         "--degree is \"2\", must be one of 0, 1"},
        {"transport --from " + place.path("points.npy"), "points.npy"},
        {"transport --from x --method best", "--method is \"best\", must be one of exact, row, sliced"},
        {"transport --from x --norm l3", "--norm is \"l3\""},
        {"transport --from " + place.path("half.csv"), "the positive mass is 2"},
        {"transport --from " + place.path("half.csv") + " --to " + place.path("half.csv") +
             " --method sliced --directions 0",
         "n_directions is 0"},
        {"transport --from " + place.path("half.csv") + " --corner 1 1 --method sinkhorn --epsilon 0",
         "epsilon is 0"},
    };
    for (const auto& [arguments, expected] : cases)
        check_refused(place, arguments, expected);
}

TEST_CASE("every command has a help page") {
    for (const std::string command :
         {"", "prune ", "score ", "select ", "project ", "measure ", "transport ", "evaluate "}) {
        const outcome help = run(command + "--help");
        CHECK(help.status == 0);
        CHECK(help.output.find("Usage: topoprune") != std::string::npos);
    }
    CHECK(run("--version").output == TOPOPRUNE_VERSION "\n");
}

TEST_CASE("project, measure and transport work on each other's files") {
    const workplace place;
    const outcome projected = run("project --features " + place.path("features.npy") +
                                  " --method pca --out " + place.path("y.npy"));
    REQUIRE(projected.status == 0);
    CHECK(read_npy_matrix<double>(place.path("y.npy")).rows() == 240);

    const outcome measured =
        run("measure --points " + place.path("points.npy") + " --bandwidth 2 --out " + place.path("a.csv"));
    INFO(measured.output);
    REQUIRE(measured.status == 0);
    CHECK(bytes_of(place.path("a.csv")).starts_with("r,f,mass,edge_u,edge_v,vertex\n"));

    const outcome moved = run("transport --from " + place.path("a.csv") + " --norm l2");
    REQUIRE(moved.status == 0);
    const double cost = std::stod(moved.output.substr(moved.output.find("cost ") + 5));
    CHECK(cost > 0.5); // the hole of the ring
    CHECK(moved.output.find("certificate: primal ") != std::string::npos);
    CHECK(moved.output.find(", gap 0, ") != std::string::npos);

    const outcome nothing = run("transport --from " + place.path("a.csv") + " --to " + place.path("a.csv"));
    REQUIRE(nothing.status == 0);
    CHECK(nothing.output.find(" needed\ncost 0\n") != std::string::npos);
}

TEST_CASE("transport compares measures by every method and norm") {
    const workplace place;
    std::ofstream(place.path("other.csv")) << "r,f,mass,edge_u,edge_v,vertex\n3,5,2,-1,-1,0\n";
    const auto cost = [&](const std::string& options, const std::string& expected) {
        const outcome done = run("transport --from " + place.path("half.csv") + " " + options);
        CAPTURE(options);
        CAPTURE(done.output);
        REQUIRE(done.status == 0);
        CHECK(done.output.find("lower bound ") != std::string::npos);
        CHECK(done.output.find(expected) != std::string::npos);
        return std::stod(done.output.substr(done.output.find("cost ") + 5));
    };
    // Two units from (0, 1) to (3, 5).
    const std::array<std::pair<std::string, double>, 4> norms{
        {{"l1", 14.0}, {"l2", 10.0}, {"linf", 8.0}, {"sql2", 50.0}}};
    for (const auto& [norm, expected] : norms) {
        const std::string to = "--to " + place.path("other.csv") + " --norm " + norm;
        CHECK(cost(to, "gap 0") == doctest::Approx(expected));
        CHECK(cost(to + " --method row", "upper bound") == doctest::Approx(expected));
        CHECK(cost(to + " --method sinkhorn", "converged") == doctest::Approx(expected));
        CHECK(cost("--corner 3 5 --norm " + norm, "gap 0") == doctest::Approx(expected));
        const double sliced = cost(to + " --method sliced --directions 400", "distance of its own");
        CHECK(sliced == doctest::Approx(norm == "sql2" ? 25.0 : 20 / std::numbers::pi).epsilon(1e-4));
    }
}

TEST_CASE("project places samples by every method, with any metric, the same on any number of threads") {
    const workplace place;
    const auto project = [&](const std::string& options, const std::string& out) {
        const outcome done = run("project --features " + place.path("features.npy") + " " + options +
                                 " --out " + place.path(out));
        CAPTURE(options);
        CAPTURE(done.output);
        REQUIRE(done.status == 0);
        return bytes_of(place.folder / out);
    };
    std::set<std::string> embeddings;
    for (const std::string method :
         {"umap --epochs 20", "umap --epochs 20 --metric correlation",
          "umap --epochs 20 --metric inner-product", "umap --epochs 20 --init random --density-lambda 2",
          "pacmap", "pacmap --metric cosine", "localmap", "tsne --epochs 20 --perplexity 10",
          "tsne --epochs 20 --perplexity 10 --init random", "pca", "identity"}) {
        const std::string one = project("--method " + method + " --threads 1", "one.npy");
        CHECK(project("--method " + method + " --threads 3", "three.npy") == one);
        embeddings.insert(one);
    }
    CHECK(embeddings.size() == 11);
}

TEST_CASE("progress is silent without a terminal unless it is asked for") {
    const workplace place;
    // Progress is shown from the first second on: both run for three, however fast the machine.
    const std::string slow =
        "prune " + place.inputs() + "--epochs 100000000 --keep 9 --out " + place.path("a");
    const std::string stopped = "timeout --preserve-status -s INT 3";
    const outcome quiet = run(slow, stopped);
    CHECK(quiet.status == 1);
    CHECK(quiet.output.find("layout ") == std::string::npos);
    const outcome loud = run(slow + " --progress", stopped);
    CHECK(loud.status == 1);
    CHECK(loud.output.find("layout ") != std::string::npos);
}

TEST_CASE("a disk that is full leaves nothing behind and ends with status 1") {
    const workplace place;
    // No file of this shell may grow beyond one block of 512 bytes; the signal of that limit is ignored, so
    // that writes fail as on a full disk.
    const outcome full =
        run("prune " + place.inputs() + "--projection pca --keep 9 --out " + place.path("full"),
            "trap '' XFSZ; ulimit -f 1;");
    CAPTURE(full.output);
    CHECK(full.status == 1);
    CHECK(full.output.find("topoprune: ") != std::string::npos);
    CHECK_FALSE(fs::exists(place.path("full")));
}

TEST_CASE("an interrupt leaves nothing behind and ends with status 1") {
    const workplace place;
    const outcome stopped =
        run("prune " + place.inputs() + "--epochs 1000000 --keep 9 --out " + place.path("gone"),
            "timeout --preserve-status -s INT 1");
    CAPTURE(stopped.output);
    CHECK(stopped.status == 1);
    CHECK(stopped.output.find("topoprune: interrupted, nothing was written") != std::string::npos);
    CHECK_FALSE(fs::exists(place.path("gone")));
}
