# SPDX-License-Identifier: MIT
"""The methods that are compared. All but the controls are calls of the program, which stays as it is while they run.

The controls stand in every table: `random`, a draw that is balanced by class, and `random+filter`, the same draw
from the samples that the filter of the program lets pass, filled up where a class is short as the program does.
"""

import csv
import dataclasses
import functools
import hashlib
import json
import pathlib
import shutil
import subprocess
import time

import numpy as np
from scipy.stats import rankdata

CONTROLS = ("random", "random+filter")


@dataclasses.dataclass(frozen=True)
class Method:
    """A command of the program with its options; {features}, {labels}, {logits}, {dynamics}, {keep} and {seed} stand
    for what the run has. With `scored_by`, a command whose scores.csv is {scores}: it is carried out once for all
    rates. With `beyond_density` {scores} is what the density of a sample does not explain of its persistence: the
    residual of the ranks within its class, by least squares."""
    command: tuple = ()
    scored_by: tuple = ()
    beyond_density: bool = False


def prune(*options, draw=("--strata", "5", "--draw", "facility-location"), column="score"):
    """`prune --preset facility-location`, or another draw from strata of its scores, which it makes once for all rates: its
    subsets are those that `select` draws from its scores."""
    return Method(("select", "--features", "{features}", "--labels", "{labels}", "--scores", "{scores}", "--column", column, "--selector",
                   "stratified", "--keep", "{keep}", "--seed", "{seed}", *draw),
                  ("prune", "--features", "{features}", "--labels", "{labels}", "--logits", "{logits}", "--filter",
                   "misclassified", "--keep", "1.0", "--seed", "{seed}", *options))


def write_beyond_density(scores, target):
    """A column beyond_density of the samples that have scores."""
    with open(scores, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scored = np.array([row["persistence"] != "" for row in rows])
    labels = np.array([row["label"] for row in rows])
    values = np.full(len(rows), np.nan)
    for label in np.unique(labels[scored]):
        of = np.flatnonzero(scored & (labels == label))
        ranks = {name: rankdata([float(rows[i][name]) for i in of]) for name in ("persistence", "density")}
        table = np.stack([np.ones(len(of)), ranks["density"]], axis=1)
        values[of] = ranks["persistence"] - table @ np.linalg.lstsq(table, ranks["persistence"], rcond=None)[0]
    with open(target, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["index", "beyond_density"])
        table.writerows([i, "" if np.isnan(value) else repr(float(value))] for i, value in enumerate(values))


def select(name, *options):
    return Method(("select", "--features", "{features}", "--labels", "{labels}", "--dynamics", "{dynamics}", "--method",
                   name, "--keep", "{keep}", "--seed", "{seed}", *options))


# The filter sees the base model as it ended, as in `prune`; the scores of --method see its training.
FILTERED = ("--logits", "{logits}", "--filter", "misclassified")

METHODS = {
    "random": Method(),
    "random+filter": Method(),
    # The default: its draw sees no score, so that `select` draws the same without making any.
    "prune": Method(("select", "--method", "coverage", "--features", "{features}", "--labels", "{labels}", "--logits", "{logits}",
                     "--filter", "noise-adapted", "--keep", "{keep}", "--seed", "{seed}")),
    "coverage-misclassified": Method(("select", "--method", "coverage", "--features", "{features}", "--labels", "{labels}",
                                      "--logits", "{logits}", "--filter", "misclassified", "--keep", "{keep}", "--seed", "{seed}")),
    "coverage-without-uncertainty": Method(("select", "--method", "coverage", "--features", "{features}", "--labels", "{labels}",
                                            "--logits", "{logits}", "--filter", "noise-adapted", "--uncertainty-exponent", "0",
                                            "--keep", "{keep}", "--seed", "{seed}")),
    "strata-facility-location": prune(),
    "prune-unfiltered": prune("--filter", "none"),
    "density": prune("--persistence-weight", "0", "--density-weight", "1"),
    "persistence": prune("--persistence-weight", "1", "--density-weight", "0"),
    "stable": prune("--score", "pair-persistence", "--reliability", "0.75"),
    # A random draw of many strata, so that nothing but the score decides.
    "stable-alone": prune("--score", "pair-persistence", "--reliability", "0.75", column="persistence",
                          draw=("--draw", "random")),
    "stable-beyond-density": dataclasses.replace(
        prune("--score", "pair-persistence", "--reliability", "0.75", column="beyond_density",
              draw=("--draw", "random")), beyond_density=True),
    "topocore": prune(draw=("--strata", "50", "--draw", "random")),
    "density-top": prune(draw=("--strata", "1", "--draw", "highest"), column="density"),
    "density-rarest": Method(("select", "--labels", "{labels}", "--scores", "{scores}", "--column", "density", "--selector",
                              "top", "--end", "lowest", "--keep", "{keep}"), prune().scored_by),
    "ccs-0": select("ccs", "--skip-hardest", "0"),
    "ccs-.1": select("ccs", "--skip-hardest", "0.1"),
    "ccs-.3": select("ccs", "--skip-hardest", "0.3"),
    "d2-0": select("d2", "--skip-hardest", "0"),
    "d2-.4": select("d2", "--skip-hardest", "0.4"),
    "prototypes-hard-global": select("prototypes-hard", "--pool", "all"),
    "prototypes-easy-global": select("prototypes-easy", "--pool", "all"),
    "aum-global": select("aum", "--pool", "all"),
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
    "draw": {f"draw-{name}": ("--draw", name) for name in ("random", "highest", "k-center", "facility-location")},
    "least-budget": {f"strata-{s}-least-{b}": ("--strata", str(s), "--least-budget", str(b))
                     for s in (5, 10, 25, 50) for b in (1, 2, 4)},
    "cut": {f"cut-{name}": ("--cut", name) for name in ("equal-width", "quantile", "k-means")},
    "cover": {f"strata-{s}": ("--draw", "facility-location", "--strata", str(s)) for s in (1, 2, 5, 10, 25, 50)},
    "optimizer": {name: ("--optimizer", name) for name in ("adam", "gradient-ascent")},
}
OF_THE_DRAW = ("strata", "draw", "cut", "least-budget", "cover")
GROUPS = {}
for _group, _options in ABLATIONS.items():
    GROUPS[f"ablation:{_group}"] = [f"{_group}:{name}" for name in _options]
    METHODS |= {f"{_group}:{name}": prune(draw=options) if _group in OF_THE_DRAW else prune(*options)
                for name, options in _options.items()}


# Every rule of docs/selection.md that needs no training records, as its authors draw, as select:NAME without and as
# filtered:NAME with the filter; of a score both ends. Scores are those of the outputs of the base model as it ended.
PLAIN = {
    "moderate": ("moderate",), "entropy-hardest": ("entropy",), "entropy-easiest": ("entropy", "--end", "easiest"),
    "margin-hardest": ("margin",), "margin-easiest": ("margin", "--end", "easiest"), "fdmat": ("fdmat",), "zcore": ("zcore",),
    "knn-shapley": ("knn-shapley",), "prototypes-hard": ("prototypes-hard",), "prototypes-easy": ("prototypes-easy",),
    "herding": ("herding",), "k-center": ("k-center",), "facility-location": ("facility-location",), "graph-cut": ("graph-cut",),
    "ccs-margin": ("ccs", "--score", "margin"), "d2-margin": ("d2", "--score", "margin", "--skip-hardest", "0.2"),
    "window-margin": ("elfs", "--score", "margin"),
}
GROUPS["plain"] = []
for _name, _command in PLAIN.items():
    for _kind, _filter in (("select:", ()), ("filtered:", ("--filter", "misclassified"))):
        METHODS[_kind + _name] = Method(("select", "--features", "{features}", "--labels", "{labels}", "--logits", "{logits}",
                                         "--method", *_command, "--keep", "{keep}", "--seed", "{seed}", *_filter))
        GROUPS["plain"].append(_kind + _name)


# Coverage whose weights follow a topological score, of one layout of all samples, or the density: one end or the other.
GROUPS["weights"] = []
for _name in ("displacement", "mode-persistence", "merge-height", "hole-persistence", "barcode-effect", "density"):
    _scored = prune("--filter", "none", *(() if _name == "density" else ("--score", _name))).scored_by
    for _end in ("highest", "lowest"):
        METHODS[f"weights:{_name}-{_end}"] = Method(
            (*METHODS["prune"].command, "--scores", "{scores}", "--column", "density" if _name == "density" else "persistence",
             "--score-exponent", "0.5", "--heavy-end", _end), _scored)
        GROUPS["weights"].append(f"weights:{_name}-{_end}")


def methods_named(names):
    """The controls, then the methods and groups asked for; `select:NAME` is the method of that name of the
    program, `filtered:NAME` the same on the samples that the filter lets pass. Ends the program for a name that there is not."""
    found = list(CONTROLS)
    for name in names:
        for each in GROUPS.get(name, [name]):
            if each.startswith("select:") and each not in METHODS:
                METHODS[each] = select(each.removeprefix("select:"))
            if each.startswith("filtered:") and each not in METHODS:
                METHODS[each] = select(each.removeprefix("filtered:"), *FILTERED)
            if each not in METHODS:
                raise SystemExit(f"--methods names {each}, must be of {', '.join([*METHODS, *GROUPS, 'select:NAME', 'filtered:NAME'])}")
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
        """What the program says it is, and a checksum: another build of one version may select otherwise."""
        result = subprocess.run([self.program, "--version"], stdout=subprocess.PIPE, text=True, check=True)
        checksum = hashlib.sha256(pathlib.Path(shutil.which(self.program)).read_bytes()).hexdigest()
        return f"{result.stdout.strip()} {checksum[:12]}"

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
        seconds = 0
        if METHODS[method].scored_by:
            folder, seconds = self.carried_out(METHODS[method].scored_by, places, base)
            scores = folder / "scores.csv"
            if METHODS[method].beyond_density:
                scores = folder / "beyond_density.csv"
                write_beyond_density(folder / "scores.csv", scores)
            places["scores"] = str(scores)
        out, drawing = self.carried_out(METHODS[method].command, places, base)
        rows = np.load(out / "kept.npy")
        if len(np.unique(rows)) != keep or rows.min() < 0 or rows.max() >= len(base.labels):
            raise RuntimeError(f"{method} kept {len(np.unique(rows))} different samples, must keep {keep}")
        return rows, seconds + drawing

    def carried_out(self, command, places, base):
        """The folder of what the command wrote, and the seconds that it took; done before, nothing is done."""
        begin = time.perf_counter()
        command = [part.format(**places) for part in command]
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
            done.write_text(json.dumps({"command": command, "seconds": time.perf_counter() - begin}))
        return out, json.loads(done.read_text())["seconds"]
