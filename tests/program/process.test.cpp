// SPDX-License-Identifier: MIT
#include "program/workplace.hpp"

#include <topoprune/io/npy.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace program_tests;

namespace {

/// Runs a shell command line in which $P is the program.
outcome shell(const std::string& command) {
    return run("--version >/dev/null; P=" TOPOPRUNE_PROGRAM "; { " + command + "; }");
}

/// A run that writes everything within a moment.
std::string moment(const workplace& place, const std::string& name) {
    return "$P prune " + place.inputs() + "--projection pca --keep 12 --out " + place.path(name);
}

/// One that would last for hours.
std::string hours(const workplace& place, const std::string& name) {
    return "$P prune " + place.inputs() + "--epochs 100000000 --keep 12 --out " + place.path(name);
}

void check_whole(const workplace& place, const std::string& name) {
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / name / "manifest.json"));
    CHECK(manifest["kept"] == 12);
    CHECK(topoprune::read_npy_integers(place.folder / name / "kept.npy").size() == 12);
    CHECK(bytes_of(place.folder / name / "report.html").ends_with("</html>\n"));
}

bool has_results(const outcome& ended) {
    return ended.status == 0 || ended.output.find("after all results were written") != std::string::npos;
}

/// The folder `name` is not there unless the run has told of results; then it is complete. Removes it.
void check_whole_or_absent(const workplace& place, const std::string& name, bool results) {
    const fs::path folder = place.folder / name;
    CHECK(fs::exists(folder) == results);
    if (fs::exists(folder)) {
        CHECK((fs::exists(folder / "manifest.json") || fs::exists(folder / "kept.json")));
        for (const auto& entry : fs::directory_iterator(folder))
            CHECK_FALSE(entry.path().filename().string().ends_with(".partial"));
    }
    fs::remove_all(folder);
}

} // namespace

TEST_CASE("an stderr that is closed or full costs neither the result nor the status, with progress on it") {
    const workplace place;
    const std::string slow =
        " --projection umap --epochs 30000 --steps 20 --progress >/dev/null"; // a few seconds, so that there
                                                                              // is some
    for (const std::string where : {" 2>&-", " 2>/dev/full"}) {
        CAPTURE(where);
        const outcome done = shell(moment(place, "run") + slow + where);
        CHECK(done.status == 0);
        check_whole(place, "run");
        fs::remove_all(place.folder / "run");
        CHECK(shell(moment(place, "run") + " --keep wrong" + where).status == 2);
        CHECK(shell("$P prune" + where).status == 2);
    }
}

TEST_CASE("an stdout that is closed or full costs no result, and the status and a line tell") {
    const workplace place;
    const std::string data =
        " --features " + place.path("features.npy") + " --labels " + place.path("labels.npy") + " ";
    for (const std::string where : {" >&-", " >/dev/full"}) {
        CAPTURE(where);
        const outcome done = shell(moment(place, "run") + where);
        CHECK(done.status == 1);
        CHECK(done.output.starts_with("topoprune: stdout cannot be written: "));
        check_whole(place, "run");
        fs::remove_all(place.folder / "run");
        // Neither can be written.
        CHECK(shell(moment(place, "run") + where + " 2>&-").status == 1);
        check_whole(place, "run");
        fs::remove_all(place.folder / "run");
        CHECK(shell(moment(place, "run") + where + " 2>&- <&-").status == 1);
        check_whole(place, "run");
        fs::remove_all(place.folder / "run");
        CHECK(shell("$P select --selector random --keep 12" + data + "--out " + place.path("s.npy") + where)
                  .status == 1);
        CHECK(topoprune::read_npy_integers(place.path("s.npy")).size() == 12);
        CHECK(shell("$P score --score zcore" + data + "--out " + place.path("s.csv") + where).status == 1);
        CHECK(fs::exists(place.path("s.csv")));
        CHECK(shell("$P project --method pca --features " + place.path("features.npy") + " --out " +
                    place.path("p.npy") + where)
                  .status == 1);
        CHECK(fs::exists(place.path("p.npy")));
        CHECK(
            shell("$P measure --points " + place.path("points.npy") + " --out " + place.path("a.csv") + where)
                .status == 1);
        CHECK(fs::exists(place.path("a.csv")));
        CHECK(shell("$P transport --from " + place.path("a.csv") + where).status == 1);
        CHECK(shell("$P evaluate --random-draws 0" + data + "--kept " + place.path("s.npy") + " --out " +
                    place.path("e.json") + where)
                  .status == 1);
        CHECK(fs::exists(place.path("e.json")));
        for (const std::string page : {"--help", "prune --help", "--version"})
            CHECK(shell("$P " + page + where).status == 1);
        for (const std::string name : {"s.npy", "s.csv", "p.npy", "a.csv", "e.json"})
            fs::remove(place.path(name));
    }
}

TEST_CASE("a reader that goes away costs no result") {
    const workplace place;
    // The pipe has no reader when the first line is written.
    const outcome done = shell("{ sleep 1; " + moment(place, "run") + "; echo status $?; } 2>" +
                               place.path("said") + " | true; cat " + place.path("said"));
    CHECK(done.status == 0);
    check_whole(place, "run");
    CHECK(done.output.find("topoprune: stdout cannot be written: Broken pipe") != std::string::npos);
}

TEST_CASE("whatever asks a run to end leaves nothing behind, but for what it was told to ignore") {
    const workplace place;
    for (const std::string signal : {"INT", "TERM", "HUP"}) {
        CAPTURE(signal);
        const outcome stopped =
            shell("timeout --preserve-status -s " + signal + " 1 " + hours(place, "gone"));
        CHECK(stopped.status == 1);
        CHECK(stopped.output.find("topoprune: interrupted, nothing was written") != std::string::npos);
        CHECK_FALSE(fs::exists(place.path("gone")));
        // Ignored from the start (nohup, a job in the background), it stays so: only the kill ends the run.
        if (signal != "TERM")
            CHECK(shell("timeout --preserve-status -k 1 -s " + signal + " 1 env --ignore-signal=" + signal +
                        " " + hours(place, "gone"))
                      .status == 137);
    }
}

TEST_CASE("a file beyond the limit of sizes is an error that says so, not a death") {
    const workplace place;
    const outcome full = shell("ulimit -f 1; " + moment(place, "full") + " | cat");
    CAPTURE(full.output);
    CHECK(full.output.find("cannot be written: File too large") != std::string::npos);
    CHECK_FALSE(fs::exists(place.path("full")));
}

TEST_CASE("memory that runs out ends with one line wherever it does") {
    const workplace place;
    int told = 0;
    for (int megabytes = 8; megabytes <= 40; megabytes += 2) {
        CAPTURE(megabytes);
        const outcome ended =
            shell("ulimit -v " + std::to_string(megabytes * 1024) + "; " + moment(place, "run"));
        CAPTURE(ended.output);
        // Below some size the system's loader does not get the program started.
        const bool not_started = ended.status == 127 || (ended.status == 139 && told == 0);
        const bool enough = ended.status == 0;
        const bool said = ended.status == 1 && ended.output.find("topoprune: ") != std::string::npos;
        CHECK((not_started || enough || said));
        told += said;
        check_whole_or_absent(place, "run", has_results(ended));
    }
    CHECK(told > 0);
}

TEST_CASE("wherever an allocation fails, the run ends with one line, and its files are whole or not there") {
    const workplace place;
    const std::string loaded = "LD_PRELOAD=" TOPOPRUNE_FAILING_NEW " ";
    for (const std::string& run :
         {moment(place, "run"), "$P select --features " + place.path("features.npy") + " --labels " +
                                    place.path("labels.npy") + " --selector coverage --keep 12 --out " +
                                    place.path("run/kept.npy")}) {
        const outcome all = shell(loaded + run + " >/dev/null");
        CAPTURE(all.output);
        REQUIRE(all.status == 0);
        fs::remove_all(place.path("run"));
        const long allocations = std::stol(all.output);
        REQUIRE(allocations > 1000);
        // Nearly every one of the last, which write and report, and some of all that come before.
        std::vector<long> failing;
        for (long ago = 1; ago < allocations; ago += 1 + ago / 24)
            failing.push_back(allocations - ago);
        std::size_t ended_early = 0;
        for (const long first : failing) {
            CAPTURE(first);
            const outcome ended =
                shell("FAILING_NEW=" + std::to_string(first) + " " + loaded + run + " >/dev/null");
            CAPTURE(ended.output);
            check_whole_or_absent(place, "run", has_results(ended));
            // Texts that tell of times are not of one length: a run may need fewer allocations than the
            // first.
            if (ended.status == 0)
                continue;
            ++ended_early;
            CHECK(ended.status == 1);
            CHECK(ended.output.starts_with("topoprune: out of memory"));
            CHECK(std::count(ended.output.begin(), ended.output.end(), '\n') == 1);
        }
        CHECK(ended_early > failing.size() * 9 / 10);
    }
}

TEST_CASE("a number is decimal, whole, and in the range of its option") {
    const workplace place;
    const std::string good = "prune " + place.inputs() + "--keep 9 --out " + place.path("x") + " ";
    for (const std::string option : {"--seed", "--threads", "--steps", "--neighbors"})
        for (const std::string value :
             {"''", "' 1'", "'1 '", "1.0", "1e2", "0x10", "+1", "1_000", "99999999999999999999"})
            check_refused(place, good + option + " " + value, option + " is ");
    for (const std::string option : {"--min-dist", "--spread", "--hardest-share", "--persistence-weight"})
        for (const std::string value :
             {"''", "' 0.5'", "'0.5 '", "0x1p3", "+0.5", "0,5", "1e-400", "1e400", "half"})
            check_refused(place, good + option + " " + value, option + " is ");
    for (const std::string value : {"inf", "nan", "infinity"}) {
        check_refused(place, good + "--min-dist " + value, "--min-dist is " + value + ", must be finite");
        check_refused(place, good + "--spread " + value, "--spread is " + value + ", must be finite");
        check_refused(place,
                      "project --features " + place.path("features.npy") + " --repulsion " + value +
                          " --out " + place.path("x"),
                      "--repulsion is " + value + ", must be finite");
        check_refused(place,
                      "evaluate --features " + place.path("features.npy") + " --labels " +
                          place.path("labels.npy") + " --kept " + place.path("labels.npy") + " --power " +
                          value,
                      "--power is ");
    }
    check_refused(place, good + "--corner 1 ''", "--corner is \"\", must be a decimal number");
    std::ofstream(place.folder / "c.json") << R"({"min-dist": "", "seed": 3})";
    check_refused(place, good + "--config " + place.path("c.json"), "c.json: --min-dist is \"\", must be");
}

TEST_CASE("every option that was given is in the manifest and repeats, at the ends of its range too") {
    const workplace place;
    const std::vector<std::pair<std::string, std::string>> options{
        {"seed", "18446744073709551615"},
        {"min-dist", "1e-300"},
        {"spread", "1.7976931348623157e+308"},
        {"keep", "0.10"},
        {"report-class", "0"},
        {"persistence-weight", "0.30000000000000004"},
        {"mix-ratio", "0.5"},
        {"least-per-class", "0"}};
    std::string arguments;
    for (const auto& [name, value] : options)
        if (name != "spread" && name != "min-dist")
            arguments += "--" + name + " " + value + " ";
    const outcome first = run("prune " + place.inputs() + arguments + "--out " + place.path("a"));
    INFO(first.output);
    REQUIRE(first.status == 0);
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / "a" / "manifest.json"));
    CHECK(manifest["options"]["seed"] == 18446744073709551615U);
    CHECK(manifest["options"]["keep"] == "0.10"); // the name of the rate, as it was typed
    CHECK(manifest["options"]["persistence-weight"] == 0.30000000000000004);
    for (const auto& [name, value] : options)
        CHECK_MESSAGE(manifest["options"].contains(name), name);
    REQUIRE(run("prune --config " + place.path("a") + "/manifest.json --out " + place.path("b")).status == 0);
    check_same_results(place.folder / "a", place.folder / "b");
}

TEST_CASE("what the library says of a value is said of the option that was typed") {
    const workplace place;
    place.write("three.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{1, 2, 3}));
    std::ofstream(place.folder / "quota.csv") << "7,3\n";
    std::ofstream(place.folder / "accuracy.csv") << "0.5\n";
    const std::string good = "prune " + place.inputs() + "--out " + place.path("x") + " ";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"--keep 5 --least-per-class 20", "topoprune: --keep: the number of samples to keep is 5, must be at "
                                          "least 40, what --least-per-class asks for"},
        {"--keep 2 --must-keep " + place.path("three.npy"),
         "topoprune: --keep: the number of samples to keep is 2, must be at least 3, what --must-keep asks "
         "for"},
        {"--keep 240 --never-keep " + place.path("three.npy"),
         "topoprune: --keep: the number of samples to keep is 240, must be at most 237, the samples that may "
         "be kept "
         "by --never-keep"},
        {"--keep 5 --least-per-class -1",
         "topoprune: --least-per-class: least_per_class is -1, must be at least 0"},
        {"--keep-per-class -1", "topoprune: --keep-per-class: keep_per_class is -1, must be at least 0"},
        {"--quota " + place.path("quota.csv"), "quota.csv names the label 7, which no sample has"},
        {"--keep 5 --must-keep " + place.path("points.npy"),
         "topoprune: --must-keep " + place.path("points.npy") + ": "},
        {"--keep 5 --logits " + place.path("none.npy"),
         "topoprune: --logits " + place.path("none.npy") + ": "},
        {"--keep 5 --shares error --class-accuracy " + place.path("accuracy.csv"),
         "accuracy.csv has 1 numbers, must have one for each of the 2 classes"},
        {"--keep 240 --short-class stop", "topoprune: --short-class stop: the number of samples of class 0"},
        {"--keep 5 --neighbors 0", "topoprune: --neighbors: n_neighbors is 0, must be at least 2"},
        {"--keep 5 --min-dist -1",
         "topoprune: --min-dist: min_dist is -1, must be between 0 and --spread, 1"},
        {"--keep 5 --mix-ratio 2", "topoprune: --mix-ratio: set_op_mix_ratio is 2, must be between 0 and 1"},
        {"--keep 5 --threads 9999", "topoprune: --threads is 9999, must be between 0 and 4096"},
        {"--keep 5 --filter hardest-share --hardest-share 2",
         "topoprune: --hardest-share: share is 2, must be"},
        {"--keep 500", "topoprune: --keep: keep_count is 500, must be between 1 and"}};
    for (const auto& [arguments, expected] : cases)
        check_refused(place, good + arguments, expected);
}

TEST_CASE("nothing that is echoed can command a terminal") {
    const workplace place;
    const std::string escape = "'\x1b]0;title\x07\nsecond line\x7f\xc2\x9b"
                               "2J\xff'";
    const std::string shown = "\\x1b]0;title\\x07\\x0asecond line\\x7f\\xc2\\x9b2J\\xff";
    const std::vector<std::string> cases{
        "prune --features " + escape + " --labels x --keep 3 --out x",
        "prune " + place.inputs() + "--keep " + escape + " --out " + place.path("x"),
        "prune " + place.inputs() + "--keep 3 --config " + escape + " --out " + place.path("x"),
        "measure --points " + place.path("points.npy") + " --out " + place.path("none") + "/" + escape,
        "project --features " + place.path("features.npy") + " --seed " + escape + " --out " +
            place.path("x")};
    for (const std::string& arguments : cases) {
        const outcome result = run(arguments);
        CAPTURE(arguments);
        CAPTURE(result.output);
        CHECK(result.status != 0);
        CHECK(result.output.find(shown) != std::string::npos);
    }
    const outcome unknown = run("prune --" + escape.substr(1, 1) + "[2J --" + "none");
    CHECK(unknown.output.find('\x1b') == std::string::npos);
    // Where all is well, too.
    const std::string name = place.path("odd\x1b[2J.npy");
    const outcome done =
        run("project --method pca --features " + place.path("features.npy") + " --out '" + name + "'");
    CHECK(done.status == 0);
    CHECK(done.output.find('\x1b') == std::string::npos);
    CHECK(done.output.find("odd\\x1b[2J.npy") != std::string::npos);
    CHECK(fs::exists(name));
}

TEST_CASE("a Rips complex that is too large is refused before memory is taken for it") {
    const workplace place;
    matrix<double> cloud(3000, 8);
    std::uint64_t state = 1;
    for (Eigen::Index i = 0; i < cloud.rows(); ++i)
        for (Eigen::Index k = 0; k < cloud.cols(); ++k) {
            double sum = 0;
            for (int draw = 0; draw < 4; ++draw) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                sum += static_cast<double>(state >> 11) * 0x1p-53;
            }
            cloud(i, k) = sum;
        }
    place.write("cloud.npy", matrix_view<const double>(cloud));
    const outcome refused = shell("ulimit -v 700000; $P measure --threads 2 --filtration rips --points " +
                                  place.path("cloud.npy") + " --out " + place.path("x"));
    CAPTURE(refused.output);
    CHECK(refused.status == 2);
    CHECK(refused.output.find("set --threshold") != std::string::npos);
    CHECK_FALSE(fs::exists(place.path("x")));
}
