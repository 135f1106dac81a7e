// SPDX-License-Identifier: MIT
#include "program/workplace.hpp"

#include <topoprune/core/version.hpp>
#include <topoprune/io/checksum.hpp>
#include <topoprune/io/csv_column.hpp>
#include <topoprune/io/npy.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using namespace program_tests;

namespace {

/// The workplace with an older run of everything that a command can read.
struct output_workplace : workplace {
    output_workplace() {
        write("must.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{0, 10, 11, 12}));
        write("never.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{20, 21, 22}));
        write("kept.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{1, 2, 3, 4}));
        std::ofstream(folder / "quota.csv") << "0,5\n1,5\n";
        std::ofstream(folder / "config.json") << R"({"keep": 12, "projection": "pca"})";
    }
    [[nodiscard]] std::string quick() const { return "prune " + inputs() + "--projection pca "; }

    /// The path and the bytes of every file.
    [[nodiscard]] std::map<std::string, std::string> everything() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            files[entry.path().string()] = entry.is_regular_file() ? bytes_of(entry.path()) : "";
        return files;
    }
};

/// Refused with status 2 and one line, and no file of the workplace is changed, added or gone.
void check_untouched(const output_workplace& place, const std::string& arguments, const std::string& expected,
                     int status = 2, const std::string& before = "") {
    CAPTURE(arguments);
    const auto files = place.everything();
    const outcome result = run(arguments, before);
    CAPTURE(result.output);
    CHECK(result.status == status);
    CHECK(result.output.find(expected) != std::string::npos);
    CHECK(std::count(result.output.begin(), result.output.end(), '\n') == 1);
    CHECK(place.everything() == files);
}

nlohmann::json json_in(const fs::path& file) {
    return nlohmann::json::parse(bytes_of(file));
}

void write_json(const fs::path& file, const nlohmann::json& document) {
    std::ofstream(file) << document.dump(2) << '\n';
}

double sum_of(const std::vector<double>& column) {
    return std::accumulate(column.begin(), column.end(), 0.0);
}

} // namespace

TEST_CASE("samples that must or must never be kept count the same in every table, for every rate") {
    const output_workplace place;
    const std::string given =
        "--must-keep " + place.path("must.npy") + " --never-keep " + place.path("never.npy");
    for (const std::string options : {"--preset coverage", "--preset topocore"})
        for (const std::string keep : {"0.2", "0.1,0.5", "0.5,0.1"}) {
            CAPTURE(options);
            CAPTURE(keep);
            const outcome done = run(place.quick() + options + " --keep " + keep + " " + given + " --out " +
                                     place.path("run"));
            INFO(done.output);
            REQUIRE(done.status == 0);
            const fs::path folder = place.folder / "run";
            const auto manifest = json_in(folder / "manifest.json");
            const std::vector<std::int64_t> kept = topoprune::read_npy_integers(folder / "kept.npy");
            CHECK(sum_of(topoprune::read_csv_column(folder / "scores.csv", "kept")) ==
                  static_cast<double>(kept.size()));
            CHECK(manifest["kept"] == kept.size());
            std::size_t of_classes = 0, filtered = 0;
            for (const auto& of : manifest["classes"]) {
                of_classes += of["kept"].get<std::size_t>();
                filtered += of["filtered"].get<std::size_t>();
            }
            CHECK(of_classes == kept.size());
            CHECK(done.output.find("kept " + std::to_string(kept.size()) + " of 240") != std::string::npos);
            CHECK(done.output.find(std::to_string(filtered) + " filtered") != std::string::npos);
            CHECK(done.output.find(", 4 required, 3 excluded") != std::string::npos);
            if (keep == "0.2") {
                CHECK(sum_of(topoprune::read_csv_column(folder / "selection.csv", "kept")) ==
                      static_cast<double>(kept.size()));
            } else {
                for (const std::string rate : {"0.1", "0.5"}) {
                    const auto of_rate = topoprune::read_npy_integers(folder / ("kept_" + rate + ".npy"));
                    CHECK(sum_of(topoprune::read_csv_column(folder / "selection.csv", "kept_" + rate)) ==
                          static_cast<double>(of_rate.size()));
                    CHECK(manifest["subsets"][rate] == of_rate.size());
                }
            }
            // Row 20 fails the filter, so it has no score; 21 and 22 keep theirs though they are excluded; 0
            // and 10 fail it too and are scored because they must be kept.
            const std::vector<double> score = topoprune::read_csv_column(folder / "scores.csv", "score");
            CHECK(std::isnan(score[20]));
            for (const std::size_t row : {0U, 10U, 11U, 12U, 21U, 22U})
                CHECK(std::isfinite(score[row]));
        }
}

TEST_CASE("an output that is one of the inputs is refused by every command, side files and links included") {
    const output_workplace place;
    REQUIRE(run(place.quick() + "--keep 12 --out " + place.path("run")).status == 0);
    REQUIRE(run("select --selector random " + place.inputs().substr(0, place.inputs().find("--epochs")) +
                "--keep 12 --out " + place.path("sel.npy"))
                .status == 0);
    REQUIRE(
        run("measure --points " + place.path("points.npy") + " --out " + place.path("atoms.csv")).status ==
        0);
    fs::copy_file(place.folder / "features.npy", place.folder / "train.csv");
    std::ofstream(place.folder / "cfg.json") << R"({"keep": 12})";
    fs::create_directory(place.folder / "links");
    fs::create_symlink(place.folder / "features.npy", place.folder / "links" / "kept.npy");
    fs::create_hard_link(place.folder / "logits.npy", place.folder / "links" / "hard.npy");
    fs::create_symlink(place.folder / "links", place.folder / "other");
    const std::string data =
        "--features " + place.path("features.npy") + " --labels " + place.path("labels.npy");
    const std::string draw = "select --selector random --keep 12 ";
    const std::vector<std::pair<std::string, std::string>> cases{
        {draw + "--features " + place.path("train.csv") + " --labels " + place.path("labels.npy") +
             " --out " + place.path("train.npy"),
         "--features"},
        {draw + data + " --config " + place.path("cfg.json") + " --out " + place.path("cfg.npy"), "--config"},
        {draw + data + " --must-keep " + place.path("must.npy") + " --out " + place.path("must.npy"),
         "--must-keep"},
        {"select --selector random --keep-per-class 3 " + data + " --never-keep " + place.path("never.npy") +
             " --out " + place.path("never.npy"),
         "--never-keep"},
        {"select --selector random " + data + " --quota " + place.path("quota.csv") + " --out " +
             place.path("quota.npy"),
         "--quota"},
        {"select --selector top --end highest --keep 9 --scores " + place.path("sel.csv") +
             " --column rank --high valuable --out " + place.path("sel.npy"),
         "--scores"},
        {"select --selector random --keep 3,9 --labels " + place.path("labels.npy") + " --must-keep " +
             place.path("labels_9.npy") + " --out " + place.path("labels.npy"),
         "labels_9.npy"},
        {"score --score el2n --logits " + place.path("logits.npy") + " --labels " + place.path("labels.npy") +
             " --out " + place.path("labels.npy"),
         "--labels"},
        {"score --score el2n --logits " + place.path("logits.npy") + " --labels " + place.path("labels.npy") +
             " --out " + place.path("other") + "/hard.npy",
         "--logits"},
        {place.quick() + "--keep 12 --out " + place.path("links"), "--features"},
        {place.quick() + "--keep 12 --out " + place.path("other") + "/../links/.", "--features"},
        {"prune --projection identity --filter none --labels " + place.path("labels.npy") + " --features " +
             place.path("run") + "/embedding.npy --keep 12 --out " + place.path("run"),
         "--features"},
        {"prune --config " + place.path("run") + "/manifest.json --out " + place.path("run"), "--config"},
        {"project --method pca --features " + place.path("features.npy") + " --out " +
             place.path("features.npy"),
         "--features"},
        {"measure --points " + place.path("points.npy") + " --out " + place.path("points.npy"), "--points"},
        {"evaluate " + data + " --kept " + place.path("kept.npy") + " --out " + place.path("kept.npy"),
         "--kept"},
        {"evaluate " + data + " --kept " + place.path("kept.npy") + " --points " + place.path("points.npy") +
             " --out " + place.path("points.npy"),
         "--points"}};
    place.write("labels_9.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{0}));
    for (const auto& [arguments, option] : cases)
        check_untouched(place, arguments, option);
    for (const auto& [arguments, option] : cases)
        CHECK_MESSAGE(run(arguments).output.find("--out would replace ") != std::string::npos, arguments);
}

TEST_CASE("a manifest lists its outputs with their checksums, and readers tell what is not of its run") {
    const output_workplace place;
    REQUIRE(run(place.quick() + "--keep 0.2,0.1 --out " + place.path("run")).status == 0);
    REQUIRE(run("select --selector random --labels " + place.path("labels.npy") + " --keep 24,12 --out " +
                place.path("sel.npy"))
                .status == 0);
    const fs::path folder = place.folder / "run";
    const auto manifest = json_in(folder / "manifest.json");
    auto listed = manifest["outputs"];
    listed.update(manifest["measured"]["outputs"]);
    CHECK(listed.size() == 7);
    for (const auto& [name, output] : listed.items()) {
        const auto found = topoprune::checksum_of_file(folder / name);
        CHECK(output["checksum"] == found.text());
        CHECK(output["bytes"] == found.bytes);
    }
    const auto of_select = json_in(place.folder / "sel.json");
    CHECK(of_select["outputs"].size() == 3);
    for (const auto& [name, output] : of_select["outputs"].items())
        CHECK(output["checksum"] == topoprune::checksum_of_file(place.folder / name).text());

    const std::string evaluate = "evaluate --random-draws 0 --features " + place.path("features.npy") +
                                 " --labels " + place.path("labels.npy") + " --kept ";
    for (const std::string kept : {"run/kept.npy", "run/kept_0.1.npy", "sel_12.npy"}) {
        CAPTURE(kept);
        CHECK(run(evaluate + place.path(kept)).status == 0);
        fs::copy_file(place.path("kept.npy"), place.path(kept), fs::copy_options::overwrite_existing);
        check_untouched(place, evaluate + place.path(kept), "is not the file that the run of");
        check_untouched(place, evaluate + place.path("kept.npy") + " --other " + place.path(kept),
                        "topoprune: --other " + place.path(kept) + ": is not the file");
    }
    const outcome repeated =
        run("prune --config " + place.path("run") + "/manifest.json --out " + place.path("again"));
    CHECK(repeated.status == 0);
    CHECK(repeated.output.find("note: " + place.path("run") + "/kept.npy is not the file") !=
          std::string::npos);
    const fs::path unfinished = folder / ".manifest.json.1-0.partial";
    fs::rename(folder / "manifest.json", unfinished);
    const outcome of_killed = run(evaluate + place.path("run/kept.npy"));
    CHECK(of_killed.status == 0);
    CHECK(of_killed.output.find("run/kept.npy may be of a run that did not finish") != std::string::npos);
    fs::rename(unfinished, folder / "manifest.json");
    fs::remove(folder / "scores.csv");
    CHECK(run("prune --config " + place.path("run") + "/manifest.json --out " + place.path("again"))
              .output.find("note: scores.csv is missing beside") != std::string::npos);
    CHECK(run("prune --config " + place.path("again") + "/manifest.json --out " + place.path("third"))
              .output.find("note:") == std::string::npos);
}

TEST_CASE("a run over an older one replaces it as a whole, and sweeps what a killed one left") {
    const output_workplace place;
    REQUIRE(run(place.quick() + "--keep 12 --out " + place.path("run")).status == 0);
    const pid_t ended = fork();
    if (ended == 0)
        _exit(0);
    waitpid(ended, nullptr, 0);
    const auto left_by = [&](pid_t process) {
        return place.folder / "run" / (".kept.npy." + std::to_string(process) + "-0.partial");
    };
    for (const pid_t process : {ended, getpid()})
        std::ofstream(left_by(process)) << "half";
    REQUIRE(run(place.quick() + "--keep 24 --out " + place.path("run")).status == 0);
    CHECK_FALSE(fs::exists(left_by(ended)));
    CHECK(fs::exists(left_by(getpid())));
    CHECK(topoprune::read_npy_integers(place.folder / "run" / "kept.npy").size() == 24);
    CHECK(json_in(place.folder / "run" / "manifest.json")["kept"] == 24);
}

TEST_CASE("a file of a rate that the last run did not have is told to be of an older one") {
    const output_workplace place;
    const std::string evaluate = "evaluate --random-draws 0 --features " + place.path("features.npy") +
                                 " --labels " + place.path("labels.npy") + " --kept ";
    REQUIRE(run(place.quick() + "--keep 12,24 --out " + place.path("run")).status == 0);
    CHECK(run(evaluate + place.path("run/kept_24.npy")).output.find("older run") == std::string::npos);
    REQUIRE(run(place.quick() + "--keep 12 --out " + place.path("run")).status == 0);
    const outcome of_older = run(evaluate + place.path("run/kept_24.npy"));
    CHECK(of_older.status == 0);
    CHECK(of_older.output.find("note: " + place.path("run/kept_24.npy") + " is none of the files of " +
                               place.path("run/manifest.json") + ", it may be of an older run") !=
          std::string::npos);
    CHECK(run(evaluate + place.path("run/kept.npy")).output.find("older run") == std::string::npos);
    // A person's own file whose name begins alike.
    fs::copy_file(place.path("features.npy"), place.path("run/kept_features.npy"));
    CHECK(run("evaluate --random-draws 0 --features " + place.path("run/kept_features.npy") + " --labels " +
              place.path("labels.npy") + " --kept " + place.path("kept.npy"))
              .output.find("older run") == std::string::npos);
    CHECK(run(evaluate + place.path("kept.npy")).output.find("older run") == std::string::npos);
}

TEST_CASE("the manifest of every method of select gives the same set again") {
    const workplace place;
    matrix<float> positive(240, 2);
    for (Eigen::Index i = 0; i < 240; ++i)
        positive.row(i) << static_cast<float>(i % 7), static_cast<float>(i % 5 + 1);
    place.write("positive.npy", matrix_view<const float>(positive));
    for (const char* method :
         {"random", "moderate", "ccs", "d2", "aum", "margin", "fdmat", "zcore", "prototypes-easy"}) {
        CAPTURE(method);
        const bool is_fdmat = std::string(method) == "fdmat";
        const outcome first = run("select --method " + std::string(method) + " --features " +
                                  place.path(is_fdmat ? "positive.npy" : "features.npy") + " --labels " +
                                  place.path("labels.npy") + " --logits " + place.path("logits.npy") +
                                  " --keep 0.3 --out " + place.path("a.npy"));
        INFO(first.output);
        REQUIRE(first.status == 0);
        const outcome again =
            run("select --config " + place.path("a.json") + " --out " + place.path("b.npy"));
        INFO(again.output);
        REQUIRE(again.status == 0);
        CHECK(bytes_of(place.folder / "a.npy") == bytes_of(place.folder / "b.npy"));
    }
}

TEST_CASE("an empty value is refused by every option of text") {
    const workplace place;
    std::ofstream(place.folder / "a.csv") << "r,f,mass,edge_u,edge_v,vertex\n0,1,1,-1,-1,0\n1,2,-1,0,1,1\n";
    for (const std::string& command :
         {"prune " + place.inputs() + "--keep 9 --must-keep '' --out " + place.path("x"),
          "select --method random --labels " + place.path("labels.npy") + " --keep 9 --never-keep '' --out " +
              place.path("x"),
          "transport --from " + place.path("a.csv") + " --to ''",
          "project --features " + place.path("features.npy") + " --init '' --out " + place.path("x")})
        check_refused(place, command, "is \"\", must have a value or be left out");
}

TEST_CASE("a pipe of the shell is read by every command that writes a manifest") {
    const workplace place;
    const std::string labels = " --labels " + place.path("labels.npy") + " --keep 0.2 --out ";
    for (const std::string command : {"prune --projection pca", "select --method k-center"}) {
        const outcome done = run(command + " --features /dev/stdin" + labels + place.path("piped.npy"),
                                 "cat " + place.path("features.npy") + " |");
        CAPTURE(done.output);
        CHECK(done.status == 0);
        fs::remove_all(place.folder / "piped.npy");
    }
}

TEST_CASE("no command replaces the manifest that tells of its input") {
    const workplace place;
    REQUIRE(run("select --method random --labels " + place.path("labels.npy") + " --keep 9 --out " +
                place.path("kept.npy"))
                .status == 0);
    check_refused(place,
                  "evaluate --features " + place.path("features.npy") + " --labels " +
                      place.path("labels.npy") + " --kept " + place.path("kept.npy") + " --out " +
                      place.path("kept.json"),
                  "--out would replace");
    // Nor does one that writes several files.
    REQUIRE(run("prune " + place.inputs() + "--projection pca --keep 9 --out " + place.path("run")).status ==
            0);
    const std::string manifest = bytes_of(place.folder / "run/manifest.json");
    check_refused(place,
                  "select --selector top --end highest --keep 9 --scores " + place.path("run/scores.csv") +
                      " --column score --high valuable --out " + place.path("run/manifest.npy"),
                  "--out would replace");
    CHECK(bytes_of(place.folder / "run/manifest.json") == manifest);
}

TEST_CASE("a manifest whose parts do not tell the same is refused") {
    const output_workplace place;
    const std::string data =
        "--features " + place.path("features.npy") + " --labels " + place.path("labels.npy");
    REQUIRE(run(place.quick() + "--keep 12 --out " + place.path("run")).status == 0);
    REQUIRE(run("select --selector random " + data + " --keep 12 --out " + place.path("sel.npy")).status ==
            0);
    const auto of_prune = json_in(place.folder / "run" / "manifest.json");
    const auto of_select = json_in(place.folder / "sel.json");
    fs::copy_file(place.folder / "features.npy", place.folder / "elsewhere.npy");
    using edit = std::function<void(nlohmann::json&)>;
    const std::vector<std::pair<edit, std::string>> edits{
        {[&](nlohmann::json& m) { m["options"]["features"] = place.path("elsewhere.npy"); },
         "must be the same"},
        {[&](nlohmann::json& m) { m["inputs"]["features"]["path"] = place.path("elsewhere.npy"); },
         "must be the same"},
        {[](nlohmann::json& m) { m["inputs"].erase("labels"); }, "which \"inputs\" lacks"},
        {[](nlohmann::json& m) { m.erase("inputs"); }, "which \"inputs\" lacks"},
        {[](nlohmann::json& m) { m["options"].erase("labels"); }, "must be the same"},
        {[](nlohmann::json& m) { m["inputs"]["letters"] = m["inputs"]["labels"]; },
         "input \"letters\" is unknown"},
        {[](nlohmann::json& m) { m["inputs"]["labels"]["checksum"] = "crc32:00000000"; },
         "has changed since"},
        {[](nlohmann::json& m) { m["options"]["seed"] = ""; }, "--seed is \"\", must be an integer"},
        {[](nlohmann::json& m) { m["options"]["keep"] = std::string("1\0002", 3); },
         "holds the character NUL"}};
    for (const auto& [change, expected] : edits)
        for (const bool select : {false, true}) {
            nlohmann::json changed = select ? of_select : of_prune;
            change(changed);
            write_json(place.folder / "edited.json", changed);
            check_untouched(place,
                            std::string(select ? "select" : "prune") + " --config " +
                                place.path("edited.json") + " --out " + place.path("x"),
                            expected);
        }
    // What the command line gives, no manifest vouches for.
    nlohmann::json changed = of_prune;
    write_json(place.folder / "edited.json", changed);
    CHECK(run("prune --config " + place.path("edited.json") + " --features " + place.path("elsewhere.npy") +
              " --out " + place.path("y"))
              .status == 0);
    changed["topoprune"] = "0.0.1";
    write_json(place.folder / "edited.json", changed);
    const outcome older = run("prune --config " + place.path("edited.json") + " --out " + place.path("z"));
    CHECK(older.status == 0);
    CHECK(older.output.find("was written by topoprune 0.0.1, this is " TOPOPRUNE_VERSION) !=
          std::string::npos);
}

TEST_CASE("a key that stands twice in a configuration is refused, at any depth") {
    const output_workplace place;
    for (const std::string text :
         {R"({"keep": 12, "keep": 30})", R"({"command": "prune", "options": {"keep": 12, "keep": 13}})"}) {
        std::ofstream(place.folder / "twice.json") << text;
        check_untouched(place,
                        place.quick() + "--config " + place.path("twice.json") + " --out " + place.path("x"),
                        "twice.json: has \"keep\" twice, must have it once");
    }
    std::ofstream(place.folder / "wrong.json") << "{\"keep\": 12,\n \"steps\": }";
    check_untouched(place,
                    place.quick() + "--config " + place.path("wrong.json") + " --out " + place.path("x"),
                    "wrong.json: is no JSON object of options: it errs at line 2, column 11");
}

TEST_CASE("a configuration that is a folder is named in one line, with the file that was meant") {
    const output_workplace place;
    REQUIRE(run(place.quick() + "--keep 12 --out " + place.path("run")).status == 0);
    check_untouched(place, "prune --config " + place.path("run") + " --out " + place.path("x"),
                    place.path("run") + ": is a directory, must be a file, as " +
                        place.path("run/manifest.json") + " is");
    fs::create_directory(place.folder / "empty");
    check_untouched(place, "prune --config " + place.path("empty") + " --out " + place.path("x"),
                    place.path("empty") + ": is a directory, must be a file");
}

TEST_CASE("outputs that cannot be written are refused before the run") {
    const output_workplace place;
    fs::create_directories(place.folder / "taken" / "kept.npy");
    fs::create_directories(place.folder / "folder.npy");
    const std::string data =
        "--features " + place.path("features.npy") + " --labels " + place.path("labels.npy");
    // So many epochs that nothing which is only refused after the projection would end.
    const std::string slow = "prune " + place.inputs() + "--epochs 100000000 --keep 12 --out ";
    check_untouched(place, slow + place.path("kept.npy"), "which is no folder");
    check_untouched(place, slow + place.path("kept.npy") + "/deep", "which is no folder");
    check_untouched(place, slow + place.path("taken"), "which is a folder, must lead to files");
    check_untouched(place, slow + "/proc/none", "--out: /proc/none", 1);
    const std::string draw = "select --selector random --keep 12 " + data + " --out ";
    check_untouched(place, draw + place.path("new.csv"), "must have another ending, as kept.npy");
    check_untouched(place, draw + place.path("new.json"), "must have another ending, as kept.npy");
    for (const std::string& out :
         std::vector<std::string>{place.path("folder.npy"), place.folder.string(), place.path("x/"),
                                  place.folder.string() + "/.", place.folder.string() + "/.."}) {
        check_untouched(place, draw + out, "a folder, must be a file");
        check_untouched(
            place, "project --features " + place.path("features.npy") + " --epochs 100000000 --out " + out,
            "a folder, must be a file");
        check_untouched(place, "measure --points " + place.path("points.npy") + " --out " + out,
                        "a folder, must be a file");
        check_untouched(place, "score --score zcore " + data + " --out " + out, "a folder, must be a file");
        check_untouched(place, "evaluate " + data + " --kept " + place.path("kept.npy") + " --out " + out,
                        "a folder, must be a file");
    }
    check_untouched(
        place, "project --features " + place.path("features.npy") + " --epochs 100000000 --out /dev/null",
        "a device or a pipe");
    std::string rates = "1";
    for (int rate = 2; rate <= 200; ++rate)
        rates += "," + std::to_string(rate);
    check_untouched(
        place, "prune " + place.inputs() + "--epochs 100000000 --keep " + rates + " --out " + place.path("x"),
        "the limit is 100 open files (ulimit -n); --keep must name fewer rates", 2, "ulimit -n 100;");
    // The soft limit is no obstacle.
    CHECK(run("select --selector random " + data + " --keep " + rates + " --out " + place.path("many.npy"),
              "ulimit -Sn 100;")
              .status == 0);
}

TEST_CASE("names that no manifest can hold are refused, and other commands take them") {
    const output_workplace place;
    const std::string latin = "caf\xe9", name = place.path(latin + ".npy");
    fs::copy_file(place.folder / "features.npy", name);
    const std::string labels = " --labels " + place.path("labels.npy");
    check_untouched(place,
                    "select --selector random --keep 12 --features " + name + labels + " --out " +
                        place.path("x.npy"),
                    "caf\\xe9.npy, must be UTF-8");
    check_untouched(place, "prune --keep 12 --features " + name + labels + " --out " + place.path("x"),
                    "caf\\xe9.npy, must be UTF-8");
    check_untouched(place,
                    "select --selector random --keep 12" + labels + " --out " + place.path("x\xff.npy"),
                    "x\\xff.npy, must be UTF-8");
    CHECK(run("project --method pca --features " + name + " --out " + place.path("y\xff.npy")).status == 0);
    CHECK(fs::exists(place.path("y\xff.npy")));
    const std::string accented = place.path("caf\xc3\xa9.npy");
    CHECK(run("select --selector random --keep 12 --features " + place.path("features.npy") + labels +
              " --out " + accented)
              .status == 0);
    CHECK(run("select --config " + place.path("caf\xc3\xa9.json") + " --out " + place.path("again.npy"))
              .status == 0);
    CHECK(bytes_of(accented) == bytes_of(place.path("again.npy")));
}
