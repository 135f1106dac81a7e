#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what one gains by a method, in one table: a row for each task, noise and learner, a column for each pruned share.

    python benchmarks/evaluation/run.py --task digits --pruned 0 .3 .5 .7 .9 --methods prune
    python benchmarks/evaluation/gains.py evaluation/results.csv [more/results.csv ...] [--method prune]

A cell holds the mean accuracy in points against as many samples drawn at random, class by class, * where the interval of 95 %
by Student's distribution does not hold 0, and against all samples, paired by seed. The runs of `random` at --pruned 0 are those
of all samples. Needs: pip install numpy scipy.
"""

import argparse
import sys

import numpy as np

from regret import cells
from summary import interval


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+")
    parser.add_argument("--method", default="prune")
    arguments = parser.parse_args()
    table = {cell: of for cell, of in cells(arguments.results).items() if cell[3] == 0 or arguments.method in of}
    shares = sorted({cell[3] for cell in table if cell[3] > 0})
    rows = sorted({cell[:3] for cell in table})
    if not shares:
        sys.exit(f"there is no run of {arguments.method}")
    print("| task, labels, learner | all samples | " + " | ".join(f"{100 * share:g} % pruned" for share in shares) + " |")
    print("|---" * (2 + len(shares)) + "|")
    for row in rows:
        everything = table.get((*row, 0.0), {}).get("random", {})
        texts = [f"{np.mean(list(everything.values())):.1f}" if everything else ""]
        for share in shares:
            of_cell = table.get((*row, share), {})
            own, control = of_cell.get(arguments.method, {}), of_cell.get("random", {})
            pairs = sorted(set(own) & set(control))
            if not pairs:
                texts.append("")
                continue
            mean, half = interval([own[seed] - control[seed] for seed in pairs], 0.95)
            text = f"{mean:+.1f}{'*' if abs(mean) > half else ''}"
            against_all = [own[seed] - everything[seed] for seed in sorted(set(own) & set(everything))]
            texts.append(text + (f" / {np.mean(against_all):+.1f}" if against_all else ""))
        print(f"| {', '.join(row)} | " + " | ".join(texts) + " |")


if __name__ == "__main__":
    main()
