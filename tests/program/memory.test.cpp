// SPDX-License-Identifier: MIT
#include "workplace.hpp"

#include <topoprune/core/random.hpp>

#include <cstdlib>

#include <fcntl.h>
#include <sys/resource.h>

using namespace program_tests;
using namespace topoprune;

namespace {

struct memory_of_run {
    double told = 0;    ///< MB, "about ... MB of memory needed"
    double largest = 0; ///< MB that the process had at most
    std::string output;
};

/// Runs the program, not through a shell, whose memory would count.
memory_of_run run_measured(std::vector<std::string> arguments, const fs::path& output) {
    arguments.insert(arguments.begin(), TOPOPRUNE_PROGRAM);
    std::vector<char*> raw;
    for (std::string& each : arguments)
        raw.push_back(each.data());
    raw.push_back(nullptr);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        execv(TOPOPRUNE_PROGRAM, raw.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    REQUIRE(wait4(child, &status, 0, &usage) == child);
    memory_of_run result{.output = bytes_of(output)};
    INFO(result.output);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);
    const std::size_t about = result.output.find("about ");
    REQUIRE(about != std::string::npos);
    result.told = std::strtod(result.output.c_str() + about + 6, nullptr);
    result.largest = static_cast<double>(usage.ru_maxrss) / 1024;
    return result;
}

} // namespace

TEST_CASE("every command tells the memory that it needs, within a factor of 1.5") {
    const workplace place;
    constexpr Eigen::Index n = 12000, d = 96;
    matrix<float> features(n, d);
    matrix<double> points(n, 2);
    std::vector<std::int64_t> labels, kept;
    const random_stream random(7, 1);
    std::uint64_t drawn = 0;
    const auto uniform = [&] { return 2 * random.uniform(drawn++) - 1; };
    for (Eigen::Index i = 0; i < n; ++i) {
        labels.push_back(i % 8);
        for (Eigen::Index j = 0; j < d; ++j)
            features(i, j) = static_cast<float>(uniform() + (j % 8 == i % 8 ? 2 : 0));
        points.row(i) << 10 * uniform(), 10 * uniform();
    }
    for (std::int64_t i = 0; i < n; i += 10)
        kept.push_back(i);
    place.write("many.npy", matrix_view<const float>(features));
    place.write("many_labels.npy", std::span<const std::int64_t>(labels));
    place.write("many_points.npy", matrix_view<const double>(points));
    place.write("many_kept.npy", std::span<const std::int64_t>(kept));
    const std::vector<std::string> data{"--features", place.path("many.npy"), "--labels",
                                        place.path("many_labels.npy")};
    const auto with_data = [&](std::vector<std::string> arguments, const std::vector<std::string>& more) {
        arguments.insert(arguments.end(), data.begin(), data.end());
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    };
    const std::vector<std::vector<std::string>> commands{
        with_data({"prune"}, {"--keep", "0.1", "--epochs", "5", "--steps", "1", "--out", place.path("run")}),
        with_data({"select", "--method", "random"}, {"--keep", "0.1", "--out", place.path("random.npy")}),
        with_data({"select", "--method", "coverage"}, {"--keep", "0.1", "--out", place.path("coverage.npy")}),
        // Without labels, and with one pool, all samples are drawn at a time.
        {"select", "--features", place.path("many.npy"), "--selector", "coverage", "--keep", "0.1", "--out",
         place.path("pool.npy")},
        {"select", "--features", place.path("many.npy"), "--selector", "k-center", "--keep", "0.1", "--out",
         place.path("centers.npy")},
        with_data({"select", "--selector", "facility-location", "--pool", "all"},
                  {"--keep", "0.1", "--out", place.path("all.npy")}),
        with_data({"score", "--score", "knn-shapley"}, {"--out", place.path("shapley.csv")}),
        with_data({"score", "--score", "zcore"}, {"--out", place.path("zcore.csv")}),
        {"project", "--features", place.path("many.npy"), "--method", "pca", "--out", place.path("pca.npy")},
        {"project", "--features", place.path("many.npy"), "--epochs", "5", "--out", place.path("umap.npy")},
        {"measure", "--points", place.path("many_points.npy"), "--out", place.path("atoms.csv")},
        {"measure", "--points", place.path("many_points.npy"), "--degree", "0", "--out",
         place.path("atoms_0.csv")},
        {"measure", "--points", place.path("many_points.npy"), "--filtration", "function_delaunay", "--out",
         place.path("function.csv")},
        {"measure", "--points", place.path("many_points.npy"), "--filtration", "function_delaunay",
         "--degree", "0", "--out", place.path("function_0.csv")},
        {"measure", "--points", place.path("many_points.npy"), "--filtration", "rips", "--threshold", "0.2",
         "--out", place.path("rips.csv")},
        {"measure", "--points", place.path("many_points.npy"), "--filtration", "rips", "--threshold", "0.3",
         "--degree", "0", "--out", place.path("rips_0.csv")},
        {"transport", "--from", place.path("atoms.csv")},
        with_data({"evaluate"}, {"--kept", place.path("many_kept.npy"), "--random-draws", "0", "--slices",
                                 "16", "--frequencies", "64"}),
    };
    for (const std::vector<std::string>& command : commands) {
        const memory_of_run found = run_measured(command, place.folder / "printed");
        CAPTURE(found.output);
        CAPTURE(found.told);
        CAPTURE(found.largest);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        MESSAGE("sanitizers take memory of their own, only that something is told is checked");
        CHECK(found.told > 0);
#else
        CHECK(found.told < 1.5 * found.largest);
        CHECK(found.told > found.largest / 1.5);
#endif
    }
}
