// SPDX-License-Identifier: MIT
#include <topoprune/io/csv_column.hpp>
#include <topoprune/io/csv_writer.hpp>
#include <topoprune/io/file_error.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

using namespace topoprune;

namespace {

/// A file that goes away with the test.
struct written_file {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("topoprune-column-" + std::to_string(getpid()) + ".csv");

    explicit written_file(const std::string& text) { std::ofstream(path) << text; }
    ~written_file() { std::filesystem::remove(path); }
    written_file(const written_file&) = delete;
    written_file& operator=(const written_file&) = delete;
};

} // namespace

TEST_CASE("a column is read by its name, whatever stands in the others") {
    const written_file file("index,reason,\"a, b\",score\n0,kept,1,0.5\n1,pruned,2,\n2,,3,-1e300\n");
    const std::vector<double> score = read_csv_column(file.path, "score");
    REQUIRE(score.size() == 3);
    CHECK(score[0] == 0.5);
    CHECK(std::isnan(score[1]));
    CHECK(score[2] == -1e300);
    CHECK(read_csv_column(file.path, "a, b") == std::vector<double>{1, 2, 3});
    CHECK_THROWS_WITH_AS((void)read_csv_column(file.path, "none"),
                         doctest::Contains("has 0 columns named 'none'"), input_error);
    CHECK_THROWS_WITH_AS((void)read_csv_column(file.path, "reason"), doctest::Contains("line 2, column 2"),
                         input_error);
}

TEST_CASE("two columns of one name, and a table where one column is due, are refused") {
    const written_file twice("a,a\n1,2\n");
    CHECK_THROWS_WITH_AS((void)read_csv_column(twice.path, "a"), doctest::Contains("has 2 columns"),
                         input_error);
    const written_file table("1,2\n3,4\n");
    CHECK_THROWS_WITH_AS((void)read_column(table.path), doctest::Contains("has 2 columns, must have 1"),
                         input_error);
    const written_file one("x\n1\n2.5\n");
    CHECK(read_column(one.path) == std::vector<double>{1, 2.5});
}

TEST_CASE("a row of texts is written with quotes where they are needed") {
    std::ostringstream out;
    csv_writer(out).row_of(std::vector<std::string>{"a", "", "b,c", "d\"e"});
    CHECK(out.str() == "a,,\"b,c\",\"d\"\"e\"\n");
}
