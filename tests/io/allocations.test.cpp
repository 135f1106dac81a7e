// SPDX-License-Identifier: MIT
#include <topoprune/io/atomic_files.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <new>
#include <utility>

/// Wherever memory runs out while files are written, nothing is left behind.

namespace {

constexpr long all = std::numeric_limits<long>::max();

/// How many more allocations succeed in this thread.
thread_local long allocations_left = all;

/// Allows `count` allocations to `action`, and none after them; whether these were enough.
template <class Action>
bool is_enough(long count, Action&& action) {
    allocations_left = count;
    try {
        std::forward<Action>(action)();
    } catch (const std::bad_alloc&) {
        allocations_left = all;
        return false;
    }
    allocations_left = all;
    return true;
}

/// The fewest allocations with which `action` succeeds; `unchanged` is told of every failure before.
template <class Action, class Unchanged>
long fewest_allocations(const Action& action, const Unchanged& unchanged) {
    for (long count = 0; count < 10000; ++count) {
        if (is_enough(count, action))
            return count;
        unchanged(count);
    }
    return all;
}

} // namespace

void* operator new(std::size_t bytes) {
    if (allocations_left == 0)
        throw std::bad_alloc();
    if (allocations_left != all)
        --allocations_left;
    if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes))
        return memory;
    throw std::bad_alloc();
}

void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    try {
        return operator new(bytes);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

TEST_CASE("wherever memory runs out, a file is not there, and nothing is left of it") {
    const topoprune::testing::temporary_folder folder;
    const auto write = [&] {
        topoprune::atomic_file file(folder / "f.txt");
        file.stream() << std::string(100000, 'x');
        file.commit();
    };
    const long fewest = fewest_allocations(write, [&](long count) {
        CAPTURE(count);
        CHECK(std::filesystem::is_empty(folder.path()));
    });
    CHECK(fewest > 3);
    CHECK(fewest < all);
    CHECK(std::filesystem::file_size(folder / "f.txt") == 100000);
}

TEST_CASE("wherever memory runs out, neither the files nor the folders for them are left") {
    const topoprune::testing::temporary_folder folder;
    const auto write = [&] {
        topoprune::atomic_files files(folder / "of" / "one" / "run");
        files.add("kept.txt") << 12;
        files.add("manifest.json") << files.written().size();
        files.commit();
    };
    const long fewest = fewest_allocations(write, [&](long count) {
        CAPTURE(count);
        CHECK(std::filesystem::is_empty(folder.path()));
        std::filesystem::remove_all(folder / "of");
    });
    CHECK(fewest > 10);
    CHECK(fewest < all);
    CHECK(topoprune::testing::read_file(folder / "of" / "one" / "run" / "kept.txt") == "12");
}
