#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How far two runs of `topoprune prune` that differ only in their seed agree.

Prints the Jaccard index of the kept sets beside what two independent draws of the same class budgets would
give, and for every class the Spearman rank correlation of the persistence and of the density scores.

    python benchmarks/seed_stability.py --program build/examples/topoprune/topoprune [--keep 0.1] [--seeds 1 2]
        [--features F --labels L --logits G]

Without inputs it takes the CIFAR-10 ResNet-56 features of ../shared/data. Needs: pip install numpy scipy.
"""

import argparse
import csv
import pathlib
import subprocess
import tempfile

import numpy as np
from scipy.stats import spearmanr

DATA = pathlib.Path(__file__).resolve().parents[1] / "../shared/data/cifar10"


def prune(arguments, seed, folder):
    command = [arguments.program, "prune", "--preset", "facility-location", "--features", arguments.features, "--labels", arguments.labels,
               "--keep", arguments.keep, "--seed", str(seed), "--out", str(folder)]
    if arguments.logits:
        command += ["--logits", arguments.logits]
    subprocess.run(command + arguments.options, check=True, stdout=subprocess.DEVNULL)
    columns = {name: [] for name in ("label", "persistence", "density", "kept")}
    with open(folder / "scores.csv") as table:
        for row in csv.DictReader(table):
            for name, values in columns.items():
                values.append(float(row[name]) if row[name] else np.nan)
    return {name: np.array(values) for name, values in columns.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--keep", default="0.1")
    parser.add_argument("--seeds", nargs=2, type=int, default=[1, 2])
    parser.add_argument("--features", default=str(DATA / "resnet56-feat64-f16.npy.gz"))
    parser.add_argument("--labels", default=str(DATA / "train-labels-idx1-ubyte.gz"))
    parser.add_argument("--logits", default=str(DATA / "resnet56-logits10-f16.npy.gz"))
    parser.add_argument("options", nargs="*", help="further options of prune, after --")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as place:
        first, second = (prune(arguments, seed, pathlib.Path(place) / str(seed)) for seed in arguments.seeds)

    kept = [run["kept"] == 1 for run in (first, second)]
    eligible = ~np.isnan(first["persistence"])
    both, either = (kept[0] & kept[1]).sum(), (kept[0] | kept[1]).sum()
    by_chance = 0.0
    print(f"{'class':>8} {'samples':>8} {'kept':>6} {'both':>6} {'persistence':>12} {'density':>8}")
    for label in np.unique(first["label"]):
        members = (first["label"] == label) & eligible
        budget = (kept[0] & members).sum()
        by_chance += budget * budget / members.sum()
        correlation = [spearmanr(first[name][members], second[name][members]).statistic
                       for name in ("persistence", "density")]
        print(f"{label:8.0f} {members.sum():8d} {budget:6d} {(kept[0] & kept[1] & members).sum():6d} "
              f"{correlation[0]:12.3f} {correlation[1]:8.3f}")
    total = kept[0].sum()
    print(f"Jaccard of the kept sets {both / either:.3f}, "
          f"of two independent draws {by_chance / (2 * total - by_chance):.3f}")


if __name__ == "__main__":
    main()
