#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records the golden signed measures and barcodes of tests/homology for complexes that do not lie in the plane.

For clouds of planar_golden, the Rips complex up to a threshold (half edge lengths): the Hilbert signed measures
that multipers computes with Gaussian codensities as the second grade, degrees 0 and 1, as rows (r, f, mass) sorted
by (f, r); and the barcodes by scale that GUDHI computes, degrees 0, 1 and 2, as rows (birth, death)
sorted, with a death of -1 for a class that lives forever.

Needs: pip install multipers==2.3.2 gudhi==3.13.0 numpy. Takes a few seconds.
"""

import itertools
import pathlib

import gudhi
import multipers as mp
import numpy as np
from record_planar_golden import codensity, merged

CLOUDS = [(20, 0.4, 10.0), (80, 0.4, 0.45), (5, 0.1, 0.2)]  # seed, bandwidth, threshold


def rips(points, threshold):
    half = np.linalg.norm(points[:, None] - points[None], axis=2) / 2
    near = half <= threshold
    simplices = [(v,) for v in range(len(points))]
    for size in (2, 3, 4):
        simplices += [s for s in itertools.combinations(range(len(points)), size)
                      if all(near[a, b] for a, b in itertools.combinations(s, 2))]
    return half, simplices


def main(folder):
    folder.mkdir(exist_ok=True)
    for seed, bandwidth, threshold in CLOUDS:
        points = np.load(folder.parent / "planar_golden" / f"points_{seed}.npy")
        f = codensity(points, bandwidth)
        half, simplices = rips(points, threshold)
        bifiltered = mp.SimplexTreeMulti(num_parameters=2)
        by_scale = gudhi.SimplexTree()
        for s in simplices:
            r = max((half[a, b] for a, b in itertools.combinations(s, 2)), default=0.0)
            by_scale.insert(s, r)
            bifiltered.insert(list(s), [r, max(f[v] for v in s)])
        for degree in (0, 1):
            ((atoms, weights),) = mp.signed_measure(bifiltered, degree=degree, grid_strategy="exact")
            np.save(folder / f"rips_atoms_{seed}_{degree}.npy",
                    merged(np.asarray(atoms, dtype=float), np.asarray(weights)))
        by_scale.compute_persistence(homology_coeff_field=2, persistence_dim_max=True)
        for degree in (0, 1, 2):
            bars = by_scale.persistence_intervals_in_dimension(degree).reshape(-1, 2)
            bars = bars[np.lexsort((bars[:, 1], bars[:, 0]))]
            np.save(folder / f"rips_bars_{seed}_{degree}.npy", np.where(np.isinf(bars), -1, bars))
            print(seed, len(simplices), degree, len(bars), flush=True)


if __name__ == "__main__":
    main(pathlib.Path(__file__).parent / "homology_golden")
