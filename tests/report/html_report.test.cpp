// SPDX-License-Identifier: MIT
#include <topoprune/report/detail/class_color.hpp>
#include <topoprune/report/detail/even_sample.hpp>
#include <topoprune/report/detail/svg_axes.hpp>
#include <topoprune/report/html_report.hpp>

#include "report/pages.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <locale>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>

using namespace topoprune;
using namespace report_tests;

namespace {

measure_picture make_picture() {
    measure_picture picture{
        .label = 101, .measure = {{0.5, 1.0, 2}, {1.5, 1.0, -1}, {0.75, 2.0, -1}}, .transport = {}};
    picture.transport = transport_result{
        .cost = 2.25,
        .lower_bound = 1.25,
        .gradient = {},
        .plan = {{0, 1, 1}, {0, 2, 1}},
        .certificate = transport_certificate{.primal = 4321, .dual = 4321, .unit = 0.5, .pairs_priced = 2}};
    return picture;
}

} // namespace

TEST_CASE("the checker of the markup finds faults") {
    CHECK(fault_of("<p>a<b>c</b></p><meta charset=\"x\"><path d=\"M0>1\"/>") == "");
    CHECK(fault_of("<p><b></p></b>") == "</p> closes b");
    CHECK(fault_of("<p>") == "p is never closed");
    CHECK(fault_of("<p class=a></p>") != "");
    CHECK(fault_of("<p>1 < 2</p>") != "");
    CHECK(fault_of("<p>a & b</p>") != "");
    CHECK(fault_of("<p id=\"a\"></p><i id=\"a\"></i>") == "the id a twice");
}

TEST_CASE("numbers are written alike everywhere") {
    using namespace detail;
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(-1234567) == "-1,234,567");
    CHECK(grouped(-123) == "-123");
    CHECK(fixed(2.5, 3) == "2.500");
    CHECK(fixed(-0.0001, 2) == "0.00");
    CHECK(fixed(not_a_number, 2) == no_number);
    CHECK(fixed(std::numeric_limits<double>::infinity(), 2) == no_number);
    CHECK(percentage(5000, 50000) == "10.0\u00a0%");
    CHECK(percentage(0, 0) == no_number);
    CHECK(escaped("<b>&\"'\n") == "&lt;b&gt;&amp;&quot;&#39; ");
    CHECK(nlohmann::json::parse(json_string("</script>\"\\\n\x01")) == "</script>\"\\\n\x01");
    CHECK_FALSE(contains(json_string("</script>"), "<"));
}

TEST_CASE("ticks are round numbers within the axis") {
    for (const auto& [low, high] :
         {std::pair{0.0, 1.0}, {-3.7, 12.2}, {0.0, 0.0123}, {1e5, 9e5}, {5.0, 5.001}}) {
        const detail::axis x{low, high, 0, 100};
        const auto ticks = detail::ticks_of(x, 5).values;
        CHECK(ticks.size() >= 3);
        CHECK(ticks.size() <= 9);
        CHECK(ticks.front() >= low - 1e-9 * (high - low));
        CHECK(ticks.back() <= high + 1e-9 * (high - low));
        CHECK(std::is_sorted(ticks.begin(), ticks.end()));
    }
    // Values that differ in their last digits only.
    for (const double high : {1 + 2e-16, 1 + 4e-15, 1 + 1e-12})
        CHECK(detail::ticks_of({1, high, 0, 100}, 5).values.size() <= 9);
    CHECK(detail::ticks_of({1e300, 1e300 * (1 + 3e-16), 0, 100}, 5).values.size() <= 9);
    CHECK(detail::count_ticks_of({0, 2, 0, 1}, 8).values == std::vector<double>{0, 1, 2});
}

TEST_CASE("an even sample is ascending, within range and evenly spread") {
    const detail::even_sample sample{1000, 300};
    CHECK(sample.size() == 300);
    for (std::int64_t k = 1; k < sample.size(); ++k) {
        CHECK(sample(k) - sample(k - 1) >= 3);
        CHECK(sample(k) - sample(k - 1) <= 4);
    }
    CHECK(sample(299) < 1000);
    CHECK(detail::even_sample{5, 300}.size() == 5);
}

TEST_CASE("the colors of thirty classes differ") {
    std::set<std::string> colors;
    for (std::int64_t c = 0; c < 30; ++c)
        colors.insert(detail::class_color(c));
    CHECK(colors.size() == 30);
}

TEST_CASE("a report is one well-formed page with the numbers of the run") {
    const made_run run = make_run(3, 1000);
    const std::string page = page_of({.title = "cloud",
                                      .labels = run.labels,
                                      .result = run.result,
                                      .settings = {{"seed", "1"}},
                                      .picture = make_picture(),
                                      .peak_megabytes = 321.5});
    check_page(page);
    CHECK(contains(page, "Kept 999 of 3,000 samples (33.3\u00a0%), 3 filtered."));
    for (const class_summary& c : run.result.classes)
        CHECK(contains(page, "<tr><th scope=\"row\">" + std::to_string(c.label) +
                                 "</th><td>1,000</td><td>1</td><td>" + std::to_string(c.budget) +
                                 "</td><td>" + std::to_string(c.kept) +
                                 "</td><td>0</td><td>33.3\u00a0%</td></tr>"));
    CHECK(contains(page,
                   "<th scope=\"row\">all</th><td>3,000</td><td>3</td><td>999</td><td>999</td><td>0</td>"));
    CHECK(contains(page, "<th scope=\"row\">seed</th><td>1</td>"));
    CHECK(contains(page, "<li>class &lt;1&gt; &amp; others</li>"));
    CHECK(contains(page, "Signed measure of class 101"));
    CHECK(contains(page, "<td>2.250000</td>"));
    CHECK(contains(page, "<td>4,321</td>"));
    CHECK(contains(page, "<td>optimal:"));
    CHECK(contains(page, "all 2,997"));

    const nlohmann::json measured = data_of(page, "measured");
    CHECK(measured["stages"] == nlohmann::json::parse(R"([["projection",1.5],["selection",0.25]])"));
    CHECK(measured["peak_megabytes"] == 321.5);
}

TEST_CASE("the strata of every class add up to its scored and its kept samples") {
    const made_run run = make_run(3, 50);
    const nlohmann::json strata = data_of(page_of(run), "strata-data");
    REQUIRE(strata.size() == 3);
    for (std::size_t c = 0; c < 3; ++c) {
        const auto samples = strata[c]["samples"].get<std::vector<std::int64_t>>();
        const auto kept = strata[c]["kept"].get<std::vector<std::int64_t>>();
        CHECK(samples.size() == 4);
        CHECK(std::accumulate(samples.begin(), samples.end(), std::int64_t{0}) == 49);
        CHECK(std::accumulate(kept.begin(), kept.end(), std::int64_t{0}) == run.result.classes[c].kept);
    }
}

TEST_CASE("the picture's data gives every point back, to a step of its grid") {
    const made_run run = make_run(4, 40);
    const nlohmann::json data = data_of(page_of(run), "embedding-data");
    const auto places = data["places"].get<std::string>();
    const auto rows = data["rows"].get<std::string>();
    REQUIRE(places.size() == 4 * 4 * 39);
    REQUIRE(rows.size() == 5 * 4 * 39);
    CHECK(data["width"] == 4095);
    const double step = (159.0 - 4.0) / 4095;
    std::size_t point = 0;
    std::set<std::int64_t> seen;
    for (const std::size_t kind : {2U, 3U})
        for (const nlohmann::json& of_class : data["classes"])
            for (std::int64_t k = 0; k < of_class[kind].get<std::int64_t>(); ++k, ++point) {
                const std::int64_t row = base64_number(rows, 5 * point, 5);
                const auto at = static_cast<std::size_t>(row);
                seen.insert(row);
                CHECK(of_class[0] == std::to_string(run.labels[at]));
                CHECK(run.result.chosen().reasons[at] ==
                      (kind == 3 ? sample_reason::kept : sample_reason::pruned));
                CHECK(4 + step * static_cast<double>(base64_number(places, 4 * point, 2)) ==
                      doctest::Approx(run.result.embedding(row, 0)).epsilon(step));
                CHECK(-1 + step * static_cast<double>(base64_number(places, 4 * point + 2, 2)) ==
                      doctest::Approx(run.result.embedding(row, 1)).epsilon(step));
            }
    CHECK(seen.size() == 4 * 39);
}

TEST_CASE("any text may be a title, a setting or a stage") {
    made_run run = make_run(1, 4);
    run.result.times.push_back({"</script><b>", 1});
    const std::string page = page_of(
        {.title = "<b>&\"", .labels = run.labels, .result = run.result, .settings = {{"<a>", "x\"'&"}}});
    check_page(page);
    CHECK(contains(page, "<title>&lt;b&gt;&amp;&quot;</title>"));
    CHECK(contains(page, "<h1>&lt;b&gt;&amp;&quot;</h1>"));
    CHECK(contains(page, "&lt;a&gt;</th><td>x&quot;&#39;&amp;</td>"));
    CHECK(data_of(page, "measured")["stages"][2][0] == "</script><b>");
}

TEST_CASE("the same run gives the same bytes, and other times change one line") {
    made_run run = make_run(5, 30);
    const std::string page = page_of(run);
    CHECK(page == page_of(run));
    run.result.times = {{"projection", 77.0}};
    const std::vector<std::string> before = lines_of(page);
    const std::vector<std::string> after =
        lines_of(page_of({.title = "data", .labels = run.labels, .result = run.result, .peak_megabytes = 5}));
    REQUIRE(before.size() == after.size());
    std::vector<std::string> changed;
    for (std::size_t i = 0; i < before.size(); ++i)
        if (before[i] != after[i])
            changed.push_back(after[i]);
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].starts_with("<script id=\"measured\""));
    CHECK(changed[0].ends_with("</script>"));
}

TEST_CASE("the locale of the stream changes nothing") {
    struct grouping : std::numpunct<char> {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    const made_run run = make_run(2, 900);
    std::ostringstream out;
    out.imbue(std::locale(std::locale::classic(), new grouping));
    out.width(50);
    write_html_report(out, {.title = "data", .labels = run.labels, .result = run.result});
    CHECK(out.str() == page_of(run));
}

TEST_CASE("few and many classes, one sample and none") {
    for (const auto& [classes, size] :
         {std::pair<std::int64_t, std::int64_t>{1, 50}, {300, 7}, {1000, 2}, {1, 1}, {2, 1}, {0, 0}}) {
        CAPTURE(classes);
        CAPTURE(size);
        const std::string page = page_of(make_run(classes, size));
        check_page(page);
        CHECK(contains(page, classes > 30 ? ">and " : "<h2"));
        CHECK(contains(page, " more, in the list above") == (classes > 30));
    }
}

TEST_CASE("a run without a picture, a certificate or memory says so") {
    const made_run run = make_run(2, 20);
    const std::string page = page_of(run);
    CHECK(contains(page, "This run has none to show: none was made."));
    CHECK(contains(
        page_of({.title = "data", .labels = run.labels, .result = run.result, .no_picture_because = "a < b"}),
        "This run has none to show: a &lt; b."));
    CHECK(data_of(page, "measured")["peak_megabytes"].is_null());

    measure_picture picture = make_picture();
    picture.transport->certificate.reset();
    report_input input{.title = "data", .labels = run.labels, .result = run.result, .picture = picture};
    CHECK(contains(page_of(input), "none: this method does not prove its plan optimal"));
    input.picture = measure_picture{};
    check_page(page_of(input));
    CHECK(contains(page_of(input), "The measure has no atoms."));
}

TEST_CASE("a measure that the loss does not move is shown without moves and costs") {
    const made_run run = make_run(2, 20);
    measure_picture picture = make_picture();
    picture.transport.reset();
    const std::string page =
        page_of({.title = "data", .labels = run.labels, .result = run.result, .picture = picture});
    check_page(page);
    CHECK(contains(page, "Signed measure of class 101"));
    CHECK(contains(page, "<th scope=\"row\">atoms</th><td>3</td>"));
    CHECK_FALSE(contains(page, "<th scope=\"row\">cost</th>"));
    CHECK_FALSE(contains(page, "move of the plan"));
    CHECK_FALSE(contains(page, "The lines carry"));
}

TEST_CASE("a plan that is not proved optimal is not called so") {
    const made_run run = make_run(2, 20);
    measure_picture picture = make_picture();
    picture.transport->certificate->dual -= 1;
    const std::string page =
        page_of({.title = "data", .labels = run.labels, .result = run.result, .picture = picture});
    CHECK(contains(page, "not proved optimal"));
    CHECK_FALSE(contains(page, "<td>optimal:"));
}

TEST_CASE("other numbers of columns are drawn as far as they go") {
    CHECK(contains(page_of(make_run(2, 20, 5)), "The embedding has 5 columns; the first two are drawn."));
    CHECK(contains(page_of(make_run(2, 20, 1)), "The embedding has one column"));
    CHECK(contains(page_of(make_run(2, 20, 0)), "No sample has a place in the embedding."));
    for (const std::int64_t columns : {0, 1, 5})
        check_page(page_of(make_run(2, 20, columns)));
}

TEST_CASE("numbers that are not finite are left out") {
    made_run run = make_run(2, 20);
    std::fill(run.result.persistence.begin(), run.result.persistence.end(), not_a_number);
    run.result.density[5] = -std::numeric_limits<double>::infinity();
    run.result.embedding(7, 1) = std::numeric_limits<double>::infinity();
    run.result.times[0].seconds = not_a_number;
    measure_picture picture = make_picture();
    picture.measure[1].r = std::numeric_limits<double>::infinity();
    picture.transport->cost = not_a_number;
    const std::string page = page_of({.title = "data",
                                      .labels = run.labels,
                                      .result = run.result,
                                      .picture = picture,
                                      .peak_megabytes = not_a_number});
    check_page(page);
    CHECK_FALSE(contains(page, "d=\"M\u2013"));
    CHECK(data_of(page, "embedding-data")["rows"].get<std::string>().size() == 5 * 37);
    CHECK(data_of(page, "measured")["stages"][0][1].is_null());
}

TEST_CASE("beyond 200,000 points a part of the pruned ones is drawn, and the page says so") {
    const made_run run = make_run(2, 150'000);
    const std::string page = page_of(run);
    check_page(page);
    const std::int64_t kept = run.result.chosen().size();
    const std::int64_t pruned = 2 * 149'999 - kept;
    CHECK(contains(page, "Of the " + detail::grouped(pruned) + " pruned points an even sample of " +
                             detail::grouped(200'000 - kept) + " is drawn."));
    CHECK(data_of(page, "embedding-data")["places"].get<std::string>().size() == 4 * 200'000);
    CHECK(page.size() < 2'000'000);
}

TEST_CASE("parts that do not belong together are refused") {
    const made_run good = make_run(2, 10);
    const auto refused = [&](auto&& spoil) {
        made_run run = good;
        spoil(run);
        CHECK_THROWS_AS((void)page_of(run), std::invalid_argument);
    };
    refused([](made_run& run) { run.labels.pop_back(); });
    refused([](made_run& run) { run.labels[0] = 7; });
    refused([](made_run& run) { run.result.subsets[0].stratum.pop_back(); });
    refused([](made_run& run) { run.result.score.pop_back(); });
    refused([](made_run& run) { run.result.embedding.resize(3, 2); });
    refused([](made_run& run) { run.result.subsets[0].chosen.reasons.pop_back(); });
    measure_picture picture = make_picture();
    picture.transport->plan.push_back({0, 3, 1});
    CHECK_THROWS_AS(
        (void)page_of({.title = "", .labels = good.labels, .result = good.result, .picture = picture}),
        std::invalid_argument);
}
