// SPDX-License-Identifier: MIT
#include "class_like_cloud.hpp"

#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/optimize/adam.hpp>

#include <benchmark/benchmark.h>

/// The stages of one ascent step on a class of n points in the plane, one by one and together, on one thread.
/// topology_stages does the same for the points of a file.
namespace {

using namespace topoprune;

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

void adam_step(benchmark::State& state) {
    matrix<double> points = class_like_cloud(state.range(0));
    const matrix<double> gradient = signed_measure_transport<>{}.value_and_gradient(points, serial).gradient;
    auto moments = adam{}.start(points.rows(), 2);
    for (auto _ : state)
        adam{}.ascend(moments, points, gradient);
}

void whole_step(benchmark::State& state) {
    const matrix<double> points = class_like_cloud(state.range(0));
    auto moments = adam{}.start(points.rows(), 2);
    for (auto _ : state) {
        matrix<double> moved = points;
        adam{}.ascend(moments, moved,
                      signed_measure_transport<>{}.value_and_gradient(points, serial).gradient);
        benchmark::DoNotOptimize(moved.data());
    }
}

} // namespace

BENCHMARK(density)->Arg(5000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(density_pull_back)->Arg(5000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(triangulation)->Arg(5000)->Arg(50000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(signed_measure_by_duality)->Arg(5000)->Arg(200000)->Unit(benchmark::kMillisecond);
BENCHMARK(transport<l1>)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(transport<l2>)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(adam_step)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_step)->Arg(5000)->Unit(benchmark::kMillisecond);
