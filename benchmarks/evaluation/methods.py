# SPDX-License-Identifier: MIT
"""The methods that are compared. All but the controls are calls of the program.

The controls stand in every table: `random`, a draw that is balanced by class, and `random+filter`, the same draw
from the samples that the filter of the program lets pass, filled up where a class is short as the program does.
"""

import dataclasses
import functools
import hashlib
import json
import shutil
import subprocess
import time

import numpy as np

CONTROLS = ("random", "random+filter")


@dataclasses.dataclass(frozen=True)
class Method:
    """A command of the program with its options; {features}, {labels}, {logits}, {dynamics}, {keep} and {seed} stand
    for what the run has."""
    command: tuple = ()


def prune(*options):
    return Method(("prune", "--features", "{features}", "--labels", "{labels}", "--logits", "{logits}", "--keep",
                   "{keep}", "--seed", "{seed}", *options))


def select(name, *options):
    return Method(("select", "--features", "{features}", "--labels", "{labels}", "--logits", "{logits}", "--method",
                   name, "--keep", "{keep}", "--seed", "{seed}", *options))


METHODS = {
    "random": Method(),
    "random+filter": Method(),
    "prune": prune(),
    "prune-unfiltered": prune("--filter", "none"),
    "density": prune("--persistence-weight", "0", "--density-weight", "1"),
    "persistence": prune("--persistence-weight", "1", "--density-weight", "0"),
    "stable": prune("--score", "pair-persistence", "--reliability", "0.75"),
    "stable-alone": prune("--score", "pair-persistence", "--reliability", "0.75", "--persistence-weight", "1",
                          "--density-weight", "0"),
}

# The ablations of the paper, each beside the default. GROUPS maps a name for --methods to a list of methods.
ABLATIONS = {
    "projection": {name: ("--projection", name) for name in ("umap", "pca", "tsne", "pacmap", "localmap")},
    "weights": {f"persistence-{w:g}": ("--persistence-weight", f"{w:g}", "--density-weight", f"{1 - w:g}")
                for w in (0, 0.25, 0.5, 0.75, 1)},
    "steps": {f"steps-{s}": ("--steps", str(s)) for s in (1, 2, 4, 6, 10, 20)},
    "filtration": {name: ("--filtration", name) for name in ("weak_delaunay", "function_delaunay")},
    "loss": {name: ("--loss", name) for name in ("transport", "norm", "total-persistence",
                                                 "principal-persistence")},
    "normalization": {f"normalization-{name}": ("--normalization", name)
                      for name in ("min-max", "rank", "z-score", "none")},
    "strata": {f"strata-{s}": ("--strata", str(s)) for s in (1, 5, 10, 25, 50, 100)},
    "draw": {f"draw-{name}": ("--draw", name) for name in ("random", "highest")},
    "optimizer": {name: ("--optimizer", name) for name in ("adam", "gradient-ascent")},
}
GROUPS = {}
for _group, _options in ABLATIONS.items():
    GROUPS[f"ablation:{_group}"] = [f"{_group}:{name}" for name in _options]
    METHODS |= {f"{_group}:{name}": prune(*options) for name, options in _options.items()}


def methods_named(names):
    """The controls, then the methods and groups asked for; `select:NAME` is the selector of that name of the
    program. Ends the program for a name that there is not."""
    found = list(CONTROLS)
    for name in names:
        for each in GROUPS.get(name, [name]):
            if each.startswith("select:") and each not in METHODS:
                METHODS[each] = select(each.removeprefix("select:"))
            if each not in METHODS:
                raise SystemExit(f"--methods names {each}, must be of {', '.join([*METHODS, *GROUPS, 'select:NAME'])}")
            if each not in found:
                found.append(each)
    return found


def class_budgets(labels, total):
    """Divides `total` in proportion to the classes by largest remainder, ties to the earlier class, as the program."""
    classes, sizes = np.unique(labels, return_counts=True)
    parts = total * sizes // sizes.sum()
    remainders = total * sizes % sizes.sum()
    order = np.argsort(-remainders, kind="stable")
    parts[order[:total - parts.sum()]] += 1
    return dict(zip(classes.tolist(), parts.tolist()))


def draw_balanced(labels, total, seed, passes=None):
    """A draw with the budget of every class from the samples that pass; a class with too few is filled up with a draw
    from the rest of it."""
    random = np.random.default_rng([seed, 0x72616E64])
    kept = []
    for label, budget in class_budgets(labels, total).items():
        members = random.permutation(np.flatnonzero(labels == label))
        if passes is not None:
            members = np.concatenate([members[passes[members]], members[~passes[members]]])
        kept.append(members[:budget])
    return np.sort(np.concatenate(kept)).astype(np.int64)


class Selections:
    """Kept sets, made once and kept in a folder by the inputs, the method, the rate and the seed."""

    def __init__(self, folder, program, threads):
        self.folder = folder
        self.program = program
        self.threads = threads

    @functools.cached_property
    def version(self):
        result = subprocess.run([self.program, "--version"], stdout=subprocess.PIPE, text=True, check=True)
        return result.stdout.strip()

    def kept(self, method, base, pruned, seed):
        """Row numbers of the training set, and the seconds that the program took to find them. `base` tells the files
        and arrays of features, labels and logits."""
        keep = round((1 - pruned) * len(base.labels))
        begin = time.perf_counter()
        if method in CONTROLS:
            passes = base.logits.argmax(axis=1) == base.labels if method == "random+filter" else None
            return draw_balanced(base.labels, keep, seed, passes), time.perf_counter() - begin
        places = {"features": str(base.path("features")), "labels": str(base.path("labels")),
                  "logits": str(base.path("logits")), "dynamics": str(base.path("dynamics")), "keep": str(keep),
                  "seed": str(seed)}
        command = [part.format(**places) for part in METHODS[method].command]
        text = json.dumps([command, self.version])
        out = self.folder / base.name / hashlib.sha256(text.encode()).hexdigest()[:16]
        done = out / "command.json"
        if not done.exists():
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            target = out if command[0] == "prune" else out / "kept.npy"
            result = subprocess.run([self.program, *command, "--threads", str(self.threads), "--out", str(target)],
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if result.returncode != 0:
                raise RuntimeError(f"status {result.returncode}: {result.stdout.strip().splitlines()[-1:]}")
            seconds = time.perf_counter() - begin
            done.write_text(json.dumps({"command": command, "seconds": seconds}))
        rows = np.load(out / "kept.npy")
        if len(np.unique(rows)) != keep or rows.min() < 0 or rows.max() >= len(base.labels):
            raise RuntimeError(f"{method} kept {len(np.unique(rows))} different samples, must keep {keep}")
        return rows, json.loads(done.read_text())["seconds"]
