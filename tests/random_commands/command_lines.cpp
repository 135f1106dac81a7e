// SPDX-License-Identifier: MIT
#include "command_lines.hpp"

#include <topoprune/io/npy.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace random_commands {

namespace {

using generator = std::mt19937_64;

std::size_t below(std::size_t bound, generator& random) {
    return static_cast<std::size_t>(random() % bound); // the bias is of no consequence
}

bool happens(int percent, generator& random) {
    return below(100, random) < static_cast<std::size_t>(percent);
}

template <class Values>
auto one_of(const Values& values, generator& random) {
    return *std::next(std::begin(values), static_cast<std::ptrdiff_t>(below(std::size(values), random)));
}

bool is_word_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

/// The words of a text that stand in a list of choices: before a comma, a colon or "or", or after "or".
std::vector<std::string> words_of_lists(const std::string& text) {
    std::vector<std::string> words;
    std::string word, before;
    bool after_or = false;
    for (const char c : text + ".") {
        if (is_word_letter(c) && c != '.') {
            word += c;
            continue;
        }
        if (word == "or" && !before.empty())
            words.push_back(before);
        else if (!word.empty() && (after_or || c == ',' || c == ':' || c == ';'))
            words.push_back(word);
        if (!word.empty()) {
            after_or = word == "or";
            before = std::exchange(word, {});
        }
        if (c != ' ')
            before.clear();
    }
    return words;
}

/// Small sizes, so that no value asks for hours of work, and what no number is.
std::string random_number(const std::string& type, generator& random) {
    static const std::vector<std::string> integers{"0", "1", "2", "3", "5", "10", "15"};
    static const std::vector<std::string> fractions{"0",   "0.01", "0.1", "0.25", "0.5",
                                                    "0.9", "1",    "1.5", "2",    "7"};
    static const std::vector<std::string> strange{"-1",      "",
                                                  "nan",     "inf",
                                                  "-inf",    "1e300",
                                                  "-1e300",  "1e-300",
                                                  "abc",     "007",
                                                  "0x10",    "2.5",
                                                  " 1",      "1 ",
                                                  "1e999",   "--",
                                                  "1,2",     "+3",
                                                  "-0",      "\t",
                                                  "\x1b[2J", "99999999999999999999"};
    if (happens(12, random))
        return one_of(strange, random);
    return one_of(type == "FLOAT" ? fractions : integers, random);
}

std::string random_text(const option& of, generator& random) {
    static const std::vector<std::string> strange{"",        "none", "no such choice", "0.5", "5",
                                                  "0.5,0.2", "\n",   "\xff",           "-"};
    if (of.words.empty() || happens(10, random))
        return one_of(strange, random);
    std::string text = one_of(of.words, random);
    if (happens(10, random))
        text += "," + one_of(of.words, random);
    return text;
}

template <class Value>
void write_array(const std::string& path, const Value& value) {
    std::ofstream out(path, std::ios::binary);
    topoprune::write_npy(out, value);
}

} // namespace

std::vector<option> read_options(const std::string& help) {
    std::vector<option> options;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("  --", 0) == 0) {
            std::istringstream parts(line);
            option next;
            std::string type;
            parts >> next.name;
            const std::size_t text = std::min(line.find("  ", 4), line.size());
            if (parts >> type; type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos ||
                               type.find('=') != std::string::npos) {
                const std::size_t equals = type.find('=');
                next.type = type.substr(0, equals);
                if (equals != std::string::npos && equals + 1 < type.size())
                    next.words.push_back(type.substr(equals + 1));
                std::string cross;
                int count = 0;
                if (parts >> cross >> count && cross == "x")
                    next.values = count;
            } else {
                next.values = 0;
            }
            line.erase(0, text);
            options.push_back(next);
        }
        if (options.empty())
            continue;
        for (const std::string& word : words_of_lists(line))
            options.back().words.push_back(word);
        options.back().required |= line.find("(required)") != std::string::npos;
    }
    if (options.empty())
        throw std::runtime_error("the help lists no options");
    return options;
}

file_pool::file_pool(const std::string& folder) {
    constexpr Eigen::Index n = 36, classes = 3;
    std::mt19937_64 random(5);
    const auto normal = [&] {
        double sum = -6;
        for (int k = 0; k < 12; ++k)
            sum += static_cast<double>(random() >> 11) * 0x1p-53;
        return sum;
    };
    topoprune::matrix<float> features(n, 4), logits(n, classes), dynamics(4, n * classes);
    topoprune::matrix<double> points(n, 2);
    std::vector<std::int64_t> labels, rows{1, 4, 7, 9}, other_rows{2, 4, 8};
    for (Eigen::Index i = 0; i < n; ++i) {
        labels.push_back(i % classes);
        for (Eigen::Index j = 0; j < features.cols(); ++j)
            features(i, j) = static_cast<float>(normal() + 3 * static_cast<double>(i % classes == j));
        for (Eigen::Index j = 0; j < classes; ++j)
            logits(i, j) = static_cast<float>(normal() + 2 * static_cast<double>(i % classes == j));
        points.row(i) << normal(), normal();
    }
    for (Eigen::Index i = 0; i < dynamics.size(); ++i)
        dynamics.data()[i] = static_cast<float>(normal());
    const auto path = [&](const std::string& name) {
        return (std::filesystem::path(folder) / name).string();
    };
    const auto add = [&](const std::string& name, std::initializer_list<const char*> names,
                         const auto& values) {
        write_array(path(name), values);
        for (const char* option_name : names)
            right_.push_back({option_name, path(name)});
    };
    add("features.npy", {"--features"}, topoprune::matrix_view<const float>(features));
    add("labels.npy", {"--labels", "--predictions", "--true-labels", "--strata"},
        std::span<const std::int64_t>(labels));
    add("logits.npy", {"--logits"}, topoprune::matrix_view<const float>(logits));
    add("dynamics.npy", {"--dynamics"}, topoprune::matrix_view<const float>(dynamics));
    add("points.npy", {"--points"}, topoprune::matrix_view<const double>(points));
    add("rows.npy", {"--must-keep", "--kept"}, std::span<const std::int64_t>(rows));
    add("other_rows.npy", {"--never-keep", "--other"}, std::span<const std::int64_t>(other_rows));
    const auto add_text = [&](const std::string& name, std::initializer_list<const char*> names,
                              const std::string& text) {
        std::ofstream(path(name), std::ios::binary) << text;
        for (const char* option_name : names)
            right_.push_back({option_name, path(name)});
    };
    std::string column = "score\n", table = "a,b,c,d\n";
    for (Eigen::Index i = 0; i < n; ++i) {
        column += std::to_string(normal()) + "\n";
        table +=
            std::to_string(normal()) + ",1," + std::to_string(normal()) + "," + std::to_string(i % 5) + "\n";
    }
    add_text("scores.csv", {"--scores", "--duplicate-preference"}, column);
    add_text("features.csv", {"--features"}, table);
    add_text("quota.csv", {"--quota"}, "label,count\n0,3\n1,2\n2,5\n");
    add_text("accuracy.csv", {"--class-accuracy"}, "0.9\n0.5\n0.75\n");
    add_text("from.csv", {"--from", "--to"},
             "r,f,mass,edge_u,edge_v,vertex\n0.5,1,2,-1,-1,0\n1,2,-2,0,1,2\n");
    add_text("to.csv", {"--to", "--from"},
             "r,f,mass,edge_u,edge_v,vertex\n0.25,1,1,-1,-1,0\n1,1.5,-1,0,1,2\n");
    add_text("options.json", {"--config"}, "{\"seed\": 3}\n");
    const auto add_broken = [&](const std::string& name, const std::string& text) {
        std::ofstream(path(name), std::ios::binary) << text;
        broken_.push_back(path(name));
    };
    add_broken("empty.npy", "");
    add_broken("header.csv", "a,b\n");
    add_broken("page.html", "<!DOCTYPE html><html><body>404</body></html>\n");
    add_broken("words.csv", "1,2\n3,x\n");
    add_broken("nan.csv", "1,2\nnan,2\n");
    add_broken("broken.json", "{\"seed\": ");
    broken_.push_back(path("missing.npy"));
    broken_.push_back(folder);
    topoprune::matrix<float> constant = topoprune::matrix<float>::Ones(n, 3);
    write_array(path("constant.npy"), topoprune::matrix_view<const float>(constant));
    broken_.push_back(path("constant.npy"));
    topoprune::matrix<float> huge = topoprune::matrix<float>::Constant(n, 2, 3e38F);
    write_array(path("huge.npy"), topoprune::matrix_view<const float>(huge));
    broken_.push_back(path("huge.npy"));
}

std::string file_pool::draw(const std::string& option_name, std::mt19937_64& random) const {
    std::vector<std::string> right;
    for (const entry& each : right_)
        if (each.option_name == option_name)
            right.push_back(each.path);
    if (right.empty())
        return {};
    if (happens(90, random))
        return one_of(right, random);
    return happens(50, random) ? one_of(right_, random).path : one_of(broken_, random);
}

std::vector<std::string> random_arguments(const std::string& command, const std::vector<option>& options,
                                          const file_pool& files, std::mt19937_64& random) {
    // What every run sets itself, and what makes a result depend on the machine on purpose.
    static const std::set<std::string> left_out{"--out", "--threads", "--progress", "--score-seconds"};
    std::vector<option> open;
    for (const option& each : options)
        if (!left_out.contains(each.name))
            open.push_back(each);
    const auto is_usual = [&](const option& each) {
        static const std::set<std::string> usual{"--labels", "--features", "--logits", "--keep"};
        return each.required || usual.contains(each.name) ||
               (command == "select" && each.name == "--method") ||
               (command == "score" && each.name == "--score");
    };
    std::vector<std::string> arguments{command};
    const auto give = [&](const option& each) {
        arguments.push_back(each.name);
        for (int k = 0; k < each.values; ++k) {
            const std::string file = files.draw(each.name, random);
            arguments.push_back(!file.empty()         ? file
                                : each.type == "TEXT" ? random_text(each, random)
                                                      : random_number(each.type, random));
        }
    };
    for (const option& each : open)
        if (is_usual(each) && happens(each.name == "--logits" ? 70 : 96, random)) {
            if (each.name == "--keep" && happens(80, random)) {
                static const std::array<const char*, 5> rates{"0.5", "0.1", "12", "0.75,0.25", "30,10,4"};
                arguments.insert(arguments.end(), {"--keep", one_of(rates, random)});
            } else {
                give(each);
            }
        }
    // Few: many options leave each other without effect, which is refused.
    for (std::size_t more = std::min(std::min(below(6, random), below(5, random)), below(5, random));
         more > 0; --more)
        give(one_of(open, random));
    return arguments;
}

} // namespace random_commands
