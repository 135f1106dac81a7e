// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "settings.hpp"

#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/atoms_csv.hpp>
#include <topoprune/io/table.hpp>

#include <fmt/format.h>

#include <memory>

namespace program {

namespace {

struct measure_settings {
    std::string points;
    std::string filtration = "weak_delaunay";
    double bandwidth = 0.4;
    int degree = 1;
    std::string out;
    run_settings run;
};

void measure(const measure_settings& settings) {
    require_given("--points", !settings.points.empty());
    require_given("--out", !settings.out.empty());
    require_choice("--filtration", settings.filtration, {"weak_delaunay"});
    require_choice("--degree", fmt::format("{}", settings.degree), {"0", "1"});
    const topoprune::execution where(start_run(settings.run));
    const topoprune::matrix<double> points = topoprune::read_points(settings.points);
    const topoprune::density_bifiltration bifiltration{
        topoprune::weak_delaunay{}, topoprune::gaussian_kde{.bandwidth = settings.bandwidth}};
    const auto complex = bifiltration.build(points, where);
    const topoprune::signed_measure atoms = topoprune::hilbert_signed_measure(complex, settings.degree);
    topoprune::atomic_file file(settings.out);
    topoprune::write_atoms_csv(file.stream(), atoms);
    where.check_interruption();
    file.commit();
    double integral = 0;
    for (const topoprune::atom& a : atoms)
        integral += a.r * a.mass;
    fmt::print(
        "{} points, {} edges, {} triangles: {} atoms of degree {}, total mass {}, integral of r {:.9g}\n{}\n",
        points.rows(), complex.edges.size(), complex.triangles.size(), atoms.size(), settings.degree,
        topoprune::total_mass(atoms), integral, settings.out);
}

} // namespace

void add_measure(CLI::App& app) {
    auto settings = std::make_shared<measure_settings>();
    CLI::App* command = app.add_subcommand(
        "measure", "writes the Hilbert signed measure of the holes of points in the plane");
    command->add_option("--points", settings->points,
                        "n x 2 points: .npy or csv, plain or gzipped (required)");
    command->add_option("--filtration", settings->filtration, "complex: weak_delaunay")
        ->capture_default_str();
    command->add_option("--bandwidth", settings->bandwidth, "bandwidth of the Gaussian density, > 0")
        ->capture_default_str();
    command->add_option("--degree", settings->degree, "degree of the homology, 0 or 1")
        ->capture_default_str();
    settings->run.add_to(*command);
    command->add_option("--out", settings->out,
                        "csv file to write: r,f,mass,edge_u,edge_v,vertex (required)");
    command->callback([settings] { measure(*settings); });
}

} // namespace program
