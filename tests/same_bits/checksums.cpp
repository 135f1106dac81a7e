// SPDX-License-Identifier: MIT
// checksums features labels [logits]: prunes to a tenth with the default composition and prints the checksum
// of each of its results, one a line. tests/same_bits.sh compares what it prints when built in different
// ways.
#include <topoprune/io/table.hpp>
#include <topoprune/topoprune.hpp>

#include <cstring>
#include <exception>
#include <iostream>
#include <span>

namespace {

/// FNV-1a of the bytes, 64 bits.
template <class Number>
void print(const char* name, std::span<const Number> values) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (const std::byte b : std::as_bytes(values))
        sum = (sum ^ std::to_integer<std::uint64_t>(b)) * 0x100000001b3ULL;
    std::cout << name << ' ' << std::hex << sum << std::dec << '\n';
}

void prune(std::span<char*> files) {
    const auto features = topoprune::read_features(files[0]);
    const auto labels = topoprune::read_integers(files[1]);
    topoprune::matrix<float> logits;
    topoprune::dataset data{.features = features, .labels = labels};
    if (files.size() > 2) {
        logits = topoprune::read_features(files[2]);
        data.logits = logits;
    }
    const topoprune::pruning result =
        topoprune::pruner{}.run(data, topoprune::keep_fraction{0.1}, {.seed = 1});
    print<double>("embedding", {result.embedding.data(), static_cast<std::size_t>(result.embedding.size())});
    print<double>("persistence", result.persistence);
    print<double>("density", result.density);
    print<double>("score", result.score);
    print<std::int64_t>("kept", result.chosen().kept);
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3 || count > 4) {
        std::cerr << "usage: checksums features labels [logits]\n";
        return 2;
    }
    try {
        prune({arguments + 1, arguments + count});
    } catch (const std::exception& error) {
        std::cerr << "checksums: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
