#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains models on what selection methods keep, and writes down how well they do.

    python benchmarks/evaluation/run.py --task digits --program build/examples/topoprune/topoprune
    python benchmarks/evaluation/run.py --task fashion --methods prune density ablation:projection --seeds 0 1 2 3 4
    python benchmarks/evaluation/run.py --task cifar10 --noise clean random20 human --device cuda
    python benchmarks/evaluation/summary.py evaluation/results.csv

Every combination of noise, protocol, pruned share, method, seed and model is a run; each finished one is a row of
--work/results.csv at once. A run that stands there as done is not repeated, so that a broken series goes on where it
ended. A run that fails is a row too, with the reason, is tried again next time, and makes the exit status 1. The
controls `random` and `random+filter` are part of every series.

Protocols: `steps`, the same number of optimization steps whatever is kept; `epochs`, the same number of passes over
what is kept. The network after the last step is measured. Runs with the same seed share initial weights, order and
split, so that their differences are paired. The selection takes the same seed, or each of --selection-seeds.

Seeds are the outer loop: after the first, every table has its first pair. Perceptrons on what different methods kept are
trained side by side: "train_seconds" of the first of them is that of all. Needs: pip install numpy scikit-learn torch, and rdata
for letters.
"""

import argparse
import hashlib
import itertools
import pathlib
import sys
import time
import traceback

from ledger import Ledger
from methods import METHODS, Selections, methods_named

PRUNED = (0.3, 0.5, 0.7, 0.8, 0.9)


def parse():
    here = pathlib.Path(__file__).resolve().parent
    root = here.parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", required=True, choices=["digits", "fashion", "fashion-pooled", "letters", "cifar10", "cifar10-features"])
    parser.add_argument("--program", default=str(root / "build/examples/topoprune/topoprune"))
    parser.add_argument("--data", type=pathlib.Path, default=root.parent / "shared/data")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("evaluation"))
    parser.add_argument("--methods", nargs="+", default=["prune"],
                        help="names in methods.py, ablation:NAME, or select:NAME for a selector of the program")
    parser.add_argument("--pruned", nargs="+", type=float, default=list(PRUNED), help="shares that are dropped")
    parser.add_argument("--noise", nargs="+", default=["clean", "random20"],
                        help="clean, random20 and, of cifar10, human and human-worst")
    parser.add_argument("--protocols", nargs="+", choices=["steps", "epochs"], default=["steps"])
    parser.add_argument("--models", nargs="+", help="[all of the task]")
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(8)))
    parser.add_argument("--selection-seeds", nargs="+", type=int, help="[the seed of training]")
    parser.add_argument("--base-seed", type=int, default=0, help="of the base network and the noise of images")
    parser.add_argument("--base-network", default="own", choices=["own", *(f"resnet{d}" for d in (20, 32, 44, 56))],
                        help="of cifar10: own, trained here on the given labels, or a published one of ../shared/data")
    parser.add_argument("--steps", type=int, help="of training under the protocol `steps` [by task]")
    parser.add_argument("--epochs", type=int, help="of training under the protocol `epochs` [by task]")
    parser.add_argument("--base-steps", type=int, help="of the base network [by task]")
    parser.add_argument("--train-size", type=int, help="a smaller training set of images, for a check [all]")
    parser.add_argument("--test-size", type=int, help="a smaller test set of images, for a check [all]")
    parser.add_argument("--device", default="cpu", help="of the networks: cpu or cuda")
    parser.add_argument("--threads", type=int, default=0, help="0 = one per core")
    return parser.parse_args()


def size_of(arguments):
    """What else decides a result and does not stand in the key by itself."""
    parts = [f"{name}={value}" for name in ("train_size", "test_size", "base_steps", "steps", "epochs", "base_seed")
             if (value := getattr(arguments, name))]
    if arguments.base_network != "own":
        parts.append(arguments.base_network)
    return " ".join(parts) or "full"


def runs_of(arguments, task, methods):
    """Every run of the series, in the order in which they are done."""
    models = arguments.models or task.models
    for model in models:
        if model not in task.models:
            raise SystemExit(f"--models names {model}, must be of {', '.join(task.models)}")
    for noise in arguments.noise:
        if noise not in task.noises:
            raise SystemExit(f"--noise names {noise}, must be of {', '.join(task.noises)} for {task.name}")
    for pruned in arguments.pruned:
        if not 0 <= pruned < 1:
            raise SystemExit(f"--pruned is {pruned}, must be at least 0 and below 1")
    for seed, noise, pruned, model in itertools.product(arguments.seeds, arguments.noise, arguments.pruned, models):
        protocols = arguments.protocols if task.depends_on_protocol(model) else ["converged"]
        for selection_seed, protocol in itertools.product(arguments.selection_seeds or [seed], protocols):
            for method in methods:
                yield {"task": task.name, "noise": noise, "protocol": protocol, "model": model, "pruned": pruned,
                       "method": method, "seed": seed, "selection_seed": selection_seed, "size": size_of(arguments)}


def cell_of(run):
    """Runs that differ in nothing but the method: they keep as many samples and are trained one after another or at once."""
    return [value for name, value in run.items() if name != "method"]


def failure(run, error):
    traceback.print_exception(error)
    return {"status": "failed", **run, "error": " ".join(f"{type(error).__name__}: {error}".split())}


def carry_out(runs, task, selections):
    """The rows of the runs of a cell, each as soon as it is there."""
    selected = []
    for run in runs:
        try:
            base = task.prepare(run["noise"], run["seed"])
            selected.append((run, *selections.kept(run["method"], base, run["pruned"], run["selection_seed"])))
        except Exception as error:  # pylint: disable=broad-except
            yield failure(run, error)
    if not selected:
        return
    first = selected[0][0]
    begin = time.perf_counter()
    results = task.train_all(first["model"], [rows for _, rows, _ in selected], first["seed"], first["protocol"])
    for (run, rows, select_seconds), result in zip(selected, results):
        seconds = time.perf_counter() - begin
        if isinstance(result, Exception):
            yield failure(run, result)
        else:
            yield {"status": "done", **run, "accuracy": f"{result[0]:.6f}", "kept": len(rows),
                   "wrong_labels": f"{task.wrong_labels(rows):.6f}", "select_seconds": f"{select_seconds:.3f}",
                   "train_seconds": f"{seconds:.3f}",
                   "kept_checksum": hashlib.sha256(rows.tobytes()).hexdigest()[:16],
                   "method_options": " ".join(METHODS[run["method"]].command), "program": selections.version, **result[1]}
        begin = time.perf_counter()


def main():
    arguments = parse()
    import torch
    from tasks import TASKS

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    task = TASKS[arguments.task](arguments)
    selections = Selections(arguments.work / "selections", arguments.program, arguments.threads)
    print(f"{selections.version}, PyTorch {torch.__version__}, results in {arguments.work / 'results.csv'}")
    ledger = Ledger(arguments.work / "results.csv")
    runs = list(runs_of(arguments, task, methods_named(arguments.methods)))
    open_runs = [run for run in runs if not ledger.has(run)]
    print(f"{len(runs)} runs, {len(runs) - len(open_runs)} of them done before", flush=True)
    failures, place = 0, 0
    for _, cell in itertools.groupby(open_runs, cell_of):
        for row in carry_out(list(cell), task, selections):
            place += 1
            failures += row["status"] == "failed"
            name = ", ".join(str(row[key]) for key in ("noise", "protocol", "model", "pruned", "method", "seed"))
            result = f"{100 * float(row['accuracy']):.2f} %" if row["status"] == "done" else "FAILED"
            print(f"{place}/{len(open_runs)} {name}: {result}", flush=True)
            ledger.add(row)
    if failures:
        sys.exit(f"{failures} runs failed; they stand in {ledger.path} and are tried again next time")


if __name__ == "__main__":
    main()
