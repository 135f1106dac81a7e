// SPDX-License-Identifier: MIT
#include <topoprune/io/atomic_files.hpp>
#include <topoprune/io/checksum.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace topoprune;
using namespace topoprune::testing;
namespace fs = std::filesystem;

namespace {

std::ptrdiff_t names_in(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

/// A process of its own that does `work` and ends.
template <class Work>
pid_t start(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (...) {
            ::_exit(1);
        }
        ::_exit(0);
    }
    return child;
}

int status_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// The number of a process that has ended.
pid_t ended_process() {
    const pid_t child = start([] {});
    (void)status_of(child);
    return child;
}

/// A set of three files of one content, the last of which vouches for the others.
void write_set(const fs::path& folder, const std::string& content) {
    atomic_files files(folder);
    for (const char* name : {"a", "b", "manifest"})
        files.add(name) << content;
    files.commit();
}

} // namespace

TEST_CASE("the process in the name of an unfinished file is read back, and from no other name") {
    CHECK(detail::unfinished_name("f.npy", 12, 3) == ".f.npy.12-3.partial");
    CHECK(detail::process_of_unfinished(".f.npy.12-3.partial") == 12);
    for (const char* name :
         {"f.npy", ".partial", ".f.partial", ".12-3.partial", "f.12-3.partial", ".f.12-.partial",
          ".f.-3.partial", ".f.12-3.partially", ".f.12x-3.partial", ".f.12-3x.partial", ".f.0-3.partial",
          ".f.12--3.partial", ".f.99999999999999-3.partial"})
        CHECK_MESSAGE(!detail::process_of_unfinished(name), name);
}

TEST_CASE("what a killed process left is removed by the next that writes there, and nothing else") {
    const temporary_folder folder;
    const pid_t ended = ended_process();
    const std::string gone = ".f." + std::to_string(ended) + "-0.partial";
    write_file(folder / gone, "half");
    const std::string of_living = ".f." + std::to_string(::getppid()) + "-0.partial";
    write_file(folder / of_living, "half");
    write_file(folder / ".notes.partial", "a person's");
    fs::create_directory(folder / (".d." + std::to_string(ended) + "-0.partial"));
    SUBCASE("one file") {
        atomic_file file(folder / "f");
        CHECK(!fs::exists(folder / gone));
        CHECK(names_in(folder.path()) == 4);
    }
    SUBCASE("a set") {
        atomic_files files(folder.path());
        CHECK(!fs::exists(folder / gone));
    }
    CHECK(read_file(folder / of_living) == "half");
    CHECK(read_file(folder / ".notes.partial") == "a person's");
    CHECK(names_in(folder.path()) == 3);
}

TEST_CASE("a file that its process still writes is locked, whatever the number in its name means here") {
    const temporary_folder folder;
    atomic_file file(folder / "f");
    file.stream() << "new";
    // As seen from another container: the number is that of no process.
    const fs::path seen = folder / detail::unfinished_name("f", ended_process(), 0);
    fs::create_hard_link(fs::directory_iterator(folder.path())->path(), seen);
    detail::remove_leftovers(folder.path());
    CHECK(fs::exists(seen));
    fs::remove(seen);
    detail::remove_leftovers(folder.path());
    file.commit();
    CHECK(read_file(folder / "f") == "new");
    CHECK(names_in(folder.path()) == 1);
}

TEST_CASE("a set that replaces another is whole wherever its process is killed") {
    const temporary_folder folder;
    const fs::path target = folder / "run";
    int manifests = 0, interrupted = 0;
    int longer = 1; // where the disk is slow, and none is whole in time
    for (int round = 0; round < 60; ++round) {
        const pid_t child = start([&] {
            for (int i = 0;; ++i)
                write_set(target, std::to_string(round) + "-" + std::to_string(i));
        });
        std::this_thread::sleep_for(std::chrono::microseconds(longer * (3000 + 731 * (round % 13))));
        ::kill(child, SIGKILL);
        CHECK(status_of(child) == 128 + SIGKILL);
        if (fs::exists(target / "manifest")) {
            ++manifests;
            longer = std::max(1, longer / 2);
            const std::string content = read_file(target / "manifest");
            CHECK(read_file(target / "a") == content);
            CHECK(read_file(target / "b") == content);
        } else {
            ++interrupted;
            longer = std::min(64, 2 * longer);
        }
    }
    CAPTURE(interrupted);
    CHECK(manifests > 0);
    write_set(target, "last");
    CHECK(names_in(target) == 3);
    CHECK(read_file(target / "a") == "last");
}

TEST_CASE("two processes that write into one folder take turns") {
    const temporary_folder folder;
    for (int round = 0; round < 10; ++round) {
        const pid_t one = start([&] {
            for (int i = 0; i < 10; ++i)
                write_set(folder.path(), "one");
        });
        const pid_t two = start([&] {
            for (int i = 0; i < 10; ++i)
                write_set(folder.path(), "two");
        });
        CHECK(status_of(one) == 0);
        CHECK(status_of(two) == 0);
        const std::string content = read_file(folder / "manifest");
        CHECK((content == "one" || content == "two"));
        CHECK(read_file(folder / "a") == content);
        CHECK(read_file(folder / "b") == content);
        CHECK(names_in(folder.path()) == 3);
    }
}

TEST_CASE("the folder is locked while a set is put in place, and free afterwards") {
    const temporary_folder folder;
    const pid_t child = start([&] {
        const detail::folder_lock lock(folder.path());
        write_file(folder / "locked", "");
        ::usleep(300000);
        write_file(folder / "unlocked", "");
    });
    while (!fs::exists(folder / "locked"))
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    write_set(folder.path(), "x");
    CHECK(fs::exists(folder / "unlocked"));
    CHECK(status_of(child) == 0);
}

TEST_CASE("a set tells the checksums of what was written into it") {
    const temporary_folder folder;
    atomic_files files(folder.path());
    files.add("check") << "123456789";
    std::ostream& large = files.add("large");
    const std::string text(200000, 'x');
    large << text;
    auto written = files.written();
    REQUIRE(written.size() == 2);
    CHECK(written[0].first == "check");
    CHECK(written[0].second.text() == "crc32:cbf43926");
    CHECK(written[1].second.bytes == 200000);
    large << "y";
    written = files.written();
    CHECK(written[1].second == checksum_of_file(write_file(folder / "same", text + "y")));
    files.commit();
    CHECK(checksum_of_file(folder / "large") == written[1].second);
}
