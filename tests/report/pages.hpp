// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/report/html_report.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cctype>
#include <cstdint>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// Runs to report, and what a test reads from a page.
namespace report_tests {

using namespace topoprune;

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A run of `classes` classes of `size` samples, labels 100, 101, ... row by row; of each class sample 0 is
/// filtered and every third of the others kept.
struct made_run {
    std::vector<std::int64_t> labels;
    pruning result;
};

inline made_run make_run(std::int64_t classes, std::int64_t size, std::int64_t columns = 2) {
    made_run run;
    pruning& result = run.result;
    const std::int64_t n = classes * size;
    explained_subset& subset = result.subsets.emplace_back();
    result.embedding.setConstant(n, columns, not_a_number);
    result.times = {{"projection", 1.5}, {"selection", 0.25}};
    result.notes = {"class <1> & others"};
    for (std::int64_t c = 0; c < classes; ++c)
        result.classes.push_back({.label = 100 + c, .samples = size});
    for (std::int64_t i = 0; i < n; ++i) {
        class_summary& of_class = result.classes[static_cast<std::size_t>(i % classes)];
        const std::int64_t within = i / classes;
        const bool filtered = within == 0 && size > 1;
        const bool kept = !filtered && within % 3 == 0;
        run.labels.push_back(of_class.label);
        subset.chosen.reasons.push_back(filtered ? sample_reason::misclassified
                                        : kept   ? sample_reason::kept
                                                 : sample_reason::pruned);
        of_class.filtered += filtered;
        of_class.kept += kept;
        of_class.budget += kept;
        if (kept)
            subset.chosen.kept.push_back(i);
        const auto value = static_cast<double>(i);
        for (std::int64_t k = 0; k < columns && !filtered; ++k)
            result.embedding(i, k) = k == 0 ? value : 0.5 * value - 3;
        result.persistence.push_back(filtered ? not_a_number : 0.01 * value);
        result.density.push_back(filtered ? not_a_number : -value);
        result.score.push_back(filtered ? not_a_number : value / static_cast<double>(n));
        subset.stratum.push_back(filtered ? -1 : static_cast<std::int32_t>(within % 4));
    }
    return run;
}

inline std::string page_of(const report_input& input) {
    std::ostringstream out;
    write_html_report(out, input);
    return out.str();
}

inline std::string page_of(const made_run& run) {
    return page_of({.title = "data", .labels = run.labels, .result = run.result});
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// What is wrong with the markup: a tag that closes another one, an attribute without quotes, a bare "<", an
/// unknown entity, an id that appears twice. Empty if nothing is.
inline std::string fault_of(const std::string& page) {
    static const std::set<std::string> without_content{"meta", "input", "!DOCTYPE"};
    std::vector<std::string> open;
    std::set<std::string> ids;
    for (std::size_t at = 0; at < page.size(); ++at) {
        if (page[at] == '&') {
            const std::string entity = page.substr(at, page.find(';', at) + 1 - at);
            if (!std::set<std::string>{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}.contains(entity))
                return "entity " + entity.substr(0, 20);
        }
        if (page[at] != '<')
            continue;
        const bool closes = page[at + 1] == '/';
        std::size_t end = at + (closes ? 2 : 1);
        const std::size_t begin = end;
        while (end < page.size() && (std::isalnum(static_cast<unsigned char>(page[end])) || page[end] == '!'))
            ++end;
        const std::string name = page.substr(begin, end - begin);
        if (name.empty())
            return "a bare < in " + page.substr(at, 20);
        bool quoted = false;
        for (; end < page.size() && (quoted || page[end] != '>'); ++end) {
            if (page[end] == '"')
                quoted = !quoted;
            if (!quoted && page[end] == '=' && page[end + 1] != '"')
                return "attribute without quotes in " + name;
            if (page.compare(end, 5, " id=\"") == 0 && !quoted) {
                const std::string id = page.substr(end + 5, page.find('"', end + 5) - end - 5);
                if (!ids.insert(id).second)
                    return "the id " + id + " twice";
            }
        }
        const bool closed_itself = page[end - 1] == '/';
        if (closes) {
            if (open.empty() || open.back() != name)
                return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
            open.pop_back();
        } else if (!closed_itself && !without_content.contains(name)) {
            open.push_back(name);
            if (name == "script" || name == "style") {
                end = page.find("</" + name, end) - 1;
            }
        }
        at = end;
    }
    return open.empty() ? "" : open.back() + " is never closed";
}

/// The JSON in the script element `id`.
inline nlohmann::json data_of(const std::string& page, const std::string& id) {
    const std::string tag = "<script id=\"" + id + "\" type=\"application/json\">";
    const std::size_t begin = page.find(tag) + tag.size();
    return nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

inline std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

inline std::int64_t base64_number(const std::string& text, std::size_t at, std::size_t count) {
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::int64_t number = 0;
    for (std::size_t k = at; k < at + count; ++k)
        number = number * 64 + static_cast<std::int64_t>(digits.find(text[k]));
    return number;
}

/// The page without its base64, which may spell anything.
inline std::string without_points(std::string page) {
    const std::size_t begin = page.find("\"places\":");
    if (begin != std::string::npos)
        page.erase(begin, page.find("</script>", begin) - begin);
    return page;
}

inline void check_page(const std::string& page) {
    CHECK(fault_of(page) == "");
    for (const std::string_view word : {"http", "NaN", "nan", "inf", "Inf"}) {
        CAPTURE(word);
        CHECK_FALSE(contains(without_points(page), word));
    }
    for (const std::string id : {"measured", "strata-data", "embedding-data"})
        if (contains(page, "<script id=\"" + id))
            CHECK_NOTHROW(data_of(page, id));
}

} // namespace report_tests
