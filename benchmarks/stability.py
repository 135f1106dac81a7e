#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How far the choice of `topoprune prune` agrees with itself when something changes that should not matter.

    python benchmarks/stability.py --program build/examples/topoprune/topoprune --out stability

What changes, each against the run with nothing changed, or every pair of runs where none stands out:
    seed          other seeds, the same input
    architecture  features and logits of ResNet-20, 32, 44 and 56 on CIFAR-10
    jitter        normal noise on the features, in shares of the standard deviation of each
    label noise   labels that are replaced by another class, drawn uniformly

Of each pair of runs: the Jaccard index of the kept sets, what two independent draws with the same budgets of what
the filters left would have, the share of the way from there to 1, and the Spearman rank correlations within classes
of each score, mean, least and largest over the classes; under label noise within the classes of the clean labels,
over the samples whose label is the same. "prototype" is the distance of the features to the mean of the class, the
usual geometric score, for comparison; it knows no seed.

Writes into --out: stability.csv (one row per pair and column), stability.md (means by kind of change, also printed),
and pictures: distributions of prototype distance, density and persistence over architectures; agreement by kind;
agreement against the amount of jitter and noise; and, with --projections, correlations between architectures of the
distance to the prototype after each projection. Finished runs of the program are kept in --out/runs and not
repeated.

Runs of one seed share their random draws, as a person's would who changes nothing else, so that kept sets agree beyond
chance even where scores do not; with --fresh-seeds each changed run has a seed of its own, and what is left is the
agreement of the method.

Without --data it takes ../shared/data; --samples 200 takes so many of each class, for a short check.
Needs: pip install numpy scipy matplotlib.
"""

import argparse
import csv
import gzip
import itertools
import json
import pathlib
import shutil
import subprocess
import sys

import numpy as np
from scipy.stats import spearmanr

COLUMNS = ("persistence", "density", "score")
KINDS = ("seed", "architecture", "jitter", "label noise")


def read_npy_gz(path):
    with gzip.open(path) as file:
        return np.load(file)


def read_labels(path):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)


class Bench:
    """The data, and the runs of the program on variants of it."""

    def __init__(self, arguments):
        self.arguments = arguments
        folder = arguments.data / "cifar10"
        self.labels = read_labels(folder / "train-labels-idx1-ubyte.gz")
        self.rows = np.arange(len(self.labels))
        if arguments.samples:
            self.rows = np.sort(np.concatenate([np.flatnonzero(self.labels == c)[:arguments.samples]
                                                for c in np.unique(self.labels)]))
            self.labels = self.labels[self.rows]
        self.folder = folder
        self.classes = np.unique(self.labels)
        (arguments.out / "inputs").mkdir(parents=True, exist_ok=True)
        (arguments.out / "runs").mkdir(exist_ok=True)

    def features(self, depth):
        return read_npy_gz(self.folder / f"resnet{depth}-feat64-f16.npy.gz")[self.rows].astype(np.float32)

    def logits(self, depth):
        return read_npy_gz(self.folder / f"resnet{depth}-logits10-f16.npy.gz")[self.rows].astype(np.float32)

    def saved(self, name, array):
        """The path of an input; written once, whole."""
        path = self.arguments.out / "inputs" / f"{name}-{len(self.labels)}.npy"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            with open(unfinished, "wb") as file:
                np.save(file, array)
            unfinished.rename(path)
        return path

    def call(self, name, command):
        """Runs the program unless it has finished the same command; returns the folder of its results."""
        out = self.arguments.out / "runs" / name
        text = json.dumps(command)
        done = out / "command.json"
        if not done.exists() or done.read_text() != text:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            print(f"  {name}", file=sys.stderr, flush=True)
            is_projection = command[0] == "project"
            result = subprocess.run([self.arguments.program, *command, "--out",
                                     str(out / "points.npy" if is_projection else out)],
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if result.returncode != 0:
                sys.exit(f"{name} failed with status {result.returncode}: {result.stdout}")
            done.write_text(text)
        return out

    def prune(self, name, depth, seed=1, features=None, labels=None):
        source = self.saved(f"resnet{depth}-features", self.features(depth)) if features is None else features
        goal = self.saved("labels", self.labels) if labels is None else labels
        logits = self.saved(f"resnet{depth}-logits", self.logits(depth))
        out = self.call(name, ["prune", "--preset", "facility-location", "--features", str(source), "--labels", str(goal), "--logits", str(logits),
                               "--keep", self.arguments.keep, "--seed", str(seed), "--threads",
                               str(self.arguments.threads), *self.arguments.options])
        return Run(out / "scores.csv")

    def project(self, method, depth):
        source = self.saved(f"resnet{depth}-features", self.features(depth))
        out = self.call(f"{method}-resnet{depth}", ["project", "--features", str(source), "--method", method,
                                                    "--threads", str(self.arguments.threads)])
        return np.load(out / "points.npy")

    def prototype_distance(self, points):
        distance = np.empty(len(points))
        for c in self.classes:
            members = self.labels == c
            distance[members] = np.linalg.norm(points[members] - points[members].mean(axis=0), axis=1)
        return distance


class Run:
    """The table of one run, one entry for each sample; scores of filtered samples are nan."""

    def __init__(self, table):
        with open(table, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.label = np.array([int(row["label"]) for row in rows])
        self.kept = np.array([row["kept"] == "1" for row in rows])
        self.scores = {name: np.array([float(row[name]) if row[name] else np.nan for row in rows])
                       for name in COLUMNS}
        # How likely a draw with the budgets of this run, from what its filter left, keeps each sample.
        eligible = ~np.isnan(self.scores["score"]) | self.kept
        self.chance = np.zeros(len(rows))
        for c in np.unique(self.label):
            members = (self.label == c) & eligible
            if members.any():
                self.chance[members] = self.kept[members].mean()


def compare_kept(a, b):
    both, either = (a.kept & b.kept).sum(), (a.kept | b.kept).sum()
    expected = (a.chance * b.chance).sum()
    chance = expected / (a.kept.sum() + b.kept.sum() - expected)
    jaccard = both / either
    return {"jaccard": jaccard, "by chance": chance, "beyond chance": (jaccard - chance) / max(1 - chance, 1e-12)}


def correlations(a, b, groups, usable):
    """Spearman's rank correlation within each group, where there is one."""
    found = []
    for c in np.unique(groups):
        members = (groups == c) & usable & ~np.isnan(a) & ~np.isnan(b)
        if members.sum() > 2 and np.ptp(a[members]) > 0 and np.ptp(b[members]) > 0:
            found.append(spearmanr(a[members], b[members]).statistic)
    return np.array(found)


def compare(bench, kind, level, name, a, b, prototypes=None):
    """One row for each column of scores."""
    same_label = a.label == b.label
    kept = compare_kept(a, b)
    pairs = [(column, a.scores[column], b.scores[column]) for column in COLUMNS]
    if prototypes:
        pairs.append(("prototype", *prototypes))
    for column, first, second in pairs:
        found = correlations(first, second, bench.labels, same_label)
        if len(found) == 0:
            sys.exit(f"{name}: no class has an order of {column} to compare")
        yield {"kind": kind, "level": level, "pair": name, "column": column, "mean rho": found.mean(),
               "least rho": found.min(), "largest rho": found.max(), **kept}


def noisy_labels(labels, classes, share, seed):
    random = np.random.default_rng(1000 + seed)
    wrong = random.random(len(labels)) < share
    shift = random.integers(1, len(classes), len(labels))
    places = np.searchsorted(classes, labels)
    return np.where(wrong, classes[(places + shift) % len(classes)], labels)


def measure(bench):
    arguments = bench.arguments
    depth = arguments.architectures[-1]
    first_seed = arguments.seeds[0]
    features = bench.features(depth)
    prototype = bench.prototype_distance(features)
    base = bench.prune(f"resnet{depth}-seed{first_seed}", depth, first_seed)
    rows = []
    fresh = itertools.count(1001) if arguments.fresh_seeds else itertools.repeat(first_seed)

    seeds = {seed: bench.prune(f"resnet{depth}-seed{seed}", depth, seed) for seed in arguments.seeds}
    for s, t in itertools.combinations(seeds, 2):
        rows += compare(bench, "seed", 0, f"{s}, {t}", seeds[s], seeds[t])

    by_depth = {depth: base}
    for d in arguments.architectures[:-1]:
        seed = next(fresh)
        by_depth[d] = bench.prune(f"resnet{d}-seed{seed}", d, seed)
    prototypes = {d: bench.prototype_distance(bench.features(d)) for d in arguments.architectures}
    for d, e in itertools.combinations(sorted(by_depth), 2):
        rows += compare(bench, "architecture", 0, f"ResNet-{d}, {e}", by_depth[d], by_depth[e],
                        (prototypes[d], prototypes[e]))

    for size in arguments.jitter:
        random = np.random.default_rng(500)
        moved = features + (size * features.std(axis=0) * random.standard_normal(features.shape)).astype(np.float32)
        path = bench.saved(f"resnet{depth}-jitter{size}", moved)
        seed = next(fresh)
        run = bench.prune(f"resnet{depth}-jitter{size}-seed{seed}", depth, seed, features=path)
        rows += compare(bench, "jitter", size, f"{size}", base, run, (prototype, bench.prototype_distance(moved)))

    for share in arguments.noise:
        noisy = noisy_labels(bench.labels, bench.classes, share, first_seed)
        path = bench.saved(f"labels-noise{share}-seed{first_seed}", noisy)
        seed = next(fresh)
        run = bench.prune(f"resnet{depth}-noise{share}-of{first_seed}-seed{seed}", depth, seed, labels=path)
        rows += compare(bench, "label noise", share, f"{share}", base, run)
    return rows, by_depth, prototypes


def table_of(rows):
    """Means over the pairs of one kind and level, as a table of Markdown."""
    lines = ["| change | amount | pairs | Jaccard | by chance | beyond chance | persistence | density | score "
             "| prototype |", "|---|---|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        for level in sorted({row["level"] for row in rows if row["kind"] == kind}):
            own = [row for row in rows if row["kind"] == kind and row["level"] == level]
            cells = [kind, f"{100 * level:g} %" if level else ""]
            scores = [row for row in own if row["column"] == "score"]
            cells.append(str(len(scores)))
            cells += [f"{np.mean([row[key] for row in scores]):.3f}"
                      for key in ("jaccard", "by chance", "beyond chance")]
            for column in (*COLUMNS, "prototype"):
                of_column = [row for row in own if row["column"] == column]
                cells.append(f"{np.mean([row['mean rho'] for row in of_column]):.2f} "
                             f"({min(row['least rho'] for row in of_column):.2f} .. "
                             f"{max(row['largest rho'] for row in of_column):.2f})" if of_column else "")
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def pictures(bench, rows, by_depth, prototypes, plot):
    from scipy.stats import gaussian_kde

    out = bench.arguments.out
    columns = [("distance to the prototype", lambda d: prototypes[d]),
               ("density", lambda d: by_depth[d].scores["density"]),
               ("persistence", lambda d: by_depth[d].scores["persistence"])]
    figure, axes = plot.subplots(1, 3, figsize=(12, 3.2), layout="constrained")
    for axis, (name, values_of) in zip(axes, columns):
        for d in sorted(by_depth):
            values = values_of(d)
            values = values[np.isfinite(values)]
            if len(values) < 3 or np.ptp(values) == 0:
                continue
            places = np.linspace(*np.quantile(values, [0.001, 0.995]), 200)
            axis.plot(places, gaussian_kde(values[:: max(1, len(values) // 5000)])(places), label=f"ResNet-{d}")
        axis.set(title=name, yticks=[])
    axes[0].legend(frameon=False)
    figure.savefig(out / "distributions.png", dpi=150)

    figure, axes = plot.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    kinds = [kind for kind in KINDS if any(row["kind"] == kind for row in rows)]
    for place, kind in enumerate(kinds):
        scores = [row for row in rows if row["kind"] == kind and row["column"] == "score"]
        axes[0].plot([place - 0.1] * len(scores), [row["jaccard"] for row in scores], "o", color="C0")
        axes[0].plot([place + 0.1] * len(scores), [row["by chance"] for row in scores], "_", color="0.5")
        for offset, column in enumerate((*COLUMNS, "prototype")):
            values = [row["mean rho"] for row in rows if row["kind"] == kind and row["column"] == column]
            axes[1].plot([place + 0.12 * (offset - 1.5)] * len(values), values, "o", color=f"C{offset}")
    axes[0].set(title="Jaccard of the kept sets (gray: by chance)", ylim=(0, 1.05))
    axes[1].set(title="rank correlation within classes", ylim=(-0.2, 1.05))
    marks = [axes[1].plot([], [], "o", color=f"C{offset}")[0] for offset in range(len(COLUMNS) + 1)]
    axes[1].legend(marks, (*COLUMNS, "prototype"), frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    for axis in axes:
        axis.set_xticks(range(len(kinds)), kinds)
    figure.savefig(out / "agreement.png", dpi=150)

    figure, axes = plot.subplots(1, 2, figsize=(10, 3.2), layout="constrained", sharey=True)
    for axis, kind in zip(axes, ("jitter", "label noise")):
        for offset, column in enumerate((*COLUMNS, "prototype")):
            own = sorted((row["level"], row["mean rho"]) for row in rows
                         if row["kind"] == kind and row["column"] == column)
            if own:
                axis.plot(*zip(*own), "o-", color=f"C{offset}", label=column)
        own = sorted((row["level"], row["beyond chance"]) for row in rows
                     if row["kind"] == kind and row["column"] == "score")
        if own:
            axis.plot(*zip(*own), "s--", color="0.3", label="kept set, beyond chance")
        axis.set(title=f"agreement under {kind}", xlabel=f"amount of {kind}", ylim=(-0.2, 1.05))
    axes[0].legend(frameon=False)
    figure.savefig(out / "amounts.png", dpi=150)


def compare_projections(bench, plot):
    """Correlation between architectures of the distance to the prototype, as it is and after projections."""
    depths = bench.arguments.architectures
    methods = ["features", *bench.arguments.projections]
    figure, axes = plot.subplots(1, len(methods), figsize=(3 * len(methods), 3), layout="constrained", squeeze=False)
    print("\n| projection | mean rank correlation between architectures |\n|---|---|")
    for axis, method in zip(axes[0], methods):
        distance = {d: bench.prototype_distance(bench.features(d) if method == "features"
                                                else bench.project(method, d)) for d in depths}
        agreement = np.eye(len(depths))
        for (i, d), (j, e) in itertools.combinations(enumerate(depths), 2):
            agreement[i, j] = agreement[j, i] = correlations(distance[d], distance[e], bench.labels,
                                                             np.ones(len(bench.labels), bool)).mean()
        axis.imshow(agreement, vmin=0, vmax=1)
        for (i, j), value in np.ndenumerate(agreement):
            axis.text(j, i, f"{value:.2f}", ha="center", va="center", color="w" if value < 0.6 else "k")
        axis.set(title=method)
        axis.set_xticks(range(len(depths)), depths)
        axis.set_yticks(range(len(depths)), depths)
        off_diagonal = agreement[~np.eye(len(depths), dtype=bool)]
        print(f"| {method} | {off_diagonal.mean() if len(off_diagonal) else 1:.3f} |", flush=True)
    figure.savefig(bench.arguments.out / "projections.png", dpi=150)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(here.parent / "build/examples/topoprune/topoprune"))
    parser.add_argument("--data", type=pathlib.Path, default=here.parent.parent / "shared/data")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("stability"))
    parser.add_argument("--keep", default="0.1")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--architectures", nargs="+", type=int, default=[20, 32, 44, 56],
                        help="depths of ResNets; the last is the one that everything else is done with")
    parser.add_argument("--jitter", nargs="*", type=float, default=[0.001, 0.01, 0.1])
    parser.add_argument("--noise", nargs="*", type=float, default=[0.1, 0.2, 0.3, 0.4])
    parser.add_argument("--projections", nargs="*", default=[], metavar="METHOD", help="umap, pca, tsne, pacmap ...")
    parser.add_argument("--fresh-seeds", action="store_true", help="a seed of its own for each changed run")
    parser.add_argument("--samples", type=int, help="of each class [all]")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("options", nargs="*", help="further options of prune, after --")
    arguments = parser.parse_args()

    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plot

    bench = Bench(arguments)
    rows, by_depth, prototypes = measure(bench)
    with open(arguments.out / "stability.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    table = table_of(rows)
    (arguments.out / "stability.md").write_text(table + "\n")
    print(table, flush=True)
    pictures(bench, rows, by_depth, prototypes, plot)
    if arguments.projections:
        compare_projections(bench, plot)


if __name__ == "__main__":
    main()
