// SPDX-License-Identifier: MIT
#include <topoprune/filtration/rips.hpp>
#include <topoprune/homology/rips_barcode.hpp>
#include <topoprune/io/npy.hpp>

#if __has_include(<gudhi/Flag_complex_edge_collapser.h>)
#include <topoprune/adapters/gudhi.hpp>
#endif

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

/// What rips.py runs:  rips POINTS.npy DEGREE plain|collapse BARS.npy
/// Writes the bars of the Rips filtration up to the enclosing radius as rows (birth, death), in half edge
/// lengths, computed on one thread; a death of infinity for a class that lives forever.
int main(int count, char** arguments) {
    using namespace topoprune;
    if (count != 5) {
        std::fputs("usage: rips POINTS.npy DEGREE plain|collapse BARS.npy\n", stderr);
        return 2;
    }
    try {
        const execution where({.threads = 1});
        rips_graph graph = rips{}.graph(read_npy_matrix<double>(arguments[1]), where);
        if (std::string(arguments[3]) == "collapse") {
#if __has_include(<gudhi/Flag_complex_edge_collapser.h>)
            graph = collapse_edges(graph);
#else
            std::fputs("GUDHI is not installed\n", stderr);
            return 2;
#endif
        }
        const barcode bars = persistence_barcode(graph, std::atoi(arguments[2]), where);
        matrix<double> rows(std::ssize(bars), 2);
        for (std::size_t b = 0; b < bars.size(); ++b)
            rows.row(static_cast<Eigen::Index>(b)) << bars[b].birth, bars[b].death;
        std::ofstream out(arguments[4], std::ios::binary);
        write_npy(out, matrix_view<const double>(rows));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
