// SPDX-License-Identifier: MIT
// random_commands PROGRAM [COUNT [FIRST_SEED]]: runs the program with COUNT random command lines, made of
// what its help says, each with 1 and with 3 threads. Every run must end in time, with status 0 or 2; if with
// 2, with one line on stderr that names an option or a file of the command line and nothing written; if with
// 0, with the same bytes on both numbers of threads and no number that is not finite. Prints what failed, and
// how the runs ended; status 1 if any failed.
#include "command_lines.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using random_commands::option;

constexpr auto time_limit = std::chrono::seconds(120);

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct outcome {
    int status = -1; ///< -1: had to be ended; 128 + n: ended by the signal n
    std::string out, err;
};

outcome run(const std::string& program, std::vector<std::string> arguments, const fs::path& folder) {
    const fs::path out = folder / "stdout", err = folder / "stderr";
    arguments.insert(arguments.begin(), program);
    std::vector<char*> raw;
    for (std::string& each : arguments)
        raw.push_back(each.data());
    raw.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0)
        throw std::runtime_error("no process can be started");
    if (child == 0) {
        const int to_out = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int to_err = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, STDIN_FILENO);
        dup2(to_out, STDOUT_FILENO);
        dup2(to_err, STDERR_FILENO);
        execv(program.c_str(), raw.data());
        _exit(127);
    }
    outcome result;
    const auto end = std::chrono::steady_clock::now() + time_limit;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            status = -1;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (status != -1)
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = bytes_of(out);
    result.err = bytes_of(err);
    return result;
}

/// A text without what was measured of the run: times, memory, and the checksums of files that hold such.
std::string without_measured(const fs::path& file) {
    std::string text = bytes_of(file);
    if (file.extension() == ".json") {
        nlohmann::ordered_json document = nlohmann::ordered_json::parse(text);
        for (const char* name : {"measured", "outputs"})
            document.erase(name);
        return document.dump(1);
    }
    if (file.extension() == ".html")
        if (const std::size_t begin = text.find("<script id=\"measured\""); begin != std::string::npos)
            text.erase(begin, text.find('\n', begin) - begin);
    return text;
}

/// Every file of a folder by name.
std::map<std::string, std::string> results_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (fs::exists(folder))
        for (const auto& each : fs::recursive_directory_iterator(folder))
            if (each.is_regular_file())
                files[fs::relative(each.path(), folder).string()] = without_measured(each.path());
    return files;
}

/// A field of a table, or a word of what was printed, that is nan, or inf where that is no answer.
bool holds_no_number(const std::string& text, bool infinite_is_an_answer) {
    std::string field;
    for (const char c : text + ",")
        if (std::strchr(", \t\n", c) == nullptr) {
            field += c;
        } else {
            const std::string number = field.substr(!field.empty() && field.front() == '-' ? 1 : 0);
            if (number == "nan" || (number == "inf" && !infinite_is_an_answer))
                return true;
            field.clear();
        }
    return false;
}

/// Numbers of a written array, float64 or int64, that are not finite.
std::ptrdiff_t not_finite(const std::string& bytes) {
    if (bytes.size() < 10 || bytes.find("'<f8'") == std::string::npos)
        return 0;
    const std::size_t header =
        10 + static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    std::ptrdiff_t count = 0;
    for (std::size_t at = header; at + 8 <= bytes.size(); at += 8) {
        double value = 0;
        std::memcpy(&value, bytes.data() + at, sizeof value);
        count += !(value - value == 0);
    }
    return count;
}

/// Rows of a table whose field in the column is empty.
std::ptrdiff_t empty_fields(const std::string& table, const std::string& column) {
    std::istringstream lines(table);
    std::string line, field;
    std::getline(lines, line);
    std::istringstream header(line);
    std::ptrdiff_t place = 0;
    while (std::getline(header, field, ',') && field != column)
        ++place;
    std::ptrdiff_t count = 0;
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        for (std::ptrdiff_t at = 0; at <= place; ++at)
            if (!std::getline(fields, field, ','))
                field.clear();
        count += field.empty();
    }
    return count;
}

/// What is wrong with the numbers of the files; empty if nothing is. A sample that the filter dropped is not
/// embedded: its two coordinates are NaN, and its persistence is empty.
std::string defect_of_numbers(const std::string& command, const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files) {
        const std::string extension = fs::path(name).extension().string();
        if (extension == ".csv" && holds_no_number(bytes, command == "evaluate"))
            return name + " holds a number that is not finite";
        if (command == "prune" && fs::path(name).filename() == "embedding.npy") {
            const auto scores = files.find((fs::path(name).parent_path() / "scores.csv").string());
            const std::ptrdiff_t dropped =
                scores == files.end() ? 0 : empty_fields(scores->second, "persistence");
            if (dropped == 0 ? not_finite(bytes) != 0 : not_finite(bytes) % dropped != 0)
                return name + " holds a number that is not finite";
            continue;
        }
        if (extension == ".npy" && not_finite(bytes) != 0)
            return name + " holds a number that is not finite";
    }
    return {};
}

class trial {
public:
    trial(std::string program, const std::map<std::string, std::vector<option>>& commands,
          const fs::path& folder)
        : program_(std::move(program)), commands_(commands), folder_(folder),
          inputs_((folder / "inputs").string()) {}

    /// What is wrong with the command line of this seed; empty if nothing is.
    std::string carry_out(std::uint64_t seed, std::map<std::string, int>& ended) {
        std::mt19937_64 random(seed);
        auto command = commands_.begin();
        std::advance(command, static_cast<std::ptrdiff_t>(random() % commands_.size()));
        arguments_ = random_commands::random_arguments(command->first, command->second, inputs_, random);
        const bool writes = std::any_of(command->second.begin(), command->second.end(),
                                        [](const option& each) { return each.name == "--out"; });
        const std::string name =
            command->first == "prune" || command->first == "select" ? "kept.npy" : "result";
        std::map<std::string, std::string> first_files;
        outcome first;
        for (const int threads : {1, 3}) {
            const fs::path results = folder_ / "results";
            fs::remove_all(results);
            fs::create_directories(results);
            std::vector<std::string> whole = arguments_;
            whole.insert(whole.end(), {"--threads", std::to_string(threads)});
            if (writes)
                whole.insert(
                    whole.end(),
                    {"--out", (command->first == "prune" ? results / "run" : results / name).string()});
            const outcome result = run(program_, whole, folder_);
            if (std::string defect = defect_of(result, results_of(results), results); !defect.empty())
                return defect + " (" + std::to_string(threads) + " threads)";
            if (threads == 1) {
                first = result;
                first_files = results_of(results);
                ++ended[command->first + (result.status == 0 ? ": done" : ": refused")];
            } else if (result.status != first.status || result.err != first.err) {
                return "ends otherwise on 3 threads: " + result.err;
            } else if (first_files != results_of(results)) {
                return "other bytes on 3 threads";
            } else if (command->first == "transport" && result.out != first.out) {
                return "other output on 3 threads: " + result.out;
            }
        }
        return {};
    }

    /// The last command line, as it can be given to a shell.
    [[nodiscard]] std::string shown() const {
        std::string text = program_;
        for (const std::string& each : arguments_) {
            text += " $'";
            for (const char c : each)
                if (static_cast<unsigned char>(c) < 32 || static_cast<unsigned char>(c) > 126 || c == '\'') {
                    constexpr const char* digits = "0123456789abcdef";
                    text += std::string("\\x") + digits[static_cast<unsigned char>(c) / 16] +
                            digits[static_cast<unsigned char>(c) % 16];
                } else {
                    text += c;
                }
            text += "'";
        }
        return text;
    }

private:
    std::string defect_of(const outcome& result, const std::map<std::string, std::string>& files,
                          const fs::path& results) const {
        if (result.status == 0)
            return holds_no_number(result.out, arguments_.front() == "evaluate")
                       ? "prints a number that is not finite: " + result.out
                       : defect_of_numbers(arguments_.front(), files);
        if (result.status != 2)
            return "ends with status " + std::to_string(result.status) + ": " + result.err;
        if (!files.empty())
            return "is refused but leaves " + files.begin()->first;
        if (!fs::is_empty(results))
            return "is refused but leaves a folder";
        if (std::count(result.err.begin(), result.err.end(), '\n') != 1 ||
            result.err.rfind("topoprune: ", 0) != 0)
            return "is not refused in one line: " + result.err;
        if (std::any_of(result.err.begin(), result.err.end() - 1,
                        [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }))
            return "prints control bytes";
        return names_what_was_typed(result.err) ? ""
                                                : "names neither an option nor a file typed: " + result.err;
    }

    /// An option or a file of the command line, or a required option that is not there.
    [[nodiscard]] bool names_what_was_typed(const std::string& message) const {
        for (const std::string& each : arguments_)
            if (each.size() > 2 && (each.rfind("--", 0) == 0 || each.rfind(inputs_folder(), 0) == 0) &&
                message.find(each) != std::string::npos)
                return true;
        for (const option& each : commands_.at(arguments_.front()))
            if (message.find(each.name + " is missing") != std::string::npos)
                return true;
        return false;
    }

    [[nodiscard]] std::string inputs_folder() const { return (folder_ / "inputs").string(); }

    std::string program_;
    const std::map<std::string, std::vector<option>>& commands_;
    fs::path folder_;
    random_commands::file_pool inputs_;
    std::vector<std::string> arguments_;
};

int try_all(const std::string& program, int count, std::uint64_t first_seed) {
    const fs::path folder = fs::temp_directory_path() / ("topoprune-commands-" + std::to_string(getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder / "inputs");
    std::map<std::string, std::vector<option>> commands;
    for (const char* name : {"prune", "select", "score", "project", "measure", "transport", "evaluate"}) {
        const outcome help = run(program, {name, "--help"}, folder);
        if (help.status != 0)
            throw std::runtime_error(std::string("the help of ") + name + " ends with " +
                                     std::to_string(help.status));
        commands[name] = random_commands::read_options(help.out);
    }
    trial next(program, commands, folder);
    std::map<std::string, int> ended;
    int failed = 0;
    for (int k = 0; k < count; ++k) {
        const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(k);
        if (const std::string defect = next.carry_out(seed, ended); !defect.empty()) {
            ++failed;
            std::cout << "seed " << seed << ": " << defect << "\n  " << next.shown() << '\n' << std::flush;
        }
    }
    fs::remove_all(folder);
    for (const auto& [how, times] : ended)
        std::cout << how << ' ' << times << '\n';
    std::cout << count - failed << " of " << count << " command lines as they must be\n";
    // Command lines that are nearly all refused would show little.
    for (const auto& [name, unused] : commands)
        if (count >= 200 && ended[name + ": done"] < count / 100)
            throw std::runtime_error("too few command lines of " + name + " are right");
    return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc < 2)
            throw std::runtime_error("usage: random_commands PROGRAM [COUNT [FIRST_SEED]]");
        return try_all(argv[1], argc > 2 ? std::stoi(argv[2]) : 300, argc > 3 ? std::stoull(argv[3]) : 1);
    } catch (const std::exception& error) {
        std::cerr << "random_commands: " << error.what() << '\n';
        return 2;
    }
}
