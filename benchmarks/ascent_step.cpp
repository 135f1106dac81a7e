// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>

/// The stages of one ascent step on a class of n points in the plane, one by one and together, on one thread.
namespace {

using namespace topoprune;

/// Six overlapping blobs on a ring: as ragged as one class of a UMAP embedding.
matrix<double> class_like_cloud(std::int64_t n) {
    const random_stream random(1, 1);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::uint64_t>(4 * i);
        const double angle = static_cast<double>(random.below(at, 6)) * std::numbers::pi / 3;
        points(i, 0) = 2.2 * std::cos(angle) + 0.5 * random.normal(at + 1);
        points(i, 1) = 2.2 * std::sin(angle) + 0.5 * random.normal(at + 2);
    }
    return points;
}

const execution serial({.threads = 1});

void density(benchmark::State& state) {
    const matrix<double> points = class_like_cloud(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(gaussian_kde{}.log_density(points, serial));
}

void density_pull_back(benchmark::State& state) {
    const matrix<double> points = class_like_cloud(state.range(0));
    const std::vector<double> values = gaussian_kde{}.log_density(points, serial);
    const std::vector<double> weights(values.size(), 1.0);
    matrix<double> gradient = matrix<double>::Zero(points.rows(), 2);
    for (auto _ : state)
        gaussian_kde{}.add_pull_back(points, values, weights, gradient, serial);
}

void triangulation(benchmark::State& state) {
    const matrix<double> points = class_like_cloud(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(weak_delaunay{}.build(points, serial));
}

void signed_measure_by_duality(benchmark::State& state) {
    const auto complex = density_bifiltration<>{}.build(class_like_cloud(state.range(0)), serial);
    for (auto _ : state)
        benchmark::DoNotOptimize(hilbert_signed_measure(complex, 1));
}

template <class Norm>
void transport(benchmark::State& state) {
    const auto complex = density_bifiltration<>{}.build(class_like_cloud(state.range(0)), serial);
    const signed_measure measure = hilbert_signed_measure(complex, 1);
    for (auto _ : state)
        benchmark::DoNotOptimize(exact_transport<Norm>{}.to_zero(measure, serial));
}

void whole_step(benchmark::State& state) {
    const matrix<double> points = class_like_cloud(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(signed_measure_transport<>{}.value_and_gradient(points, serial));
}

} // namespace

BENCHMARK(density)->Arg(5000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(density_pull_back)->Arg(5000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(triangulation)->Arg(5000)->Arg(50000)->Unit(benchmark::kMillisecond);
BENCHMARK(signed_measure_by_duality)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(transport<l1>)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(transport<l2>)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_step)->Arg(5000)->Unit(benchmark::kMillisecond);
