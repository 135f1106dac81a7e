// SPDX-License-Identifier: MIT
#include "any_dataset_score.hpp"
#include "any_filter.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "data_settings.hpp"
#include "memory.hpp"
#include "run_files.hpp"

#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/csv_writer.hpp>

#include <fmt/format.h>

#include <memory>

namespace program {

namespace {

struct score_command_settings {
    data_settings data;
    std::string score;
    std::string out;
    dataset_score_settings scores;
    run_settings run;
};

void score(const score_command_settings& settings, const command_options& command) {
    require_given("--score", !settings.score.empty());
    require_given("--out", !settings.out.empty());
    settings.data.check();
    const std::vector<std::string> names = split_at_commas(settings.score);
    std::vector<any_dataset_score> policies;
    for (const std::string& name : names)
        policies.push_back(settings.scores.policy("--score", name, {}));
    command.refuse_unused(settings.scores.unused(names, "--score"));
    refuse_shared_pipes(settings.data.inputs());
    check_files(command, settings.data.inputs(), outputs_of(settings.out));
    const topoprune::execution where(start_run(settings.run));
    const data_files input(settings.data, where);
    std::int64_t needed = 0;
    for (const std::string& name : names)
        needed = std::max(needed, score_bytes(name, input.view()));
    announce_memory(input.count(), input.features.cols(),
                    process_bytes + data_bytes(input.view()) + needed +
                        8 * input.count() * std::ssize(names));

    std::vector<std::vector<double>> columns;
    for (const any_dataset_score& policy : policies)
        columns.push_back(column_of(policy, input.view(), where).values);
    std::vector<std::string> cells{"index", "label"};
    if (!input.ids.empty())
        cells.insert(cells.begin() + 1, "id");
    cells.insert(cells.end(), names.begin(), names.end());
    topoprune::atomic_file file(settings.out);
    topoprune::csv_writer table(file.stream());
    table.row_of(cells);
    for (std::size_t i = 0; i < columns.front().size(); ++i) {
        cells = {std::to_string(i), input.labels.empty() ? "" : input.names.of(input.labels[i])};
        if (!input.ids.empty())
            cells.insert(cells.begin() + 1, input.ids[i]);
        for (const std::vector<double>& column : columns)
            topoprune::append_number(cells.emplace_back(), column[i]);
        table.row_of(cells);
    }
    put_in_place(file, where);
    for (std::size_t at = 0; at < names.size(); ++at)
        print("{:>16}: high is {}\n", names[at],
              topoprune::high_end_name(settings.scores.high_end_of(names[at])));
    std::vector<std::string> notes = input.notes;
    for (std::size_t at = 0; at < names.size(); ++at)
        input.note_equal_scores(columns[at], "values of " + names[at], notes);
    for (const std::string& note : notes)
        print("  {}\n", note);
}

} // namespace

void add_score(command_options& app) {
    auto settings = std::make_shared<score_command_settings>();
    command_options command =
        app.add_command("score", "scores samples by their features or by what a classifier said of them");
    settings->data.add_to(command, "");
    command.add("--score", settings->score,
                fmt::format("some of {}, with commas between (required)",
                            fmt::join(dataset_score_settings::names(), ", ")));
    settings->scores.add_to(command);
    settings->run.add_to(command);
    command.add("--out", settings->out,
                "csv file of index, id if there are ids, label and one column a score (required)");
    command.run([settings, command] { score(*settings, command); });
}

} // namespace program
