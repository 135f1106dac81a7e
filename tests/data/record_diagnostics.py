#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records distances of subsets that the tests of tests/diagnostics compare with.

120 points on a line and 90 points with 5 features, float32, of which every third and, among those with
5 features, the nearest to a corner are kept; the energy distance and the Wasserstein distance of order 1 on the
line by SciPy; the sliced Wasserstein distances of orders 1 and 2 by POT on 50,000 random directions; bottleneck
distances between pairs of barcodes by GUDHI, of the barcodes of tests/data/wasserstein.

Needs: pip install scipy==1.17.1 POT==0.9.7 gudhi==3.13.0 numpy. Takes seconds.
"""

import pathlib

import gudhi
import numpy as np
import ot
from scipy.stats import energy_distance, wasserstein_distance


def main(folder):
    folder.mkdir(exist_ok=True)
    random = np.random.default_rng(5)
    line = np.concatenate([random.normal(size=80), 4 + random.exponential(size=40)]).astype(np.float32)
    kept_of_line = np.arange(0, 120, 3, dtype=np.int64)
    cloud = (random.normal(size=(90, 5)) * [1, 2, 1, .5, 1]).astype(np.float32)
    kept_of_cloud = np.sort(np.argsort(cloud.sum(axis=1))[:30]).astype(np.int64)
    np.save(folder / "line.npy", line[:, None])
    np.save(folder / "kept_of_line.npy", kept_of_line)
    np.save(folder / "cloud.npy", cloud)
    np.save(folder / "kept_of_cloud.npy", kept_of_cloud)
    wide, kept = line.astype(float), line[kept_of_line].astype(float)
    values = [energy_distance(wide, kept), wasserstein_distance(wide, kept)]
    wide, kept = cloud.astype(float), cloud[kept_of_cloud].astype(float)
    values += [ot.sliced_wasserstein_distance(wide, kept, n_projections=50000, p=p, seed=1) for p in (1, 2)]
    bars = folder.parent / "wasserstein"
    values.append(gudhi.bottleneck_distance(np.load(bars / "first.npy"), np.load(bars / "second.npy"), 0))
    np.save(folder / "values.npy", np.array(values, dtype=float)[:, None])
    print(values)


if __name__ == "__main__":
    main(pathlib.Path(__file__).parent / "diagnostics")
