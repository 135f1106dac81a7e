// SPDX-License-Identifier: MIT
#include "any_transport.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "input_file.hpp"
#include "memory.hpp"
#include "run_files.hpp"
#include "sample_settings.hpp"
#include "settings.hpp"

#include <topoprune/io/atoms_csv.hpp>

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace program {

namespace {

struct transport_command_settings {
    std::string from;
    std::string to;
    transport_settings transport;
    run_settings run;
};

void transport(const transport_command_settings& settings, const command_options& command) {
    require_given("--from", !settings.from.empty());
    const any_transport policy = settings.transport.any_policy("--method");
    std::vector<std::pair<std::string, std::string>> inputs{{"from", settings.from}};
    if (!settings.to.empty())
        inputs.emplace_back("to", settings.to);
    check_files(command, inputs, std::nullopt);
    const topoprune::execution where(start_run(settings.run));
    refuse_shared_pipes({{"from", settings.from}, {"to", settings.to}});
    const topoprune::signed_measure from =
        read_for("--from", [&] { return topoprune::read_atoms_csv(settings.from); });
    const topoprune::signed_measure to =
        settings.to.empty() ? topoprune::signed_measure{}
                            : read_for("--to", [&] { return topoprune::read_atoms_csv(settings.to); });
    const auto atoms = static_cast<std::int64_t>(from.size() + to.size());
    print("{} atoms, about {} MB of memory needed\n", atoms,
          (process_bytes + transport_bytes(settings.transport.method, atoms)) >> 20);
    (void)flush_output();
    const topoprune::transport_result moved =
        settings.to.empty() ? policy.to_zero(from, where) : policy.between(from, to, where);
    end_progress();
    print("cost {:.12g}\nlower bound {:.12g}\n", moved.cost, moved.lower_bound);
    if (const auto& proof = moved.certificate)
        print("certificate: primal {} = dual {} in units of {:.6g}, gap {:.3g}, {} pairs priced\n",
              proof->primal, proof->dual, proof->unit, proof->gap, proof->pairs_priced);
    else if (const auto& bracket = moved.convergence)
        print("{} after {} iterations at epsilon {:.6g}, mass error {:.3g}\n"
              "exact cost between {:.12g} and {:.12g}, gap {:.6g}\n",
              bracket->converged ? "converged" : "not converged", bracket->iterations, bracket->epsilon,
              bracket->mass_error, bracket->dual, bracket->primal, bracket->gap);
    else if (settings.transport.method == "sliced")
        print("certificate: none, the sliced cost is a distance of its own\n");
    else
        print("certificate: none, the cost of the {} method is an upper bound\n", settings.transport.method);
}

} // namespace

void add_transport(command_options& app) {
    auto settings = std::make_shared<transport_command_settings>();
    command_options command = app.add_command(
        "transport", "prints the transport cost between two signed measures, or of one from zero");
    command.add("--from", settings->from, "atoms.csv of the measure (required)");
    command.add("--to", settings->to, "atoms.csv of the other measure [zero]");
    settings->transport.add_all_to(command, "--method");
    settings->run.add_to(command);
    command.run([settings, command] { transport(*settings, command); });
}

} // namespace program
