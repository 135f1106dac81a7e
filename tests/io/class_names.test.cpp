// SPDX-License-Identifier: MIT
#include <topoprune/io/class_names.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace topoprune;

TEST_CASE("integers are called by their digits, names by their places in the order of bytes") {
    const class_names numbers;
    CHECK(numbers.are_plain());
    CHECK(numbers.of(-7) == "-7");
    CHECK(numbers.label_of("-7") == -7);
    CHECK_FALSE(numbers.label_of("x").has_value());

    const class_names names(std::vector<std::string>{"10", "9", "Cat", "cat", "\xC3\xBC"});
    CHECK(names.are_names());
    for (std::int64_t label = 0; label < 5; ++label)
        CHECK(names.label_of(names.of(label)) == label);
    CHECK(names.of(2) == "Cat");
    CHECK_FALSE(names.label_of("dog").has_value());
    CHECK_THROWS_AS(class_names(std::vector<std::string>{"b", "a"}), std::invalid_argument);
    CHECK_THROWS_AS(class_names(std::vector<std::string>{"a", "a"}), std::invalid_argument);

    const class_names written(std::map<std::int64_t, std::string>{{1, "1.0"}, {7, "007"}});
    CHECK_FALSE(written.are_names());
    CHECK_FALSE(written.are_plain());
    CHECK(written.of(1) == "1.0");
    CHECK(written.of(2) == "2");
    CHECK(written.label_of("1.0") == 1);
    CHECK(written.label_of("1") == 1);
    CHECK(written.label_of("007") == 7);
}

TEST_CASE("a whole number may be written with a point, and nothing else is one") {
    for (const auto& [text, value] :
         std::map<std::string, std::int64_t>{{"0", 0},
                                             {"-3", -3},
                                             {"+3", 3},
                                             {"1.0", 1},
                                             {"-2.", -2},
                                             {"3e2", 300},
                                             {"9007199254740992.0", 9007199254740992},
                                             {"9223372036854775807", INT64_MAX}})
        CHECK(whole_number(text) == value);
    for (const std::string text : {"", "1.5", "nan", "inf", "1e300", "x", "1 ", "9223372036854775808", "+-1"})
        CHECK_FALSE(whole_number(text).has_value());
}
