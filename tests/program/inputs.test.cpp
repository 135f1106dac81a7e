// SPDX-License-Identifier: MIT
#include "io/zips.hpp"
#include "program/workplace.hpp"

#include <topoprune/io/csv_column.hpp>
#include <topoprune/io/csv_writer.hpp>
#include <topoprune/io/npy.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace program_tests;

namespace {

/// The workplace with the same samples in other forms: class 0 is "ant", class 1 "bee, or wasp".
struct input_workplace : workplace {
    const std::vector<std::string> class_name{"ant", "bee, or wasp"};

    input_workplace() {
        const matrix<float> features = topoprune::read_npy_matrix<float>(folder / "features.npy");
        std::string labels = "label\n", table = "id,x,y,z,kind\n", semicolons, blanks,
                    predictions = "label\n", header_only = "x,y,z\n", floats = "label\n";
        for (Eigen::Index i = 0; i < 240; ++i) {
            const std::string name = i % 2 == 0 ? "ant" : "\"bee, or wasp\"";
            std::string x, y, z;
            for (auto* text : {&x, &y, &z})
                topoprune::append_number(*text, features(i, text == &x ? 0 : text == &y ? 1 : 2));
            labels += name + "\n";
            floats += i % 2 == 0 ? "0.0\n" : "1.0\n";
            predictions += i % 10 == 0 ? "\"bee, or wasp\"\n" : i == 7 ? "cicada\n" : name + "\n";
            table += "s" + std::to_string(i) + "," + x + "," + y + "," + z + "," + name + "\n";
            semicolons += x + ";" + y + ";" + z + "\n";
            blanks += x + "  " + y + " " + z + "\n";
        }
        file("names.csv", labels);
        file("floats.csv", floats);
        file("predictions.csv", predictions);
        file("table.csv", table);
        file("semicolons.csv", semicolons);
        file("blanks.txt", blanks);
        file("header.csv", header_only);
        const matrix<float> none(0, 3);
        write("none.npy", matrix_view<const float>(none));
        file("page.csv", "<!DOCTYPE html>\n<html><body>not found</body></html>\n");
        file("arrays.npz", topoprune::testing::zipped({{"X.npy", bytes_of(folder / "features.npy")},
                                                       {"y.npy", bytes_of(folder / "labels.npy")}},
                                                      {.deflated = true}));
        std::string mask = "kept\n", rows;
        for (int i = 0; i < 240; ++i) {
            mask += i % 80 == 7 ? "True\n" : "False\n";
            rows += i % 80 == 7 ? std::to_string(i) + "\n" : "";
        }
        file("mask.csv", mask);
        file("rows.csv", rows);
        mask_array("mask.npy", 240);
        mask_array("short_mask.npy", 239);
        file("quota.csv", "label,count\nant,3\n\"bee, or wasp\",5\n");
        file("twice.csv", "label,count\nant,3\nant,5\n");
        file("bird.csv", "label,count\nbird,3\n");
        file("accuracy.csv", "label,accuracy\n\"bee, or wasp\",0.75\nant,0.5\n");
    }

    void file(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder / name, std::ios::binary) << bytes;
    }

    /// An array of bool as numpy writes it, true in every 80th row from the 7th on.
    void mask_array(const std::string& name, int count) const {
        std::string dictionary =
            "{'descr': '|b1', 'fortran_order': False, 'shape': (" + std::to_string(count) + ",), }";
        dictionary.append(117 - dictionary.size(), ' ');
        std::string bytes = "\x93NUMPY" + std::string("\x01\x00\x76\x00", 4) + dictionary + "\n";
        for (int i = 0; i < count; ++i)
            bytes += static_cast<char>(i % 80 == 7);
        file(name, bytes);
    }

    [[nodiscard]] std::string features() const { return "--features " + path("features.npy") + " "; }
    [[nodiscard]] std::string named() const {
        return features() + "--labels " + path("names.csv") + " --logits " + path("logits.npy") + " ";
    }
    [[nodiscard]] std::string numbered() const {
        return features() + "--labels " + path("labels.npy") + " --logits " + path("logits.npy") + " ";
    }
    [[nodiscard]] std::string from_table() const {
        return "--features " + path("table.csv") + " --label-column kind --id-column id --logits " +
               path("logits.npy") + " ";
    }
    [[nodiscard]] std::vector<std::int64_t> rows(const std::string& name) const {
        return topoprune::read_npy_integers(folder / name);
    }
};

std::string run_ok(const std::string& arguments, const std::string& before = "") {
    const outcome result = run(arguments, before);
    CAPTURE(arguments);
    CAPTURE(result.output);
    REQUIRE(result.status == 0);
    return result.output;
}

/// The text with every label 0 and 1 of a table behind the first comma written as its name.
std::string with_names(const std::string& table) {
    std::string result;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line); result += line + "\n") {
        const std::size_t comma = line.find(',');
        if (line.compare(comma, 3, ",0,") == 0)
            line.replace(comma, 3, ",ant,");
        else if (line.compare(comma, 3, ",1,") == 0)
            line.replace(comma, 3, ",\"bee, or wasp\",");
    }
    return result;
}

} // namespace

TEST_CASE("labels that are names keep what integers keep, and stay names in every output of prune") {
    const input_workplace place;
    const std::string options = "--keep 0.2 --epochs 40 --out ";
    run_ok("prune " + place.numbered() + options + place.path("numbers"));
    const std::string said =
        run_ok("prune " + place.named() + "--report-class 'bee, or wasp' " + options + place.path("names"));
    CHECK(said.find("\n       ant       120 ") != std::string::npos);
    CHECK(said.find("\nbee, or wasp       120 ") != std::string::npos);
    for (const char* same : {"kept.npy", "embedding.npy"})
        CHECK(bytes_of(place.folder / "names" / same) == bytes_of(place.folder / "numbers" / same));
    for (const char* table : {"selection.csv", "scores.csv"})
        CHECK(bytes_of(place.folder / "names" / table) ==
              with_names(bytes_of(place.folder / "numbers" / table)));
    const nlohmann::json manifest = nlohmann::json::parse(bytes_of(place.folder / "names/manifest.json"));
    REQUIRE(manifest["classes"].size() == 2);
    CHECK(manifest["classes"][0]["label"] == "ant");
    CHECK(manifest["classes"][1]["label"] == "bee, or wasp");
    const std::string report = bytes_of(place.folder / "names/report.html");
    CHECK(report.find("Signed measure of class bee, or wasp") != std::string::npos);
    CHECK(report.find(">ant</option>") != std::string::npos);
    CHECK(report.find("[\"bee, or wasp\",\"") != std::string::npos);
    CHECK(report.find("<th scope=\"row\">ant</th>") != std::string::npos);
    // The manifest repeats the run, column options and all.
    run_ok("prune --config " + place.path("names/manifest.json") + " --out " + place.path("again"));
    check_same_results(place.folder / "names", place.folder / "again");
}

TEST_CASE("one csv file brings features, labels and ids") {
    const input_workplace place;
    const std::string options = "--keep 0.2 --epochs 40 --out ";
    run_ok("prune " + place.named() + options + place.path("apart"));
    run_ok("prune " + place.from_table() + options + place.path("together"));
    CHECK(bytes_of(place.folder / "apart/kept.npy") == bytes_of(place.folder / "together/kept.npy"));
    for (const char* table : {"selection.csv", "scores.csv"}) {
        const std::string text = bytes_of(place.folder / "together" / table);
        CHECK(text.starts_with("index,id,label,"));
        CHECK(text.find("\n7,s7,\"bee, or wasp\",") != std::string::npos);
        CHECK(text.find("\n8,s8,ant,") != std::string::npos);
    }
    run_ok("prune --config " + place.path("together/manifest.json") + " --out " + place.path("again"));
    check_same_results(place.folder / "together", place.folder / "again");
    // The labels of the table for features from elsewhere, and the table named twice.
    for (const std::string& input :
         {place.features() + "--labels " + place.path("table.csv") + " --label-column kind ",
          "--features " + place.path("table.csv") + " --labels " + place.path("table.csv") +
              " --label-column 5 --feature-columns 'x-z' ",
          "--features " + place.path("table.csv") + " --label-column kind --feature-columns '!id' "}) {
        run_ok("prune " + input + "--logits " + place.path("logits.npy") + " " + options +
               place.path("other"));
        CHECK(bytes_of(place.folder / "apart/kept.npy") == bytes_of(place.folder / "other/kept.npy"));
    }
}

TEST_CASE("select, score, project and evaluate take the same inputs") {
    const input_workplace place;
    const std::string random = " --method random --keep 30 --out ";
    run_ok("select " + place.numbered() + random + place.path("n.npy"));
    run_ok("select " + place.from_table() + random + place.path("t.npy"));
    CHECK(place.rows("n.npy") == place.rows("t.npy"));
    CHECK(bytes_of(place.folder / "t.csv").starts_with("index,id,label,filtered_by,"));
    CHECK(bytes_of(place.folder / "t.csv").find("\n3,s3,\"bee, or wasp\",") != std::string::npos);

    run_ok("score --score center-distance " + place.numbered() + "--out " + place.path("n_scores.csv"));
    run_ok("score --score center-distance " + place.from_table() + "--out " + place.path("t_scores.csv"));
    CHECK(topoprune::read_csv_column(place.path("n_scores.csv"), "center-distance") ==
          topoprune::read_csv_column(place.path("t_scores.csv"), "center-distance"));
    CHECK(bytes_of(place.path("t_scores.csv")).starts_with("index,id,label,center-distance\n0,s0,ant,"));

    run_ok("project --method pca " + place.features() + "--out " + place.path("n_plane.npy"));
    for (const std::string& input :
         {place.path("table.csv") + " --feature-columns x-z ", place.path("semicolons.csv"),
          place.path("blanks.txt"), place.path("arrays.npz") + ":X "}) {
        run_ok("project --method pca --features " + input + " --out " + place.path("t_plane.npy"));
        CHECK(bytes_of(place.path("n_plane.npy")) == bytes_of(place.path("t_plane.npy")));
    }

    const std::string kept = " --random-draws 0 --kept " + place.path("n.npy");
    const std::string numbers =
        run_ok("evaluate " + place.features() + "--labels " + place.path("labels.npy") + kept);
    const std::string names = run_ok("evaluate --features " + place.path("table.csv") +
                                     " --label-column kind --id-column id" + kept);
    CHECK(names == with_names(numbers));
    const std::string zipped = run_ok("evaluate --features " + place.path("arrays.npz") + ":X --labels " +
                                      place.path("arrays.npz") + ":y" + kept);
    CHECK(zipped == numbers);
}

TEST_CASE("whole floats stay as they are written, and predictions may be names") {
    const input_workplace place;
    const std::string random = " --method random --keep 30 --out ";
    run_ok("select " + place.numbered() + random + place.path("n.npy"));
    run_ok("select " + place.features() + "--labels " + place.path("floats.csv") + random +
           place.path("f.npy"));
    CHECK(place.rows("n.npy") == place.rows("f.npy"));
    CHECK(bytes_of(place.folder / "f.csv").find("\n3,1.0,") != std::string::npos);

    run_ok("select " + place.features() + "--labels " + place.path("names.csv") + " --predictions " +
           place.path("predictions.csv") + " --filter misclassified" + random + place.path("p.npy"));
    const std::string table = bytes_of(place.folder / "p.csv");
    CHECK(table.find("\n10,ant,misclassified,") != std::string::npos);
    CHECK(table.find("\n7,\"bee, or wasp\",misclassified,") != std::string::npos);
    CHECK(table.find("\n9,\"bee, or wasp\",,") != std::string::npos);
}

TEST_CASE("quotas and accuracies are given by name") {
    const input_workplace place;
    run_ok("select --method random " + place.named() + "--quota " + place.path("quota.csv") + " --out " +
           place.path("q.npy"));
    const auto kept = place.rows("q.npy");
    CHECK(kept.size() == 8);
    CHECK(std::count_if(kept.begin(), kept.end(), [](std::int64_t i) { return i % 2 == 0; }) == 3);
    run_ok("select --method random " + place.named() + "--keep 90 --shares error --class-accuracy " +
           place.path("accuracy.csv") + " --out " + place.path("e.npy"));
    const auto by_error = place.rows("e.npy");
    CHECK(std::count_if(by_error.begin(), by_error.end(), [](std::int64_t i) { return i % 2 == 0; }) == 60);
}

TEST_CASE("a mask is a mask wherever rows are taken") {
    const input_workplace place;
    const std::string random = "select --method random " + place.numbered() + "--keep 30 ";
    for (const char* option : {"--must-keep ", "--never-keep "}) {
        run_ok(random + option + place.path("rows.csv") + " --out " + place.path("r.npy"));
        for (const char* mask : {"mask.npy", "mask.csv"}) {
            run_ok(random + option + place.path(mask) + " --out " + place.path("m.npy"));
            CHECK(place.rows("r.npy") == place.rows("m.npy"));
            CHECK(bytes_of(place.folder / "r.csv") == bytes_of(place.folder / "m.csv"));
        }
    }
    const std::string evaluate =
        "evaluate --random-draws 0 " + place.features() + "--labels " + place.path("labels.npy") + " --kept ";
    const std::string by_rows =
        run_ok(evaluate + place.path("rows.csv") + " --other " + place.path("rows.csv"));
    CHECK(by_rows.find("jaccard_with_other,all,1,") != std::string::npos);
    CHECK(run_ok(evaluate + place.path("mask.npy") + " --other " + place.path("mask.csv")) == by_rows);

    const std::string out = " --out " + place.path("x");
    const std::string prune = "prune " + place.numbered() + "--keep 30" + out;
    for (const char* option : {" --must-keep ", " --never-keep "})
        for (const std::string& command : {random + out, prune})
            check_refused(
                place, command + option + place.path("short_mask.npy"),
                std::string(option).substr(1) + place.path("short_mask.npy") +
                    ": is a mask of 239 truth values, must be of as many as there are samples, 240");
    for (const char* option : {"--kept ", "--other "})
        check_refused(place,
                      evaluate + place.path("rows.csv") + out + " " + option + place.path("short_mask.npy"),
                      option + place.path("short_mask.npy") + ": is a mask of 239 truth values");
}

TEST_CASE("every command names the option, the file and the way out of an input that is none") {
    const input_workplace place;
    const std::string out = " --out " + place.path("x");
    const std::string labels = " --labels " + place.path("labels.npy");
    const std::string rest = " --keep 9" + out;
    std::vector<std::pair<std::string, std::string>> cases;
    for (const std::string& command : {"prune" + labels + rest, "select --method random" + labels + rest,
                                       "score --score center-distance" + labels + out, "project" + out,
                                       "evaluate" + labels + " --kept " + place.path("rows.csv") + out}) {
        const auto refuses = [&](const std::string& file, const std::string& defect) {
            cases.emplace_back(command + " --features " + file,
                               "topoprune: --features " + file.substr(0, file.find(" --")) + ": " + defect);
        };
        refuses(place.path("header.csv"), "holds no row of numbers, only a header");
        cases.emplace_back(command + " --features " + place.path("none.npy"),
                           "topoprune: --features " + place.path("none.npy") + " has no row, must have one");
        refuses(place.path("page.csv"), "holds no row of numbers: it is an HTML or XML page");
        refuses(place.path("labels.npy"),
                "shape (240,) of int64 has one axis, must have two; if it is one column, "
                "write x.reshape(-1, 1)");
        refuses(place.path("arrays.npz"), "holds 2 arrays, one must be named behind a colon, as in " +
                                              place.path("arrays.npz") + ":X; it has 'X', 'y'");
        refuses(place.path("arrays.npz") + ":Z", "has no member 'Z', must be one of 'X', 'y'");
        refuses(place.path("table.csv"),
                "line 2, column 1, 'id': 's0' is not a number, so the column is no "
                "feature; --label-column 'id' takes it for the labels, --id-column 'id' "
                "for the ids, --feature-columns '!id' leaves it out");
        refuses(place.path("table.csv") + " --feature-columns x-w",
                "has no column 'x-w'; it has 'id', 'x', 'y'");
    }
    const std::string select = "select --method random " + place.named() + out;
    for (const auto& [options, defect] : std::vector<std::pair<std::string, std::string>>{
             {" --keep 9 --must-keep " + place.path("header.csv"), ": line 1 has 3 columns, must have 1"},
             {" --quota " + place.path("twice.csv"),
              ": line 3, column 1: the label 'ant' stands there for the second time"},
             {" --quota " + place.path("bird.csv"), ": line 2, column 1: 'bird' is none of the labels"},
             {" --quota " + place.path("header.csv"), ": has 3 columns, must have 2: label and count"},
             {" --keep 9 --shares error --class-accuracy " + place.path("bird.csv"),
              ": line 2, column 1: 'bird' is none of the labels"},
             {" --keep 9 --predictions " + place.path("labels.npy"),
              " holds numbers, must hold names as --labels"}}) {
        const std::size_t option = options.rfind(" --") + 1;
        cases.emplace_back(options.find("--predictions") == std::string::npos
                               ? select + options
                               : "select --method random " + place.features() + "--labels " +
                                     place.path("names.csv") + out + options,
                           "topoprune: " + options.substr(option) + defect);
    }
    const std::string wrong_logits = "prune " + place.features() + "--labels " + place.path("names.csv") +
                                     " --logits " + place.path("features.npy") + rest;
    cases.emplace_back(wrong_logits,
                       "--logits " + place.path("features.npy") +
                           " has outputs for 3 classes, must have them for the 2 names of the labels");
    cases.emplace_back("prune " + place.features() + "--labels " + place.path("table.csv") + rest,
                       "--labels " + place.path("table.csv") +
                           ": line 1 has 5 columns, must have 1; --label-column chooses one of them");
    cases.emplace_back("prune " + place.named() + "--report-class bird" + rest,
                       "--report-class is bird, must be one of the labels");
    place.file("seven.csv", "7,3\n");
    place.file("three.csv", "0.5\n0.6\n0.7\n");
    cases.emplace_back("select --method random " + place.numbered() + "--quota " + place.path("seven.csv") +
                           out,
                       "--quota " + place.path("seven.csv") + " names the label 7, which no sample has");
    cases.emplace_back(select + " --keep 9 --shares error --class-accuracy " + place.path("three.csv"),
                       "--class-accuracy " + place.path("three.csv") +
                           " has 3 numbers, must have one for each of the 2 classes");
    cases.emplace_back("measure --points " + place.path("header.csv") + out,
                       "--points " + place.path("header.csv") + ": holds no row of numbers");
    cases.emplace_back("transport --from " + place.path("page.csv"),
                       "--from " + place.path("page.csv") + ": ");
    cases.emplace_back("select --selector top --scores " + place.path("header.csv") + " --keep 9" + out,
                       "--scores " + place.path("header.csv") + ": holds no row of numbers");
    cases.emplace_back("select --method random " + place.features() + "--id-column id --labels " +
                           place.path("names.csv") + rest,
                       "is an array, which has no ids");
    cases.emplace_back("select --method random --labels " + place.path("names.csv") + " --id-column id" +
                           rest,
                       "--id-column is id, must be left out: there is no --features");
    for (const auto& [arguments, expected] : cases)
        check_refused(place, arguments, expected);
}

TEST_CASE("a column that is called as labels are is told where it is taken for a feature") {
    const input_workplace place;
    std::string table = "x,y,class\n";
    for (int i = 0; i < 240; ++i)
        table +=
            std::to_string(i * i % 17) + "," + std::to_string(i % 7) + "," + std::to_string(i % 2) + "\n";
    place.file("classes.csv", table);
    const std::string features = " --features " + place.path("classes.csv") + " ";
    const std::string note =
        "--features " + place.path("classes.csv") + ": column 'class' is taken as a feature";
    const std::string labels = "--labels " + place.path("labels.npy");
    const std::string pruned =
        run_ok("prune --projection pca" + features + labels + " --keep 9 --out " + place.path("p"));
    CHECK(pruned.find(note) != std::string::npos);
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / "p/manifest.json"));
    CHECK(manifest["notes"][0].get<std::string>().starts_with(note));
    for (const std::string& command :
         {"select --method random" + features + labels + " --keep 9 --out " + place.path("k.npy"),
          "score --score center-distance" + features + labels + " --out " + place.path("s.csv"),
          "project --method pca" + features + " --out " + place.path("y.npy"),
          "evaluate --random-draws 0" + features + labels + " --kept " + place.path("rows.csv")})
        CHECK(run_ok(command).find(note) != std::string::npos);
    CHECK(
        run_ok("project --method pca" + features + " --feature-columns '!class' --out " + place.path("y.npy"))
            .find("is taken as") == std::string::npos);
}

TEST_CASE("a pipe will do for an input, and for one only") {
    const input_workplace place;
    const auto pipe = [&](const std::string& file) {
        const std::string name = place.path("pipe-" + file);
        return "rm -f " + name + "; mkfifo " + name + "; cat " + place.path(file) + " > " + name + " & ";
    };
    run_ok("project --method pca " + place.features() + "--out " + place.path("a.npy"));
    for (const std::string file : {"features.npy", "semicolons.csv", "arrays.npz"}) {
        run_ok("project --method pca --features " + place.path("pipe-" + file) +
                   (file == "arrays.npz" ? ":X" : "") + " --out " + place.path("b.npy"),
               pipe(file));
        CHECK(bytes_of(place.path("a.npy")) == bytes_of(place.path("b.npy")));
    }
    run_ok("measure --points " + place.path("points.npy") + " --out " + place.path("a.csv"));
    run_ok("measure --points " + place.path("pipe-points.npy") + " --out " + place.path("b.csv"),
           pipe("points.npy"));
    CHECK(bytes_of(place.path("a.csv")) == bytes_of(place.path("b.csv")));
    run_ok("transport --from " + place.path("a.csv") + " --to " + place.path("pipe-b.csv"), pipe("b.csv"));
    run_ok("score --score center-distance --features " + place.path("pipe-table.csv") +
               " --label-column kind --id-column id --out " + place.path("s.csv"),
           pipe("table.csv"));
    check_refused(place,
                  "score --score center-distance --features /dev/stdin --labels /dev/stdin --out " +
                      place.path("x") + " < /dev/null",
                  "--labels /dev/stdin is the pipe of --features too, which can be read only once");
}
