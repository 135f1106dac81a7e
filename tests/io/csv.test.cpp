// SPDX-License-Identifier: MIT
#include <topoprune/io/csv.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

template <class T = float>
matrix<T> parsed(const std::string& text) {
    const temporary_folder folder;
    return read_csv_matrix<T>(write_file(folder / "f.csv", text));
}

std::vector<std::int64_t> parsed_integers(const std::string& text) {
    const temporary_folder folder;
    return read_csv_integers(write_file(folder / "f.csv", text));
}

std::string matrix_defect(const std::string& text) {
    return defect([&] { (void)parsed(text); });
}

std::string integer_defect(const std::string& text) {
    return defect([&] { (void)parsed_integers(text); });
}

} // namespace

TEST_CASE("a table is the same with and without header, quotes, blanks, CRLF and a last line end") {
    const matrix<float> expected{{1, -2.5F}, {3e4F, 0.25F}};
    for (const std::string text : {
             "1,-2.5\n3e4,0.25\n",
             "1,-2.5\n3e4,0.25",
             "x,y\n1,-2.5\n3e4,0.25\n\n \n",
             "\"x, in mm\",\"say \"\"y\"\"\"\r\n1,-2.5\r\n3e4,0.25\r\n\r\n",
             "\xEF\xBB\xBFx,y\n1,-2.5\n3e4,0.25\n",
             " 1 ,\t-2.5\n\"3e4\" , \"0.25\"\n",
             "+1,-2.5e+0\n30000.0,.25\n",
         }) {
        CAPTURE(text);
        CHECK(parsed(text) == expected);
        CHECK(parsed(gzipped(text)) == expected);
    }
    CHECK(parsed<double>("0.1").value() == 0.1);
}

TEST_CASE("the first line tells what separates the columns") {
    const matrix<float> expected{{1, -2.5F}, {3e4F, 0.25F}};
    for (const std::string text : {
             "1;-2.5\n3e4;0.25\n",
             "x;\"y, z\"\n1 ; -2.5\n\"3e4\";0.25",
             "1\t-2.5\n3e4\t0.25\n",
             "x of it\ty\r\n1\t-2.5\r\n3e4\t0.25\r\n",
             "1.0e+00 -2.5e+00\n3.0e+04 2.5e-01\n",
             "  1   -2.5 \n3e4 \t 0.25\n",
             "# x y\n1 -2.5\n3e4 0.25\n",
             "# x,y\n1,-2.5\n3e4,0.25\n",
             "x \"y\"\n1 -2.5\n\"3e4\" 0.25\n",
         }) {
        CAPTURE(text);
        CHECK(parsed(text) == expected);
        CHECK(parsed(gzipped(text)) == expected);
    }
    // One column whose name has blanks is one column.
    CHECK(parsed("petal length\n5\n6\n") == matrix<float>{{5}, {6}});
}

TEST_CASE("long tables and lines longer than the buffer are read whole") {
    std::string text;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 100000; ++j)
            text += std::to_string(j) + (j < 99999 ? "," : "\n");
    }
    const auto wide = parsed(text);
    REQUIRE(wide.cols() == 100000);
    CHECK(wide(2, 99999) == 99999);
    text.clear();
    for (int i = 0; i < 100000; ++i)
        text += std::to_string(i) + "," + std::to_string(-i) + "\n";
    const auto tall = parsed(text);
    REQUIRE(tall.rows() == 100000);
    for (int i = 0; i < 100000; ++i)
        REQUIRE((tall(i, 0) == static_cast<float>(i) && tall(i, 1) == static_cast<float>(-i)));
}

TEST_CASE("defects of a table are named with line and column") {
    CHECK(matrix_defect("") == "is empty");
    CHECK(matrix_defect("\n \n") == "holds only blank lines");
    CHECK(matrix_defect("1,2\n3\n") == "line 2 has 1 columns, must have 2 as the first line");
    CHECK(matrix_defect("x,y\n1,2\n3,4,5\n") == "line 3 has 3 columns, must have 2 as the first line");
    CHECK(matrix_defect("1,2\n3,abc\n") == "line 2, column 2: 'abc' is not a number");
    CHECK(matrix_defect("1,2\n3,4x\n") == "line 2, column 2: '4x' is not a number");
    CHECK(matrix_defect("1,2\n3,\n") == "line 2, column 2: the field is empty, must be a number");
    CHECK(matrix_defect("1,2\n,4\n") == "line 2, column 1: the field is empty, must be a number");
    CHECK(matrix_defect("1,2\n\n3,4\n") == "line 2 is blank, but others follow");
    CHECK(matrix_defect("1,nan\n") == "line 1, column 2: 'nan' must be finite");
    CHECK(matrix_defect("nan,nan\n1,2\n") == "line 1, column 1: 'nan' must be finite");
    CHECK(matrix_defect("1,2\n-inf,1\n") == "line 2, column 1: '-inf' must be finite");
    CHECK(matrix_defect("1e300\n") == "line 1, column 1: '1e300' is beyond the range of float32");
    CHECK(matrix_defect("1e999\n") == "line 1, column 1: '1e999' is beyond the range of float64");
    CHECK(matrix_defect("1,2;3\n3,4;5\n") == "line 1, column 2: '2;3' is not a number");
    CHECK(matrix_defect("a;b\n1,5;2\n") ==
          "line 2, column 1: '1,5' is not a number, which is written with a point");
    CHECK(matrix_defect("x,y\n") == "holds no row of numbers, only a header");
    CHECK(matrix_defect("x y\n1 2 3\n") == "line 2, column 1: '1 2 3' is not a number");
    CHECK(matrix_defect("1 2\n3  4 5\n") == "line 2 has 3 columns, must have 2 as the first line");
    CHECK(matrix_defect("1\t2\n3\t\n") == "line 2, column 2: the field is empty, must be a number");
    CHECK(matrix_defect("1,2\n\"3,4\n") == "line 2, column 1: the quote is not closed");
    CHECK(matrix_defect("1,2\n\"3\"x,4\n") == "line 2, column 1: text follows the closing quote");
    CHECK(matrix_defect("1\n\x01\x02\n") == "line 2, column 1: '?\?' is not a number");
    CHECK(matrix_defect("1\n" + std::string(100, 'a') + "\n") ==
          "line 2, column 1: '" + std::string(40, 'a') + "...' is not a number");
}

TEST_CASE("a first line that is half a header is refused, and so is a column of row names") {
    CHECK(matrix_defect("1.0,2,0\n") == "");
    CHECK(matrix_defect("1.0,2.0O\n1,2\n") == "line 1, column 2: '2.0O' is not a number");
    CHECK(matrix_defect(",x,y\n0,1,2\n") ==
          "line 1, column 1: the header has no name for this column, as if it held row names");
}

TEST_CASE("a column of integers is read, and nothing else as one") {
    const std::vector<std::int64_t> expected{3, -1, INT64_MAX};
    CHECK(parsed_integers("label\n3\n-1\n9223372036854775807\n") == expected);
    CHECK(parsed_integers("3\r\n\"-1\"\r\n+9223372036854775807") == expected);
    CHECK(integer_defect("label\n") == "holds no row of numbers, only a header");
    CHECK(integer_defect("1\n2.0\n") == "line 2, column 1: '2.0' is not an integer");
    CHECK(integer_defect("1\n9223372036854775808\n") ==
          "line 2, column 1: '9223372036854775808' is beyond the range of int64");
    CHECK(integer_defect("1.5\n") == "line 1, column 1: '1.5' is not an integer");
    CHECK(integer_defect("1,2\n") == "line 1 has 2 columns, must have 1");
    CHECK(integer_defect("1\n2,3\n") == "line 2 has 2 columns, must have 1 as the first line");
}
