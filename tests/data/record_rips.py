#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records the barcodes of Rips filtrations that tests/homology compares with.

For clouds in the plane, in 16 dimensions, on a sphere and on a lattice (ties and duplicates): the points, and the
bars of degrees 0, 1 and 2 that GUDHI computes, by half edge lengths, sorted, as rows (birth, death), a death of -1
for a class that lives forever. Each is checked against Ripser, which computes in single precision. Without a
threshold all edges are there.

Needs: pip install gudhi==3.13.0 ripser==0.6.15 numpy. Takes half a minute.
"""

import pathlib

import gudhi
import numpy as np
import ripser


def clouds():
    random = np.random.default_rng(7)
    sphere = random.standard_normal((50, 3))
    return {
        "plane": (random.random((70, 2)), (None, 0.06)),
        "space": (random.standard_normal((50, 16)), (None,)),
        "sphere": (sphere / np.linalg.norm(sphere, axis=1)[:, None], (None, 0.3)),
        "lattice": (random.integers(0, 6, (60, 2)).astype(float), (None, 1.0)),
    }


def main(folder):
    folder.mkdir(exist_ok=True)
    for name, (points, thresholds) in clouds().items():
        np.save(folder / f"{name}.npy", points)
        half = np.linalg.norm(points[:, None] - points[None], axis=2) / 2
        for number, threshold in enumerate(thresholds):
            limit = np.inf if threshold is None else threshold
            tree = gudhi.RipsComplex(distance_matrix=half, max_edge_length=limit).create_simplex_tree(
                max_dimension=3)
            tree.compute_persistence(homology_coeff_field=2)
            single = ripser.ripser(half, maxdim=2, thresh=limit, distance_matrix=True)["dgms"]
            for degree in (0, 1, 2):
                bars = tree.persistence_intervals_in_dimension(degree).reshape(-1, 2)
                bars = bars[bars[:, 0] < bars[:, 1]]
                bars = np.where(np.isinf(bars), -1, bars)
                bars = bars[np.lexsort((np.where(bars[:, 1] < 0, np.inf, bars[:, 1]), bars[:, 0]))]
                other = np.where(np.isinf(single[degree]), -1, single[degree])
                other = other[other[:, 0] != other[:, 1]]
                assert other.shape == bars.shape and np.allclose(np.sort(other, 0), np.sort(bars, 0), atol=1e-6)
                np.save(folder / f"{name}_{number}_{degree}.npy", bars)
                print(name, threshold, degree, len(bars), flush=True)


if __name__ == "__main__":
    main(pathlib.Path(__file__).parent / "rips")
