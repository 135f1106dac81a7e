// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// The tables that tests/data/record_umap_graph.py wrote.
namespace recorded {

inline std::vector<std::vector<double>> read_table(const std::string& name) {
    std::ifstream file(std::string(TOPOPRUNE_TEST_DATA) + "/umap_graph/" + name);
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

/// 300 x 64
inline topoprune::matrix<float> digits() {
    const auto rows = read_table("digits.csv");
    topoprune::matrix<float> points(static_cast<Eigen::Index>(rows.size()),
                                    static_cast<Eigen::Index>(rows.at(0).size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t c = 0; c < rows[i].size(); ++c)
            points(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c)) =
                static_cast<float>(rows[i][c]);
    return points;
}

} // namespace recorded
