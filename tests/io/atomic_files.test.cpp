// SPDX-License-Identifier: MIT
#include <topoprune/io/atomic_files.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>

#include <sys/resource.h>

using namespace topoprune;
using namespace topoprune::testing;
namespace fs = std::filesystem;

namespace {

std::ptrdiff_t entries(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

/// While it lives no file of the process may grow beyond `bytes`: a small disk.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limited{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limited);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int);
};

} // namespace

TEST_CASE("a file appears with its whole content at commit, and not before") {
    const temporary_folder folder;
    const fs::path target = folder / "f.txt";
    write_file(target, "old");
    const std::string text(200000, 'x');
    {
        atomic_file file(target);
        file.stream() << 12 << ' ' << 0.5 << '\n' << text;
        CHECK(read_file(target) == "old");
        file.commit();
    }
    CHECK(read_file(target) == "12 0.5\n" + text);
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("without commit nothing changes and nothing is left") {
    const temporary_folder folder;
    write_file(folder / "f.txt", "old");
    {
        atomic_file file(folder / "f.txt");
        file.stream() << "new";
        atomic_files files(folder / "deep/run");
        files.add("a.csv") << "1";
        files.add("b.csv") << std::string(100000, '2');
        CHECK(entries(folder / "deep/run") == 2);
    }
    CHECK(read_file(folder / "f.txt") == "old");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("files of a folder appear together, and the folder with them") {
    const temporary_folder folder;
    for (const std::string name : {"run", "deep/er/run/"}) {
        atomic_files files(folder / name);
        std::ostream& first = files.add("a.csv");
        std::ostream& second = files.add("b.csv");
        second << "b";
        first << "a";
        CHECK(!fs::exists(folder / name / "a.csv"));
        files.commit();
        CHECK(read_file(folder / name / "a.csv") == "a");
        CHECK(read_file(folder / name / "b.csv") == "b");
        CHECK(entries(folder / name) == 2);
    }
}

TEST_CASE("a folder that was there keeps what was in it") {
    const temporary_folder folder;
    write_file(folder / "other", "kept");
    {
        atomic_files files(folder.path());
    }
    CHECK(read_file(folder / "other") == "kept");
    fs::create_directory(folder / "empty");
    {
        atomic_files files(folder / "empty");
    }
    CHECK(fs::is_directory(folder / "empty"));
}

TEST_CASE("two writers of one target do not meet before they commit") {
    const temporary_folder folder;
    atomic_file one(folder / "f");
    atomic_file two(folder / "f");
    one.stream() << "one";
    two.stream() << "two";
    two.commit();
    CHECK(read_file(folder / "f") == "two");
    one.commit();
    CHECK(read_file(folder / "f") == "one");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("targets that cannot be files are refused by name") {
    const temporary_folder folder;
    fs::create_directory(folder / "sub");
    write_file(folder / "file", "");
    CHECK(defect([&] { atomic_file{folder / "sub"}; }) == "is a directory, must be a file");
    CHECK(defect([&] { atomic_file{folder / "sub/"}; }) == "is not the name of a file");
    CHECK(defect([&] { atomic_file{""}; }) == "is not the name of a file");
    CHECK(defect([&] { atomic_file{folder / "none/f"}; }) == "cannot be created: No such file or directory");
    CHECK(defect([&] { atomic_file{folder / "file/f"}; }) == "cannot be created: Not a directory");
    CHECK(defect([&] { atomic_file{"/dev/null"}; }) == "is a device or a pipe, must be a file");
    CHECK(defect([&] { atomic_files{folder / "file"}; }) == "is a file, must be a folder");
    CHECK(defect([&] { atomic_files{folder / "file/sub"}; }) == "cannot be created: Not a directory");
    CHECK(defect([&] { (void)atomic_files(folder.path()).add("sub"); }) == "is a directory, must be a file");
    const std::string missing = (folder / "none/f").string();
    CHECK_THROWS_WITH_AS(atomic_file{missing},
                         (missing + ": cannot be created: No such file or directory").c_str(), output_error);
    CHECK(entries(folder.path()) == 2);
}

TEST_CASE("names with folders, and names given twice, are refused") {
    const temporary_folder folder;
    atomic_files files(folder.path());
    (void)files.add("a");
    for (const std::string name : {"", "..", "sub/a", "/a", "a"})
        CHECK_THROWS_AS((void)files.add(name), std::invalid_argument);
}

TEST_CASE("a target that became a directory stops the commit before any file is in place") {
    const temporary_folder folder;
    {
        atomic_files files(folder.path());
        files.add("a") << "a";
        files.add("b") << "b";
        fs::create_directory(folder / "b");
        CHECK(defect([&] { files.commit(); }) == "is a directory, must be a file");
    }
    CHECK(!fs::exists(folder / "a"));
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a full disk is told by the write that meets it, or by the close") {
    if (!fs::exists("/dev/full"))
        return;
    const std::string full = "/dev/full: cannot be written: No space left on device";
    detail::file_buffer large("/dev/full", 0, "/dev/full");
    std::ostream stream(&large);
    stream.exceptions(std::ios::badbit);
    CHECK_THROWS_WITH_AS(stream << std::string(100000, 'x'), full.c_str(), output_error);
    detail::file_buffer small("/dev/full", 0, "/dev/full");
    small.sputn("x", 1);
    CHECK_THROWS_WITH_AS(small.close(), full.c_str(), output_error);
    detail::file_buffer letters("/dev/full", 0, "/dev/full");
    CHECK_THROWS_AS(
        [&] {
            for (int i = 0; i < 100000; ++i)
                letters.sputc('x');
        }(),
        output_error);
}

TEST_CASE("a disk that fills up leaves the old file and nothing else") {
    const temporary_folder folder;
    write_file(folder / "f", "old");
    const file_size_limit limit(150000);
    const std::string too_large = "cannot be written: File too large";
    CHECK(defect([&] {
              atomic_file file(folder / "f");
              for (int i = 0; i < 100000; ++i)
                  file.stream() << "some line\n";
              file.commit();
          }) == too_large);
    CHECK(defect([&] {
              atomic_files files(folder / "run");
              files.add("small") << "fits";
              std::ostream& large = files.add("large");
              large << std::string(149000, 'x');
              large << std::string(2000, 'x'); // waits in the buffer for commit()
              files.commit();
          }) == too_large);
    CHECK(read_file(folder / "f") == "old");
    CHECK(entries(folder.path()) == 1);
}
