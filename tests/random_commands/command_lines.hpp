// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

/// Random command lines of the program, made of what its help says of each option.
namespace random_commands {

/// An option as the help lists it: "  --name TYPE=default   text".
struct option {
    std::string name; ///< with its dashes
    std::string type; ///< "TEXT", "INT", "UINT", "FLOAT"; empty for a flag
    int values = 1;   ///< 0 for a flag
    bool required = false;
    std::vector<std::string> words; ///< the default, and the words of the lists of its text: most are choices
};

/// The options of a command from its help; throws std::runtime_error if it lists none.
[[nodiscard]] std::vector<option> read_options(const std::string& help);

/// Files that the command lines name, by the option that they are right for.
class file_pool {
public:
    /// Writes them into the folder, which must exist.
    explicit file_pool(const std::string& folder);

    /// A file for the option: mostly a right one if there is any, else one that is right for another option,
    /// is broken or does not exist. Empty if the option names no file.
    [[nodiscard]] std::string draw(const std::string& option_name, std::mt19937_64& random) const;

private:
    struct entry {
        std::string option_name;
        std::string path;
    };
    std::vector<entry> right_;
    std::vector<std::string> broken_;
};

/// The arguments of one run, --out and --threads left out. The same generator state gives the same arguments.
[[nodiscard]] std::vector<std::string> random_arguments(const std::string& command,
                                                        const std::vector<option>& options,
                                                        const file_pool& files, std::mt19937_64& random);

} // namespace random_commands
