#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the tables of a results file: for each task, noise, protocol and model one table, methods by pruned share.

    python benchmarks/evaluation/summary.py evaluation/results.csv [--against random+filter random] [--confidence .95]

A cell holds the mean accuracy in percent and, against each control, the mean of the differences paired by seed, in
points, with its confidence interval by Student's distribution; * where the interval does not hold 0. Selection seeds of
one training seed are averaged first. "n" is the number of pairs: cells with fewer than two have no interval. Runs that
failed, and pairs that are missing, are listed below the tables. Needs: pip install numpy scipy.
"""

import argparse
import collections
import sys

import numpy as np
from scipy import stats

from ledger import Ledger

CONTROLS = ("random", "random+filter")


def interval(differences, confidence):
    """Mean and half the width of its confidence interval (nan for fewer than two)."""
    mean = float(np.mean(differences))
    if len(differences) < 2:
        return mean, float("nan")
    error = np.std(differences, ddof=1) / np.sqrt(len(differences))
    return mean, float(error * stats.t.ppf(0.5 + confidence / 2, len(differences) - 1))


def by_method(rows):
    """accuracy[method][pruned][seed], selection seeds averaged."""
    found = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(list)))
    for row in rows:
        found[row["method"]][float(row["pruned"])][int(row["seed"])].append(100 * float(row["accuracy"]))
    return {method: {pruned: {seed: float(np.mean(values)) for seed, values in seeds.items()}
                     for pruned, seeds in rates.items()} for method, rates in found.items()}


def cell(own, control, confidence):
    """Mean, and the paired difference to the control; the number of pairs."""
    seeds = sorted(set(own) & set(control))
    if not seeds:
        return "no pair", 0
    mean, half = interval([own[s] - control[s] for s in seeds], confidence)
    if np.isnan(half):
        return f"{mean:+.2f}", len(seeds)
    star = "*" if abs(mean) > half else ""
    return f"{mean:+.2f} ± {half:.2f}{star}", len(seeds)


def print_table(title, rows, against, confidence):
    accuracies = by_method(rows)
    rates = sorted({float(row["pruned"]) for row in rows})
    order = [m for m in CONTROLS if m in accuracies] + sorted(set(accuracies) - set(CONTROLS))
    missing = []
    print(f"\n## {title}\n")
    print("| method | " + " | ".join(f"{100 * rate:g} % pruned" for rate in rates) + " |")
    print("|---" * (1 + len(rates)) + "|")
    most = max(len(seeds) for of in accuracies.values() for seeds in of.values())
    for method in order:
        cells = []
        for rate in rates:
            own = accuracies[method].get(rate, {})
            if not own:
                cells.append("")
                missing.append(f"{method} at {100 * rate:g} %: no run")
                continue
            text = f"{np.mean(list(own.values())):.2f}"
            for control in against:
                if control == method:
                    continue
                difference, pairs = cell(own, accuracies.get(control, {}).get(rate, {}), confidence)
                text += f"; {difference}" if len(against) > 1 else f" ({difference})"
                if pairs < most:
                    missing.append(f"{method} at {100 * rate:g} % against {control}: {pairs} of {most} pairs")
            cells.append(text)
        print(f"| {method} | " + " | ".join(cells) + " |")
    print(f"\nDifferences against {', then '.join(against)}; up to {most} seeds, {100 * confidence:g} % intervals.")
    for line in missing:
        print(f"MISSING {line}")
    return len(missing)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--against", nargs="+", default=["random+filter", "random"])
    parser.add_argument("--confidence", type=float, default=0.95)
    arguments = parser.parse_args()
    ledger = Ledger(arguments.results)
    if not ledger.rows:
        sys.exit(f"{arguments.results} holds no run")
    tables = collections.defaultdict(list)
    for row in ledger.rows.values():
        if row["status"] == "done":
            tables[tuple(row[key] for key in ("task", "noise", "protocol", "model", "size"))].append(row)
    missing = sum(print_table(", ".join(key), rows, arguments.against, arguments.confidence)
                  for key, rows in sorted(tables.items()))
    failed = ledger.failed()
    for row in failed:
        print(f"FAILED {row['task']}, {row['noise']}, {row['model']}, {row['pruned']}, {row['method']}, seed "
              f"{row['seed']}: {row['error']}")
    if missing or failed:
        sys.exit(f"{missing} cells without all their pairs, {len(failed)} failed runs")


if __name__ == "__main__":
    main()
