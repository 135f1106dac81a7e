// SPDX-License-Identifier: MIT
#include <topoprune/core/class_partition.hpp>

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("classes are numbered by ascending label and list their members in order") {
    const std::vector<std::int64_t> labels{7, -2, 7, 100, -2, 7};
    const class_partition classes(labels);
    REQUIRE(classes.count() == 3);
    CHECK(classes.samples() == 6);
    CHECK(classes.label(0) == -2);
    CHECK(classes.label(2) == 100);
    CHECK(classes.size(1) == 3);
    const auto sevens = classes.members(1);
    CHECK(std::vector<std::int64_t>(sevens.begin(), sevens.end()) == std::vector<std::int64_t>{0, 2, 5});
    CHECK(classes.class_of(3) == 2);
    CHECK(class_partition().count() == 0);
    CHECK(class_partition(std::vector<std::int64_t>{}).samples() == 0);
}
