#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares our UMAP with umap-learn on real data, seed by seed, and says whether ours is the same method.

Data sets: the 64 features of a ResNet-56 on CIFAR-10 (50,000 x 64) and the pixels of Fashion-MNIST
(60,000 x 784), both under the cosine metric with 15 neighbors and min_dist 0.1.

Columns: median distance of a point to its 15th neighbor inside the embedding; trustworthiness, continuity,
kept 15 nearest neighbors and accuracy of the vote of 15 neighbors, on 600 sampled points against all others;
median distance of class centroids; mean over classes of the rank correlation of the class's density (bandwidth
0.4) with that of the first embedding of umap-learn; seconds, without start and compilation for umap-learn and
with start and reading for ours; peak memory.

Gate, on means over the seeds: neighbor distance within 2 %, trustworthiness and continuity within .002, kept
neighbors within .006, accuracy within .015, rank correlation at least .97.

Needs: pip install umap-learn==0.5.12 scikit-learn scipy numpy. Embeddings of umap-learn are kept in --cache.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import shlex
import subprocess
import sys
import tempfile
import time

import numpy as np

NEIGHBORS = 15
QUERIES = 600
BANDWIDTH = 0.4
OUR_COMMAND = ("{program} project --features {features} --method umap --metric cosine --neighbors 15 "
               "--min-dist 0.1 --seed {seed} --threads {threads} --out {out}")
GATE = {"nn15": 0.02, "trust": 0.002, "continuity": 0.002, "kept": 0.006, "label": 0.015, "kde": 0.97}


def read_npy_gz(path):
    with gzip.open(path) as file:
        return np.load(file)


def read_idx_gz(path):
    with gzip.open(path) as file:
        raw = file.read()
    shape = np.frombuffer(raw, ">i4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def load(name, data):
    """Features (n x d, float32) and labels (n)."""
    if name == "cifar10":
        features = read_npy_gz(data / "cifar10/resnet56-feat64-f16.npy.gz")
        labels = read_idx_gz(data / "cifar10/train-labels-idx1-ubyte.gz")
    else:
        features = read_idx_gz(data / "fashion/train-images-idx3-ubyte.gz")
        labels = read_idx_gz(data / "fashion/train-labels-idx1-ubyte.gz")
    return np.ascontiguousarray(features.reshape(len(labels), -1), np.float32), labels.astype(np.int64)


def run_umap_learn(name, data, seeds, cache):
    """Runs in a process of its own, so that its peak memory can be told."""
    import warnings

    import umap

    warnings.filterwarnings("ignore")
    features, _ = load(name, data)

    def project(rows, seed, epochs=None):
        return umap.UMAP(n_neighbors=NEIGHBORS, min_dist=0.1, metric="cosine", random_state=seed,
                         n_epochs=epochs).fit_transform(rows)

    project(features[:5000], 1, 11)  # compiles
    for seed in seeds:
        begin = time.perf_counter()
        points = project(features, seed)
        seconds = time.perf_counter() - begin
        np.save(cache / f"{name}_seed{seed}.npy", points)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        (cache / f"{name}_seed{seed}.json").write_text(json.dumps({"seconds": seconds, "peak_gib": peak}))


def umap_learn(name, data, seeds, cache):
    missing = [seed for seed in seeds if not (cache / f"{name}_seed{seed}.json").exists()]
    if missing:
        subprocess.run([sys.executable, __file__, "--peer", name, "--data", data, "--cache", cache, "--seeds",
                        *map(str, missing)], check=True)
    for seed in seeds:
        cost = json.loads((cache / f"{name}_seed{seed}.json").read_text())
        yield f"umap-learn seed {seed}", np.load(cache / f"{name}_seed{seed}.npy"), cost


def ours(features, seeds, arguments):
    with tempfile.TemporaryDirectory() as folder:
        source, out = f"{folder}/features.npy", f"{folder}/points.npy"
        np.save(source, features)
        for seed in seeds:
            command = arguments.command.format(program=arguments.program, features=source, seed=seed,
                                               threads=arguments.threads, out=out)
            begin = time.perf_counter()
            process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)  # also tells the peak memory
            if status != 0:
                sys.exit(f"failed: {command}")
            cost = {"seconds": time.perf_counter() - begin, "peak_gib": usage.ru_maxrss / 2**20}
            yield f"ours seed {seed}", np.load(out), cost


class Reference:
    """The feature space under the cosine or the euclidean metric, seen from the sampled queries."""

    def __init__(self, features, labels, metric="cosine"):
        self.labels = labels
        self.queries = np.random.default_rng(0).choice(len(labels), QUERIES, replace=False)
        if metric == "cosine":
            directions = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-30)
            distances = 1 - directions[self.queries] @ directions.T
        else:
            rows = features.astype(np.float64)
            squares = np.einsum("ij,ij->i", rows, rows)
            distances = squares[self.queries, None] + squares - 2 * rows[self.queries] @ rows.T
        self.near, self.ranks = self.rank(distances)

    def rank(self, distances):
        """The NEIGHBORS nearest of each query, and the rank (1 = nearest) of every point for it."""
        distances[np.arange(QUERIES), self.queries] = -1  # itself first, at rank 0
        order = np.argsort(distances, axis=1, kind="stable").astype(np.int32)
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(order.shape[1], dtype=np.int32)[None, :], axis=1)
        return order[:, 1:NEIGHBORS + 1], ranks

    def measure_neighborhoods(self, points):
        from scipy.spatial.distance import cdist

        points = np.asarray(points, np.float64)
        n, k = len(points), NEIGHBORS
        near, ranks = self.rank(cdist(points[self.queries], points))
        worst = QUERIES * k * (2 * n - 3 * k - 1) / 2
        votes = np.array([np.bincount(self.labels[row], minlength=10).argmax() for row in near])
        return {
            "trust": 1 - np.maximum(np.take_along_axis(self.ranks, near, 1) - k, 0).sum() / worst,
            "continuity": 1 - np.maximum(np.take_along_axis(ranks, self.near, 1) - k, 0).sum() / worst,
            "kept": np.mean([len(np.intersect1d(a, b)) / k for a, b in zip(near, self.near)]),
            "label": np.mean(votes == self.labels[self.queries]),
        }

    def measure(self, points):
        from scipy.spatial import cKDTree
        from scipy.spatial.distance import pdist

        points = np.asarray(points, np.float64)
        classes = np.unique(self.labels)
        centroids = np.array([points[self.labels == c].mean(axis=0) for c in classes])
        return self.measure_neighborhoods(points) | {
            "nn15": np.median(cKDTree(points).query(points, NEIGHBORS + 1, workers=-1)[0][:, NEIGHBORS]),
            "centroids": np.median(pdist(centroids)),
            "densities": [density(points[self.labels == c]) for c in classes],
        }


def density(points):
    from scipy.spatial.distance import cdist

    return np.concatenate([np.exp(-cdist(chunk, points, "sqeuclidean") / (2 * BANDWIDTH**2)).mean(axis=1)
                           for chunk in np.array_split(points, 1 + len(points) // 1000)])


def agreement(densities, reference):
    from scipy.stats import spearmanr

    return np.mean([spearmanr(a, b).statistic for a, b in zip(densities, reference)])


def print_header():
    print("                       nn15    trust   contin. kept    label   centr.  kde     s       GiB")


def print_row(name, row):
    kde = "    -" if row["kde"] is None else f"{row['kde']:.4f}"
    print(f"  {name:20s} {row['nn15']:.4f}  {row['trust']:.4f}  {row['continuity']:.4f}  {row['kept']:.4f}  "
          f"{row['label']:.4f}  {row['centroids']:6.2f}  {kde:6s}  {row['seconds']:6.1f}  {row['peak_gib']:5.2f}",
          flush=True)


def verdicts(mine, theirs):
    """One line per gate; True if all hold."""
    def mean(rows, key):
        return np.mean([row[key] for row in rows if row[key] is not None])

    passed = True
    for key, bound in GATE.items():
        value = mean(mine, key)
        if key == "kde":
            text, holds = f"{value:.4f}, at least {bound}", value >= bound
        elif key == "nn15":
            change = value / mean(theirs, key) - 1
            text, holds = f"{100 * change:+.2f} %, within {100 * bound:.0f} %", abs(change) <= bound
        else:
            change = value - mean(theirs, key)
            text, holds = f"{change:+.4f}, within {bound}", abs(change) <= bound
        print(f"  {'pass' if holds else 'FAIL'}  {key}: {text}")
        passed &= bool(holds)
    return passed


def compare(name, arguments):
    features, labels = load(name, arguments.data)
    reference = Reference(features, labels)
    print(f"{name}: {features.shape[0]} x {features.shape[1]}")
    print_header()
    rows = {"umap-learn": [], "ours": []}
    first = None
    runs = [*umap_learn(name, arguments.data, arguments.seeds, arguments.cache),
            *ours(features, arguments.seeds, arguments)]
    for run, points, cost in runs:
        row = reference.measure(points) | cost
        row["kde"] = None if first is None else agreement(row["densities"], first)
        if first is None:
            first = row["densities"]
        rows[run.split(" seed")[0]].append(row)
        print_row(run, row)
    return verdicts(rows["ours"], rows["umap-learn"])


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=here.parent.parent / "shared/data")
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "umap_cache")
    parser.add_argument("--program", default=str(here.parent / "build/examples/topoprune/topoprune"))
    parser.add_argument("--command", default=OUR_COMMAND, help="template of our run (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--sets", nargs="+", choices=["cifar10", "fashion"], default=["cifar10", "fashion"])
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    if arguments.peer:
        run_umap_learn(arguments.peer, arguments.data, arguments.seeds, arguments.cache)
        return
    if not all([compare(name, arguments) for name in arguments.sets]):
        sys.exit(1)


if __name__ == "__main__":
    main()
