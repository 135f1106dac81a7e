#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what one loses by a default: the regret table of one or more results files.

    python benchmarks/evaluation/regret.py evaluation/results.csv [more/results.csv ...] [--default prune]

A cell is a task, a noise, a learner and a pruned share. Its regret is the accuracy of the best other method minus that of
the default, in points, paired by seed. So that luck is not counted, the best method of one half of the seeds is measured on
the other half, both ways: the mean over all seeds of the difference to the method that the other half chose, with its
interval by Student's distribution. Below 0 the default is better than what one would have chosen. Beside it, the default
against random + filter. The largest regret is the figure; it is the last line. With --wide a row is a task, a noise and a
learner, and a cell holds the default against random + filter, * where the interval does not hold 0, and the regret with half
its interval. Needs: pip install numpy scipy.
"""

import argparse
import collections
import sys

import numpy as np

from ledger import Ledger
from summary import interval


def cells(paths):
    """accuracy[cell][method][seed] in percent, selection seeds averaged."""
    found = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(list)))
    for path in paths:
        for row in Ledger(path).rows.values():
            if row["status"] == "done":
                cell = (row["task"], row["noise"], row["model"], float(row["pruned"]))
                found[cell][row["method"]][int(row["seed"])].append(100 * float(row["accuracy"]))
    return {cell: {method: {seed: float(np.mean(values)) for seed, values in seeds.items()}
                   for method, seeds in of.items()} for cell, of in found.items()}


def regret(of_cell, default):
    """The differences to what the other half of the seeds chose, and the names that were chosen."""
    seeds = sorted(set.intersection(*(set(accuracies) for accuracies in of_cell.values())))
    if len(seeds) < 2:
        return None
    rivals = sorted(set(of_cell) - {default})
    differences, chosen = [], []
    for half in (0, 1):
        chosen_on = [seed for at, seed in enumerate(seeds) if at % 2 != half]
        best = max(rivals, key=lambda method: np.mean([of_cell[method][seed] for seed in chosen_on]))
        chosen.append(best)
        differences += [of_cell[best][seed] - of_cell[default][seed]
                        for at, seed in enumerate(seeds) if at % 2 == half]
    return differences, chosen


def print_wide(found, confidence):
    """found[row][pruned] = gains, differences."""
    shares = sorted({share for of in found.values() for share in of})
    print("| task, labels, learner | " + " | ".join(f"{100 * share:g} % pruned" for share in shares) + " |")
    print("|---" * (1 + len(shares)) + "|")
    for row, of in sorted(found.items()):
        texts = []
        for share in shares:
            if share not in of:
                texts.append("")
                continue
            (gain, gain_half), (mean, half) = (interval(values, confidence) for values in of[share])
            texts.append(f"{gain:+.1f}{'*' if abs(gain) > gain_half else ''}; {mean:+.1f} ± {half:.1f}")
        print(f"| {', '.join(row)} | " + " | ".join(texts) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+")
    parser.add_argument("--default", default="prune")
    parser.add_argument("--confidence", type=float, default=0.95)
    parser.add_argument("--wide", action="store_true")
    arguments = parser.parse_args()
    table = cells(arguments.results)
    if not table:
        sys.exit(f"{', '.join(arguments.results)} hold no run")
    if not arguments.wide:
        print(f"| task, noise, learner | pruned | {arguments.default} | against random + filter | regret | the best | seeds |")
        print("|---" * 7 + "|")
    largest, left_out = None, 0
    wide = collections.defaultdict(dict)
    for cell, of_cell in sorted(table.items()):
        found = regret(of_cell, arguments.default) if arguments.default in of_cell and len(of_cell) > 1 else None
        if found is None:
            left_out += 1
            continue
        differences, chosen = found
        mean, half = interval(differences, arguments.confidence)
        own = of_cell[arguments.default]
        control = of_cell.get("random+filter", {})
        gains = [own[seed] - control[seed] for seed in sorted(set(own) & set(control))]
        gain, gain_half = interval(gains, arguments.confidence) if gains else (float("nan"), float("nan"))
        star = "*" if abs(gain) > gain_half else ""
        largest = max(largest or (mean, cell), (mean, cell))
        if arguments.wide:
            wide[cell[:3]][cell[3]] = gains, differences
            continue
        print(f"| {', '.join(cell[:3])} | {100 * cell[3]:g} % | {np.mean(list(own.values())):.2f} | {gain:+.2f} ± {gain_half:.2f}{star}"
              f" | {mean:+.2f} ± {half:.2f} | {' / '.join(f'`{name}`' for name in dict.fromkeys(chosen))} | {len(differences)} |")
    if arguments.wide:
        print_wide(wide, arguments.confidence)
    if largest:
        print(f"\nThe largest regret is {largest[0]:+.2f} points, of {', '.join(largest[1][:3])}, {100 * largest[1][3]:g} % pruned.")
    if left_out:
        sys.exit(f"{left_out} cells without the default, without others or with fewer than two seeds of all methods")


if __name__ == "__main__":
    main()
