// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/projection/detail/shared/weighted_graph.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// The tables that tests/data/record_umap_graph.py and record_umap_layout.py wrote.
namespace recorded {

inline std::vector<std::vector<double>> read_table(const std::string& name,
                                                   const std::string& folder = "umap_graph") {
    std::ifstream file(std::filesystem::path(TOPOPRUNE_TEST_DATA) / folder / name);
    if (!file)
        throw std::runtime_error("missing test data: " + name);
    std::vector<std::vector<double>> rows;
    for (std::string line; std::getline(file, line);) {
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');)
            rows.back().push_back(std::stod(cell));
    }
    return rows;
}

inline topoprune::matrix<float> as_matrix(const std::vector<std::vector<double>>& rows) {
    topoprune::matrix<float> points(static_cast<Eigen::Index>(rows.size()),
                                    static_cast<Eigen::Index>(rows.at(0).size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t c = 0; c < rows[i].size(); ++c)
            points(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c)) =
                static_cast<float>(rows[i][c]);
    return points;
}

/// 300 x 64
inline topoprune::matrix<float> digits() {
    return as_matrix(read_table("digits.csv"));
}

/// The digit that each of them shows.
inline std::vector<std::int64_t> labels() {
    std::vector<std::int64_t> labels;
    for (const auto& row : read_table("labels.csv", "umap_layout"))
        labels.push_back(static_cast<std::int64_t>(row.at(0)));
    return labels;
}

/// The graph of the digits under the euclidean metric, as recorded, its edges in recorded order.
inline topoprune::detail::weighted_graph euclidean_graph() {
    topoprune::detail::weighted_graph graph;
    for (const auto& row : read_table("euclidean_graph.csv")) {
        const auto vertex = static_cast<std::size_t>(row.at(0));
        while (graph.offsets.size() <= vertex)
            graph.offsets.push_back(static_cast<std::int64_t>(graph.targets.size()));
        graph.targets.push_back(static_cast<std::int32_t>(row.at(1)));
        graph.weights.push_back(static_cast<float>(row.at(2)));
    }
    graph.offsets.push_back(static_cast<std::int64_t>(graph.targets.size()));
    return graph;
}

} // namespace recorded
