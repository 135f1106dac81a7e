#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs for projections.py, each in a process of its own.

    python -S peers.py launch LOG COMMAND...   runs COMMAND, its output to LOG; prints its seconds and peak memory
    python peers.py project --method M ...     one embedding by umap-learn, umappp, pacmap or openTSNE
    python peers.py features --data-set D ...  writes the features of a data set as .npy

The launcher imports next to nothing on purpose: Linux counts the peak of the process that starts a program into
the peak of the program, so that a starter with data in memory would hide what the program needs.
"""

import os
import sys
import time

NEIGHBORS = 15
PERPLEXITY = 30
WARM_ROWS = 5000
THREAD_LIMITS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
VERSIONS = {"umap-learn": "0.5.12", "scranpy": "0.3.1", "pacmap": "0.9.1", "openTSNE": "1.0.4"}
# umappp, a C++ library, comes to Python within scranpy.
LIBRARIES = {"umap": "umap-learn", "umappp": "scranpy", "pacmap": "pacmap", "localmap": "pacmap", "tsne": "openTSNE"}


def launch(log, command):
    """Prints exit status, wall seconds and peak memory in MB (10^6 bytes) of a command."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    redirect = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=redirect)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begin
    print(f'{{"status": {os.waitstatus_to_exitcode(status)}, "seconds": {seconds}, '
          f'"peak_mb": {usage.ru_maxrss * 1024 / 1e6}}}')


def projector(method, seed, threads):
    """A function (rows, warming up?) -> embedding; imports the library of the method."""
    if method == "umap":
        import umap

        return lambda rows, warming: umap.UMAP(
            n_neighbors=NEIGHBORS, min_dist=0.1, metric="cosine", random_state=seed,
            n_jobs=threads if seed is None else 1, n_epochs=11 if warming else None).fit_transform(rows)
    if method == "umappp":
        import knncolle
        import scranpy

        def embed(rows, warming):
            # Annoy's neighbors, the default, are the quickest here: HNSW takes longer, exact trees much longer.
            index = knncolle.build_index(knncolle.AnnoyParameters(distance="Cosine"), rows.astype("float64"))
            found = knncolle.find_knn(index, NEIGHBORS, num_threads=threads)
            return scranpy.run_umap(found, min_dist=0.1, optimize_seed=seed, num_threads=threads,
                                    parallel_optimization=True, num_epochs=11 if warming else None)

        return embed
    if method in ("pacmap", "localmap"):
        import pacmap

        policy = pacmap.PaCMAP if method == "pacmap" else pacmap.LocalMAP
        return lambda rows, warming: policy(
            random_state=seed, num_iters=(5, 5, 5) if warming else (100, 100, 250)).fit_transform(rows)
    import openTSNE

    return lambda rows, warming: openTSNE.TSNE(
        perplexity=PERPLEXITY, metric="cosine", n_jobs=threads, random_state=seed,
        early_exaggeration_iter=5 if warming else 250, n_iter=5 if warming else 500).fit(rows)


def project(arguments):
    import importlib.metadata
    import warnings

    library = LIBRARIES[arguments.method]
    version = importlib.metadata.version(library)
    if version != VERSIONS[library]:
        sys.exit(f"expected {library} {VERSIONS[library]}, found {version}")
    import numpy as np

    warnings.filterwarnings("ignore")
    embed = projector(arguments.method, arguments.seed, arguments.threads)
    rows = np.load(arguments.features)
    if not arguments.cold:
        embed(rows[:WARM_ROWS].copy(), True)  # compiles
    begin = time.perf_counter()
    points = embed(rows, False)
    seconds = time.perf_counter() - begin
    np.save(arguments.out, np.asarray(points))
    print(f"projected by {library} {version} in {seconds} s")


def rectified_classes(n, features=512, classes=10, rank=20, noise=0.5, seed=0):
    """max(0, center of the class + 20 factors + noise): like the last layer of a network."""
    import numpy as np

    random = np.random.default_rng(seed)
    centers = random.standard_normal((classes, features), np.float32)
    basis = random.standard_normal((rank, features), np.float32) / np.float32(rank**0.5)
    rows = centers[random.integers(classes, size=n)]
    rows += random.standard_normal((n, rank), np.float32) @ basis
    rows += np.float32(noise) * random.standard_normal((n, features), np.float32)
    return np.maximum(rows, 0)


def clusters(n, features=64, count=200, factors=12, noise=0.3, seed=0):
    """Gaussian clusters around random centers; all share the directions of 12 factors."""
    import numpy as np

    random = np.random.default_rng(seed)
    centers = 2 * random.standard_normal((count, features), np.float32)
    basis = random.standard_normal((factors, features), np.float32) / np.float32(factors**0.5)
    rows = centers[random.integers(count, size=n)]
    rows += random.standard_normal((n, factors), np.float32) @ basis
    return rows + np.float32(noise) * random.standard_normal((n, features), np.float32)


def load(name, data, limit=None):
    """Features and labels (None for synthetic sets) of cifar10, fashion, synthetic or clusters<n>."""
    import umap_quality

    if name == "synthetic":
        features, labels = rectified_classes(50000), None
    elif name.startswith("clusters"):
        features, labels = clusters(int(name.removeprefix("clusters"))), None
    else:
        features, labels = umap_quality.load(name, data)
    return features[:limit], None if labels is None else labels[:limit]


def main():
    if sys.argv[1] == "launch":
        return launch(sys.argv[2], sys.argv[3:])
    import argparse
    import pathlib

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("project")
    one.add_argument("--method", choices=LIBRARIES, required=True)
    one.add_argument("--features", required=True)
    one.add_argument("--seed", type=int)
    one.add_argument("--threads", type=int, default=2)
    one.add_argument("--cold", action="store_true")
    one.add_argument("--out", required=True)
    write = commands.add_parser("features")
    write.add_argument("--data-set", required=True)
    write.add_argument("--data", type=pathlib.Path, required=True)
    write.add_argument("--limit", type=int)
    write.add_argument("--out", required=True)
    arguments = parser.parse_args()
    if arguments.command == "project":
        return project(arguments)
    import numpy as np

    np.save(arguments.out, load(arguments.data_set, arguments.data, arguments.limit)[0])


if __name__ == "__main__":
    main()
