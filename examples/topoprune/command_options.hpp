// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

// NOLINTBEGIN(readability-identifier-naming): names of another library
namespace CLI {
class App;
}
// NOLINTEND(readability-identifier-naming)

namespace program {

/// An option that a choice leaves without effect.
struct unused_option {
    std::string name;   ///< without its dashes
    std::string choice; ///< "--density knn"
};

/// What a configuration file gave.
struct applied_config {
    /// The names of the options that a manifest gave: defaults of that run, which nobody asked for in this
    /// one. Empty for a file that is no manifest.
    std::set<std::string> of_manifest;
    /// By option, the checksum that the file which it names must have.
    std::map<std::string, std::string> checksums;
};

/// What is said of an input whose checksum is not the one that a manifest has.
[[nodiscard]] std::string changed_input(const std::string& found, const std::string& expected);

/// The options of the program or of one of its commands: a handle, cheap to copy, of a parser that outlives
/// it. The parser stands behind it so that one source alone compiles the parser's templates. Names of options
/// are written with their dashes.
class command_options {
public:
    explicit command_options(CLI::App& parser) : parser_(&parser) {}

    /// An option whose help ends with the value that it has now, unless that is an empty text. Value:
    /// std::string, double, int, std::int64_t or std::uint64_t; numbers as parse_number takes them.
    template <class Value>
    void add(const std::string& name, Value& value, const std::string& help);

    /// An option that is derived from the input unless it is given; the help must say how.
    template <class Value>
    void add(const std::string& name, std::optional<Value>& value, const std::string& help);

    /// An option of exactly so many values, given once.
    void add_list(const std::string& name, std::vector<double>& values, int count, const std::string& help);

    void add_flag(const std::string& name, bool& value, const std::string& help);

    [[nodiscard]] command_options add_command(const std::string& name, const std::string& help);

    /// What the command does once its options are read.
    void run(std::function<void()> action);

    /// Whether there is such an option.
    [[nodiscard]] bool has(const std::string& name) const;

    /// Whether the command line or a configuration file gave the option.
    [[nodiscard]] bool is_given(const std::string& name) const;

    /// Gives every option that stands in the JSON file, and was not given on the command line, its value. The
    /// file is a flat object {"option": value}, or the manifest of an earlier run. Of a manifest every file
    /// that an option names must be among its inputs, under the same path, and unchanged; `inputs` tells the
    /// files that the options name, once they have their values. Notes on stderr if another version wrote it,
    /// or if the outputs beside it are not those that it lists.
    [[nodiscard]] applied_config
    apply_config(const std::filesystem::path& file,
                 const std::function<std::vector<std::pair<std::string, std::string>>()>& inputs) const;

    /// Gives every option of the list, by its name without dashes, that was not given its value there.
    /// Returns the names of those.
    [[nodiscard]] std::set<std::string>
    apply_defaults(const std::vector<std::pair<std::string, std::string>>& values) const;

    /// Throws usage_error if one of the options was given, but for those of a manifest or a preset.
    void refuse_unused(const std::vector<unused_option>& unused,
                       const std::set<std::string>& not_asked_for = {}) const;

    /// Throws usage_error if a number that was given is not finite.
    void require_finite() const;

    /// Throws usage_error if a text that was given is no UTF-8, so that no manifest can hold it.
    void require_utf8() const;

    /// Every option by name with its value as it is now, but for those that change no result and those that
    /// are unused. Read back by apply_config, they are the same values.
    [[nodiscard]] nlohmann::ordered_json values(const std::vector<unused_option>& unused) const;

private:
    /// "file: defect" behind the option that names the file, if one does.
    [[nodiscard]] std::string with_option_of_file(const std::string& message) const;

    /// Of a JSON object {"option": value}; returns the names of those that took their value.
    std::set<std::string> apply_values(const std::filesystem::path& file, const nlohmann::json& values) const;

    CLI::App* parser_;
};

} // namespace program
