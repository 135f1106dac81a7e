// SPDX-License-Identifier: MIT
#include <topoprune/report/detail/embedding_pictures.hpp>
#include <topoprune/report/detail/samples_section.hpp>
#include <topoprune/report/html_report.hpp>

#include "report/pages.hpp"
#include "report/png_decoder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace topoprune;
using namespace report_tests;

namespace {

/// Images of 2 x 2 pixels whose first two bytes spell the number of their sample.
image_stack numbered_images(std::int64_t count) {
    image_stack images{.count = count, .height = 2, .width = 2, .channels = 1, .bytes = {}};
    for (std::int64_t i = 0; i < count; ++i)
        for (const std::int64_t byte : {i & 255, i >> 8, std::int64_t{7}, std::int64_t{250}})
            images.bytes.push_back(static_cast<std::uint8_t>(byte));
    return images;
}

std::int64_t number_in(std::string_view pixels) {
    return static_cast<unsigned char>(pixels[0]) + 256 * static_cast<unsigned char>(pixels[1]);
}

image_stack flat_images(std::int64_t count, std::int64_t side, std::int64_t channels) {
    return {.count = count,
            .height = side,
            .width = side,
            .channels = channels,
            .bytes = std::vector<std::uint8_t>(static_cast<std::size_t>(count * side * side * channels), 99)};
}

std::string page_with(const made_run& run, const image_stack& images) {
    return page_of({.title = "data", .labels = run.labels, .result = run.result, .images = &images});
}

/// What stands between the two texts, which the search for begins at `at`; `at` moves behind it.
std::string between(const std::string& text, std::string_view begin, std::string_view end, std::size_t& at) {
    const std::size_t from = text.find(begin, at);
    REQUIRE(from != std::string::npos);
    const std::size_t to = text.find(end, from + begin.size());
    REQUIRE(to != std::string::npos);
    at = to + end.size();
    return text.substr(from + begin.size(), to - from - begin.size());
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
    std::size_t at = 0;
    return between(text, begin, end, at);
}

/// The page without what begins and ends with the two texts, which must be there.
std::string without(std::string page, std::string_view begin, std::string_view end) {
    const std::size_t from = page.find(begin);
    REQUIRE(from != std::string::npos);
    const std::size_t to = page.find(end, from + begin.size());
    REQUIRE(to != std::string::npos);
    return page.erase(from, to + end.size() - from);
}

/// The page without the base64 of its pictures, which may spell anything.
std::string without_pixels(std::string page) {
    constexpr std::string_view begin = "data:image/png;base64,";
    for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
        at += begin.size();
        page.erase(at, page.find_first_of("\")", at) - at);
    }
    return page;
}

/// Class -> name of the row -> the samples whose pictures it shows, as the pixels say; title and label of
/// each are checked.
std::map<std::int64_t, std::map<std::string, std::vector<std::int64_t>>>
pictured_samples(const std::string& page) {
    std::map<std::int64_t, std::map<std::string, std::vector<std::int64_t>>> pictured;
    const std::string section = between(page, "<section id=\"samples\"", "</section>");
    for (std::size_t at = 0; section.find("<h3>Class ", at) != std::string::npos;) {
        const std::string label = between(section, "<h3>Class ", "</h3>", at);
        const std::string table = between(section, "<table class=\"pictures\">", "</table>", at);
        for (std::size_t row = 0; table.find("<tr>", row) != std::string::npos;) {
            const std::string name = between(table, "<th scope=\"row\">", "</th>", row);
            const std::string cell = between(table, "<td>", "</td>", row);
            std::vector<std::int64_t>& samples = pictured[std::stoll(label)][name];
            for (std::size_t next = 0; cell.find("<img", next) != std::string::npos;) {
                const std::string title = between(cell, "title=\"", "\"", next);
                const decoded_png image =
                    decode_png(base64_bytes(between(cell, "src=\"data:image/png;base64,", "\"", next)));
                REQUIRE(image.pixels.size() == 4);
                samples.push_back(number_in(image.pixels));
                CHECK(title == "sample " + detail::grouped(samples.back()) + ", class " + label);
            }
        }
    }
    return pictured;
}

/// Densities in an order of their own; they stay NaN where they are.
void shuffle_densities(made_run& run) {
    for (std::size_t i = 0; i < run.result.density.size(); ++i)
        if (run.result.density[i] == run.result.density[i])
            run.result.density[i] = static_cast<double>(i * 7919 % 10007);
}

} // namespace

TEST_CASE("the samples of a class are its most and least typical kept, pruned and filtered ones") {
    made_run run = make_run(3, 100);
    shuffle_densities(run);
    auto& reasons = run.result.subsets[0].chosen.reasons;
    for (const std::size_t i : {30U, 31U, 36U, 42U}) // three of class 100, one of class 101
        if (reasons[i] == sample_reason::pruned)
            reasons[i] = sample_reason::filtered;
    const std::string page = page_with(run, numbered_images(300));
    check_page(without_pixels(page));
    const auto pictured = pictured_samples(page);
    REQUIRE(pictured.size() == 3);
    for (const auto& [label, rows] : pictured) {
        // By brute force: how many of the same kind are before a sample.
        std::map<sample_reason, std::vector<std::pair<double, std::int64_t>>> ranked;
        for (std::int64_t i = 0; i < 300; ++i)
            if (run.labels[static_cast<std::size_t>(i)] == label)
                ranked[reasons[static_cast<std::size_t>(i)]].emplace_back(
                    -run.result.density[static_cast<std::size_t>(i)], i);
        std::vector<std::int64_t> filtered;
        for (const sample_reason reason : {sample_reason::misclassified, sample_reason::filtered})
            for (const auto& [density, i] : ranked[reason])
                filtered.push_back(i);
        std::sort(filtered.begin(), filtered.end());
        CHECK(rows.at("filtered") == filtered);

        auto& kept = ranked[sample_reason::kept];
        auto& pruned = ranked[sample_reason::pruned];
        std::sort(kept.begin(), kept.end());
        std::sort(pruned.begin(), pruned.end());
        REQUIRE(kept.size() > 20);
        REQUIRE(rows.at("most typical kept").size() == 10);
        REQUIRE(rows.at("least typical kept").size() == 10);
        for (std::size_t k = 0; k < 10; ++k) {
            CHECK(rows.at("most typical kept")[k] == kept[k].second);
            CHECK(rows.at("least typical kept")[k] == kept[kept.size() - 1 - k].second);
        }
        REQUIRE(rows.at("pruned").size() == 10);
        for (std::size_t k = 0; k < 10; ++k)
            CHECK(rows.at("pruned")[k] == pruned[k * pruned.size() / 10].second);
        CHECK_FALSE(rows.contains("kept though filtered"));
    }
}

TEST_CASE("few samples are shown once each, and rows without any are left out") {
    made_run run = make_run(2, 40); // 13 kept of each
    auto& reasons = run.result.subsets[0].chosen.reasons;
    reasons[0] = sample_reason::filled;
    reasons[1] = sample_reason::required;
    const auto pictured = pictured_samples(page_with(run, numbered_images(80)));
    for (std::int64_t c = 0; c < 2; ++c) {
        const auto& rows = pictured.at(100 + c);
        CHECK(rows.at("most typical kept").size() == 10);
        CHECK(rows.at("least typical kept").size() == 3);
        CHECK(rows.at("least typical kept").front() == c + 2 * 39);
        CHECK(rows.at("kept though filtered") == std::vector<std::int64_t>{c});
        CHECK_FALSE(rows.contains("filtered"));
    }
    CHECK(pictured_samples(page_with(make_run(1, 1), numbered_images(1))).at(100).size() == 1);
    CHECK(contains(page_with(make_run(0, 0), numbered_images(0)), "<section id=\"samples\""));
}

TEST_CASE("images only add to the page") {
    for (const std::int64_t columns : {2, 0}) {
        const made_run run = make_run(3, 50, columns);
        const image_stack images = numbered_images(150);
        std::string page = page_with(run, images);
        CHECK(page == page_with(run, images));
        page = without(page, "<a href=\"#samples\">", "</a>\n");
        page = without(page, "<section id=\"samples\"", "</section>\n\n");
        page = without(page, detail::samples_style, "");
        page = without(page, detail::embedding_pictures_style, "");
        page = without(page, detail::embedding_pictures_script, "");
        if (columns > 0) {
            page = without(page, "<p class=\"quiet\">The image of the sample", "</p>\n");
            page = without(page, "<figure id=\"embedding-picture\"", "</figure>\n");
            page = without(page, "<script id=\"picture-data\"", "</script>\n");
        }
        CHECK(page == page_of(run));
    }
}

TEST_CASE("the sheet holds the picture of every drawn point, or of an even sample of them") {
    for (const std::int64_t size : {50, 3000}) {
        const made_run run = make_run(2, size);
        const std::string page = page_with(run, numbered_images(2 * size));
        const nlohmann::json data = data_of(page, "picture-data");
        const auto points = data["points"].get<std::string>();
        const auto rows = data_of(page, "embedding-data")["rows"].get<std::string>();
        const std::int64_t drawn = 2 * (size - 1);
        const std::int64_t count = std::min<std::int64_t>(drawn, 2000);
        REQUIRE(std::ssize(points) == 3 * count);
        CHECK(contains(page,
                       "The page holds the images of an even sample of 2,000 of the 5,998 drawn points;") ==
              (size == 3000));
        CHECK(contains(page, "The image of the sample that is nearest to the pointer is shown beside it.") ==
              (size == 50));
        const std::size_t figure = page.find("<figure id=\"embedding-picture\"");
        const decoded_png sheet =
            decode_png(base64_bytes(between(page.substr(figure), "data:image/png;base64,", ")")));
        const auto columns = data["columns"].get<std::int64_t>();
        REQUIRE(data["width"] == 2);
        REQUIRE(sheet.width == 2 * columns);
        for (std::int64_t k = 0; k < count; ++k) {
            const std::int64_t point = base64_number(points, static_cast<std::size_t>(3 * k), 3);
            CHECK(point == k * drawn / count);
            const auto at = static_cast<std::size_t>(2 * (k / columns) * sheet.width + 2 * (k % columns));
            REQUIRE(at + 2 <= sheet.pixels.size());
            CHECK(number_in(std::string_view(sheet.pixels).substr(at)) ==
                  base64_number(rows, static_cast<std::size_t>(5 * point), 5));
        }
    }
}

TEST_CASE("large images are reduced, and many classes and points do not make a large page") {
    const made_run run = make_run(25, 120);
    const std::string page = page_with(run, flat_images(3000, 50, 3));
    check_page(without_pixels(page));
    CHECK(contains(page, "The first 20 of 25 classes are shown; 5 are left out."));
    CHECK(contains(page, "The images of 50 \u00d7 50 pixels are reduced to 48 \u00d7 48."));
    CHECK(data_of(page, "picture-data")["width"] == 32);
    CHECK(data_of(page, "picture-data")["points"].get<std::string>().size() == 3 * 1024);
    CHECK(page.size() < page_of(run).size() + 14'000'000);
    const std::string first = between(page, "<img width=\"48\"", "/>");
    const decoded_png image = decode_png(base64_bytes(between(first, "base64,", "\"")));
    CHECK(image.width == 48);
    CHECK(image.pixels == std::string(48 * 48 * 3, 99));
}

TEST_CASE("the page says how floats became gray") {
    const made_run run = make_run(2, 20);
    image_stack images = numbered_images(40);
    CHECK_FALSE(contains(page_with(run, images), "is black"));
    images.range = image_range{.low = -0.5F, .high = 2.25F};
    CHECK(contains(page_with(run, images),
                   "The numbers of the images are scaled: -0.5, the least of all, is black; "
                   "2.25, the largest, is white."));
}

TEST_CASE("another number of images than of samples is refused") {
    const made_run run = make_run(2, 10);
    for (const std::int64_t count : {19, 21})
        CHECK_THROWS_AS((void)page_with(run, numbered_images(count)), std::invalid_argument);
}
