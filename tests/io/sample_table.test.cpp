// SPDX-License-Identifier: MIT
#include <topoprune/io/labeled_numbers.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/io/sample_table.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

const std::string flowers = "id,length,width,species,re-do\n"
                            "f1,5.1,3.5,setosa,0\n"
                            "f2,6.3,3.3,virginica,1\n"
                            "f3,4.9,3.0,setosa,2\n";

sample_table table_of(const std::string& text, const column_choice& choice) {
    const temporary_folder folder;
    return read_sample_table(write_file(folder / "f.csv", text), choice);
}

std::string table_defect(const std::string& text, const column_choice& choice = {}) {
    return defect([&] { (void)table_of(text, choice); });
}

} // namespace

TEST_CASE("labels, ids and features come from the columns of one file") {
    const sample_table all = table_of(flowers, {.labels = "species", .ids = "id"});
    CHECK(all.features == matrix<float>{{5.1F, 3.5F, 0}, {6.3F, 3.3F, 1}, {4.9F, 3, 2}});
    REQUIRE(all.labels.has_value());
    CHECK(all.labels->labels == std::vector<std::int64_t>{0, 1, 0});
    CHECK(all.labels->names.of(1) == "virginica");
    CHECK(all.ids == std::vector<std::string>{"f1", "f2", "f3"});
    CHECK(all.notes.empty());
    // By numbers, with or without a header.
    for (const std::string& text : {flowers, flowers.substr(flowers.find('\n') + 1)}) {
        const sample_table numbered = table_of(text, {.labels = "4", .ids = "1"});
        CHECK(numbered.features == all.features);
        CHECK(numbered.ids == all.ids);
        CHECK(numbered.labels->labels == all.labels->labels);
    }
}

TEST_CASE("features are chosen by names, numbers, ranges, and all but some") {
    const matrix<float> length_and_width{{5.1F, 3.5F}, {6.3F, 3.3F}, {4.9F, 3}};
    for (const std::string choice : {"length,width", "width,length", "length-width", "2-3", "2,width",
                                     "!id,!species,!re-do", "!1,!4-5", "length-re-do,!species,!re-do"}) {
        CAPTURE(choice);
        CHECK(table_of(flowers, {.features = choice}).features == length_and_width);
    }
    CHECK(table_of(flowers, {.features = "re-do"}).features == matrix<float>{{0}, {1}, {2}});
    CHECK(table_of(flowers, {.features = "!species", .ids = "id"}).features.cols() == 3);
    CHECK(table_defect(flowers, {.features = "height"}) ==
          "has no column 'height'; it has 'id', 'length', 'width', 'species', 're-do'");
    CHECK(table_defect(flowers, {.features = "6"}).starts_with("has no column '6'; it has "));
    CHECK(table_defect(flowers, {.features = "0"}).starts_with("has no column '0'; it has "));
    CHECK(table_defect(flowers, {.features = "length,"}).starts_with("has no column ''"));
    CHECK(table_defect(flowers, {.features = "width-length"}) ==
          "has the columns 'width-length' in the other order");
    CHECK(table_defect(flowers, {.features = "length,species", .labels = "species"}) ==
          "column 'species' is chosen as a feature and as the label");
    CHECK(table_defect(flowers, {.labels = "id", .ids = "id"}) ==
          "column 'id' is chosen as the label and as the id");
    CHECK(table_defect("a,b\n1,2\n", {.features = "!a,!b"}) == "has no column left for the features");
    CHECK(table_defect("a,a\n1,2\n", {.labels = "a"}) == "has two columns named 'a'");
    CHECK(table_defect("1,2\n3,4\n", {.labels = "3"}) ==
          "has no column '3'; its columns have no names, only numbers from 1 to 2");
}

TEST_CASE("a column of text among the features is named, a damaged number is not one") {
    try {
        (void)table_of(flowers, {.ids = "id"});
        FAIL("a column of text was taken for a feature");
    } catch (const column_error& error) {
        CHECK(error.column() == "species");
        CHECK(std::string(error.what())
                  .ends_with(
                      "line 2, column 4, 'species': 'setosa' is not a number, so the column is no feature"));
    }
    CHECK(table_defect("a,b\n1,2\n3,x\n") == "line 3, column 2: 'x' is not a number");
    CHECK(table_defect("T,2,8\nA,1,3\n") ==
          "line 1, column 1: 'T' is not a number, so the column is no feature");
    CHECK(table_defect(",a\n0,1\n") ==
          "line 1, column 1: the header has no name for this column, as if it held row names");
    try {
        (void)table_of("a long first name,\"b\x1b[2J\"\n1,x\n", {});
        FAIL("a column of text was taken for a feature");
    } catch (const column_error& error) {
        CHECK(error.column() == "2");
        CHECK(std::string(error.what())
                  .ends_with("line 2, column 2, 'b?[2J': 'x' is not a number, so the column is no feature"));
    }
    CHECK(table_of(",a\n0,1\n", {.ids = "1"}).ids == std::vector<std::string>{"0"});
    CHECK(table_defect("a,b\n", {.labels = "b"}) == "holds no row of numbers, only a header");
}

TEST_CASE("columns of text may stand between blanks, too") {
    const sample_table read = table_of("5.1 3.5 setosa\n6.3 3.3 virginica\n", {.labels = "3"});
    CHECK(read.features == matrix<float>{{5.1F, 3.5F}, {6.3F, 3.3F}});
    CHECK(read.labels->names.of(1) == "virginica");
    CHECK(table_of("a b kind\n1 2 x\n", {.features = "!kind"}).features == matrix<float>{{1, 2}});
    // Names of two words are one column.
    const temporary_folder folder;
    CHECK(read_label_column(write_file(folder / "f", "type 1\ntype 2\ntype 1\n"), "").labels ==
          std::vector<std::int64_t>{0, 1, 0});
}

TEST_CASE("a chosen name makes a header of the numbers that pandas writes there") {
    const sample_table read = table_of("0,1,label\n5,6,cat\n7,8,dog\n", {.labels = "label"});
    CHECK(read.features == matrix<float>{{5, 6}, {7, 8}});
    CHECK(read.labels->names.of(0) == "cat");
}

TEST_CASE("a feature that is called as labels or ids are is told") {
    for (const std::string name : {"label", "Class", "TARGET", "y"}) {
        const sample_table read = table_of("a," + name + "\n1,2\n", {});
        CHECK(read.features.cols() == 2);
        REQUIRE(read.notes.size() == 1);
        CHECK(read.notes[0] == "column '" + name +
                                   "' is taken as a feature; if it is the label, it must be "
                                   "chosen as that or left out");
    }
    CHECK(table_of("index,a\n1,2\n", {}).notes.size() == 1);
    CHECK(table_of("a,b\n1,2\n", {}).notes.empty());
    CHECK(table_of("x,y\n1,2\n", {}).notes.empty());
    CHECK(table_of("a,y\n1,2\n", {.features = "a,y"}).notes.empty());
    CHECK(table_of("a,y\n1,2\n", {.features = "!y"}).notes.empty());
}

TEST_CASE("ids are texts, and none stands there twice") {
    CHECK(table_defect("id,a\nx,1\nx,2\n", {.ids = "id"}) ==
          "line 3, column 1: the id 'x' stands there for the second time");
    CHECK(table_defect("id,a\n\"\",1\n", {.ids = "id"}) ==
          "line 2, column 1: '' is no id: must be a text without control characters");
}

TEST_CASE("arrays have columns by number") {
    const temporary_folder folder;
    std::ostringstream out;
    const matrix<double> written{{1, 0.5, 7}, {2, 1.5, 8}};
    write_npy(out, matrix_view<const double>(written));
    const auto path = write_file(folder / "f.npy", out.str());
    const sample_table read = read_sample_table(path, {.features = "!3", .labels = "1"});
    CHECK(read.features == matrix<float>{{0.5F}, {1.5F}});
    CHECK(read.labels->labels == std::vector<std::int64_t>{1, 2});
    CHECK(read_label_column(path, "3").labels == std::vector<std::int64_t>{7, 8});
    CHECK(defect([&] {
              (void)read_sample_table(path, {.labels = "2"});
          }).ends_with("no label: must be a whole number or a name"));
    CHECK(defect([&] { (void)read_sample_table(path, {.labels = "y"}); }) ==
          "has no column 'y'; its columns have no names, only numbers from 1 to 3");
    CHECK(defect([&] {
              (void)read_sample_table(path, {.ids = "1"});
          }).starts_with("is an array, which has no"));
    CHECK(read_label_column(write_file(folder / "g", flowers), "species").names.of(0) == "setosa");
    CHECK(defect([&] { (void)read_label_column(folder / "g", ""); }) == "line 1 has 5 columns, must have 1");
}

TEST_CASE("numbers of classes are read by label, or without") {
    const temporary_folder folder;
    const class_names names(std::vector<std::string>{"cat", "dog"});
    const auto read = [&](const std::string& text) {
        return read_labeled_numbers(write_file(folder / "f", text), names, "count");
    };
    const auto found = [&](const std::string& text) { return defect([&] { (void)read(text); }); };
    for (const std::string text : {"label,count\ndog,7\ncat,3\n", "dog;7\ncat;3\n"}) {
        CHECK(read(text).labels == std::vector<std::int64_t>{1, 0});
        CHECK(read(text).numbers == std::vector<double>{7, 3});
    }
    CHECK(read("0.5\n0.75\n").labels.empty());
    CHECK(read("0.5,0.75,0.25\n").numbers == std::vector<double>{0.5, 0.75, 0.25});
    CHECK(found("label,count\ndog,7\ndog,3\n") ==
          "line 3, column 1: the label 'dog' stands there for the second time");
    CHECK(found("bird,7\n") == "line 1, column 1: 'bird' is none of the labels");
    CHECK(found("label,count\n") == "holds no row of numbers, only a header");
    CHECK(found("a,b,c\n1,2,3\n") == "has 3 columns, must have 2: label and count");
    CHECK(found("1,2,3\n1,2,3\n") == "has 3 columns, must have 2: label and count");
}
