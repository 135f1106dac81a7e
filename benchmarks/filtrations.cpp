// SPDX-License-Identifier: MIT
// One evaluation of a loss with its gradient under every filtration, on the same class-like cloud of n points
// and on one thread. Counters: `allocated`, the bytes asked of operator new by one evaluation, and `peak`,
// the most of them held at one time; arrays of Eigen, here the points and gradients of 16 n bytes, come from
// elsewhere and are not counted.
#include "class_like_cloud.hpp"

#include <topoprune/filtration/density_slice.hpp>
#include <topoprune/filtration/function_delaunay.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/loss/total_persistence.hpp>

#include <benchmark/benchmark.h>

#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>
#include <numbers>
#include <string>

namespace {

/// What went through operator new since `start`; for one thread.
struct allocation_counter {
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::int64_t peak = 0;

    void start() { *this = {}; }
    void add(void* place) {
        const auto bytes = static_cast<std::int64_t>(malloc_usable_size(place));
        allocated += bytes;
        held += bytes;
        peak = std::max(peak, held);
    }
    void remove(void* place) { held -= static_cast<std::int64_t>(malloc_usable_size(place)); }
};

constinit allocation_counter counter;

void* counted(void* place) {
    if (place == nullptr)
        throw std::bad_alloc();
    counter.add(place);
    return place;
}

void release(void* place) noexcept {
    counter.remove(place);
    std::free(place);
}

} // namespace

void* operator new(std::size_t bytes) {
    return counted(std::malloc(std::max<std::size_t>(bytes, 1)));
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    const auto step = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(step, (bytes + step - 1) / step * step));
}
void operator delete(void* place) noexcept {
    release(place);
}
void operator delete(void* place, std::size_t) noexcept {
    release(place);
}
void operator delete(void* place, std::align_val_t) noexcept {
    release(place);
}
void operator delete(void* place, std::size_t, std::align_val_t) noexcept {
    release(place);
}

namespace {

using namespace topoprune;

const gaussian_kde kde{.bandwidth = 0.4};
/// Of the Rips complexes: no edge is longer than 0.2.
constexpr double threshold = 0.1;

template <TopologicalLoss Loss>
void evaluate(benchmark::State& state, const Loss& loss) {
    const execution serial({.threads = 1});
    const matrix<double> points = class_like_cloud(state.range(0));
    for (auto _ : state) {
        counter.start();
        benchmark::DoNotOptimize(loss.value_and_gradient(points, serial).value);
    }
    state.counters["allocated"] = static_cast<double>(counter.allocated);
    state.counters["peak"] = static_cast<double>(counter.peak);
}

/// make(n) -> the loss for clouds of n points.
template <class Make>
void add(const std::string& name, Make make) {
    benchmark::RegisterBenchmark(name.c_str(),
                                 [=](benchmark::State& state) { evaluate(state, make(state.range(0))); })
        ->Arg(500)
        ->Arg(1000)
        ->Arg(2000)
        ->Arg(5000)
        ->Unit(benchmark::kMillisecond);
}

template <class F>
auto transport_under(const F& filtration) {
    return [=](std::int64_t) { return signed_measure_transport{density_bifiltration{filtration, kde}}; };
}

/// Holes open at the threshold are closed at a corner beyond all atoms: a point counts itself, so no
/// codensity is above log(2 pi h^2 n).
auto transport_under_rips(std::int64_t n) {
    const double last = std::log(2 * std::numbers::pi * 0.4 * 0.4 * static_cast<double>(n));
    return signed_measure_transport{density_bifiltration{rips{.threshold = threshold}, kde},
                                    exact_transport<>{.corner = {{threshold, last}}}};
}

/// Codensity 3 lets in about nine tenths of the cloud.
template <class F>
auto slice_of(const F& filtration) {
    return [=](std::int64_t) {
        return total_persistence{density_slice{density_bifiltration{filtration, kde}, 3.0}};
    };
}

[[maybe_unused]] const int registered = [] {
    add("signed_measure_transport/weak_delaunay", transport_under(weak_delaunay{}));
    add("signed_measure_transport/function_delaunay", transport_under(function_delaunay{}));
    add("signed_measure_transport/rips", transport_under_rips);
    add("total_persistence/weak_delaunay", [](std::int64_t) { return total_persistence{weak_delaunay{}}; });
    add("total_persistence/density_slice of weak_delaunay", slice_of(weak_delaunay{}));
    add("total_persistence/density_slice of function_delaunay", slice_of(function_delaunay{}));
    add("total_persistence/rips",
        [](std::int64_t) { return total_persistence{rips{.threshold = threshold}}; });
    return 0;
}();

} // namespace
