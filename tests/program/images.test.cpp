// SPDX-License-Identifier: MIT
#include "program/workplace.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace program_tests;

namespace {

std::string npy_file(const std::string& type, const std::string& shape, std::size_t bytes) {
    const std::string text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    std::string file("\x93NUMPY\1\0", 8);
    file += static_cast<char>(text.size());
    file += '\0';
    file += text;
    for (std::size_t k = 0; k < bytes; ++k)
        file += static_cast<char>(k % 251);
    return file;
}

std::string write_images(const workplace& place, const std::string& name, const std::string& bytes) {
    std::ofstream(place.folder / name, std::ios::binary) << bytes;
    return " --images " + place.path(name);
}

std::int64_t count_in(const std::string& text, const std::string& part) {
    std::int64_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

} // namespace

TEST_CASE("prune shows the images it is given, the same on any number of threads and from its manifest") {
    const workplace place;
    const std::string images =
        write_images(place, "images.npy", npy_file("|u1", "(240, 5, 4, 3)", 240 * 5 * 4 * 3));
    const std::string keep = "prune " + place.inputs() + "--projection pca --keep 0.25";
    const outcome first = run(keep + images + " --threads 1 --out " + place.path("a"));
    INFO(first.output);
    REQUIRE(first.status == 0);
    const std::string page = bytes_of(place.folder / "a" / "report.html");
    CHECK(page.find("<section id=\"samples\"") != std::string::npos);
    CHECK(page.find("<figure id=\"embedding-picture\"") != std::string::npos);
    // Ten each: most and least typical kept and pruned ones of two classes, filtered ones of one.
    CHECK(count_in(page, "<img width=\"48\" height=\"60\"") == 70);
    const auto manifest = nlohmann::json::parse(bytes_of(place.folder / "a" / "manifest.json"));
    CHECK(manifest["inputs"]["images"]["path"] == fs::weakly_canonical(place.path("images.npy")).string());
    CHECK(manifest["options"]["images"] == manifest["inputs"]["images"]["path"]);

    const outcome again =
        run("prune --config " + place.path("a") + "/manifest.json --threads 3 --out " + place.path("b"));
    INFO(again.output);
    REQUIRE(again.status == 0);
    check_same_results(place.folder / "a", place.folder / "b");

    const outcome plain = run(keep + " --out " + place.path("c"));
    REQUIRE(plain.status == 0);
    for (const char* name : {"kept.npy", "selection.csv", "scores.csv", "embedding.npy"})
        CHECK(bytes_of(place.folder / "a" / name) == bytes_of(place.folder / "c" / name));
    CHECK(bytes_of(place.folder / "c" / "report.html").find("id=\"samples\"") == std::string::npos);
    CHECK(bytes_of(place.folder / "c" / "manifest.json").find("images") == std::string::npos);

    write_images(place, "images.npy", npy_file("|u1", "(240, 5, 4)", 240 * 5 * 4));
    check_refused(place, "prune --config " + place.path("a") + "/manifest.json --out " + place.path("x"),
                  "has changed since the manifest was written");
}

TEST_CASE("the estimate of the memory counts the images") {
    const workplace place;
    const auto estimated = [&](const std::string& images, const std::string& out) {
        const outcome done = run("prune " + place.inputs() + "--projection pca --keep 9" + images +
                                 " --out " + place.path(out));
        INFO(done.output);
        REQUIRE(done.status == 0);
        return nlohmann::json::parse(
                   bytes_of(place.folder / out / "manifest.json"))["measured"]["estimated_bytes"]
            .get<std::int64_t>();
    };
    const std::int64_t none = estimated("", "a");
    const std::int64_t bytes = 240 * 100 * 100;
    CHECK(estimated(write_images(place, "u.npy", npy_file("|u1", "(240, 100, 100)", bytes)), "b") ==
          none + bytes);
    matrix<float> floats = matrix<float>::Zero(240, 10000);
    floats(3, 7) = 1;
    place.write("f.npy", matrix_view<const float>(floats));
    std::string file = bytes_of(place.folder / "f.npy");
    const std::string shape = "(240, 10000), }   ";
    REQUIRE(file.find(shape) != std::string::npos);
    file.replace(file.find(shape), shape.size(), "(240, 100, 100), }");
    CHECK(estimated(write_images(place, "f.npy", file), "c") > none + 4 * bytes);
    CHECK(bytes_of(place.folder / "c" / "report.html")
              .find("The numbers of the images are scaled: 0, the least") != std::string::npos);
}

TEST_CASE("images that do not fit the samples or are none are refused before the run") {
    const workplace place;
    const std::string good = npy_file("|u1", "(240, 4, 4)", 240 * 16);
    const std::vector<std::pair<std::string, std::string>> cases{
        {npy_file("|u1", "(239, 4, 4)", 239 * 16),
         "--images " + place.path("wrong.npy") + " has 239 images, must be as many as the features, 240"},
        {npy_file("|u1", "(240, 16)", 240 * 16), "wrong.npy: shape (240, 16) of uint8 is no stack of images"},
        {npy_file("|u1", "(240, 3, 4, 4)", 240 * 48), "is no stack of images, must be of shape"},
        {npy_file("<i8", "(240, 2, 1)", 240 * 16), "wrong.npy: dtype is int64, must be uint8 or a float"},
        {good.substr(0, good.size() - 1), "wrong.npy: truncated: shape (240, 4, 4) of uint8 needs"},
        {good + "x", "wrong.npy: too long: shape (240, 4, 4) of uint8 needs"},
        {"1,2,3\n", "wrong.npy: is text, must be an array in .npy or idx"},
        {"", "wrong.npy: is empty"}};
    // So many epochs that a run would not end within the time of a test.
    const std::string long_run = "prune " + place.inputs() + "--epochs 100000000 --keep 9";
    for (const auto& [bytes, expected] : cases)
        check_refused(place, long_run + write_images(place, "wrong.npy", bytes) + " --out " + place.path("x"),
                      expected);
    check_refused(place, long_run + " --images " + place.path("none.npy") + " --out " + place.path("x"),
                  "none.npy: ");
    check_refused(place,
                  "prune --features " + place.path("features.npy") + " --pseudo-labels 2 --keep 9" +
                      write_images(place, "wrong.npy", npy_file("|u1", "(239, 4, 4)", 239 * 16)) + " --out " +
                      place.path("x"),
                  "has 239 images, must be as many as the features, 240");
}
