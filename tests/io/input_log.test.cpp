// SPDX-License-Identifier: MIT
#include <topoprune/io/byte_source.hpp>
#include <topoprune/io/checksum.hpp>
#include <topoprune/io/input_log.hpp>
#include <topoprune/io/table.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <thread>

#include <sys/stat.h>

using namespace topoprune;
using namespace topoprune::testing;
namespace fs = std::filesystem;

TEST_CASE("the log has the checksum of the bytes that were read, whatever becomes of the file") {
    const temporary_folder folder;
    const std::string text = "1,2\n3,4\n";
    const file_checksum plain = checksum_of_file(write_file(folder / "f.csv", text));
    const file_checksum packed = checksum_of_file(write_file(folder / "f.csv.gz", gzipped(text)));
    const input_log log;
    (void)read_features(folder / "f.csv");
    (void)read_features(folder / "f.csv.gz");
    write_file(folder / "f.csv", "5,6\n");
    fs::remove(folder / "f.csv.gz");
    REQUIRE(log.find(folder / "f.csv"));
    CHECK(log.find(folder / "f.csv")->checksum == plain);
    CHECK(log.find(folder / "f.csv")->path == fs::weakly_canonical(folder / "f.csv"));
    REQUIRE(log.find(folder / "f.csv.gz"));
    CHECK(log.find(folder / "f.csv.gz")->checksum == packed);
    CHECK(!log.find(folder / "other.csv"));
}

TEST_CASE("the log names where a link led when the file was opened") {
    const temporary_folder folder;
    write_file(folder / "one.csv", "1\n");
    write_file(folder / "two.csv", "2\n");
    fs::create_symlink(folder / "one.csv", folder / "link.csv");
    const input_log log;
    (void)read_features(folder / "link.csv");
    fs::remove(folder / "link.csv");
    fs::create_symlink(folder / "two.csv", folder / "link.csv");
    CHECK(log.find(folder / "link.csv")->path.filename() == "one.csv");
}

TEST_CASE("a file that was not read to its end is not in the log") {
    const temporary_folder folder;
    write_file(folder / "f", std::string(100000, 'x'));
    const input_log log;
    {
        byte_source source(folder / "f");
        std::vector<std::byte> some(10);
        source.read_exactly(some, "some");
    }
    CHECK(!log.find(folder / "f"));
}

TEST_CASE("a pipe is in the log, the innermost log notes, and without one nothing is noted") {
    const temporary_folder folder;
    const std::string pipe = (folder / "pipe").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const input_log outer;
    {
        const input_log inner;
        std::thread writer([&] { write_file(pipe, "1,2\n"); });
        (void)read_features(pipe);
        writer.join();
        REQUIRE(inner.find(pipe));
        CHECK(inner.find(pipe)->checksum == checksum_of_file(write_file(folder / "same", "1,2\n")));
    }
    CHECK(!outer.find(pipe));
    (void)read_features(write_file(folder / "f.csv", "1\n"));
    CHECK(outer.find(folder / "f.csv"));
}
