#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well two runs of different seeds agree on a persistence score, against what the score costs.

    python benchmarks/score_frontier.py --program build/release/examples/topoprune/topoprune --out frontier

For each way to measure the persistence of a sample (displacement, gradient-norm, pair-persistence; --scores names
others too) and each number of layouts two disjoint ensembles are made, of other seeds. Of each pair, within every
class:
    agreement   Spearman's rank correlation of the two scores
    promised    what the runs themselves estimated it to be (the reliability in manifest.json)
    density     rank correlation of the score with the density
    beyond      agreement of what the density does not explain: partial rank correlation given the densities of both
Prints one table, median and least over the classes, and writes it with a picture of agreement against seconds; a class
whose samples all score the same is left out.
`--networks 20 32 44` compares the score of the last budget between the features of ResNets too.

Without --data it takes ../shared/data; --samples 1000 takes so many of each class. Needs: pip install numpy scipy
matplotlib.
"""

import argparse
import csv
import gzip
import json
import pathlib
import resource
import subprocess

import numpy as np
from scipy.stats import rankdata

SCORES = ("displacement", "gradient-norm", "pair-persistence")
SCORES_WITHOUT_LOSS = ("mode-persistence", "merge-height", "hole-persistence", "barcode-effect")


def correlation(a, b):
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def residual(values, *others):
    """What a linear fit on the ranks of the others leaves of the ranks of the values."""
    table = np.stack([np.ones(len(values)), *(rankdata(other) for other in others)], axis=1)
    ranks = rankdata(values)
    return ranks - table @ np.linalg.lstsq(table, ranks, rcond=None)[0]


def partial_correlation(a, b, density_a, density_b):
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan
    return float(np.corrcoef(residual(a, density_a, density_b), residual(b, density_a, density_b))[0, 1])


def read_columns(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in ("persistence", "density")}


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        data = arguments.data / "cifar10"
        with gzip.open(data / "train-labels-idx1-ubyte.gz") as file:
            labels = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)
        self.rows = np.arange(len(labels))
        if arguments.samples:
            self.rows = np.sort(np.concatenate([np.flatnonzero(labels == c)[:arguments.samples]
                                                for c in np.unique(labels)]))
        self.labels = labels[self.rows]
        arguments.out.mkdir(parents=True, exist_ok=True)
        np.save(arguments.out / "labels.npy", self.labels)

    def features(self, depth):
        path = self.arguments.out / f"resnet{depth}.npy"
        if not path.exists():
            with gzip.open(self.arguments.data / "cifar10" / f"resnet{depth}-feat64-f16.npy.gz") as file:
                np.save(path, np.load(file)[self.rows].astype(np.float32))
        return path

    def run(self, depth, score, layouts, seed):
        """Columns, reliabilities by class, CPU seconds of the whole run. Finished runs are not repeated."""
        out = self.arguments.out / "runs" / f"{depth}-{score}-{layouts}-{seed}-{len(self.rows)}"
        if not (out / "seconds.json").exists():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            options = ["--reliability", "0.999", "--most-layouts", str(layouts)] if layouts else []
            subprocess.run([self.arguments.program, "prune", "--features", self.features(depth), "--labels",
                            self.arguments.out / "labels.npy", "--keep", "0.5", "--filter", "none", "--score", score,
                            "--seed", str(seed), "--threads", str(self.arguments.threads), "--out", out, *options],
                           check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            (out / "seconds.json").write_text(json.dumps(after.ru_utime + after.ru_stime - before.ru_utime -
                                                         before.ru_stime))
        manifest = json.loads((out / "manifest.json").read_text())
        promised = np.array([c.get("reliability", np.nan) for c in manifest["classes"]], dtype=float)
        return read_columns(out / "scores.csv"), promised, json.loads((out / "seconds.json").read_text())

    def compare(self, one, other):
        """Agreement, correlation with density and agreement beyond it, by class."""
        result = []
        for label in np.unique(self.labels):
            of = self.labels == label
            a, b = one["persistence"][of], other["persistence"][of]
            result.append((correlation(a, b), correlation(a, one["density"][of]),
                           partial_correlation(a, b, one["density"][of], other["density"][of])))
        return np.array(result).T


def main():
    root = pathlib.Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(root / "build/release/examples/topoprune/topoprune"))
    parser.add_argument("--data", type=pathlib.Path, default=root.parent / "shared/data")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("frontier"))
    parser.add_argument("--samples", type=int, help="of each class [all]")
    parser.add_argument("--scores", nargs="+", choices=SCORES + SCORES_WITHOUT_LOSS, default=list(SCORES))
    parser.add_argument("--layouts", nargs="+", type=int, default=[0, 4, 8, 16, 32], help="0: measured once, whole")
    parser.add_argument("--seeds", nargs=2, type=int, default=[1, 2])
    parser.add_argument("--networks", nargs="*", type=int, default=[], help="further depths of ResNets, beside 56")
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    bench = Bench(arguments)
    lines = ["| score | layouts | CPU seconds | agreement, median (least) | promised | worst promise | with density | "
             "beyond density |", "|---|---|---|---|---|---|---|---|"]
    curves = {}
    for score in arguments.scores:
        for layouts in arguments.layouts:
            one, promised, seconds = bench.run(56, score, layouts, arguments.seeds[0])
            other, also_promised, _ = bench.run(56, score, layouts, arguments.seeds[1])
            agreement, with_density, beyond = bench.compare(one, other)
            promise = (promised + also_promised) / 2
            promised_median = np.nanmedian(promise) if layouts else np.nan
            worst = np.nanmax(np.abs(promise - agreement)) if layouts else np.nan
            lines.append(f"| {score} | {layouts or 'once, whole classes'} | {seconds:.1f} | "
                         f"{np.nanmedian(agreement):.2f} ({np.nanmin(agreement):.2f}) | {promised_median:.2f} | "
                         f"{worst:.2f} | {np.nanmedian(with_density):+.2f} | {np.nanmedian(beyond):.2f} "
                         f"({np.nanmin(beyond):.2f}) |")
            print(lines[-1], flush=True)
            curves.setdefault(score, []).append((seconds, np.nanmedian(agreement), np.nanmin(agreement)))
    for depth in arguments.networks:
        for score in arguments.scores:
            layouts = arguments.layouts[-1]
            one, _, _ = bench.run(56, score, layouts, arguments.seeds[0])
            other, _, _ = bench.run(depth, score, layouts, arguments.seeds[1])
            agreement, _, beyond = bench.compare(one, other)
            lines.append(f"| {score}, ResNet-{depth} against ResNet-56 | {layouts} | | {np.nanmedian(agreement):.2f} "
                         f"({np.nanmin(agreement):.2f}) | | | | {np.nanmedian(beyond):.2f} "
                         f"({np.nanmin(beyond):.2f}) |")
            print(lines[-1], flush=True)
    (arguments.out / "frontier.md").write_text("\n".join(lines) + "\n")

    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot
    _, axes = pyplot.subplots(figsize=(5.5, 4))
    for score, points in curves.items():
        seconds, median, least = zip(*points)
        line, = axes.plot(seconds, median, "o-", label=score)
        axes.plot(seconds, least, ":", color=line.get_color())
    axes.axhline(0.75, color="gray", linewidth=0.8)
    axes.set(xscale="log", ylim=(-0.05, 1), xlabel="CPU seconds of a run",
             ylabel="rank agreement of two ensembles\n(median class, least dotted)")
    axes.legend()
    pyplot.tight_layout()
    pyplot.savefig(arguments.out / "frontier.png", dpi=120)


if __name__ == "__main__":
    main()
