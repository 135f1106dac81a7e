// SPDX-License-Identifier: MIT
#include <topoprune/io/labels.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

using integers = std::vector<std::int64_t>;

class_labels labels_in(const std::string& text) {
    const temporary_folder folder;
    return read_class_labels(write_file(folder / "f.csv", text));
}

std::string label_defect(const std::string& text) {
    return defect([&] { (void)labels_in(text); });
}

/// What the samples are called, with blanks between.
std::string called(const class_labels& read) {
    std::string text;
    for (const std::int64_t label : read.labels)
        text += (text.empty() ? "" : " ") + read.names.of(label);
    return text;
}

std::string called(const std::string& text) {
    return called(labels_in(text));
}

} // namespace

TEST_CASE("integer labels are what they always were") {
    for (const std::string text : {"label\n3\n-1\n3\n", "3\n-1\n3", "anything\n3\n-1\n3\n"}) {
        const class_labels read = labels_in(text);
        CHECK(read.labels == integers{3, -1, 3});
        CHECK(read.names.are_plain());
        CHECK(read.notes.empty());
    }
}

TEST_CASE("names are labels in the order of their bytes") {
    const class_labels read = labels_in("species\nsetosa\nvirginica\nSetosa\nsetosa\n");
    CHECK(read.labels == integers{1, 2, 0, 1});
    CHECK(called(read) == "setosa virginica Setosa setosa");
    CHECK(read.notes.empty());
    CHECK(called("label\n\"a, b\"\n\"say \"\"x\"\"\"\n") == "a, b say \"x\"");
    CHECK(called("y\n\xC3\xBC\n\xF0\x9F\x98\x80\n") == "\xC3\xBC \xF0\x9F\x98\x80");
}

TEST_CASE("numbers are called as they are written, or by their digits if that is not one way") {
    const class_labels read = labels_in("1.0\n2.0\n1.0\n");
    CHECK(read.labels == integers{1, 2, 1});
    CHECK(called(read) == "1.0 2.0 1.0");
    CHECK(called("007\n3e2\n+5\n") == "007 3e2 +5");
    CHECK(called("1\n1.0\n2.0\n") == "1 1 2.0");
}

TEST_CASE("the first line of names is the header if it returns nowhere, and that is said") {
    const class_labels data = labels_in("cat\ndog\ncat\n");
    CHECK(called(data) == "cat dog cat");
    CHECK(data.notes.empty());
    const class_labels header = labels_in("animal\ndog\ncat\n");
    CHECK(called(header) == "dog cat");
    REQUIRE(header.notes.size() == 1);
    CHECK(header.notes[0] ==
          "the first line, 'animal', is taken as the name of the column, as no other line is the same");
    CHECK(label_defect("label\n") == "holds no row of numbers or names, only a first line");
}

TEST_CASE("a mixture of numbers and names is told, and what is no label is refused") {
    const class_labels mixed = labels_in("label\n3\ncat\n4x\n3\n");
    CHECK(called(mixed) == "3 cat 4x 3");
    REQUIRE(mixed.notes.size() == 1);
    CHECK(mixed.notes[0] == "2 of the 3 labels are no numbers, as 'cat' in line 3; all are taken as names");
    CHECK(label_defect("1\n1.5\n") == "line 2 is '1.5', no label: must be a whole number or a name");
    CHECK(label_defect("1\nnan\n") == "line 2 is 'nan', no label: must be a whole number or a name");
    CHECK(label_defect("a\n\"\"\nb\n") == "line 2 is empty, must be a label");
    CHECK(label_defect("a long header line\nb\x01\nb\n") ==
          "line 2 is 'b?', must be UTF-8 without control characters to be a label");
    CHECK(label_defect("a\n\xE9t\xE9\na\n") ==
          "line 2 is '?t?', must be UTF-8 without control characters to be a label");
    CHECK(label_defect("a,b\nc,d\n") == "line 1 has 2 columns, must have 1");
}

TEST_CASE("names and whole floats of numpy are labels too") {
    const std::filesystem::path recorded = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy";
    for (const std::string name : {"names_little.npy", "names_big.npy"}) {
        const class_labels read = read_class_labels(recorded / name);
        CHECK(read.labels == integers{1, 0, 2, 1});
        CHECK(called(read) == "dog cat \xC3\xBC\xF0\x9F\x98\x80 dog");
    }
    CHECK(called(read_class_labels(recorded / "names_bytes.npy")) == "dog cat dog");
    const class_labels floats = read_class_labels(recorded / "labels_float.npy");
    CHECK(floats.labels == integers{2, 0, -1});
    CHECK(called(floats) == "2.0 0.0 -1.0");
    CHECK(called(read_class_labels(recorded / "mask.npy")) == "False True True False True");
    CHECK(read_class_labels(recorded / "labels.npy").names.are_plain());
    CHECK(defect([&] {
              (void)read_class_labels(recorded / "half_extremes.npy");
          }).find("no label: must be a whole number or a name") != std::string::npos);
    CHECK(defect([&] { (void)read_class_labels(recorded / "objects.npy"); }).starts_with("dtype is '|O'"));
}

TEST_CASE("a text array that is cut off, too long or not of code points is refused") {
    const std::string whole =
        read_file(std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy" / "names_little.npy");
    const temporary_folder folder;
    const auto found = [&](const std::string& bytes) {
        return defect([&] { (void)read_class_labels(write_file(folder / "f", bytes)); });
    };
    CHECK(found(whole).empty());
    CHECK(
        found(whole.substr(0, whole.size() - 1)).starts_with("truncated: shape (4,) of <U4 needs 64 bytes"));
    CHECK(found(whole + "x").starts_with("too long: "));
    std::string beyond = whole;
    beyond[beyond.size() - 13] = 0x7F;
    CHECK(found(beyond) == "row 3 holds no text: a code point is beyond Unicode");
}
