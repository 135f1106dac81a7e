#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs for topology.py, each in a process of its own and on --cores cores; each prints one line of JSON.

    python topology_peers.py signed_measure FOLDER --out ATOMS.npy [--route presentation|grid]
                                                                     multipers on the complex that topology_stages wrote
    python topology_peers.py from_points FOLDER --out ATOMS.npy      multipers: function Delaunay complex of the points that
                                                                     topology_stages wrote with their codensities, and measure
    python topology_peers.py transport ATOMS.csv [--solver emd2|emd2_lazy|assignment]
                                                                     POT, or SciPy, on the atoms that topology_stages wrote

Seconds are those of the processor, of the call alone, without import, reading or building the input. multipers knows two
ways from a complex to its signed measure: `presentation`, a minimal presentation of the homology and the measure of that, and
`grid`, the persistence of each row of the grid of all grades. Its versions from 2.4 on need Python 3.12 or later.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import sys
import time

VERSIONS = {"multipers": "2.6.1", "POT": "0.9.7.post1", "scipy": "1.17.1"}


def check_version(library):
    version = importlib.metadata.version(library)
    if version != VERSIONS[library]:
        sys.exit(f"expected {library} {VERSIONS[library]}, found {version}")


def timed(work):
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, {"seconds": time.process_time() - processor, "wall": time.perf_counter() - wall}


def merged(atoms, masses):
    """Rows (r, f, mass) by (f, r): atoms of equal grade added up, zeros dropped."""
    import numpy as np

    order = np.lexsort((atoms[:, 0], atoms[:, 1]))
    grades, place = np.unique(atoms[order][:, ::-1], axis=0, return_inverse=True)
    sums = np.zeros(len(grades))
    np.add.at(sums, place.ravel(), masses[order])
    return np.column_stack([grades[:, ::-1], sums])[sums != 0]


def simplex_tree(folder):
    """The complex with the grades (scale, codensity): half the longest edge, the largest of the vertices."""
    import multipers
    import numpy as np

    def read(name, columns):
        return np.load(folder / f"{name}.npy").reshape(-1, columns)

    codensity, scale = read("codensity", 1)[:, 0], read("edge_scale", 1)[:, 0]
    edges, triangles, tetrahedra = read("edges", 2), read("triangles", 3), read("tetrahedra", 4)
    n = len(codensity)
    keys = edges[:, 0] * n + edges[:, 1]
    order = np.argsort(keys)

    def scale_of(simplices):
        longest = np.zeros(len(simplices))
        for i in range(simplices.shape[1]):
            for j in range(i + 1, simplices.shape[1]):
                at = np.searchsorted(keys[order], simplices[:, i] * n + simplices[:, j])
                longest = np.maximum(longest, scale[order][at])
        return longest

    tree = multipers.SimplexTreeMulti(num_parameters=2)
    for simplices in (np.arange(n)[:, None], edges, triangles, tetrahedra):
        grades = np.column_stack([scale_of(simplices), codensity[simplices].max(axis=1, initial=-np.inf)])
        for simplex, grade in zip(simplices.tolist(), grades.tolist()):
            tree.insert(simplex, grade)
    return tree


def write_atoms(path, measure):
    ((atoms, masses),) = measure
    np = sys.modules["numpy"]
    np.save(path, merged(np.asarray(atoms, float), np.asarray(masses, float)))


def by_presentation(tree):
    import multipers

    return multipers.signed_measure(multipers.Slicer(tree).minpres(1), degree=1)


def by_grid(tree):
    import multipers

    return multipers.signed_measure(tree, degree=1, grid_strategy="exact")


def signed_measure(arguments):
    check_version("multipers")
    tree = simplex_tree(arguments.source)
    measure, cost = timed(lambda: {"presentation": by_presentation, "grid": by_grid}[arguments.route](tree))
    write_atoms(arguments.out, measure)
    return cost | {"simplices": tree.num_simplices}


def from_points(arguments):
    check_version("multipers")
    import numpy as np
    from multipers.filtrations import DelaunayLowerstar

    points = np.load(arguments.source / "points.npy")
    codensity = np.load(arguments.source / "codensity.npy")[:, 0]
    complex_, building = timed(lambda: DelaunayLowerstar(points, function=codensity, flagify=True))
    measure, cost = timed(lambda: by_presentation(complex_))
    write_atoms(arguments.out, measure)
    return cost | {"complex_seconds": building["seconds"], "complex_wall": building["wall"]}


def transport(arguments):
    """POT: the network simplex on a matrix of costs, or with costs made when they are needed (lazy). SciPy: an assignment
    of atoms repeated as often as their mass says (Jonker and Volgenant's augmenting paths)."""
    check_version("scipy" if arguments.solver == "assignment" else "POT")
    import numpy as np
    from scipy.spatial.distance import cdist

    atoms = np.loadtxt(arguments.source, delimiter=",", skiprows=1, ndmin=2)[:, :3]
    positive, negative = atoms[atoms[:, 2] > 0], atoms[atoms[:, 2] < 0]
    masses = [positive[:, 2], -negative[:, 2]]
    if arguments.solver == "assignment":
        from scipy.optimize import linear_sum_assignment

        repeated = [np.repeat(side[:, :2], mass.astype(int), axis=0) for side, mass in zip((positive, negative), masses)]
        ground, ground_cost = timed(lambda: cdist(*repeated, "cityblock"))
        (rows, columns), seconds = timed(lambda: linear_sum_assignment(ground))
        return seconds | {"cost": float(ground[rows, columns].sum()), "ground_seconds": ground_cost["seconds"]}
    import ot

    # The simplex of POT wants masses of sum 1.
    total = masses[0].sum()
    shares = [mass / total for mass in masses]
    if arguments.solver == "emd2_lazy":
        (cost, log), seconds = timed(lambda: ot.lp.emd2_lazy(positive[:, :2], negative[:, :2], *shares, metric="cityblock",
                                                            numItermax=10**9, log=True, return_matrix=False))
        ground_cost = {"seconds": 0.0}
    else:
        ground, ground_cost = timed(lambda: cdist(positive[:, :2], negative[:, :2], "cityblock"))
        (cost, log), seconds = timed(lambda: ot.emd2(*shares, ground, numItermax=10**9, log=True, return_matrix=False))
    if log["warning"] is not None:
        sys.exit(f"POT: {log['warning']}")
    return seconds | {"cost": float(cost) * total, "ground_seconds": ground_cost["seconds"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=["signed_measure", "from_points", "transport"])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--route", choices=["presentation", "grid"], default="presentation")
    parser.add_argument("--solver", choices=["emd2", "emd2_lazy", "assignment"], default="emd2")
    parser.add_argument("--cores", type=int, default=1)
    arguments = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-arguments.cores:])
    print(json.dumps({"signed_measure": signed_measure, "from_points": from_points, "transport": transport}[arguments.work](arguments)))


if __name__ == "__main__":
    main()
