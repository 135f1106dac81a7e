// SPDX-License-Identifier: MIT
#include <topoprune/io/byte_source.hpp>
#include <topoprune/io/checksum.hpp>
#include <topoprune/io/input_place.hpp>
#include <topoprune/io/table.hpp>

#include "io/files.hpp"
#include "io/zips.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

const std::filesystem::path recorded = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "npy";

matrix<double> recorded_table() {
    matrix<double> table(3, 4);
    for (Eigen::Index i = 0; i < table.size(); ++i)
        table.data()[i] = static_cast<double>(i) / 4 - 1;
    return table;
}

std::string bytes_of_member(const std::filesystem::path& path) {
    byte_source source(path);
    std::string result(1 << 20, '\0');
    result.resize(source.read(std::as_writable_bytes(std::span(result))));
    source.require_end("all");
    return result;
}

std::string member_defect(const std::string& archive, const std::string& member = "") {
    const temporary_folder folder;
    write_file(folder / "f.zip", archive);
    return defect([&] { (void)bytes_of_member(folder / ("f.zip" + member)); });
}

std::string long_numbers() {
    std::string text;
    for (std::uint32_t i = 0; text.size() < 300'000; ++i)
        text += std::to_string(i * i % 1'000'003U) + "\n";
    return text;
}

} // namespace

TEST_CASE("what numpy.savez writes is read, by name or alone") {
    for (const std::string name : {"one.npz", "one_compressed.npz", "several.npz:x", "several.npz:x.npy",
                                   "several_compressed.npz:x"}) {
        CAPTURE(name);
        CHECK(read_matrix<double>(recorded / name) == recorded_table());
        CHECK(read_features(recorded / name) == recorded_table().cast<float>());
    }
    for (const std::string name : {"several.npz:y", "several_compressed.npz:y"})
        CHECK(read_integers(recorded / name) == std::vector<std::int64_t>{3, 1, 4});
    const std::string several = defect([] { (void)read_features(recorded / "several.npz"); });
    CHECK(several.starts_with("holds 2 arrays, one must be named behind a colon, as in "));
    CHECK(several.ends_with("several.npz:x; it has 'x', 'y'"));
    CHECK(defect([] { (void)read_features(recorded / "several.npz:z"); }) ==
          "has no member 'z', must be one of 'x', 'y'");
    CHECK(defect([] { (void)read_features(recorded / "bool.npy:z"); }) ==
          "is no zip archive, as .npz is, so that it has no member 'z'");
}

TEST_CASE("a member is read whole from every kind of archive") {
    const temporary_folder folder;
    for (const std::string& text : {std::string(), std::string("a"), long_numbers()})
        for (const zip_options& options :
             {zip_options{}, zip_options{.wide = true}, zip_options{.deflated = true},
              zip_options{.deflated = true, .wide = true},
              zip_options{.deflated = true, .described_behind = true},
              zip_options{.deflated = true, .described_behind = true, .wide = true}}) {
            CAPTURE(options.deflated);
            CAPTURE(options.described_behind);
            CAPTURE(options.wide);
            write_file(folder / "one", zipped({{"m", text}}, options));
            CHECK(bytes_of_member(folder / "one") == text);
            write_file(folder / "three",
                       zipped({{"a", "first"}, {"m.npy", text}, {"c", long_numbers()}}, options));
            CHECK(bytes_of_member(folder / "three:m") == text);
            CHECK(bytes_of_member(folder / "three:a") == "first");
            CHECK(bytes_of_member(folder / "three:c") == long_numbers());
        }
}

TEST_CASE("every byte of an archive that is cut off or wrong in size or checksum is missed") {
    const std::string text = long_numbers().substr(0, 3000);
    for (const bool packed : {false, true}) {
        const std::string archive = zipped({{"m", text}, {"n", "other"}}, {.deflated = packed});
        CHECK(member_defect(archive, ":m").empty());
        for (std::size_t size = 4; size < archive.size(); size += 7)
            CHECK(member_defect(archive.substr(0, size), ":m") != "");
        CHECK(member_defect(archive + "x", ":m") == "bytes follow the zip archive");
        std::string flipped = archive;
        flipped[100] = static_cast<char>(flipped[100] ^ 1);
        CHECK(member_defect(flipped, ":m").starts_with("the zip archive is corrupt: "));
        std::string other_checksum = archive;
        other_checksum[14] = static_cast<char>(other_checksum[14] ^ 1);
        CHECK(member_defect(other_checksum, ":m") ==
              "the zip archive is corrupt: member 'm' has another checksum than it says");
    }
    std::string longer = zipped({{"m", text}}, {.deflated = true});
    longer[22] = static_cast<char>(longer[22] + 1);
    CHECK(member_defect(longer) == "the zip archive is corrupt: member 'm' has another size than it says");
    std::string encrypted = zipped({{"m", text}});
    encrypted[6] = 1;
    CHECK(member_defect(encrypted) == "member 'm' of the zip archive is encrypted");
    std::string by_other_method = zipped({{"m", text}});
    by_other_method[8] = 12;
    CHECK(member_defect(by_other_method) ==
          "member 'm' of the zip archive is packed by method 12, must be stored or deflated");
    CHECK(member_defect(zipped({{"m", text}}, {.described_behind = true})) ==
          "member 'm' of the zip archive is stored without its size in front");
}

TEST_CASE("a member that claims to be huge takes no memory for it") {
    std::string header = "\x93NUMPY";
    const std::string dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 8), }";
    header += std::string("\x01\x00", 2) + little_endian(dictionary.size(), 2) + dictionary;
    const temporary_folder folder;
    for (const bool packed : {false, true}) {
        std::string archive = zipped({{"x.npy", header}}, {.deflated = packed});
        write_file(folder / "f.npz", archive);
        const std::string found = defect([&] { (void)read_features(folder / "f.npz"); });
        CHECK(found.find("needs 64000000000000 bytes of data") != std::string::npos);
    }
}

TEST_CASE("the archives of PyTorch and Excel are told apart") {
    const std::string torch = member_defect(zipped({{"archive/data.pkl", "x"}, {"archive/data/0", "y"}}));
    CHECK(torch.starts_with("is a file of PyTorch, must be .npy, .npz, idx or csv; to convert it: python -c "
                            "\"import numpy, torch; t = torch.load('/"));
    CHECK(torch.ends_with("numpy.save('f.npy', (t.float() if t.is_floating_point() else t).numpy())\""));
    CHECK(member_defect(zipped({{"[Content_Types].xml", "x"}})).starts_with("is a workbook of Excel"));
}

TEST_CASE("a colon belongs to the name of a file that exists, and the checksum is that of the archive") {
    const temporary_folder folder;
    write_file(folder / "a:b", "1\n");
    CHECK(read_integers(folder / "a:b") == std::vector<std::int64_t>{1});
    write_file(folder / "a", zipped({{"b", "2\n"}, {"c:d", "3\n"}}));
    CHECK(read_integers(folder / "a:b") == std::vector<std::int64_t>{1});
    CHECK(read_integers(folder / "a:c:d") == std::vector<std::int64_t>{3});
    const input_place place(folder / "a:c:d");
    CHECK(place.file == folder / "a");
    CHECK(place.member == "c:d");
    CHECK(checksum_of_file(folder / "a:c:d") == checksum_of_file(folder / "a"));
    CHECK_FALSE(input_place(folder / "none:c").member.has_value());
}
