#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what umap-learn makes of 300 of the digits of scikit-learn, for tests/projection.

For each metric, in tests/data/umap_graph: the scales (sigma, rho) of each sample, and the fuzzy graph of 15
neighbors (itself counted), once in each direction, sorted by row and column. The digits themselves (300 x 64,
integers 0 to 16) are written beside.

Needs: pip install umap-learn==0.5.12 scikit-learn numpy. Takes half a minute.
"""

import pathlib

import numpy as np
from sklearn.datasets import load_digits
from umap.umap_ import fuzzy_simplicial_set

SAMPLES, NEIGHBORS = 300, 15


def distances(rows, metric):
    if metric == "cosine":
        directions = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return np.maximum(1 - directions @ directions.T, 0)
    return np.sqrt(np.maximum(((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2), 0))


def main():
    folder = pathlib.Path(__file__).resolve().parent / "umap_graph"
    folder.mkdir(exist_ok=True)
    digits = load_digits().data[:SAMPLES]
    np.savetxt(folder / "digits.csv", digits, fmt="%d", delimiter=",")
    for metric in ("euclidean", "cosine"):
        table = distances(digits, metric)
        np.fill_diagonal(table, 0)
        order = np.argsort(table, axis=1, kind="stable")
        # Itself first, then by (distance, number).
        ids = np.array([[i, *order[i][order[i] != i][: NEIGHBORS - 1]] for i in range(SAMPLES)])
        near = np.take_along_axis(table, ids, axis=1).astype(np.float32)
        graph, sigmas, rhos = fuzzy_simplicial_set(digits, NEIGHBORS, np.random.RandomState(1), metric,
                                                   knn_indices=ids, knn_dists=near)
        graph = graph.tocoo()
        by_row = np.lexsort((graph.col, graph.row))
        np.savetxt(folder / f"{metric}_scales.csv", np.column_stack([sigmas, rhos]), fmt="%.8g", delimiter=",")
        with open(folder / f"{metric}_graph.csv", "w") as file:
            for edge in by_row:
                file.write(f"{graph.row[edge]},{graph.col[edge]},{graph.data[edge]:.6g}\n")


if __name__ == "__main__":
    main()
