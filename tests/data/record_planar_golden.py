#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records the golden signed measures of tests/homology and tests/loss.

For each cloud: the points, and the degree-1 Hilbert signed measure that multipers computes for the Delaunay
triangulation with flag values (half edge lengths) and Gaussian codensities. One row of
planar_golden_summary.csv per cloud holds the integral of r, and the transport costs that POT finds.

Needs: pip install multipers==2.3.2 POT==0.9.7.post1 scipy numpy. Takes about a minute.
"""

import pathlib
import sys

import multipers as mp
import numpy as np
import ot
from scipy.spatial import Delaunay
from scipy.spatial.distance import cdist

CLOUDS = [(20, 20, 1, 0.4), (80, 80, 1, 0.4), (5, 60, 0.3, 0.1), (1, 500, 1, 0.4), (2, 1000, 1, 0.4),
          (3, 2000, 1, 0.4), (4, 5000, 1, 0.4)]


def codensity(points, bandwidth):
    squares = cdist(points, points, "sqeuclidean")
    density = np.exp(-squares / (2 * bandwidth**2)).mean(axis=1) / (2 * np.pi * bandwidth**2)
    return -np.log(density)


def merged(atoms, weights):
    """Atoms of equal grade added up, zeros dropped, sorted by (f, r)."""
    order = np.lexsort((atoms[:, 0], atoms[:, 1]))
    rows = []
    for (r, f), w in zip(atoms[order], weights[order]):
        if rows and rows[-1][0] == r and rows[-1][1] == f:
            rows[-1][2] += w
        else:
            rows.append([r, f, w])
    return np.array([row for row in rows if row[2] != 0])


def signed_measure(points, f):
    tree = mp.SimplexTreeMulti(num_parameters=2)
    for v in range(len(points)):
        tree.insert([v], [0.0, f[v]])
    triangles = np.sort(Delaunay(points).simplices, axis=1)
    edges = np.unique(np.vstack([triangles[:, [0, 1]], triangles[:, [0, 2]], triangles[:, [1, 2]]]), axis=0)
    half = {tuple(e): np.linalg.norm(points[e[0]] - points[e[1]]) / 2 for e in edges}
    for (u, v), r in half.items():
        tree.insert([u, v], [r, max(f[u], f[v])])
    for a, b, c in triangles:
        tree.insert([a, b, c], [max(half[a, b], half[a, c], half[b, c]), max(f[a], f[b], f[c])])
    ((atoms, weights),) = mp.signed_measure(tree, degree=1, grid_strategy="exact")
    return merged(np.asarray(atoms, dtype=float), np.asarray(weights))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["seed,n,scale,bandwidth,atoms,integral_r,l1,l2,linf,sql2"]
    for seed, n, scale, bandwidth in CLOUDS:
        points = np.random.default_rng(seed).normal(size=(n, 2)) * scale
        atoms = signed_measure(points, codensity(points, bandwidth))
        repeated = np.repeat(atoms[:, :2], np.abs(atoms[:, 2]).astype(int), axis=0)
        sign = np.repeat(atoms[:, 2] > 0, np.abs(atoms[:, 2]).astype(int))
        costs = []
        for metric in ("cityblock", "euclidean", "chebyshev", "sqeuclidean"):
            ground = cdist(repeated[sign], repeated[~sign], metric)
            costs.append(ot.emd2([], [], ground, numItermax=10**8) * len(ground))
        np.save(folder / f"points_{seed}.npy", points)
        np.save(folder / f"atoms_{seed}.npy", atoms)
        integral = float((atoms[:, 0] * atoms[:, 2]).sum())
        rows.append(",".join(map(repr, [seed, n, scale, bandwidth, len(atoms), integral, *map(float, costs)])))
        print(rows[-1], flush=True)
    (folder / "summary.csv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "planar_golden"))
