// SPDX-License-Identifier: MIT
#include <topoprune/pipeline/pruner.hpp>
#include <topoprune/report/manifest.hpp>
#include <topoprune/report/scores_table.hpp>
#include <topoprune/report/selection_table.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <limits>
#include <sstream>

using namespace topoprune;

namespace {

pruning two_samples() {
    pruning result;
    result.subsets = {{.chosen = {{0}, {sample_reason::kept, sample_reason::misclassified}},
                       .stratum = {3, -1},
                       .rank = {0, -1}}};
    result.filters = {"misclassified"};
    result.dropped_by = {-1, 0};
    result.persistence = {0.1, 0};
    result.density = {-2, 0};
    result.score = {1, 0};
    result.classes = {{.label = 4, .samples = 2, .filtered = 1, .budget = 1, .kept = 1, .filled = 0}};
    result.times = {{"filter", 0.5}};
    return result;
}

} // namespace

TEST_CASE("the table of scores has one line per sample, empty where nothing was scored") {
    std::ostringstream out;
    const std::vector<std::int64_t> labels{4, 4};
    write_scores_table(out, two_samples(), labels);
    CHECK(out.str() == "index,label,reason,persistence,density,score,stratum,kept\n"
                       "0,4,kept,0.1,-2,1,3,1\n"
                       "1,4,misclassified,,,,-1,0\n");
}

TEST_CASE(
    "samples that must or must never be kept have the scores that they have, and count as what they are") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    pruning result;
    // Required though the filter drops it; excluded with scores; excluded by request and filter; dropped.
    result.subsets = {{.chosen = {{0},
                                  {sample_reason::required, sample_reason::excluded, sample_reason::excluded,
                                   sample_reason::misclassified}},
                       .stratum = {-1, -1, -1, -1},
                       .rank = {-1, -1, -1, -1}}};
    result.dropped_by = {0, -1, 0, 0};
    result.persistence = {0.1, 0.2, none, none};
    result.density = {-2, -3, none, none};
    result.score = {1, 0, none, none};
    std::ostringstream out;
    write_scores_table(out, result, std::vector<std::int64_t>{4, 4, 4, 4});
    CHECK(out.str() == "index,label,reason,persistence,density,score,stratum,kept\n"
                       "0,4,required,0.1,-2,1,-1,1\n"
                       "1,4,excluded,0.2,-3,0,-1,0\n"
                       "2,4,excluded,,,,-1,0\n"
                       "3,4,misclassified,,,,-1,0\n");
    const std::vector<bool> filtered{true, false, true, true};
    for (std::size_t i = 0; i < filtered.size(); ++i)
        CHECK(was_filtered(result.subsets.front(), result.dropped_by, i) == filtered[i]);
}

TEST_CASE("an estimated persistence has its standard error in a further column, and its reliability") {
    pruning result = two_samples();
    result.persistence_error = {0.25, std::numeric_limits<double>::quiet_NaN()};
    result.classes[0].reliability = 0.75;
    result.layouts = 8;
    std::ostringstream out;
    write_scores_table(out, result, std::vector<std::int64_t>{4, 4});
    CHECK(out.str() == "index,label,reason,persistence,density,score,stratum,kept,persistence_error\n"
                       "0,4,kept,0.1,-2,1,3,1,0.25\n"
                       "1,4,misclassified,,,,-1,0,\n");
    nlohmann::ordered_json document = to_json(manifest{.command = "prune"}, result);
    CHECK(document["classes"][0]["reliability"] == 0.75);
    CHECK(document["layouts"] == 8);
    result.classes[0].reliability = std::numeric_limits<double>::quiet_NaN();
    document = to_json(manifest{.command = "prune"}, result);
    CHECK(document["classes"][0]["reliability"].is_null());
    CHECK(!to_json(manifest{.command = "prune"}, two_samples())["classes"][0].contains("reliability"));
}

TEST_CASE("the manifest names options, inputs with checksums, and keeps what is measured apart") {
    const std::filesystem::path file = std::filesystem::temp_directory_path() / "topoprune-manifest-input";
    std::ofstream(file) << "123456789";
    manifest of_run{.command = "prune", .options = {{"keep", 0.1}}, .inputs = {{"features", file}}};
    const nlohmann::ordered_json document = to_json(of_run, two_samples());
    std::filesystem::remove(file);
    CHECK(document["options"]["keep"] == 0.1);
    CHECK(document["inputs"]["features"]["checksum"] == "crc32:cbf43926"); // the check value of CRC-32
    CHECK(document["inputs"]["features"]["bytes"] == 9);
    CHECK(document["kept"] == 1);
    CHECK(document["classes"][0]["filtered"] == 1);
    CHECK(document["measured"]["seconds"]["filter"] == 0.5);
    CHECK(document["topoprune"] == TOPOPRUNE_VERSION);
}

TEST_CASE("the table of a selection has the part of every sample in every subset") {
    const std::vector<explained_subset> subsets{
        {.chosen = {{0, 1}, {sample_reason::kept, sample_reason::filled, sample_reason::pruned}},
         .stratum = {2, -1, 0},
         .rank = {0, -1, -1}},
        {.chosen = {{0}, {sample_reason::required, sample_reason::misclassified, sample_reason::pruned}},
         .stratum = {2, -1, 0},
         .rank = {0, -1, -1}}};
    const std::vector<std::int64_t> labels{4, -4, 4};
    const std::vector<std::string> filters{"misclassified"};
    const std::vector<std::int32_t> dropped_by{-1, 0, -1};
    std::ostringstream out;
    write_selection_table(out, subsets, std::vector<std::string>{"0.7", "1"}, labels, filters, dropped_by);
    CHECK(
        out.str() ==
        "index,label,filtered_by,reason_0.7,stratum_0.7,rank_0.7,kept_0.7,reason_1,stratum_1,rank_1,kept_1\n"
        "0,4,,kept,2,0,1,required,2,0,1\n"
        "1,-4,misclassified,filled,-1,-1,1,misclassified,-1,-1,0\n"
        "2,4,,pruned,0,-1,0,pruned,0,-1,0\n");
    std::ostringstream alone;
    write_selection_table(alone, std::span(subsets).first(1), std::vector<std::string>{"0.7"}, {}, filters,
                          dropped_by);
    CHECK(alone.str().starts_with("index,label,filtered_by,reason,stratum,rank,kept\n0,,,kept,2,0,1\n"));
    CHECK_THROWS_AS(
        write_selection_table(out, subsets, std::vector<std::string>{"1"}, labels, filters, dropped_by),
        std::invalid_argument);
}
