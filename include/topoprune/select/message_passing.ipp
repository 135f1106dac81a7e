// SPDX-License-Identifier: MIT
#pragma once

#include "message_passing.hpp"

#include "../core/random.hpp"

namespace topoprune {

template <class Search>
selection message_passing<Search>::select(const selection_problem& problem, const execution& where) const {
    require(k >= 1, "message_passing", "k", k, "at least 1");
    require(gamma >= 0 && std::isfinite(gamma), "message_passing", "gamma", gamma, "at least 0 and finite");
    require(skipped_hardest >= 0 && skipped_hardest < 1, "message_passing", "skipped_hardest",
            skipped_hardest, "at least 0 and below 1");
    const double sign = sign_of_difficulty(problem.high, "message_passing");
    if (problem.neighbors == nullptr)
        require_features(problem, "message_passing");
    return detail::draw_by_class(problem, "message_passing", where, [&](const detail::class_draw& draw) {
        return order_of_class(draw, sign, where);
    });
}

template <class Search>
std::vector<std::int64_t> message_passing<Search>::order_of_class(const detail::class_draw& draw, double sign,
                                                                  const execution& where) const {
    std::vector<std::int64_t> ranked = draw.members;
    detail::sort_with_random_ties(ranked, draw.problem, where,
                                  [&](std::int64_t i) { return -sign * draw.score(i); });
    const auto skipped =
        static_cast<std::ptrdiff_t>(std::floor(skipped_hardest * static_cast<double>(ranked.size())));
    std::vector<std::int64_t> nodes(ranked.begin() + skipped, ranked.end());
    std::sort(nodes.begin(), nodes.end(),
              [&](std::int64_t a, std::int64_t b) { return draw.problem.id(a) < draw.problem.id(b); });

    const adjacency edges = edges_among(nodes, draw.problem, where);
    std::vector<std::int64_t> order =
        reverse_pass(draw, nodes, edges, forward_pass(draw, nodes, edges, sign), where);
    // What the graph cannot fill, the least hard of the skipped.
    for (std::ptrdiff_t at = skipped; at > 0; --at)
        order.push_back(ranked[static_cast<std::size_t>(at - 1)]);
    return order;
}

template <class Search>
auto message_passing<Search>::edges_among(const std::vector<std::int64_t>& nodes,
                                          const selection_problem& problem, const execution& where) const
    -> adjacency {
    adjacency edges(nodes.size());
    const auto connect = [&](std::size_t a, std::size_t b, float distance) {
        edges[a].push_back({b, static_cast<double>(distance)});
        edges[b].push_back({a, static_cast<double>(distance)});
    };
    if (problem.neighbors != nullptr) {
        const neighbor_graph& graph = *problem.neighbors;
        for (std::size_t a = 0; a < nodes.size(); ++a) {
            const std::int64_t id = problem.id(nodes[a]);
            require(id >= 0 && id < graph.samples, "message_passing", "the id of a sample", id,
                    "a row of the graph, at least 0 and below", graph.samples);
            const std::size_t most = static_cast<std::size_t>(std::min(k, graph.k));
            for (std::size_t e = 0; e < most; ++e) {
                const std::int64_t other = graph.ids_of(id)[e];
                const auto b = std::lower_bound(
                    nodes.begin(), nodes.end(), other,
                    [&](std::int64_t node, std::int64_t wanted) { return problem.id(node) < wanted; });
                if (b != nodes.end() && problem.id(*b) == other)
                    connect(a, static_cast<std::size_t>(b - nodes.begin()), graph.distances_of(id)[e]);
            }
        }
    } else if (nodes.size() >= 2) {
        const matrix<float> rows = gather_rows<float>(problem.features, std::span<const std::int64_t>(nodes));
        const neighbor_graph graph =
            search_neighbors(search, matrix_view<const float>(rows), euclidean{},
                             std::min<std::int64_t>(k, std::ssize(nodes) - 1), "message_passing", where);
        for (std::size_t a = 0; a < nodes.size(); ++a)
            for (std::size_t e = 0; e < static_cast<std::size_t>(graph.k); ++e)
                connect(a, static_cast<std::size_t>(graph.ids_of(static_cast<std::int64_t>(a))[e]),
                        graph.distances_of(static_cast<std::int64_t>(a))[e]);
    }
    for (std::vector<edge>& row : edges) {
        std::sort(row.begin(), row.end());
        row.erase(
            std::unique(row.begin(), row.end(), [](const edge& x, const edge& y) { return x.to == y.to; }),
            row.end());
    }
    return edges;
}

template <class Search>
std::vector<double> message_passing<Search>::forward_pass(const detail::class_draw& draw,
                                                          const std::vector<std::int64_t>& nodes,
                                                          const adjacency& edges, double sign) {
    std::vector<double> difficulty;
    for (const std::int64_t i : nodes)
        difficulty.push_back(sign * draw.score(i));
    // Divided by the range: sums of huge scores stay finite, and the order of the draw does not change.
    const auto [low, high] = std::minmax_element(difficulty.begin(), difficulty.end());
    const double least = nodes.empty() ? 0 : *low;
    const double range = nodes.empty() ? 0 : 0.5 * *high - 0.5 * least;
    for (double& value : difficulty)
        value = range > 0 ? (0.5 * value - 0.5 * least) / range : 0.0;
    std::vector<double> messages = difficulty;
    for (std::size_t a = 0; a < nodes.size(); ++a)
        for (const edge& e : edges[a])
            messages[a] += std::exp(-e.distance) * difficulty[e.to];
    return messages;
}

template <class Search>
std::vector<std::int64_t>
message_passing<Search>::reverse_pass(const detail::class_draw& draw, const std::vector<std::int64_t>& nodes,
                                      const adjacency& edges, std::vector<double> value,
                                      const execution& where) const {
    // Every change of a value is offered anew; an offer that is not the present value is out of date.
    using offer = std::tuple<double, std::uint64_t, std::size_t>; // value, turn among equals, node
    const random_stream ties(where.seed(), detail::tie_stream);
    std::priority_queue<offer> queue;
    const auto make_offer = [&](std::size_t a) {
        queue.emplace(value[a], ties.bits(static_cast<std::uint64_t>(draw.problem.id(nodes[a]))), a);
    };
    std::vector<char> taken(nodes.size(), 0);
    std::vector<std::int64_t> order;
    const auto take = [&](std::size_t a) {
        taken[a] = 1;
        order.push_back(nodes[a]);
        for (const edge& e : edges[a])
            if (!taken[e.to]) {
                value[e.to] -= std::exp(-gamma * e.distance) * value[a];
                make_offer(e.to);
            }
    };
    for (std::size_t a = 0; a < nodes.size(); ++a)
        make_offer(a);
    for (std::size_t a = 0; a < nodes.size(); ++a)
        if (draw.problem.is_chosen(nodes[a]))
            take(a);
    while (std::ssize(order) < draw.budget && !queue.empty()) {
        const auto [offered, turn, a] = queue.top();
        queue.pop();
        if (!taken[a] && offered == value[a])
            take(a);
    }
    return order;
}

} // namespace topoprune
