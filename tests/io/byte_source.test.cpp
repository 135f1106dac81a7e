// SPDX-License-Identifier: MIT
#include <topoprune/io/byte_source.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <string>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

std::string read_all(const std::filesystem::path& path) {
    byte_source source(path);
    std::string result(1 << 20, '\0');
    result.resize(source.read(std::as_writable_bytes(std::span(result))));
    source.require_end("all");
    return result;
}

std::string long_text() {
    std::string text;
    for (std::uint32_t i = 0; text.size() < 900'000; ++i)
        text += std::to_string(i * i % 1'000'003U) + "\n";
    return text;
}

} // namespace

TEST_CASE("plain and gzipped files give the same bytes, whatever their names") {
    const temporary_folder folder;
    for (const std::string& text : {std::string(), std::string("a"), std::string("\x1f"), long_text()}) {
        CHECK(read_all(write_file(folder / "plain.gz", text)) == text);
        CHECK(read_all(write_file(folder / "packed", gzipped(text))) == text);
    }
}

TEST_CASE("gzip members one after another are one text") {
    const temporary_folder folder;
    const auto path = write_file(folder / "two", gzipped("one ") + gzipped("") + gzipped("two"));
    CHECK(read_all(path) == "one two");
}

TEST_CASE("what was peeked at is still there to read") {
    const temporary_folder folder;
    for (const bool packed : {false, true}) {
        byte_source source(write_file(folder / "f", packed ? gzipped("abcdef") : "abcdef"));
        CHECK(source.peek(4).size() == 4);
        CHECK(source.peek(2)[1] == std::byte{'b'});
        CHECK(source.peek(100).size() == 6);
        std::string head(3, ' ');
        source.read_exactly(std::as_writable_bytes(std::span(head)), "the head");
        CHECK(head == "abc");
        CHECK(source.bytes_left_at_most() >= 3);
        CHECK(source.size_known() == !packed);
        CHECK(defect([&] { source.require_end("the head"); }) == "bytes follow the head");
        std::string tail(5, ' ');
        CHECK(defect([&] { source.read_exactly(std::as_writable_bytes(std::span(tail)), "the tail"); }) ==
              "truncated: the tail needs 5 bytes, only 3 there");
    }
}

TEST_CASE("a file that is not there, or is a folder, is named in one line") {
    const temporary_folder folder;
    const std::string missing = (folder / "missing.npy").string();
    CHECK_THROWS_WITH_AS(byte_source{missing},
                         (missing + ": cannot be opened: No such file or directory").c_str(), input_error);
    CHECK_THROWS_WITH_AS(byte_source{folder.path()},
                         (folder.path().string() + ": is a directory, must be a file").c_str(), input_error);
}

TEST_CASE("gzip data cut at any place is told to be truncated") {
    const temporary_folder folder;
    const std::string packed = gzipped("some text that is packed, some text that is packed");
    for (std::size_t size = 2; size < packed.size(); ++size) {
        const auto path = write_file(folder / "cut", packed.substr(0, size));
        CHECK(defect([&] { read_all(path); }) == "truncated: the gzip data ends too soon");
    }
}

TEST_CASE("corrupt gzip data is told with the reason that zlib gives") {
    const temporary_folder folder;
    const std::string packed = gzipped(long_text());
    std::string damaged = packed;
    damaged[damaged.size() - 6] ^= 1;
    CHECK(defect([&] { read_all(write_file(folder / "sum", damaged)); }) ==
          "the gzip data is corrupt: incorrect data check");
    damaged = packed;
    damaged[2] = 0;
    CHECK(defect([&] { read_all(write_file(folder / "method", damaged)); }) ==
          "the gzip data is corrupt: unknown compression method");
    CHECK(defect([&] { read_all(write_file(folder / "tail", gzipped("text") + "tail")); }) ==
          "bytes that are not gzip follow the gzip data");
}

TEST_CASE("gzip cannot hold more than the bound of the bytes left") {
    const temporary_folder folder;
    const std::string zeros(50'000'000, '\0');
    const byte_source source(write_file(folder / "zeros", gzipped(zeros)));
    CHECK(source.bytes_left_at_most() >= zeros.size());
    CHECK(source.bytes_left_at_most() < 2 * zeros.size());
}
