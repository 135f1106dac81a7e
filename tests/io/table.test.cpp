// SPDX-License-Identifier: MIT
#include <topoprune/io/table.hpp>

#include "io/files.hpp"
#include "io/zips.hpp"
#include <topoprune/core/random.hpp>
#include <topoprune/io/csv_writer.hpp>
#include <topoprune/io/labels.hpp>
#include <topoprune/io/sample_table.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

const std::vector<std::int64_t> some_labels{4, 0, 2, 250};

std::string labels_as(const std::string& format) {
    if (format == "csv")
        return "label\n4\n0\n2\n250\n";
    if (format == "idx")
        return std::string("\0\0\x08\x01\0\0\0\x04", 8) + std::string("\x04\0\x02\xfa", 4);
    std::ostringstream out;
    write_npy(out, some_labels);
    return out.str();
}

std::string defect_of_features(const std::string& bytes) {
    const temporary_folder folder;
    return defect([&] { (void)read_features(write_file(folder / "f", bytes)); });
}

/// True if all readers take the file or refuse it with an input_error of one line.
bool is_taken_or_refused(const std::filesystem::path& path) {
    const auto orderly = [](auto&& read) {
        try {
            read();
        } catch (const input_error& error) {
            const std::string message = error.what();
            return message.find('\n') == std::string::npos && message.size() < 400;
        }
        return true;
    };
    return orderly([&] {
               const auto features = read_features(path);
               for (const float value : features.reshaped<Eigen::RowMajor>())
                   REQUIRE(std::isfinite(value));
           }) &&
           orderly([&] { (void)read_points(path); }) && orderly([&] { (void)read_labels(path); }) &&
           orderly([&] { (void)read_class_labels(path); }) &&
           orderly([&] { (void)read_row_numbers(path, 4); }) &&
           orderly([&] { (void)read_sample_table(path, {.labels = "1"}); });
}

} // namespace

TEST_CASE("every format is known by its content, plain or gzipped") {
    const temporary_folder folder;
    for (const std::string format : {"npy", "idx", "csv"})
        for (const bool packed : {false, true}) {
            CAPTURE(format);
            const std::string bytes = labels_as(format);
            const auto path = write_file(folder / "no_name", packed ? gzipped(bytes) : bytes);
            CHECK(read_labels(path) == some_labels);
            CHECK(read_matrix<float>(path) == matrix<float>{{4}, {0}, {2}, {250}});
            CHECK(read_matrix<double>(path) == matrix<double>{{4}, {0}, {2}, {250}});
        }
}

TEST_CASE("files of no known format are refused") {
    const temporary_folder folder;
    CHECK(defect_of_features("") == "is empty");
    CHECK(defect_of_features(gzipped("")) == "is empty");
    CHECK(defect_of_features("PK\x03\x04 and so on") == "truncated: the zip archive ends too soon");
    CHECK(defect_of_features(std::string("\0\0\x07\x01", 4)) ==
          "is neither .npy, nor .npz, nor idx, nor csv");
    CHECK(defect_of_features("some text\n") == "holds no row of numbers, only a header");
    CHECK(defect_of_features("some text\nmore text\n") == "line 2, column 1: 'more text' is not a number");
    CHECK(defect([&] { (void)read_labels(folder.path()); }) == "is a directory, must be a file");
    CHECK(defect([&] { (void)read_points(folder / "missing"); }) ==
          "cannot be opened: No such file or directory");
}

TEST_CASE("a damaged file is read or refused, and does no harm") {
    const temporary_folder folder;
    std::ostringstream doubles;
    matrix<double> values(5, 3);
    for (Eigen::Index i = 0; i < values.size(); ++i)
        values.data()[i] = 0.1 * static_cast<double>(i) - 0.7;
    write_npy(doubles, values);
    std::ostringstream table;
    csv_writer writer(table);
    writer.row("x", "\"y\"", "z, last");
    for (Eigen::Index i = 0; i < 5; ++i)
        writer.row(values(i, 0), values(i, 1), values(i, 2));

    std::vector<std::string> originals{doubles.str(), table.str()};
    for (const std::string format : {"npy", "idx", "csv"})
        originals.push_back(labels_as(format));
    for (std::size_t i = 0; i < 5; ++i)
        originals.push_back(gzipped(originals[i]));
    for (const bool packed : {false, true})
        originals.push_back(zipped({{"x.npy", doubles.str()}}, {.deflated = packed, .wide = !packed}));
    originals.push_back(read_file(std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy" / "names_little.npy"));
    originals.emplace_back("a b name\n1 2 3\n4 5 6\n");
    originals.emplace_back("a;b;name\n1;2;cat\n4;5;dog\n");

    constexpr std::uint64_t damages = 500;
    for (std::size_t which = 0; which < originals.size(); ++which) {
        REQUIRE(is_taken_or_refused(write_file(folder / "f", originals[which])));
        const random_stream random(11, which);
        for (std::uint64_t damage = 0; damage < damages; ++damage) {
            const random_stream draw = random.child(damage);
            std::string bytes = originals[which];
            const std::uint64_t flips = 1 + draw.below(0, 4);
            for (std::uint64_t flip = 0; flip < flips; ++flip) {
                // Half of the damage goes to the first bytes, where the header is.
                const std::uint64_t reach =
                    draw.below(4 * flip + 1, 2) == 0 ? bytes.size() : bytes.size() / 3;
                bytes[draw.below(4 * flip + 2, reach)] = static_cast<char>(draw.bits(4 * flip + 3));
            }
            if (draw.below(100, 4) == 0)
                bytes.resize(draw.below(101, bytes.size()));
            if (draw.below(102, 8) == 0)
                bytes += bytes.substr(0, draw.below(103, bytes.size() + 1));
            CAPTURE(which);
            CAPTURE(damage);
            REQUIRE(is_taken_or_refused(write_file(folder / "f", bytes)));
        }
    }
}

TEST_CASE("an array of one axis is no table of features") {
    const temporary_folder folder;
    for (const std::string format : {"npy", "idx"}) {
        write_file(folder / "f", labels_as(format));
        const std::string found = defect([&] { (void)read_features(folder / "f"); });
        CHECK(found.starts_with("shape (4,) of "));
        CHECK(found.ends_with(
            " has one axis, must have two; if it is one column, write x.reshape(-1, 1), if one "
            "row, x.reshape(1, -1)"));
        CHECK(defect([&] { (void)read_points(folder / "f"); }) == found);
        CHECK(defect([&] { (void)read_sample_table(folder / "f", {}); }) == found);
    }
    write_file(folder / "f", labels_as("csv"));
    CHECK(read_features(folder / "f").cols() == 1);
}

TEST_CASE("a mask of as many truth values as samples stands for the rows that it marks") {
    const temporary_folder folder;
    using rows = std::vector<std::int64_t>;
    const std::filesystem::path mask = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy" / "mask.npy";
    CHECK(read_row_numbers(mask, 5) == rows{1, 2, 4});
    CHECK(defect([&] { (void)read_row_numbers(mask, 6); }) ==
          "is a mask of 5 truth values, must be of as many as there are samples, 6, or row numbers");
    CHECK(defect([&] { (void)read_row_numbers(mask.parent_path() / "bool.npy", 12); }) ==
          "shape (3, 4) of bool makes 4 columns, must be 1");
    for (const std::string text :
         {"False\nTrue\nTrue\n", "kept\nfalse\ntrue\ntrue\n", "FALSE\r\nTRUE\r\nTRUE"}) {
        write_file(folder / "m", text);
        CHECK(read_row_numbers(folder / "m", 3) == rows{1, 2});
    }
    CHECK(defect([&] {
              (void)read_row_numbers(write_file(folder / "m", "True\nFalse\n"), 3);
          }).starts_with("is a mask of 2 truth values"));
    CHECK(defect([&] { (void)read_row_numbers(write_file(folder / "m", "True\n3\n"), 2); }) ==
          "line 2, column 1: '3' is neither True nor False, as the others are");
    CHECK(defect([&] { (void)read_row_numbers(write_file(folder / "m", "3\nTrue\n"), 2); }) ==
          "line 2, column 1: 'True' is not an integer");
    CHECK(defect([&] { (void)read_row_numbers(write_file(folder / "m", "0\n1\n1\n"), 3); }) ==
          "holds only 0 and 1, as a mask does; a mask must be of truth values, as x.astype(bool)");
    for (const std::string text : {"1\n0\n", "row\n1\n0\n"})
        CHECK(read_row_numbers(write_file(folder / "m", text), 9) == rows{1, 0});
    CHECK(read_row_numbers(write_file(folder / "m", labels_as("npy")), 300) == some_labels);
}

TEST_CASE("files of other programs are refused by name, with the line that converts them") {
    const auto is = [](const std::string& bytes, const std::string& name, const std::string& line) {
        CAPTURE(name);
        const std::string found = defect_of_features(bytes);
        CAPTURE(found);
        CHECK(found.starts_with(name));
        CHECK(found.find(line) != std::string::npos);
    };
    using namespace std::string_literals;
    is("\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.", "is a file of PyTorch", "torch.load('/");
    is("\x80\x04\x95\x10\0\0\0\0\0\0\0"s, "is a pickle of Python", "pickle.load(open('/");
    is("\x40\0\0\0\0\0\0\0{\"x\":{\"dtype\":\"F32\""s, "is a file of safetensors",
       "numpy.savez('f.npz', **safetensors.numpy.load_file('/");
    is("PAR1\x15\x04\x15", "is a parquet file", "pandas.read_parquet('/");
    is("ARROW1\0\0"s, "is a feather file", "pandas.read_feather('/");
    is("\x89HDF\r\n\x1a\n\0\0"s, "is an HDF5 file", "h5py.File('/");
    is("MATLAB 5.0 MAT-file, Platform", "is a file of MATLAB", "scipy.io.loadmat('/");
    is("\x28\xb5\x2f\xfd\x24", "is compressed by zstd", "zstd -d '/");
    is("\xfd\x37zXZ\0\0"s, "is compressed by xz", "xz -d '/");
    is("BZh91AY&SY....", "is compressed by bzip2", "bunzip2 '/");
    for (const std::string page : {"<!DOCTYPE html>\n<html>1,2</html>\n", "\n <html><body>1</body></html>"})
        is(page, "holds no row of numbers: it is an HTML or XML page", "");
    is("{\"a\": [1, 2]}", "holds no row of numbers: it is JSON", "");
}
