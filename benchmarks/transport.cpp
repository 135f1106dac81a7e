// SPDX-License-Identifier: MIT
#include "../tests/laws/measures.hpp"

#include <topoprune/transport/exact_transport.hpp>
#include <topoprune/transport/sinkhorn_transport.hpp>
#include <topoprune/transport/sliced_transport.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

/// Transport to zero on one thread, by the number of atoms of each sign. `rows` are shaped like the degree-1
/// measure of a bifiltered complex of a class (2,000 atoms of each sign for 5,000 samples); `uniform` is the
/// hard case, without rows and with long moves.
namespace {

using namespace topoprune;

signed_measure rows_of(std::int64_t pairs) {
    return measures::rows(pairs, 4, 1);
}
signed_measure uniform_of(std::int64_t pairs) {
    return measures::uniform(pairs, 1);
}

template <class Policy>
void to_zero(benchmark::State& state, const Policy& policy, signed_measure (*make)(std::int64_t)) {
    const execution one({.threads = 1});
    const signed_measure measure = make(state.range(0));
    transport_result result;
    for (auto _ : state) {
        result = policy.to_zero(measure, one);
        benchmark::DoNotOptimize(result.cost);
    }
    const double pairs = static_cast<double>(state.range(0)) * static_cast<double>(state.range(0));
    state.counters["cost"] = result.cost;
    if (result.certificate)
        state.counters["rounds"] = static_cast<double>(result.certificate->pairs_priced) / pairs;
}

template <class Norm>
void register_norm(const std::string& norm) {
    const exact_transport<Norm> exact;
    const row_transport<Norm> row;
    const sliced_transport<Norm> sliced;
    // A fixed number of iterations.
    const sinkhorn_transport<Norm> sinkhorn{.tolerance = 1e-300, .max_iterations = 100};
    const auto add = [&](const std::string& name, const auto& policy, auto make) {
        benchmark::RegisterBenchmark((name + "/" + norm).c_str(),
                                     [=](benchmark::State& state) { to_zero(state, policy, make); })
            ->Arg(400)
            ->Arg(2000)
            ->Arg(5000)
            ->Unit(benchmark::kMillisecond);
    };
    add("exact/rows", exact, rows_of);
    add("exact/uniform", exact, uniform_of);
    add("row/rows", row, rows_of);
    add("sliced/rows", sliced, rows_of);
    add("sinkhorn/uniform", sinkhorn, uniform_of);
}

[[maybe_unused]] const int registered = [] {
    register_norm<l1>("l1");
    register_norm<l2>("l2");
    register_norm<l_infinity>("linf");
    register_norm<squared_l2>("sql2");
    return 0;
}();

} // namespace
