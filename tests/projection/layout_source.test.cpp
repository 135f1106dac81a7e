// SPDX-License-Identifier: MIT
#include <topoprune/projection/layout_source.hpp>
#include <topoprune/projection/umap.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

static_assert(DrawsLayouts<umap<>>);

TEST_CASE("layouts are drawn alone or together with the same bits, the first is the projection's") {
    const matrix<float> features = clouds::normal(120, 3, 1.0, 5).cast<float>();
    const umap<> policy{.n_epochs = 30};
    const execution where({.seed = 5});
    const layout_source source = policy.layouts(features, where);
    const std::vector<embedding> all = source.draw(0, 4, where);
    REQUIRE(all.size() == 4);
    CHECK(all[0].points == policy.project(features, where).points);
    CHECK(source.draw(2, 1, where).front().points == all[2].points);
    CHECK(source.draw(1, 3, execution({.seed = 5, .threads = 3})).back().points == all[3].points);
    CHECK(all[1].points != all[2].points);
    CHECK(all[1].points != all[0].points);
    CHECK(source.draw(7, 0, where).empty());
}

TEST_CASE("a source gives no more than it has") {
    const layout_source source(3, [](std::int64_t, std::int64_t count, const execution&) {
        return std::vector<embedding>(static_cast<std::size_t>(count));
    });
    CHECK(source.available() == 3);
    CHECK(source.draw(1, 2, execution{}).size() == 2);
    CHECK_THROWS_WITH_AS((void)source.draw(2, 2, execution{}),
                         "layout_source::draw: count is 2, must be at least 0 and at most the layouts from "
                         "there on, 1",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)source.draw(-1, 1, execution{}), std::invalid_argument);
    CHECK_THROWS_AS((void)source.draw(4, 0, execution{}), std::invalid_argument);
}
