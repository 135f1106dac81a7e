# SPDX-License-Identifier: MIT
"""Records what POT's network simplex (emd2) finds on dense cost matrices, into transport/costs.txt.

    pip install numpy scipy pot
    python tests/data/record_transport.py

Each measure is a line "name atoms l1 l2 linf sql2" with its costs, then a line "r f mass" for each atom.
"""

from pathlib import Path

import numpy
import ot
from scipy.spatial.distance import cdist

NORMS = ("cityblock", "euclidean", "chebyshev", "sqeuclidean")


def balanced(points, masses):
    """Adds what is missing at the first point, so that the masses add up to 0."""
    masses = masses.copy()
    masses[0] -= masses.sum()
    return points[masses != 0], masses[masses != 0]


def measures():
    random = numpy.random.default_rng(1)
    sign = numpy.repeat([1, -1], 100)
    yield "uniform", *balanced(random.random((200, 2)), sign)
    yield "masses", *balanced(random.random((200, 2)), sign * random.integers(1, 1000, 200))
    yield "lattice", *balanced(random.integers(0, 6, (120, 2)).astype(float), random.choice([-2, -1, 1, 2], 120))
    yield "line", *balanced(random.normal(size=(150, 2)) * [1, 0] + [0, 2.5], random.choice([-1, 1], 150))
    duplicated = numpy.repeat(random.normal(size=(30, 2)), 4, axis=0)
    yield "duplicates", *balanced(duplicated, random.integers(1, 4, 120) * random.choice([-1, 1], 120))
    scale = numpy.exp(random.normal(size=(160, 1)) * 3)
    yield "scales", *balanced(random.normal(size=(160, 2)) * scale, random.choice([-1, 1], 160))
    rows = numpy.stack([random.random(160) * 0.2, numpy.repeat(random.random(40) * 5, 4)], axis=1)
    yield "rows", *balanced(rows, numpy.tile([1, -1, 1, -1], 40))


def costs(points, masses):
    positive, negative = masses > 0, masses < 0
    a, b = masses[positive].astype(float), -masses[negative].astype(float)
    for norm in NORMS:
        matrix = cdist(points[positive], points[negative], norm)
        yield ot.emd2(a, b, matrix, numItermax=10**7)


if __name__ == "__main__":
    path = Path(__file__).parent / "transport" / "costs.txt"
    with path.open("w") as out:
        for name, points, masses in measures():
            print(name, len(masses), *map(repr, map(float, costs(points, masses))), file=out)
            for (r, f), mass in zip(points.tolist(), masses.tolist()):
                print(repr(r), repr(f), mass, file=out)
