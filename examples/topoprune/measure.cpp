// SPDX-License-Identifier: MIT
#include "any_filtration.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "input_file.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "settings.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/atoms_csv.hpp>
#include <topoprune/io/table.hpp>

#include <fmt/format.h>

#include <memory>

namespace program {

namespace {

struct measure_settings {
    std::string points;
    filtration_settings filtration;
    int degree = 1;
    std::string out;
    run_settings run;
};

void measure(const measure_settings& settings, const command_options& command) {
    require_given("--points", !settings.points.empty());
    require_given("--out", !settings.out.empty());
    require_choice("--degree", fmt::format("{}", settings.degree), {"0", "1"});
    const any_bifiltration bifiltration = settings.filtration.policy();
    command.refuse_unused(settings.filtration.unused());
    check_files(command, {{"points", settings.points}}, outputs_of(settings.out));
    const topoprune::execution where(start_run(settings.run));
    const topoprune::matrix<double> points =
        read_for("--points", [&] { return topoprune::read_points(settings.points); });
    settings.filtration.require_dimension("--points: the dimension of points", points.cols());
    settings.filtration.require_size(settings.points, points.rows(), points.cols());
    const std::string& filtration = settings.filtration.filtration;
    const std::int64_t bytes =
        filtration == "rips" ? rips_bytes(estimate_rips_size(points, settings.filtration.threshold, where),
                                          settings.degree, points.rows())
                             : measure_bytes(filtration, settings.degree, points.rows(), points.cols());
    announce_memory(points.rows(), points.cols(), process_bytes + bytes);
    const auto [atoms, edges, triangles] = bifiltration.measure(points, settings.degree, where);
    topoprune::atomic_file file(settings.out);
    topoprune::write_atoms_csv(file.stream(), atoms);
    put_in_place(file, where);
    double integral = 0;
    for (const topoprune::atom& a : atoms)
        integral += a.r * a.mass;
    print(
        "{} points, {} edges, {} triangles: {} atoms of degree {}, total mass {}, integral of r {:.9g}\n{}\n",
        points.rows(), edges, triangles, atoms.size(), settings.degree, topoprune::total_mass(atoms),
        integral, printable(settings.out));
}

} // namespace

void add_measure(command_options& app) {
    auto settings = std::make_shared<measure_settings>();
    command_options command = app.add_command(
        "measure", "writes the Hilbert signed measure of the holes or the components of points");
    command.add("--points", settings->points,
                "n x m points: .npy, .npz, idx or csv, plain or gzipped (required)");
    settings->filtration.add_to(command);
    command.add("--degree", settings->degree, "degree of the homology: 0 components, 1 holes");
    settings->run.add_to(command);
    command.add("--out", settings->out, "csv file to write: r,f,mass,edge_u,edge_v,vertex (required)");
    command.run([settings, command] { measure(*settings, command); });
}

} // namespace program
