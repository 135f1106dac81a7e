// SPDX-License-Identifier: MIT
// k nearest neighbors of all samples: exact_neighbors beside nanoflann's k-d tree (single-threaded build and
// queries, leaves of 10), 15 neighbors, normal samples, Euclidean. Labels tell n and d; `pairs` is n^2 per
// second.
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>

#include <benchmark/benchmark.h>
#include <nanoflann.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using namespace topoprune;

constexpr std::int64_t k = 15;

/// range(0) = n, range(1) = d.
class neighbors_of_all : public benchmark::Fixture {
public:
    void SetUp(benchmark::State& state) override {
        const random_stream random(1, 0);
        points.resize(state.range(0), state.range(1));
        for (Eigen::Index c = 0; c < points.size(); ++c)
            points.data()[c] = static_cast<float>(random.normal(static_cast<std::uint64_t>(c)));
    }
    void SetUp(const benchmark::State&) override {}

    void count_pairs(benchmark::State& state) const {
        const auto n = static_cast<double>(points.rows());
        state.counters["pairs"] = benchmark::Counter(n * n, benchmark::Counter::kIsIterationInvariantRate);
    }

    matrix<float> points;
};

template <Metric M>
void search(benchmark::State& state, const matrix<float>& points, const M& metric, int threads) {
    const execution where({.threads = threads});
    for (auto _ : state)
        benchmark::DoNotOptimize(exact_neighbors{}.search(points, metric, k, where));
}

/// The view of the samples that nanoflann asks for.
struct cloud {
    const matrix<float>& points;
    [[nodiscard]] std::size_t kdtree_get_point_count() const {
        return static_cast<std::size_t>(points.rows());
    }
    [[nodiscard]] float kdtree_get_pt(std::size_t i, std::size_t c) const {
        return points(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c));
    }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }
};

BENCHMARK_DEFINE_F(neighbors_of_all, exact_cosine)(benchmark::State& state) {
    search(state, points, cosine{}, 1);
    count_pairs(state);
}

BENCHMARK_DEFINE_F(neighbors_of_all, exact_euclidean)(benchmark::State& state) {
    search(state, points, euclidean{}, 1);
    count_pairs(state);
}

BENCHMARK_DEFINE_F(neighbors_of_all, exact_euclidean_on_all_cores)(benchmark::State& state) {
    search(state, points, euclidean{}, 0);
    count_pairs(state);
}

BENCHMARK_DEFINE_F(neighbors_of_all, nanoflann_euclidean)(benchmark::State& state) {
    using tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, cloud>, cloud, -1,
                                                     std::uint32_t>;
    const cloud samples{points};
    const auto n = static_cast<std::size_t>(points.rows());
    constexpr auto with_self = static_cast<std::size_t>(k + 1);
    for (auto _ : state) {
        tree index(static_cast<typename tree::Dimension>(points.cols()), samples,
                   nanoflann::KDTreeSingleIndexAdaptorParams(10));
        index.buildIndex();
        std::vector<std::uint32_t> ids(n * with_self);
        std::vector<float> squares(n * with_self);
        for (std::size_t i = 0; i < n; ++i)
            index.knnSearch(points.row(static_cast<Eigen::Index>(i)).data(), with_self,
                            ids.data() + i * with_self, squares.data() + i * with_self);
        benchmark::DoNotOptimize(ids.data());
        benchmark::DoNotOptimize(squares.data());
    }
    count_pairs(state);
}

void planar_and_16(benchmark::internal::Benchmark* run) {
    run->ArgsProduct({{5000, 20000}, {2, 16}})
        ->ArgNames({"n", "d"})
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

void features(benchmark::internal::Benchmark* run) {
    run->ArgsProduct({{20000}, {64, 512}})
        ->ArgNames({"n", "d"})
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

BENCHMARK_REGISTER_F(neighbors_of_all, exact_euclidean)->Apply(planar_and_16);
BENCHMARK_REGISTER_F(neighbors_of_all, nanoflann_euclidean)->Apply(planar_and_16);
BENCHMARK_REGISTER_F(neighbors_of_all, exact_cosine)->Apply(features);
BENCHMARK_REGISTER_F(neighbors_of_all, exact_euclidean_on_all_cores)->Apply(features);

} // namespace
