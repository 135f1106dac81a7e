// SPDX-License-Identifier: MIT
#include <topoprune/io/table.hpp>

#include "io/files.hpp"
#include <topoprune/core/random.hpp>
#include <topoprune/io/csv_writer.hpp>

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
           orderly([&] { (void)read_points(path); }) && orderly([&] { (void)read_labels(path); });
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
            CHECK(read_features(path) == matrix<float>{{4}, {0}, {2}, {250}});
            CHECK(read_points(path) == matrix<double>{{4}, {0}, {2}, {250}});
        }
}

TEST_CASE("files of no known format are refused") {
    const temporary_folder folder;
    CHECK(defect_of_features("") == "is empty");
    CHECK(defect_of_features(gzipped("")) == "is empty");
    CHECK(defect_of_features("PK\x03\x04 and so on") ==
          "is a zip archive, as .npz is; must be a single array in .npy, idx or csv");
    CHECK(defect_of_features(std::string("\0\0\x07\x01", 4)) == "is neither .npy, nor idx, nor csv");
    CHECK(defect_of_features("some text\n").empty());
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
