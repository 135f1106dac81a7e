// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/io/npy.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

/// The program, run as a person runs it: exit statuses, messages, files.
namespace program_tests {

namespace fs = std::filesystem;
using topoprune::matrix;
using topoprune::matrix_view;

struct outcome {
    int status = -1;
    std::string output; ///< stdout and stderr together
};

/// Runs the program through the shell; `before` is put in front of it ("ulimit -f 1;").
inline outcome run(const std::string& arguments, const std::string& before = "") {
    const std::string command = before + " " TOPOPRUNE_PROGRAM " " + arguments + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    outcome result;
    std::array<char, 4096> chunk{};
    for (std::size_t got = 0; (got = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        result.output.append(chunk.data(), got);
    const int status = pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

inline std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A folder of inputs that goes away with the test: two rings of labeled samples, and wrong files.
struct workplace {
    fs::path folder;

    workplace() {
        folder = fs::temp_directory_path() / ("topoprune-test-" + std::to_string(getpid()));
        fs::remove_all(folder);
        fs::create_directories(folder);
        const matrix<double> ring = clouds::circle(240, 3);
        matrix<float> features(240, 3);
        std::vector<std::int64_t> labels;
        matrix<float> logits = matrix<float>::Zero(240, 2);
        for (Eigen::Index i = 0; i < 240; ++i) {
            labels.push_back(i % 2);
            features.row(i) << static_cast<float>(ring(i, 0) + 5), static_cast<float>(ring(i, 1) + 5),
                static_cast<float>(8 * (i % 2));
            logits(i, i % 10 == 0 ? 1 - i % 2 : i % 2) = 1;
        }
        write("features.npy", matrix_view<const float>(features));
        write("labels.npy", std::span<const std::int64_t>(labels));
        write("logits.npy", matrix_view<const float>(logits));
        write("points.npy", matrix_view<const double>(ring));
        labels.pop_back();
        write("short.npy", std::span<const std::int64_t>(labels));
        std::ofstream(folder / "half.csv") << "r,f,mass,edge_u,edge_v,vertex\n0,1,2,-1,-1,0\n";
        std::ofstream(folder / "cut.npy", std::ios::binary)
            << bytes_of(folder / "features.npy").substr(0, 1000);
    }
    ~workplace() { fs::remove_all(folder); }
    workplace(const workplace&) = delete;
    workplace& operator=(const workplace&) = delete;

    template <class Values>
    void write(const std::string& name, Values values) const {
        std::ofstream out(folder / name, std::ios::binary);
        topoprune::write_npy(out, values);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder / name).string(); }
    [[nodiscard]] std::string inputs() const {
        return "--features " + path("features.npy") + " --labels " + path("labels.npy") + " --logits " +
               path("logits.npy") + " --epochs 40 ";
    }
};

inline nlohmann::json without_measured(const fs::path& manifest) {
    nlohmann::json document = nlohmann::json::parse(bytes_of(manifest));
    document.erase("measured");
    return document;
}

/// The report without its one line of measured times.
inline std::string without_measured_line(const fs::path& report) {
    std::string text = bytes_of(report);
    const std::size_t begin = text.find("<script id=\"measured\"");
    REQUIRE(begin != std::string::npos);
    return text.erase(begin, text.find('\n', begin) - begin);
}

inline void check_same_results(const fs::path& a, const fs::path& b) {
    for (const char* name : {"kept.npy", "selection.csv", "scores.csv", "embedding.npy"})
        CHECK_MESSAGE(bytes_of(a / name) == bytes_of(b / name), name);
    CHECK(without_measured(a / "manifest.json") == without_measured(b / "manifest.json"));
    CHECK(without_measured_line(a / "report.html") == without_measured_line(b / "report.html"));
}

/// Ends with status 2 and one line that says what is wrong, and writes nothing to the file or folder "x".
inline void check_refused(const workplace& place, const std::string& arguments, const std::string& expected) {
    CAPTURE(arguments);
    const outcome result = run(arguments);
    CAPTURE(result.output);
    CHECK(result.status == 2);
    CHECK(result.output.find(expected) != std::string::npos);
    const std::size_t error = result.output.find("topoprune: ");
    REQUIRE(error != std::string::npos);
    CHECK(std::count(result.output.begin() + static_cast<std::ptrdiff_t>(error), result.output.end(), '\n') ==
          1);
    CHECK_FALSE(fs::exists(place.path("x")));
}

} // namespace program_tests
