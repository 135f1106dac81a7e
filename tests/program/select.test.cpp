// SPDX-License-Identifier: MIT
#include "program/workplace.hpp"

#include <topoprune/io/csv_column.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/score/center_distance.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace program_tests;

namespace {

/// The workplace with outputs of a classifier over ten epochs, that learns all but some samples.
struct selection_workplace : workplace {
    selection_workplace() {
        matrix<float> dynamics(10, 240 * 2);
        for (Eigen::Index t = 0; t < 10; ++t)
            for (Eigen::Index i = 0; i < 240; ++i)
                for (Eigen::Index c = 0; c < 2; ++c)
                    dynamics(t, 2 * i + c) =
                        c == i % 2 ? 0.1F * static_cast<float>(t * (i % 7)) - (i % 10 == 0 ? 1.F : 0.F) : 0.F;
        write("dynamics.npy", matrix_view<const float>(dynamics));
        const matrix<float> nine_epochs = dynamics.topRows(9);
        write("nine_epochs.npy", matrix_view<const float>(nine_epochs));
        write("two.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{0, 1}));
        write("beyond.npy", std::span<const std::int64_t>(std::vector<std::int64_t>{3, 240}));
        std::ofstream(folder / "quota.csv") << "label,count\n1,7\n";
        std::ofstream(folder / "accuracy.csv") << "0.5\n0.75\n";
        std::ofstream(folder / "scores.csv") << [] {
            std::string text = "index,el2n,mine\n";
            for (int i = 0; i < 240; ++i)
                text += std::to_string(i) + "," + std::to_string(i % 50) + "," +
                        (i < 20 ? "" : std::to_string(-i)) + "\n";
            return text;
        }();
    }
    [[nodiscard]] std::string data() const {
        return "--features " + path("features.npy") + " --labels " + path("labels.npy") + " ";
    }
    [[nodiscard]] std::string everything() const {
        return data() + "--dynamics " + path("dynamics.npy") + " ";
    }
    [[nodiscard]] std::vector<std::int64_t> rows(const std::string& name) const {
        return topoprune::read_npy_integers(path(name));
    }
};

std::int64_t count_of_class(const std::vector<std::int64_t>& rows, std::int64_t label) {
    return std::count_if(rows.begin(), rows.end(), [&](std::int64_t i) { return i % 2 == label; });
}

} // namespace

TEST_CASE("every published method keeps its budget, the same on any number of threads") {
    const selection_workplace place;
    for (const std::string method : {"random",
                                     "moderate",
                                     "ccs",
                                     "elfs",
                                     "d2",
                                     "el2n",
                                     "aum",
                                     "forgetting",
                                     "entropy",
                                     "margin",
                                     "fdmat",
                                     "tdds",
                                     "dual-beta",
                                     "zcore",
                                     "knn-shapley",
                                     "prototypes-hard",
                                     "prototypes-easy",
                                     "herding",
                                     "k-center",
                                     "facility-location",
                                     "graph-cut"}) {
        CAPTURE(method);
        const std::string arguments = "select --method " + method + " " + place.everything() + "--keep 0.2 ";
        const outcome one = run(arguments + "--threads 1 --out " + place.path("one.npy"));
        CAPTURE(one.output);
        REQUIRE(one.status == 0);
        const outcome three = run(arguments + "--threads 3 --out " + place.path("three.npy"));
        CHECK(one.output == three.output);
        const std::vector<std::int64_t> kept = place.rows("one.npy");
        CHECK(kept == place.rows("three.npy"));
        CHECK(kept.size() == 48);
        CHECK(std::adjacent_find(kept.begin(), kept.end(), std::greater_equal<>()) == kept.end());
        const nlohmann::json manifest = nlohmann::json::parse(bytes_of(place.folder / "one.json"));
        if (manifest["method"]["pool"] == "class")
            CHECK(count_of_class(kept, 0) == 24);
    }
}

TEST_CASE("a method whose score needs more epochs than there are is refused in one line") {
    const selection_workplace place;
    const outcome result = run("select --method tdds " + place.data() + "--dynamics " +
                               place.path("nine_epochs.npy") + " --keep 0.2 --out " + place.path("one.npy"));
    CHECK(result.status == 2);
    CHECK(result.output.find("epochs of training dynamics is 9, must be at least") != std::string::npos);
    CHECK(!std::filesystem::exists(place.folder / "one.npy"));
}

TEST_CASE("duplicates across labels: the option of the program") {
    const selection_workplace place;
    for (const std::string across : {"keep-all", "keep-one", "drop-all"})
        CHECK(run("select --selector random --filter exact-duplicates --duplicates-across-labels " + across +
                  " " + place.data() + "--keep 0.2 --out " + place.path("one.npy"))
                  .status == 0);
    const outcome wrong =
        run("select --selector random --filter exact-duplicates --duplicates-across-labels x " +
            place.data() + "--keep 0.2 --out " + place.path("two_rates.npy"));
    CHECK(wrong.status == 2);
    CHECK(wrong.output.find("--duplicates-across-labels") != std::string::npos);
    CHECK(run("select --selector coverage --most-compared -1 " + place.data() + "--keep 0.2 --out " +
              place.path("three.npy"))
              .output.find("--most-compared") != std::string::npos);
}

TEST_CASE("several rates give nested subsets, and a table with a reason for every sample") {
    const selection_workplace place;
    const outcome result =
        run("select --method d2 " + place.everything() + "--logits " + place.path("logits.npy") +
            " --filter misclassified,exact-duplicates --keep 0.5,0.1,60 --must-keep " +
            place.path("two.npy") + " --out " + place.path("kept.npy"));
    CAPTURE(result.output);
    REQUIRE(result.status == 0);
    const auto half = place.rows("kept_0.5.npy"), sixty = place.rows("kept_60.npy"),
               tenth = place.rows("kept_0.1.npy");
    CHECK(half.size() == 120);
    CHECK(sixty.size() == 60);
    CHECK(tenth.size() == 24);
    CHECK(std::includes(half.begin(), half.end(), sixty.begin(), sixty.end()));
    CHECK(std::includes(sixty.begin(), sixty.end(), tenth.begin(), tenth.end()));
    CHECK_FALSE(fs::exists(place.path("kept.npy")));

    const std::string table = bytes_of(place.folder / "kept.csv");
    CHECK(table.starts_with("index,label,filtered_by,reason_0.5,stratum_0.5,rank_0.5,kept_0.5,reason_0.1,"));
    CHECK(table.find("\n0,0,misclassified,required,") != std::string::npos);
    CHECK(table.find("\n10,0,misclassified,misclassified,") != std::string::npos);
    const std::vector<double> flags = topoprune::read_csv_column(place.folder / "kept.csv", "kept_60");
    for (std::int64_t i = 0; i < 240; ++i)
        CHECK((flags[static_cast<std::size_t>(i)] == 1) == std::binary_search(sixty.begin(), sixty.end(), i));
    // The ranks of a class run on without a gap.
    const std::vector<double> ranks = topoprune::read_csv_column(place.folder / "kept.csv", "rank_60");
    CHECK(*std::max_element(ranks.begin(), ranks.end()) == 29);

    const outcome again = run("select --config " + place.path("kept.json") + " --out " + place.path("y.npy"));
    CAPTURE(again.output);
    REQUIRE(again.status == 0);
    CHECK(place.rows("y_60.npy") == sixty);
    CHECK(bytes_of(place.folder / "y.csv") == table);
}

TEST_CASE("select draws from the scores of prune what prune draws, nested or not") {
    const selection_workplace place;
    const std::string by_strata = "prune " + place.inputs() + "--preset facility-location ";
    REQUIRE(run(by_strata + "--keep 0.4,0.1 --out " + place.path("run")).status == 0);
    CHECK(place.rows("run/kept.npy") == place.rows("run/kept_0.4.npy"));
    CHECK(bytes_of(place.folder / "run/selection.csv").find(",rank_0.1,") != std::string::npos);
    const outcome drawn = run("select --selector stratified --strata 5 --draw facility-location " +
                              place.data() + " --scores " + place.path("run/scores.csv") +
                              " --column score --keep 0.4,0.1 --out " + place.path("again.npy"));
    CAPTURE(drawn.output);
    REQUIRE(drawn.status == 0);
    CHECK(place.rows("again_0.4.npy") == place.rows("run/kept_0.4.npy"));
    CHECK(place.rows("again_0.1.npy") == place.rows("run/kept_0.1.npy"));
    REQUIRE(run(by_strata + "--keep 0.1 --out " + place.path("alone")).status == 0);
    CHECK(place.rows("alone/kept.npy") == place.rows("run/kept_0.1.npy"));

    REQUIRE(run("prune " + place.inputs() + "--keep 0.4,0.1 --out " + place.path("covered")).status == 0);
    const outcome covering =
        run("select --method coverage --filter noise-adapted " + place.data() + " --logits " +
            place.path("logits.npy") + " --keep 0.4,0.1 --out " + place.path("covering.npy"));
    CAPTURE(covering.output);
    REQUIRE(covering.status == 0);
    CHECK(place.rows("covering_0.4.npy") == place.rows("covered/kept_0.4.npy"));
    CHECK(place.rows("covering_0.1.npy") == place.rows("covered/kept_0.1.npy"));
}

TEST_CASE("budgets by class, quota, balance and error") {
    const selection_workplace place;
    const auto kept = [&](const std::string& options) {
        const outcome result =
            run("select --method random " + place.data() + options + " --out " + place.path("k.npy"));
        CAPTURE(result.output);
        REQUIRE(result.status == 0);
        return place.rows("k.npy");
    };
    const auto each = kept("--keep-per-class 9");
    CHECK(count_of_class(each, 0) == 9);
    CHECK(count_of_class(each, 1) == 9);
    const auto quota = kept("--quota " + place.path("quota.csv"));
    CHECK(count_of_class(quota, 0) == 0);
    CHECK(count_of_class(quota, 1) == 7);
    const auto error = kept("--keep 90 --shares error --class-accuracy " + place.path("accuracy.csv"));
    CHECK(count_of_class(error, 0) == 60);
    CHECK(count_of_class(error, 1) == 30);
    const auto never = kept("--keep 238 --never-keep " + place.path("two.npy"));
    CHECK(never.size() == 238);
    CHECK(never.front() == 2);
}

TEST_CASE("score writes columns that select reads, with the meaning of a high one") {
    const selection_workplace place;
    const outcome scored = run("score --score center-distance,forgetting,aum " + place.everything() +
                               "--out " + place.path("s.csv"));
    CAPTURE(scored.output);
    REQUIRE(scored.status == 0);
    CHECK(scored.output.find("center-distance: high is hard\n") != std::string::npos);
    CHECK(scored.output.find("aum: high is easy\n") != std::string::npos);
    const matrix<float> features = topoprune::read_npy_matrix<float>(place.path("features.npy"));
    const auto labels = place.rows("labels.npy");
    const std::vector<double> expected =
        topoprune::center_distance{}.column({.features = features, .labels = labels}, topoprune::execution{});
    const std::vector<double> column = topoprune::read_csv_column(place.folder / "s.csv", "center-distance");
    REQUIRE(column.size() == 240);
    for (std::size_t i = 0; i < 240; ++i)
        CHECK(column[i] == doctest::Approx(expected[i]).epsilon(1e-9));
    // The easiest by a score whose high end is hard are the lowest.
    const std::string by =
        "select --selector top --labels " + place.path("labels.npy") + " --keep 50 --scores ";
    REQUIRE(
        run(by + place.path("s.csv") + " --column center-distance --end easiest --out " + place.path("a.npy"))
            .status == 0);
    REQUIRE(
        run(by + place.path("s.csv") + " --column center-distance --end lowest --out " + place.path("b.npy"))
            .status == 0);
    CHECK(place.rows("a.npy") == place.rows("b.npy"));
    // An empty score is no score: the first 20 samples are not drawn.
    REQUIRE(run(by + place.path("scores.csv") + " --column mine --end highest --out " + place.path("c.npy"))
                .status == 0);
    CHECK(place.rows("c.npy").front() == 20);
    CHECK(bytes_of(place.folder / "c.csv").find("\n3,1,no score,filtered,-1,-1,0\n") != std::string::npos);
}

TEST_CASE("scores that cannot order samples are told of") {
    const selection_workplace place;
    std::ofstream same(place.folder / "same.csv"), halves(place.folder / "halves.csv");
    same << "x,y\n";
    halves << "score,label\n";
    for (int i = 0; i < 40; ++i) {
        same << "1,1\n";
        halves << (i < 20 ? i : 7) << (i < 20 ? ",cat\n" : ",dog\n");
    }
    same.close();
    halves.close();
    const outcome scored = run("score --score center-distance --features " + place.path("same.csv") +
                               " --out " + place.path("t.csv"));
    CAPTURE(scored.output);
    CHECK(scored.status == 0);
    CHECK(scored.output.find("all 40 values of center-distance are equal: they order nothing\n") !=
          std::string::npos);
    const outcome drawn =
        run("select --selector top --end highest --keep 10 --scores " + place.path("halves.csv") +
            " --column score --labels " + place.path("halves.csv") + " --label-column label --out " +
            place.path("t.npy"));
    CAPTURE(drawn.output);
    CHECK(drawn.status == 0);
    CHECK(drawn.output.find("class dog: all its 20 scores are equal: they order nothing\n") !=
          std::string::npos);
    CHECK(drawn.output.find("class cat") == std::string::npos);
    CHECK(bytes_of(place.folder / "t.json").find("class dog: all its 20 scores") != std::string::npos);
}

TEST_CASE("select and score refuse wrong input with status 2 and one line, and write nothing") {
    const selection_workplace place;
    const std::string out = " --out " + place.path("x"), random = "select --method random " + place.data();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"select " + place.data() + "--keep 0.1" + out, "--method is missing"},
        {random + "--keep 0.1", "--out is missing"},
        {random + out, "--keep is missing"},
        {random + "--keep 0.1,,0.2" + out, "--keep is \"\""},
        {random + "--keep 0.1 --keep-per-class 3" + out, "go not together"},
        {random + "--keep 0.1 --strata 4" + out, "--strata is 4, must be left out: --selector random"},
        {random + "--keep 0.1 --gamma 4" + out, "--gamma is 4, must be left out"},
        {random + "--keep 0.1 --filter wrong" + out,
         "--filter is \"wrong\", must be one of none, misclassified"},
        {random + "--keep 0.1 --filter misclassified,none" + out, "--filter is \"none\""},
        {random + "--keep 0.1 --hardest-share 0.2" + out,
         "--hardest-share is 0.2, must be left out: --filter none"},
        {random + "--keep 0.1 --scores " + place.path("scores.csv") + out, "--scores is"},
        {random + "--keep 0.1 --must-keep " + place.path("beyond.npy") + out,
         "a row that must be kept is 240"},
        {random + "--keep 1 --must-keep " + place.path("two.npy") + out, "is 1, must be at least"},
        {random + "--keep 0.1 --shares error" + out, "--class-accuracy is missing"},
        {random + "--quota " + place.path("features.npy") + out, "must have 2: label and count"},
        {random + "--keep 0.1 --method none" + out, "--method is \"none\""},
        {random + "--keep 0.1 --selector top" + out, "--selector is top, must be left out: --method random"},
        {random + "--keep 0.1 --dynamics " + place.path("points.npy") + out,
         "has 2 outputs an epoch, must be some for each of the 240 samples"},
        {"select --selector top " + place.data() + "--keep 0.1" + out, "--scores is missing"},
        {"select --method el2n " + place.data() + "--keep 0.1" + out,
         "topoprune: --logits is missing: el2n needs it, or --dynamics"},
        {"select --method dual-beta " + place.everything() + "--keep 0.1,0.2" + out,
         "--pruned-fraction is missing"},
        {"select --selector top --end hardest --labels " + place.path("labels.npy") + " --scores " +
             place.path("scores.csv") + " --column mine --keep 0.1" + out,
         "topoprune: --high is missing: top needs to know which end"},
        {"select --selector top --scores " + place.path("scores.csv") + " --column his --keep 0.1" + out,
         "columns named 'his'"},
        {"select --selector top --labels " + place.path("short.npy") + " --scores " +
             place.path("scores.csv") + " --column mine --keep 0.1" + out,
         "has 240 rows, must be as many as the other inputs, 239"},
        {"select --method k-center --labels " + place.path("labels.npy") + " --keep 0.1" + out,
         "topoprune: --features is missing: k_center needs it"},
        {"score " + place.data() + out, "--score is missing"},
        {"score --score el2n,his " + place.data() + out, "--score is \"his\""},
        {"score --score margin --probes 7 " + place.data() + out, "--probes is 7, must be left out"},
        {"score --score fdmat --labels " + place.path("labels.npy") + out,
         "topoprune: --features is missing: fdmat needs it"}};
    for (const auto& [arguments, expected] : cases)
        check_refused(place, arguments, expected);
}
