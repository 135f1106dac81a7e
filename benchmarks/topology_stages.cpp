// SPDX-License-Identifier: MIT
// Seconds of the stages between points in the plane and their persistence scores, for points of a file; for
// topology.py, which gives each run a process of its own. Prints lines "name value": seconds are medians over
// the repeats, by the wall clock. Everything but `score` runs on one thread.
//
//   topology_stages step --points Y.npy | --cloud N [--filtration weak_delaunay|function_delaunay]
//                        [--repeats 5] [--write FOLDER]
//       one ascent step, stage by stage and whole; writes the complex and the atoms, for other programs
//   topology_stages transport --points Y.npy | --cloud N | --uniform PAIRS [--repeats 5] [--write FOLDER]
//       the transport of the measure of the points, or of atoms uniform in a square, to zero
//   topology_stages score --points Y.npy --labels L [--threads 2] [--repeats 3]
//       the persistence scores of all classes
#include "../tests/laws/measures.hpp"
#include "class_like_cloud.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/atoms_csv.hpp>
#include <topoprune/io/table.hpp>
#include <topoprune/persistence/persistence_score.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace topoprune;

/// Options of the command line, each given once as --name value.
class settings {
public:
    settings(int count, char** words) {
        for (int i = 2; i + 1 < count; i += 2)
            values_[words[i]] = words[i + 1];
        if (count % 2 != 0)
            throw std::invalid_argument("every option has one value");
    }
    [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
        return has(name) ? values_.at(name) : otherwise;
    }
    [[nodiscard]] std::int64_t integer(const std::string& name, std::int64_t otherwise) const {
        if (!has(name))
            return otherwise;
        const std::string& word = values_.at(name);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc{} || end != word.data() + word.size())
            throw std::invalid_argument(name + " must be an integer, is " + word);
        return value;
    }

private:
    std::map<std::string, std::string> values_;
};

/// Seconds of the processor, all threads together, and of the wall clock by stage, repeat after repeat.
class stopwatch {
public:
    template <class Work>
    auto time(const std::string& stage, Work work) {
        const std::clock_t processor = std::clock();
        const auto wall = std::chrono::steady_clock::now();
        auto result = work();
        seconds_[stage + "_wall"].push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count());
        seconds_[stage + "_seconds"].push_back(static_cast<double>(std::clock() - processor) /
                                               CLOCKS_PER_SEC);
        return result;
    }
    void print() {
        for (auto& [name, seconds] : seconds_) {
            const auto middle = seconds.begin() + std::ssize(seconds) / 2;
            std::nth_element(seconds.begin(), middle, seconds.end());
            std::cout << name << ' ' << *middle << '\n';
        }
    }

private:
    std::map<std::string, std::vector<double>> seconds_;
};

template <class Value>
void print(const std::string& name, const Value& value) {
    std::cout << name << ' ' << value << '\n';
}

matrix<double> points_of(const settings& options) {
    return options.has("--cloud") ? class_like_cloud(options.integer("--cloud", 0))
                                  : read_points(options.text("--points", ""));
}

template <class Write>
void write_file(const std::filesystem::path& path, Write write) {
    atomic_file file(path);
    write(file.stream());
    file.commit();
}

void write_atoms(const settings& options, const signed_measure& measure) {
    if (options.has("--write"))
        write_file(options.text("--write", "") + "/atoms.csv",
                   [&](std::ostream& out) { write_atoms_csv(out, measure); });
}

template <BifilteredComplex C>
void write_complex(const settings& options, const C& complex) {
    if (!options.has("--write"))
        return;
    const std::filesystem::path folder = options.text("--write", "");
    const auto write_integers = [&](const char* name, const std::vector<std::int64_t>& values) {
        write_file(folder / name, [&](std::ostream& out) { write_npy(out, values); });
    };
    const auto write_grades = [&](const char* name, const std::vector<double>& values) {
        const matrix_view<const double> column(values.data(), std::ssize(values), 1);
        write_file(folder / name, [&](std::ostream& out) { write_npy(out, column); });
    };
    std::vector<std::int64_t> edges, triangles, tetrahedra;
    for (const auto& e : complex.edges)
        edges.insert(edges.end(), {e.u, e.v});
    for (const auto& t : complex.triangles)
        triangles.insert(triangles.end(), t.vertices.begin(), t.vertices.end());
    if constexpr (requires { complex.tetrahedra; })
        for (const auto& t : complex.tetrahedra)
            tetrahedra.insert(tetrahedra.end(), t.begin(), t.end());
    write_integers("edges.npy", edges);
    write_integers("triangles.npy", triangles);
    write_integers("tetrahedra.npy", tetrahedra);
    write_grades("edge_scale.npy", complex.edge_scale);
    write_grades("codensity.npy", complex.codensity);
}

/// The complex of the points with the given codensities.
auto graded(const weak_delaunay& filtration, matrix_view<const double> points, std::vector<double> codensity,
            const execution& where) {
    return bifiltered_planar_complex{filtration.build(points, where), std::move(codensity)};
}
auto graded(const function_delaunay& filtration, matrix_view<const double> points,
            const std::vector<double>& codensity, const execution& where) {
    return filtration.build(points, codensity, where);
}

void print_proof(const transport_result& moved) {
    std::cout.precision(17);
    print("cost", moved.cost);
    print("gap", moved.certificate->primal - moved.certificate->dual);
    std::cout.precision(6);
}

template <class F>
void time_step(const settings& options, const F& filtration) {
    const execution serial({.threads = 1});
    const matrix<double> points = points_of(options);
    const density_bifiltration<F> bifiltration{.filtration = filtration};
    const signed_measure_transport<density_bifiltration<F>> loss{bifiltration};
    stopwatch watch;
    for (std::int64_t repeat = 0; repeat < options.integer("--repeats", 5); ++repeat) {
        auto codensity = watch.time("density", [&] {
            std::vector<double> values = bifiltration.density.log_density(points, serial);
            for (double& value : values)
                value = -value;
            return values;
        });
        const auto complex =
            watch.time("complex", [&] { return graded(filtration, points, std::move(codensity), serial); });
        const signed_measure measure =
            watch.time("measure", [&] { return hilbert_signed_measure(complex, 1, serial); });
        const transport_result moved =
            watch.time("transport", [&] { return loss.transport.to_zero(measure, serial); });
        const matrix<double> gradient = watch.time("gradient", [&] {
            matrix<double> sum = matrix<double>::Zero(points.rows(), points.cols());
            pull_back_atoms(bifiltration, points, complex, measure, moved.gradient, sum, serial);
            return sum;
        });
        matrix<double> stepped = points;
        auto moments = adam{}.start(points.rows(), points.cols());
        watch.time("adam", [&] {
            adam{}.ascend(moments, stepped, gradient);
            return 0;
        });
        const matrix<double> at_once = watch.time(
            "step", [&] { return persistence_score{loss, adam{.steps = 1}}.ascend(points, serial); });
        if (stepped != at_once)
            throw std::logic_error("the stages one by one do not give the step as a whole");
        if (repeat > 0)
            continue;
        if (options.has("--write"))
            write_file(options.text("--write", "") + "/points.npy",
                       [&](std::ostream& out) { write_npy(out, matrix_view<const double>(points)); });
        write_complex(options, complex);
        write_atoms(options, measure);
        print("points", points.rows());
        print("edges", complex.edges.size());
        print("triangles", complex.triangles.size());
        print("atoms", measure.size());
        print("mass", total_mass(measure));
        print_proof(moved);
    }
    watch.print();
}

void step(const settings& options) {
    const std::string name = options.text("--filtration", "weak_delaunay");
    if (name == "weak_delaunay")
        time_step(options, weak_delaunay{});
    else if (name == "function_delaunay")
        time_step(options, function_delaunay{});
    else
        throw std::invalid_argument("--filtration must be weak_delaunay or function_delaunay, is " + name);
}

void transport(const settings& options) {
    const execution serial({.threads = 1});
    const signed_measure measure =
        options.has("--uniform")
            ? measures::uniform(options.integer("--uniform", 0), 1)
            : hilbert_signed_measure(density_bifiltration<>{}.build(points_of(options), serial), 1, serial);
    write_atoms(options, measure);
    stopwatch watch;
    transport_result moved;
    for (std::int64_t repeat = 0; repeat < options.integer("--repeats", 5); ++repeat)
        moved = watch.time("transport", [&] { return exact_transport<>{}.to_zero(measure, serial); });
    print("positive",
          std::count_if(measure.begin(), measure.end(), [](const atom& a) { return a.mass > 0; }));
    print("negative",
          std::count_if(measure.begin(), measure.end(), [](const atom& a) { return a.mass < 0; }));
    print_proof(moved);
    watch.print();
}

void score(const settings& options) {
    const execution where({.threads = static_cast<int>(options.integer("--threads", 2))});
    const matrix<double> points = read_points(options.text("--points", ""));
    const class_partition classes(read_labels(options.text("--labels", "")));
    stopwatch watch;
    std::vector<double> column;
    for (std::int64_t repeat = 0; repeat < options.integer("--repeats", 3); ++repeat)
        column = watch.time("score", [&] { return persistence_score<>{}.column({points, classes}, where); });
    print("samples", column.size());
    print("classes", classes.count());
    print("moved", std::count_if(column.begin(), column.end(), [](double value) { return value > 0; }));
    std::cout.precision(17);
    print("sum", std::accumulate(column.begin(), column.end(), 0.0));
    std::cout.precision(6);
    watch.print();
}

} // namespace

int main(int count, char** words) {
    const std::map<std::string, void (*)(const settings&)> works = {
        {"step", step}, {"transport", transport}, {"score", score}};
    try {
        if (count < 2 || !works.contains(words[1]))
            throw std::invalid_argument("the first word must be step, transport or score");
        works.at(words[1])(settings(count, words));
    } catch (const std::exception& problem) {
        std::cerr << "topology_stages: " << problem.what() << '\n';
        return 2;
    }
}
