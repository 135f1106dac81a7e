#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what every selection method costs on CIFAR-10 features, beside apricot, submodlib and NumPy.

    python benchmarks/selection_cost.py --program build/release/benchmarks/selectors --data FOLDER
                                   [--methods a,b,...] [--repeats 3] [--out results] [--docs docs/selection.md]

FOLDER holds, as .npy or .npy.gz, the 50,000 x 64 features resnet56-feat64-f16 and the 50,000 x 10 logits
resnet{20,32,44,56}-logits10-f16, and the labels train-labels-idx1-ubyte(.gz). 10 % are kept. A method is timed
with all that it needs, a neighbor graph or a score included; reading is not. Training dynamics are 30 epochs,
the logits of the four networks by turns.

Beside ours, on the same two cores:

  apricot      facility location of each class, lazy, of a similarity matrix by NumPy
  submodlib    the same
  numpy        Moderate, CCS and D2 from their published formulas, vectorized; D2 with a dense table of the
               distances in each class

Every run is a process of its own; seconds are those of the fastest of the repeats (a peer makes one, after a warm-up
where it compiles), by the wall clock and of the processor; memory is the peak resident set in MB (10^6 bytes), with
the data. Checked is, and the exit status is 1 if not: every method but facility location and graph cut stays below
2 s and none needs memory like n x n; facility location is five times faster than either peer, and its value is the
peer's greedy value to 1e-6; Moderate and D2 keep the same samples as NumPy, CCS as many of each stratum.

Needs: pip install apricot-select==0.6.1 submodlib-py==0.0.3 numpy.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

THREADS = 2
KEEP, EPOCHS, SAMPLES = 0.1, 30, 50000
NETWORKS = ("resnet20", "resnet32", "resnet44", "resnet56")
PEERS = {"facility_location": ("apricot", "submodlib"), "moderate": ("numpy",), "ccs": ("numpy",), "d2": ("numpy",)}
# What is asked: seconds of the wall clock at most, times faster at least, MB at most (n x n bytes would be 2,500),
# relative difference at most.
SECONDS, TIMES_FASTER, MEGABYTES, DIFFERENCE = 2.0, 5.0, 400, 1e-6
NOT_TIMED = {"facility_location", "facility_location_stochastic", "graph_cut"}


def file_of(folder, name):
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return path
    sys.exit(f"selection_cost.py: {folder / name} is not there, nor with .gz")


def features_file(folder):
    return file_of(folder, f"{NETWORKS[-1]}-feat64-f16.npy")


def logits_files(folder):
    return [file_of(folder, f"{network}-logits10-f16.npy") for network in NETWORKS]


def labels_file(folder):
    return file_of(folder, "train-labels-idx1-ubyte")


# What runs in a process of its own: the peers.


def opened(path):
    import gzip

    return gzip.open(path) if path.suffix == ".gz" else open(path, "rb")


def read(folder):
    """Features, labels and epochs x samples x classes of logits."""
    import numpy as np

    with opened(features_file(folder)) as file:
        features = np.load(file).astype(np.float32)
    with opened(labels_file(folder)) as file:
        labels = np.frombuffer(file.read()[8:], np.uint8).astype(np.int64)
    networks = []
    for path in logits_files(folder):
        with opened(path) as file:
            networks.append(np.load(file).astype(np.float32))
    return features, labels, np.stack([networks[t % len(networks)] for t in range(EPOCHS)])


def area_under_margin(labels, outputs):
    import numpy as np

    rows, total = np.arange(len(labels)), np.zeros(len(labels))
    for logits in outputs:
        p = np.exp((logits - logits.max(1, keepdims=True)).astype(np.float64))
        p /= p.sum(1, keepdims=True)
        own = p[rows, labels].copy()
        p[rows, labels] = -1
        total += own - p.max(1)
    return total / len(outputs)


def moderate(features, labels, outputs):
    import numpy as np

    z, distance = features.astype(np.float64), np.empty(len(labels))
    for label in np.unique(labels):
        own = labels == label
        distance[own] = np.linalg.norm(z[own] - np.median(z[own], axis=0), axis=1)
    n = len(labels)
    order = np.argsort(distance, kind="stable")
    return order[round(n * (0.5 - KEEP / 2)):round(n * (0.5 + KEEP / 2))]


def water_filled(sizes, total):
    import numpy as np

    parts, left = np.zeros(len(sizes), np.int64), total
    for place, j in enumerate(np.argsort(sizes, kind="stable")):
        parts[j] = min(sizes[j], left // (len(sizes) - place))
        left -= parts[j]
    return parts


def ccs_strata(score):
    """The samples that are not left out, and the stratum of each."""
    import numpy as np

    rest = np.sort(np.argsort(score, kind="stable")[int(0.3 * len(score)):])
    low, high = score[rest].min(), score[rest].max()
    return rest, np.minimum(((score[rest] - low) / (high - low) * 50).astype(int), 49)


def ccs(features, labels, outputs):
    import numpy as np

    rest, stratum = ccs_strata(area_under_margin(labels, outputs))
    parts = water_filled(np.bincount(stratum, minlength=50), round(KEEP * len(labels)))
    random = np.random.default_rng(1)
    return np.concatenate([random.choice(rest[stratum == j], parts[j], replace=False) for j in range(50)])


def d2(features, labels, outputs, k=5, gamma=0.1, skipped=0.4):
    import numpy as np

    difficulty, kept = -area_under_margin(labels, outputs), []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        budget = round(KEEP * len(members))
        order = members[np.argsort(-difficulty[members], kind="stable")]
        nodes = np.sort(order[int(skipped * len(members)):])
        s = difficulty[nodes] - difficulty[nodes].min()
        s /= s.max()
        z = features[nodes].astype(np.float64)
        squares = (z * z).sum(1)
        distance = squares[:, None] + squares - 2 * (z @ z.T)
        np.fill_diagonal(distance, np.inf)
        near = np.argpartition(distance, k, axis=1)[:, :k]
        linked = np.zeros(distance.shape, bool)
        linked[np.arange(len(nodes))[:, None], near] = True
        linked |= linked.T
        a, b = np.nonzero(linked)
        length = np.sqrt(np.maximum(distance[a, b], 0))
        begins = np.searchsorted(a, np.arange(len(nodes) + 1))
        x = s + np.bincount(a, np.exp(-length) * s[b], len(nodes))
        fade = np.exp(-gamma * length)
        for _ in range(budget):
            best = x.argmax()
            kept.append(nodes[best])
            own = slice(begins[best], begins[best + 1])
            x[b[own]] -= fade[own] * x[best]
            x[best] = -np.inf
    return np.array(kept)


def similarities(features):
    import numpy as np

    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    return (1 + unit @ unit.T) / 2


def by_apricot(similar, budget):
    import numpy as np
    from apricot import FacilityLocationSelection

    selector = FacilityLocationSelection(budget, metric="precomputed", optimizer="lazy")
    selector.fit(similar.astype(np.float64))
    return selector.ranking


def by_submodlib(similar, budget):
    from submodlib import FacilityLocationFunction

    function = FacilityLocationFunction(n=len(similar), mode="dense", sijs=similar, separate_rep=False)
    greedy = function.maximize(budget=budget, optimizer="LazyGreedy", stopIfZeroGain=False,
                               stopIfNegativeGain=False, show_progress=False)
    return [j for j, _ in greedy]


def facility_location(library):
    import numpy as np

    draw = {"apricot": by_apricot, "submodlib": by_submodlib}[library]
    draw(similarities(np.random.default_rng(1).random((50, 8), dtype=np.float32)), 5)

    def compute(features, labels, outputs):
        kept = []
        for label in np.unique(labels):
            members = np.flatnonzero(labels == label)
            kept.extend(members[draw(similarities(features[members]), round(KEEP * len(members)))])
        return np.array(kept)

    return compute


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def run_peer(library, method, folder, out):
    import numpy as np

    data = read(folder)
    compute = facility_location(library) if library != "numpy" else {"moderate": moderate, "ccs": ccs, "d2": d2}[method]
    wall, processor = time.perf_counter(), time.process_time()
    kept = compute(*data)
    cost = {"wall_seconds": time.perf_counter() - wall, "processor_seconds": time.process_time() - processor,
            "kept": len(kept), "peak_mb": peak_mb()}
    np.save(out, np.sort(kept))
    print("\n" + json.dumps(cost))


# The checks, in a process of their own too: a large process would count into the peak of those that it starts.


def value_of(features, labels, kept):
    """The value of facility location, class by class."""
    import numpy as np

    flag = np.zeros(len(labels), bool)
    flag[kept] = True
    values = []
    for label in np.unique(labels):
        z = features[labels == label].astype(np.float64)
        z /= np.linalg.norm(z, axis=1, keepdims=True)
        values.append(((1 + z @ z[flag[labels == label]].T) / 2).max(1).sum())
    return np.array(values)


def check(method, folder, ours, theirs):
    """Prints whether the two draws agree as they should, and how."""
    import numpy as np

    features, labels, outputs = read(folder)
    a, b = np.load(ours), np.load(theirs)
    if method == "facility_location":
        difference = np.abs(value_of(features, labels, a) / value_of(features, labels, b) - 1).max()
        answer = bool(difference <= DIFFERENCE), f"values differ by {difference:.1e} at most"
    elif method == "ccs":
        rest, stratum = ccs_strata(area_under_margin(labels, outputs))
        counts = [np.bincount(stratum[np.isin(rest, kept)], minlength=50) for kept in (a, b)]
        answer = (bool((counts[0] == counts[1]).all() and np.isin(a, rest).all()),
                  f"{int(np.abs(counts[0] - counts[1]).sum())} differences of the counts in 50 strata")
    else:
        different = len(np.setdiff1d(a, b))
        answer = different == 0, f"{different} of {len(a)} samples differ"
    print(json.dumps(answer))


# The parent process.


def run(command, **options):
    limits = {name: str(THREADS) for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    answer = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, env=os.environ | limits,
                            **options)
    if answer.returncode:
        sys.exit(f"selection_cost.py: {command[0]} ended with status {answer.returncode}")
    return answer.stdout


def run_ours(arguments, method, out):
    text = run([arguments.program.resolve(), method, "--features", features_file(arguments.data), "--labels",
                labels_file(arguments.data), "--logits", ",".join(map(str, logits_files(arguments.data))), "--epochs",
                EPOCHS, "--keep", KEEP, "--threads", THREADS, "--repeats", arguments.repeats, "--write", out])
    (row,) = csv.DictReader(text.splitlines())
    return {name: float(value) for name, value in row.items() if name != "method"}


def beside(arguments, method, ours, folder, problems):
    """What the peers cost, and how they compare, as a text of the table."""
    texts, costs = [], {}
    for library in PEERS.get(method, ()):
        out = folder / "theirs.npy"
        answer = run([sys.executable, __file__, "peer", library, method, arguments.data, out],
                     stderr=subprocess.DEVNULL)
        cost = costs[library] = json.loads(answer.splitlines()[-1])
        holds, how = json.loads(run([sys.executable, __file__, "check", method, arguments.data,
                                     folder / "ours.npy", out]))
        cost["check"] = how
        faster = cost["wall_seconds"] / ours["wall_seconds"]
        by_processor = cost["processor_seconds"] / ours["processor_seconds"]
        texts.append(f"{library} {cost['wall_seconds']:.2f} s, {cost['peak_mb']:,.0f} MB: {faster:.1f} times faster "
                     f"({by_processor:.1f} by the processor)")
        print(f"    {texts[-1]}; {how}", flush=True)
        if not holds:
            problems.append(f"{method} beside {library}: {how}")
        if method == "facility_location" and faster < TIMES_FASTER:
            problems.append(f"{method} is {faster:.1f} times faster than {library}, asked are {TIMES_FASTER}")
    return "; ".join(texts), costs


def write_table(page, rows):
    text = page.read_text()
    table = "\n".join(["| method | wall clock | processor | peak memory | beside |", "|---|---|---|---|---|"] + rows)
    found = re.subn(r"(<!-- cost -->\n).*?(<!-- end -->)", lambda m: m[1] + table + "\n" + m[2], text, flags=re.DOTALL)
    if found[1] != 1:
        sys.exit(f"selection_cost.py: {page} must have the marks <!-- cost --> and <!-- end --> once")
    page.write_text(found[0])


def main():
    if sys.argv[1:2] == ["peer"]:
        return run_peer(sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4]), sys.argv[5])
    if sys.argv[1:2] == ["check"]:
        return check(sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4], sys.argv[5])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="a folder, such as ../shared/data/cifar10")
    parser.add_argument("--methods", help="those of `selectors list` if not given")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--docs", type=pathlib.Path)
    arguments = parser.parse_args()
    known = run([arguments.program.resolve(), "list"]).split()
    methods = arguments.methods.split(",") if arguments.methods else known
    record, rows, problems = {}, [], []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for method in methods:
            ours = record[method] = run_ours(arguments, method, folder / "ours.npy")
            print(f"  {method:28} {ours['wall_seconds']:7.3f} s {ours['processor_seconds']:7.3f} s of the processor "
                  f"{ours['peak_mb']:6.0f} MB", flush=True)
            text, record[method]["peers"] = beside(arguments, method, ours, folder, problems)
            rows.append(f"| `{method}` | {ours['wall_seconds']:.2f} s | {ours['processor_seconds']:.2f} s | "
                        f"{ours['peak_mb']:.0f} MB | {text} |")
            if ours["kept"] != round(KEEP * SAMPLES):
                problems.append(f"{method} keeps {ours['kept']:.0f} samples")
            if method not in NOT_TIMED and ours["wall_seconds"] >= SECONDS:
                problems.append(f"{method} takes {ours['wall_seconds']:.2f} s, asked is less than {SECONDS}")
            if ours["peak_mb"] > MEGABYTES:
                problems.append(f"{method} needs {ours['peak_mb']:.0f} MB, asked are {MEGABYTES} at most")
    print(*problems, sep="\n")
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "selectors.json").write_text(json.dumps(record, indent=1) + "\n")
    if arguments.docs:
        write_table(arguments.docs, rows)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
