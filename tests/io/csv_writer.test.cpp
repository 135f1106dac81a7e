// SPDX-License-Identifier: MIT
#include <topoprune/io/csv_writer.hpp>

#include "io/files.hpp"
#include <topoprune/io/csv_reader.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

TEST_CASE("numbers are written in their shortest form and text in quotes where it must be") {
    std::ostringstream out;
    csv_writer table(out);
    table.row("index", "score", "a, b", "say \"x\"");
    table.row(-7, 0.1, 1.0F / 3, std::string("plain"));
    table.row(std::numeric_limits<std::uint64_t>::max(), 1e300, -0.0, "");
    CHECK(out.str() == "index,score,\"a, b\",\"say \"\"x\"\"\"\n"
                       "-7,0.1,0.33333334,plain\n"
                       "18446744073709551615,1e+300,-0,\n");
    // A reader drops blanks around a field that does not stand in quotes.
    std::ostringstream padded;
    csv_writer(padded).row(" a", "b\t", "c d");
    CHECK(padded.str() == "\" a\",\"b\t\",c d\n");
}

TEST_CASE("any finite double is read back as the same bits, and any text as the same text") {
    const temporary_folder folder;
    std::mt19937_64 random(3);
    std::vector<double> values{0.0, -0.0, 5e-324, std::numeric_limits<double>::max()};
    while (values.size() < 5000) {
        const auto value = std::bit_cast<double>(random());
        if (value - value == 0)
            values.push_back(value);
    }
    std::ostringstream out;
    csv_writer table(out);
    for (const double value : values)
        table.row(value, "a \"b\", c", std::int64_t{-5});
    byte_source source(write_file(folder / "f", out.str()));
    csv_reader reader(source);
    for (const double value : values) {
        REQUIRE(reader.next());
        REQUIRE(std::bit_cast<std::uint64_t>(reader.number<double>(0)) ==
                std::bit_cast<std::uint64_t>(value));
        REQUIRE(reader.fields()[1] == "a \"b\", c");
        REQUIRE(reader.number<std::int64_t>(2) == -5);
    }
    CHECK(!reader.next());
}
