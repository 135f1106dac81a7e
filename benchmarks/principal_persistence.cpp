// SPDX-License-Identifier: MIT
#include "../tests/homology/rips_oracle.hpp"

#include <topoprune/loss/sum_of_losses.hpp>
#include <topoprune/optimize/gradient_ascent.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/principal/direct_sums.hpp>
#include <topoprune/principal/principal_persistence.hpp>
#include <topoprune/principal/principal_persistence_lifetime.hpp>
#include <topoprune/principal/principal_persistence_loss.hpp>
#include <topoprune/principal/random_feature_sums.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

/// Principal persistence measures: throughput, one step of training, cost by n and by s, agreement with the
/// reduction of the full Rips complex, and how far the score of a point depends on the seed.
namespace {

using namespace topoprune;

matrix<double> circle(std::int64_t n, std::uint64_t seed, double noise) {
    const random_stream random(seed, 1);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::uint64_t>(i);
        const double angle = 2 * std::numbers::pi * random.child(0).uniform(at);
        points(i, 0) = std::cos(angle) + noise * random.child(1).normal(at);
        points(i, 1) = std::sin(angle) + noise * random.child(2).normal(at);
    }
    return points;
}

matrix<double> normal(std::int64_t n, std::int64_t dimensions, std::uint64_t seed) {
    const random_stream random(seed, 2);
    matrix<double> points(n, dimensions);
    for (std::int64_t i = 0; i < points.size(); ++i)
        points.data()[i] = random.normal(static_cast<std::uint64_t>(i));
    return points;
}

/// A class of a projection: clusters of different widths and densities.
matrix<double> class_like(std::int64_t n, std::uint64_t seed) {
    matrix<double> points = normal(n, 2, seed);
    const random_stream random(seed, 3);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto cluster = static_cast<double>(random.below(static_cast<std::uint64_t>(i), 6));
        points.row(i) *= 0.15 + 0.07 * cluster;
        points(i, 0) += 1.5 * std::cos(cluster);
        points(i, 1) += 1.5 * std::sin(cluster);
    }
    return points;
}

/// Draws subsets of degree 1 on one thread and counts those that may have a hole, in float32: the first pass
/// of every measure, which decides the rest in float64. Arguments: dimensions, points.
void count_candidates(benchmark::State& state) {
    const matrix<double> points = normal(state.range(1), state.range(0), 1);
    const detail::principal_subsets subsets(points.rows(), 1, {}, 1);
    const detail::principal_filter filter(points);
    detail::subset_block block(4);
    std::array<std::int32_t, detail::subset_block::capacity + 1> found{};
    std::int64_t first = 0;
    std::size_t count = 0;
    for (auto _ : state) {
        subsets.draw(first, block);
        count += filter.candidates(block, found.data());
        first += detail::subset_block::capacity;
    }
    state.SetItemsProcessed(first);
    state.counters["share"] = static_cast<double>(count) / static_cast<double>(first);
}
BENCHMARK(count_candidates)
    ->Args({2, 5000})
    ->Args({3, 5000})
    ->Args({64, 5000})
    ->Args({512, 5000})
    ->Args({2, 1'000'000});

/// The pairs themselves: what count_candidates finds, measured in float64. Arguments: dimensions, points,
/// samples.
void pairs_of_measure(benchmark::State& state) {
    const matrix<double> points = normal(state.range(1), state.range(0), 1);
    const execution one({.threads = 1});
    for (auto _ : state)
        benchmark::DoNotOptimize(
            principal_persistence(points, 1, {.samples = state.range(2)}, one).pairs.data());
    state.SetItemsProcessed(state.iterations() * state.range(2));
}
BENCHMARK(pairs_of_measure)
    ->Args({2, 5000, 1 << 22})
    ->Args({64, 5000, 1 << 20})
    ->Unit(benchmark::kMillisecond);

/// The value and the gradient of E[l], all in float64 but the first pass. Arguments: dimensions, points,
/// samples.
void lifetime_and_gradient(benchmark::State& state) {
    const matrix<double> points = normal(state.range(1), state.range(0), 1);
    const execution one({.threads = 1});
    const principal_persistence_lifetime loss{.sampling = {.samples = state.range(2)}};
    for (auto _ : state)
        benchmark::DoNotOptimize(loss.value_and_gradient(points, one).value);
    state.SetItemsProcessed(state.iterations() * state.range(2));
}
BENCHMARK(lifetime_and_gradient)
    ->Args({2, 5000, 1 << 20})
    ->Args({2, 100'000, 1 << 20})
    ->Args({64, 5000, 1 << 18})
    ->Unit(benchmark::kMillisecond);

/// 100 steps of the regularizer on a circle: measures of degree 0 and 1 of the points and of the target,
/// drawn anew in every step, their MMD, its gradient and a step of descent. Arguments: n, s, threads.
template <KernelSums Sums>
void hundred_steps(benchmark::State& state) {
    const matrix<double> start = circle(state.range(0), 1, 0.1);
    const matrix<double> other = circle(state.range(0), 2, 0.0);
    const execution where({.threads = static_cast<int>(state.range(2))});
    for (auto _ : state) {
        matrix<double> points = start;
        for (std::uint64_t step = 0; step < 100; ++step) {
            const auto part = [&](int degree) {
                return principal_persistence_loss<maximum_mean_discrepancy<Sums>>{
                    .degree = degree,
                    .discrepancy = {.sigma = 0.05},
                    .target = principal_persistence(
                        other, degree, {.samples = state.range(1), .step = 1'000'000 + step}, where),
                    .sampling = {.samples = state.range(1), .step = step}};
            };
            const sum_of_losses both{part(0), part(1)};
            points -= 0.05 * both.value_and_gradient(points, where).gradient;
        }
        benchmark::DoNotOptimize(points.data());
    }
}
void steps_arguments(benchmark::internal::Benchmark* one) {
    for (const std::int64_t n : {128, 256, 512, 1024, 8192, 65'536})
        one->Args({n, 1024, 2});
    for (const std::int64_t s : {512, 2048, 4096, 8192, 16'384, 32'768, 65'536})
        one->Args({1024, s, 2});
    one->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime()->Iterations(1);
}
BENCHMARK_TEMPLATE(hundred_steps, fourier_series_sums)->Apply(steps_arguments);
BENCHMARK_TEMPLATE(hundred_steps, direct_sums)
    ->Args({1024, 512, 2})
    ->Args({1024, 1024, 2})
    ->Args({1024, 2048, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(1);
BENCHMARK_TEMPLATE(hundred_steps, random_feature_sums)
    ->Args({1024, 2048, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(1);

/// Closed forms against the reduction of the full complex: random symmetric matrices, ties, points in a plane
/// and of a lattice with repeated points. Arguments: degree, trials. The counter `mismatches` must be 0.
void closed_form_against_reduction(benchmark::State& state) {
    const auto degree = static_cast<int>(state.range(0));
    const int count = 2 * degree + 2;
    const execution where;
    for (auto _ : state) {
        std::vector<std::int64_t> wrong(1000, 0);
        where.parallel_for(1000, [&](std::int64_t task) {
            const std::int64_t each = state.range(1) / 1000;
            for (std::int64_t trial = task * each; trial < (task + 1) * each; ++trial) {
                const random_stream random(static_cast<std::uint64_t>(trial), 7);
                std::vector<double> squares(static_cast<std::size_t>(count * count), 0.0);
                const auto place = [&](auto i, auto j) {
                    return static_cast<std::size_t>(i) * static_cast<std::size_t>(count) +
                           static_cast<std::size_t>(j);
                };
                const auto coordinate = [&](int point, int k) {
                    const auto at = static_cast<std::uint64_t>(1000 + 10 * point + k);
                    return trial % 4 == 2 ? random.normal(at) : static_cast<double>(random.below(at, 4));
                };
                for (int i = 0; i < count; ++i)
                    for (int j = 0; j < i; ++j) {
                        const auto at = static_cast<std::uint64_t>(place(i, j));
                        double square =
                            trial % 4 == 0 ? random.uniform(at) : static_cast<double>(random.below(at, 4));
                        if (trial % 4 >= 2)
                            square = std::pow(coordinate(i, 0) - coordinate(j, 0), 2) +
                                     std::pow(coordinate(i, 1) - coordinate(j, 1), 2);
                        squares[place(i, j)] = squares[place(j, i)] = square;
                    }
                const auto square = [&](auto i, auto j) { return squares[place(i, j)]; };
                const auto expected = rips_oracle::bars(count, degree, square);
                const auto differs = [&](const detail::squared_bar& bar) {
                    if (!bar.exists())
                        return !expected.empty();
                    return expected.size() != 1 ||
                           expected[0] != std::pair(bar.birth.square, bar.death.square);
                };
                if (degree == 0)
                    wrong[static_cast<std::size_t>(task)] +=
                        differs(detail::bar_of_two(square(0, 1))) ? 1 : 0;
                if (degree == 1)
                    wrong[static_cast<std::size_t>(task)] +=
                        differs(detail::bar_of_four({square(0, 1), square(2, 3), square(0, 2), square(1, 3),
                                                     square(0, 3), square(1, 2)}))
                            ? 1
                            : 0;
                if (degree > 0)
                    wrong[static_cast<std::size_t>(task)] +=
                        differs(detail::bar_of_subset(static_cast<std::size_t>(count), square)) ? 1 : 0;
            }
        });
        state.counters["mismatches"] =
            static_cast<double>(std::accumulate(wrong.begin(), wrong.end(), std::int64_t{0}));
    }
}
BENCHMARK(closed_form_against_reduction)
    ->Args({0, 1'000'000})
    ->Args({1, 1'000'000})
    ->Args({2, 1'000'000})
    ->Unit(benchmark::kSecond)
    ->Iterations(1);

std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t k = begin; k < end; ++k)
            result[order[k]] = 0.5 * static_cast<double>(begin + end - 1);
    }
    return result;
}

double correlation(std::vector<double> x, std::vector<double> y) {
    const auto center = [](std::vector<double>& v) {
        const double mean = std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
        for (double& one : v)
            one -= mean;
    };
    center(x);
    center(y);
    const auto product = [](const auto& a, const auto& b) {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    return product(x, y) / std::sqrt(product(x, x) * product(y, y));
}

/// Spearman's correlation of the persistence scores of two seeds. Arguments: samples for each of 5,000
/// points.
template <Optimizer Ascent>
void rank_agreement(benchmark::State& state, const Ascent& optimizer) {
    const matrix<double> points = class_like(5000, 1);
    const auto score = [&](std::uint64_t seed) {
        const persistence_score<principal_persistence_lifetime, Ascent> policy{
            .loss = {.sampling = {.samples = state.range(0) * points.rows()}}, .optimizer = optimizer};
        const matrix<double> moved = policy.ascend(points, execution({.seed = seed, .threads = 1}));
        std::vector<double> displacement;
        for (std::int64_t i = 0; i < points.rows(); ++i)
            displacement.push_back((moved.row(i) - points.row(i)).norm());
        return displacement;
    };
    double agreement = 0;
    double untouched = 0;
    for (auto _ : state) {
        const std::vector<double> one = score(1);
        agreement = correlation(ranks(one), ranks(score(2)));
        untouched = static_cast<double>(std::count(one.begin(), one.end(), 0.0)) / 5000;
    }
    state.counters["spearman"] = agreement;
    state.counters["untouched"] = untouched;
}
// E[l] has gradients of about 1e-6 at a point: the rate moves the points by about 0.02 in a step.
BENCHMARK_CAPTURE(rank_agreement, gradient_ascent, gradient_ascent{.learning_rate = 2000})
    ->Arg(2)
    ->Arg(20)
    ->Arg(200)
    ->Arg(500)
    ->Arg(1000)
    ->Arg(2000)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(rank_agreement, adam, adam{})
    ->Arg(20)
    ->Arg(200)
    ->Arg(2000)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

} // namespace
