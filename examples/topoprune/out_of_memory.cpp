// SPDX-License-Identifier: MIT
#include "out_of_memory.hpp"

#include "console.hpp"
#include "settings.hpp"

#include <topoprune/io/detail/leftovers.hpp>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace program {

namespace {

namespace fs = std::filesystem;

/// Of the whole process: a handler of the language is given nothing. Never destroyed, since threads may still
/// run when the process ends.
struct unfinished {
    std::vector<std::string> files;
    std::vector<std::string> folders; ///< the deepest first
};
std::atomic<const unfinished*> to_remove{nullptr};
std::atomic<bool> in_place{false};

/// Called by operator new in whichever thread, perhaps in several; allocates nothing.
[[noreturn]] void end_process() {
    static std::atomic_flag ending;
    while (ending.test_and_set())
        ::pause(); // the first thread ends the process
    if (const unfinished* const what = to_remove.load()) {
        for (const std::string& file : what->files)
            ::unlink(file.c_str());
        for (const std::string& folder : what->folders)
            ::rmdir(folder.c_str()); // stays if it is not empty
    }
    end_progress();
    tell("topoprune: ");
    tell(out_of_memory_message());
    tell("\n");
    std::_Exit(EXIT_FAILURE);
}

} // namespace

void end_when_out_of_memory() {
    std::set_new_handler(end_process);
}

void remove_when_out_of_memory(const output_set& outputs) {
    auto* const what = new unfinished;
    for (const std::string& name : outputs.names)
        what->files.push_back(
            (outputs.folder / topoprune::detail::unfinished_name(name, ::getpid(), 0)).string());
    if (outputs.has_manifest) {
        std::error_code ignored;
        for (auto level = fs::absolute(outputs.folder).lexically_normal();
             !fs::exists(level, ignored) && level.has_relative_path(); level = level.parent_path())
            what->folders.push_back(level.string());
    }
    to_remove = what;
}

void results_are_in_place() {
    in_place = true;
}

const char* out_of_memory_message() {
    return in_place ? "out of memory after all results were written" : "out of memory";
}

} // namespace program
