#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records Wasserstein distances of barcodes that tests/transport/bar_matching.test.cpp compares with.

Two barcodes of 40 and 55 bars, some of which lie close to each other and some next to the diagonal, and the
distances of orders 1, 2 and 3 in l1, l2 and l_infinity that gudhi.wasserstein computes with POT, as rows
(order, norm: 1, 2 or 0 for infinity, distance).

Needs: pip install gudhi==3.13.0 POT==0.9.7 numpy. Takes a second.
"""

import pathlib

import numpy as np
from gudhi.wasserstein import wasserstein_distance


def main(folder):
    folder.mkdir(exist_ok=True)
    random = np.random.default_rng(3)
    births = random.random(40)
    first = np.stack([births, births + random.exponential(0.2, 40)], axis=1)
    second = np.concatenate([first[:30] + 0.05 * random.random((30, 2)),
                             np.cumsum(random.exponential(0.1, (25, 2)), axis=1)])
    second[:, 1] = np.maximum(second[:, 1], second[:, 0])
    np.save(folder / "first.npy", first)
    np.save(folder / "second.npy", second)
    rows = [(order, norm, wasserstein_distance(first, second, order=order, internal_p=norm or np.inf))
            for order in (1, 2, 3) for norm in (1, 2, 0)]
    np.save(folder / "distances.npy", np.array(rows, dtype=float))
    print(*rows, sep="\n")


if __name__ == "__main__":
    main(pathlib.Path(__file__).parent / "wasserstein")
