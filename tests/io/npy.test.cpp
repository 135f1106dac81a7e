// SPDX-License-Identifier: MIT
#include <topoprune/io/npy.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

std::filesystem::path recorded(const std::string& name) {
    return std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy" / (name + ".npy");
}

/// A .npy file of version 1.0 with any header and data.
std::string npy_bytes(const std::string& header, const std::string& data) {
    std::string result = "\x93NUMPY";
    result += '\1';
    result += '\0';
    result += static_cast<char>(header.size() & 255U);
    result += static_cast<char>(header.size() >> 8);
    return result + header + data;
}

std::string header(const std::string& type, const std::string& shape, const std::string& fortran = "False") {
    return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

template <class T>
std::string bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

template <class T = float>
std::string matrix_defect(const std::string& bytes) {
    const temporary_folder folder;
    return defect([&] { (void)read_npy_matrix<T>(write_file(folder / "f.npy", bytes)); });
}

std::string npy_integer_defect(const std::string& bytes) {
    const temporary_folder folder;
    return defect([&] { (void)read_npy_integers(write_file(folder / "f.npy", bytes)); });
}

} // namespace

TEST_CASE("every half-precision number becomes the float of the same value") {
    for (std::uint32_t bits = 0; bits < 65536; ++bits) {
        const float value = detail::to_float({static_cast<std::uint16_t>(bits)});
        const int exponent = static_cast<int>(bits >> 10 & 31U);
        const double fraction = bits & 1023U;
        const double magnitude = exponent == 31  ? (fraction == 0 ? std::numeric_limits<double>::infinity()
                                                                  : std::numeric_limits<double>::quiet_NaN())
                                 : exponent == 0 ? std::ldexp(fraction, -24)
                                                 : std::ldexp(1024 + fraction, exponent - 25);
        if (std::isnan(magnitude))
            REQUIRE(std::isnan(value));
        else
            REQUIRE(static_cast<double>(value) == (bits >= 32768 ? -magnitude : magnitude));
        REQUIRE(std::signbit(value) == (bits >= 32768));
    }
}

TEST_CASE("arrays recorded by numpy are read in every type, byte order and storage order") {
    for (const std::string type : {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"})
        for (const std::string end : {"little", "big"})
            for (const std::string order : {"c", "fortran"}) {
                if (type[1] == '1' && end == "big")
                    continue;
                const auto path = recorded(type + "_" + end + "_" + order);
                CAPTURE(path);
                const auto floats = read_npy_matrix<float>(path);
                const auto doubles = read_npy_matrix<double>(path);
                REQUIRE(floats.rows() == 3);
                REQUIRE(floats.cols() == 4);
                REQUIRE(doubles.rows() == 3);
                for (int i = 0; i < 3; ++i)
                    for (int j = 0; j < 4; ++j) {
                        const double expected = type[0] == 'f' ? (4 * i + j) / 4.0 - 1 : 4 * i + j;
                        CHECK(floats(i, j) == static_cast<float>(expected));
                        CHECK(doubles(i, j) == expected);
                    }
            }
}

TEST_CASE("all three versions, bools, axes beyond the second and empty arrays are read") {
    for (const std::string name : {"version_2", "version_3"})
        CHECK(read_npy_matrix<float>(recorded(name))(2, 1) == 1.25F);
    CHECK(read_npy_matrix<float>(recorded("bool"))(0, 3) == 1);
    for (const std::string name : {"bfloat16", "bfloat16_raw"})
        CHECK(read_npy_matrix<float>(recorded(name)) == read_npy_matrix<float>(recorded("f4_little_c")));
    CHECK(read_npy_matrix<float>(recorded("bool"))(2, 3) == 0);
    for (const std::string name : {"images_c", "images_fortran"}) {
        const auto images = read_npy_matrix<float>(recorded(name));
        REQUIRE(images.rows() == 2);
        REQUIRE(images.cols() == 12);
        for (int i = 0; i < 24; ++i)
            CHECK(images(i / 12, i % 12) == static_cast<float>(i));
    }
    CHECK(read_npy_matrix<double>(recorded("no_rows")).rows() == 0);
    CHECK(read_npy_matrix<double>(recorded("no_rows")).cols() == 4);
    const auto halves = read_npy_matrix<double>(recorded("half_extremes"));
    CHECK(halves.cols() == 1);
    CHECK(halves(0, 0) == 0x1p-24);
    CHECK(halves(1, 0) == -1023 * 0x1p-24);
    CHECK(halves(2, 0) == 65504);
    CHECK(halves(3, 0) == 0.3330078125);
}

TEST_CASE("integers are read from one axis and from one column") {
    const std::vector<std::int64_t> expected{3, -1, 4, 1, -5};
    CHECK(read_npy_integers(recorded("labels")) == expected);
    CHECK(read_npy_integers(recorded("labels_column")) == expected);
    const temporary_folder folder;
    const auto path =
        write_file(folder / "u8", npy_bytes(header("<u8", "(1,)"), bytes_of<std::uint64_t>({INT64_MAX})));
    CHECK(read_npy_integers(path) == std::vector<std::int64_t>{INT64_MAX});
}

TEST_CASE("what is written is read back as the same bits, plain and gzipped") {
    const temporary_folder folder;
    std::mt19937 random(7);
    std::normal_distribution<double> normal;
    // The last one is longer than several chunks of the reader.
    for (const auto& [rows, columns] : std::vector<std::pair<int, int>>{{0, 3}, {1, 1}, {5, 2}, {70001, 3}}) {
        matrix<double> values(rows, columns);
        std::vector<std::int64_t> integers;
        for (double& value : values.reshaped<Eigen::RowMajor>()) {
            value = normal(random);
            integers.push_back(static_cast<std::int64_t>(value * 1e18));
        }
        const matrix<float> singles = values.cast<float>();
        std::ostringstream doubles_out;
        std::ostringstream singles_out;
        std::ostringstream integers_out;
        write_npy(doubles_out, values);
        write_npy(singles_out, singles);
        write_npy(integers_out, integers);
        for (const bool packed : {false, true}) {
            const auto file = [&](const std::ostringstream& out) {
                return write_file(folder / "f", packed ? gzipped(out.str()) : out.str());
            };
            CHECK(read_npy_matrix<double>(file(doubles_out)) == values);
            CHECK(read_npy_matrix<float>(file(doubles_out)) == singles);
            CHECK(read_npy_matrix<float>(file(singles_out)) == singles);
            CHECK(read_npy_integers(file(integers_out)) == integers);
        }
    }
}

TEST_CASE("an array is written as numpy writes it") {
    std::ostringstream out;
    write_npy(out, std::vector<std::int64_t>{3, -1, 4, 1, -5});
    CHECK(out.str() == read_file(recorded("labels")));
    std::ostringstream table;
    write_npy(table, read_npy_matrix<float>(recorded("f4_little_c")));
    CHECK(table.str() == read_file(recorded("f4_little_c")));
}

TEST_CASE("a stream that takes no data is an output error") {
    std::ostringstream out;
    out.setstate(std::ios::failbit);
    CHECK_THROWS_AS(write_npy(out, std::vector<std::int64_t>{1}), output_error);
}

TEST_CASE("headers are read as Python writes dictionaries") {
    const temporary_folder folder;
    const std::string data = bytes_of<float>({1, 2, 3, 4, 5, 6});
    for (const std::string text : {
             "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }",
             "{\"shape\":(3L,2L),\"fortran_order\":False,\"descr\":\"<f4\"}",
             "  { 'fortran_order' : False , 'descr' : '<f4' , 'shape' : ( 3 , 2 , ) }  \n\n",
         }) {
        CAPTURE(text);
        const auto values = read_npy_matrix<float>(write_file(folder / "f", npy_bytes(text, data)));
        REQUIRE(values.rows() == 3);
        CHECK(values(2, 1) == 6);
    }
}

TEST_CASE("defects of the header are named with their place") {
    const auto of = [](const std::string& text) { return matrix_defect(npy_bytes(text, "")); };
    CHECK(of("") == "header, character 1: expected '{'");
    CHECK(of("{'descr': '<f4', 'fortran_order': False, ") == "header, character 42: expected a string");
    CHECK(of("{'descr': '<f4', 'fortran_order': False}") ==
          "header, character 41: must have the keys 'descr', 'fortran_order' and 'shape'");
    CHECK(of("{'descr': '<f4', 'descr': '<f4'}") ==
          "header, character 26: key 'descr' is unknown or given twice");
    CHECK(of("{'order': 'C'}") == "header, character 10: key 'order' is unknown or given twice");
    CHECK(of("{'descr") == "header, character 3: the string has no end");
    CHECK(of("{'descr': '<f4', 'fortran_order': 0}") ==
          "header, character 35: fortran_order must be True or False");
    CHECK(of(header("<f4", "(3, 4)") + "x") == "header, character 61: expected its end");
    CHECK(of(header("<f4", "(-3, 4)")) == "header, character 52: the shape has a negative length");
    CHECK(of(header("<f4", "(99999999999999999999,)")) ==
          "header, character 70: the shape has a length beyond 64 bits");
    CHECK(of(header("<f4", "(3)")) == "header, character 54: a shape of one axis must be written '(n,)'");
    CHECK(of(header("<f4", "(3 4)")) == "header, character 54: expected ',' or ')'");
    CHECK(of(header("<f4", "(3.5,)")) == "header, character 53: expected ',' or ')'");
    CHECK(of(header("<f4", "(a,)")) == "header, character 52: the shape must be a tuple of integers");
    CHECK(of(header("<f4", "()")) == "shape is (), must have at least one axis");
}

TEST_CASE("types that are not numbers are refused by name") {
    const std::string must = ", must be a float (f2, f4, f8), an integer (i1 to i8, u1 to u8) or a bool (b1)";
    const auto of = [](const std::string& name) {
        return defect([&] { (void)read_npy_matrix<float>(recorded(name)); });
    };
    CHECK(of("complex") == "dtype is '<c8'" + must);
    CHECK(of("objects") == "dtype is '|O'" + must);
    CHECK(of("text") == "dtype is '<U2'" + must);
    CHECK(of("long_double").starts_with("dtype is '<f"));
    CHECK(of("dates") == "dtype is '<M8[D]'" + must);
    CHECK(of("fields") == "dtype is a record of fields, must be a number type");
    CHECK(of("scalar") == "shape is (), must have at least one axis");
    CHECK(matrix_defect(npy_bytes(header("<i3", "(1,)"), "")) == "dtype is '<i3'" + must);
    CHECK(matrix_defect(npy_bytes(header("|i4", "(1,)"), "")) == "dtype is '|i4'" + must);
    CHECK(defect([&] { (void)read_npy_integers(recorded("f8_little_c")); }) ==
          "dtype is float64, must be an integer type");
    CHECK(defect([&] { (void)read_npy_integers(recorded("i8_little_c")); }) ==
          "shape (3, 4) of int64 makes 4 columns, must be 1");
}

TEST_CASE("files that are not .npy are refused") {
    CHECK(matrix_defect("") == "is empty");
    CHECK(matrix_defect(gzipped("")) == "is empty");
    CHECK(matrix_defect("\x93NUMP") == "is not a .npy file: it does not begin with \\x93NUMPY");
    CHECK(matrix_defect("1,2\n") == "is not a .npy file: it does not begin with \\x93NUMPY");
    std::string bytes = npy_bytes(header("<f4", "(1,)"), bytes_of<float>({1}));
    bytes[6] = 4;
    CHECK(matrix_defect(bytes) == ".npy version is 4.0, must be 1.0, 2.0 or 3.0");
    CHECK(matrix_defect(bytes.substr(0, 7)) ==
          "truncated: the beginning of a .npy file needs 8 bytes, only 7 there");
    using namespace std::string_literals;
    CHECK(matrix_defect("\x93NUMPY\2\0\xff\xff\xff\xff"s) ==
          "header is 4294967295 bytes, must be at most 1048576");
}

TEST_CASE("a file cut at any place is told to be truncated, one byte too many is told too") {
    const std::string bytes = npy_bytes(header("<f4", "(2, 3)"), bytes_of<float>({1, 2, 3, 4, 5, 6}));
    REQUIRE(matrix_defect(bytes) == "");
    REQUIRE(matrix_defect(gzipped(bytes)) == "");
    for (std::size_t size = 8; size < bytes.size(); ++size) {
        CHECK(matrix_defect(bytes.substr(0, size)).starts_with("truncated: "));
        CHECK(matrix_defect(gzipped(bytes.substr(0, size))).starts_with("truncated: "));
        CHECK(matrix_defect(gzipped(bytes).substr(0, size)) == "truncated: the gzip data ends too soon");
    }
    const std::string needs = "shape (2, 3) of float32 needs 24 bytes of data, ";
    CHECK(matrix_defect(bytes.substr(0, bytes.size() - 5)) == "truncated: " + needs + "only 19 there");
    CHECK(matrix_defect(gzipped(bytes.substr(0, bytes.size() - 5))) ==
          "truncated: " + needs + "only 19 there");
    CHECK(matrix_defect(bytes + "x") == "too long: " + needs + "25 there");
    CHECK(matrix_defect(gzipped(bytes + "x")) == "bytes follow the data of shape (2, 3) of float32");
}

TEST_CASE("a header that claims more than there is takes no memory") {
    const std::string billion = "1000000000";
    for (const bool packed : {false, true}) {
        const auto of = [&](const std::string& shape) {
            const std::string bytes = npy_bytes(header("<f8", shape), "12345678");
            return matrix_defect(packed ? gzipped(bytes) : bytes);
        };
        CHECK(of("(1000000000000000000,)").starts_with("truncated: shape (1000000000000000000,) of float64"));
        CHECK(of("(" + billion + ", 1000)")
                  .starts_with("truncated: shape (1000000000, 1000) of float64 needs "
                               "8000000000000 bytes of data, "));
        CHECK(of("(" + billion + "0, " + billion + ")") ==
              "shape (10000000000, 1000000000) of float64 is more than any memory holds");
        CHECK(of("(0, 1000000000000)") ==
              "shape (0, 1000000000000) of float64 makes 1000000000000 columns, must be "
              "between 1 and 2147483647");
        CHECK(of("(1000000000000, 0)") ==
              "shape (1000000000000, 0) of float64 makes 0 columns, must be between 1 and 2147483647");
    }
}

TEST_CASE("numbers that are not finite, or too large, are refused with row and column") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto of = [](const std::string& order, double value) {
        std::vector<double> values(12, 1.0);
        values[7] = value;
        return npy_bytes(header("<f8", "(3, 4)", order), bytes_of(values));
    };
    const double nan = std::nan("");
    CHECK(matrix_defect(of("False", nan)) == "row 1, column 3 is nan, must be finite");
    CHECK(matrix_defect(of("True", nan)) == "row 1, column 2 is nan, must be finite");
    CHECK(matrix_defect<double>(of("False", -infinity)) == "row 1, column 3 is -inf, must be finite");
    CHECK(matrix_defect(of("False", 1e300)) == "row 1, column 3 is 1e+300, beyond the range of float32");
    CHECK(matrix_defect<double>(of("False", 1e300)) == "");

    const std::string half_nan = npy_bytes(header("<f2", "(2,)"), bytes_of<std::uint16_t>({0x3c00, 0x7e01}));
    CHECK(matrix_defect(half_nan) == "row 1, column 0 is nan, must be finite");
    const std::string half_infinity = npy_bytes(header(">f2", "(2,)"), std::string("\x3c\x00\xfc\x00", 4));
    CHECK(matrix_defect(half_infinity) == "row 1, column 0 is -inf, must be finite");

    // Far behind the first chunk, and in the last place of an image in Fortran order.
    std::vector<float> many(200000, 0.0F);
    many[199999] = std::nanf("");
    CHECK(matrix_defect(npy_bytes(header("<f4", "(20000, 10)"), bytes_of(many))) ==
          "row 19999, column 9 is nan, must be finite");
    std::vector<float> image(24, 0.0F);
    image[2 * 3 + 1] = std::nanf(""); // entry (1, 0, 1) of shape (2, 3, 4)
    CHECK(matrix_defect(npy_bytes(header("<f4", "(2, 3, 4)", "True"), bytes_of(image))) ==
          "row 1, column 1 is nan, must be finite");
}

TEST_CASE("integers beyond 63 bits are refused with their row") {
    CHECK(npy_integer_defect(npy_bytes(header("<u8", "(3,)"), bytes_of<std::uint64_t>({1, UINT64_MAX, 2}))) ==
          "row 1 is 18446744073709551615, must be at most 9223372036854775807");
}
