#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows our projections beside umap-learn, umappp, PaCMAP and openTSNE: seconds, memory, quality, scaling.

    python benchmarks/projections.py [--parts umap,umappp,pacmap,tsne,cold,scaling,quality,threads] [--out results]

Parts
  umap, pacmap, tsne   Median seconds and largest peak memory on CIFAR-10 features of a ResNet-56 (50,000 x 64),
                       pixels of Fashion-MNIST (60,000 x 784) and rectified synthetic classes (50,000 x 512).
  umappp               UMAP beside umappp, with its default search (Annoy), all threads.
  localmap             The same for LocalMAP; asks for nothing and is left out unless named.
  cold                 From the start of a process to the written embedding, for CIFAR-10 features.
  scaling              Our UMAP on 10^4, 10^5 and 10^6 points x 64 in 200 Gaussian clusters, 200 epochs each.
  quality              Both real sets, seed by seed. UMAP: table and gate of umap_quality.py. PaCMAP and t-SNE:
                       the mean of ours lies in the band of the peer's seeds, widened by .002 for trustworthiness
                       and continuity, .006 for kept neighbors, .015 for the vote; "below" is worse than the band.
  threads              Our output files for 1, 2, 3 and 8 threads are equal byte by byte.

What is timed: ours is the whole process, with start, reading and writing (the program's own figure without these
is kept as `inner_seconds`). A peer is timed inside its process, after it was warmed up, and so compiled, on 5,000
rows; only in the part `cold` is it the whole process, with numba's cache on disk as it was found. Every run is a
process of its own, limited to --threads threads; umap-learn with a seed runs on one thread. Run k has seed k;
memory is the peak resident set in MB (10^6 bytes).

UMAP has 15 neighbors, min_dist 0.1, cosine; PaCMAP its defaults (10 neighbors, euclidean); t-SNE perplexity 30,
cosine. Finished runs, ours known by the digest of the program, are kept in --cache and not repeated; every run is
written to --out/projections.json when it ends. Exit status 1: a run failed, or a figure misses what is asked.

Needs: pip install umap-learn==0.5.12 scranpy==0.3.1 pacmap==0.9.1 openTSNE==1.0.4 scikit-learn scipy numpy (matplotlib: scaling).
"""

import argparse
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import peers
import umap_quality

PARTS = ("umap", "umappp", "pacmap", "localmap", "tsne", "cold", "scaling", "quality", "threads")
OPTIONS = {
    "umap": f"--metric cosine --neighbors {peers.NEIGHBORS} --min-dist 0.1",
    "pacmap": "",
    "localmap": "",
    "tsne": f"--perplexity {peers.PERPLEXITY} --metric cosine",
}
METRICS = {"pacmap": "euclidean", "localmap": "euclidean", "tsne": "cosine"}
TITLES = {"umap": "UMAP", "pacmap": "PaCMAP", "localmap": "LocalMAP", "tsne": "t-SNE"}
SETS = {"cifar10": "CIFAR-10", "fashion": "Fashion-MNIST", "synthetic": "synthetic"}
BAND = {key: umap_quality.GATE[key] for key in ("trust", "continuity", "kept", "label")}
SCALING_SECONDS, SCALING_MB = 360, 3000  # asked of the largest size

# part, method, data set, the peer has a seed, from a cold process, times faster asked (None: only shown)
WORKS = [
    ("umap", "umap", "cifar10", False, False, 5),
    ("umap", "umap", "cifar10", True, False, 7),
    ("umap", "umap", "fashion", False, False, 4),
    ("umap", "umap", "fashion", True, False, 6),
    ("umap", "umap", "synthetic", False, False, 4),
    ("umappp", "umap", "cifar10", True, False, 5),
    ("umappp", "umap", "fashion", True, False, 5),
    ("pacmap", "pacmap", "cifar10", True, False, 5),
    ("pacmap", "pacmap", "fashion", True, False, 5),
    ("localmap", "localmap", "cifar10", True, False, None),
    ("localmap", "localmap", "fashion", True, False, None),
    ("tsne", "tsne", "cifar10", True, False, None),
    ("tsne", "tsne", "fashion", True, False, 1.5),
    ("cold", "umap", "cifar10", False, True, 15),
    ("cold", "umap", "cifar10", True, True, None),
]


@dataclasses.dataclass(frozen=True)
class Run:
    who: str  # "ours" or "peer"
    method: str
    data: str
    number: int  # the seed, if it has one
    threads: int
    seeded: bool = True
    cold: bool = False
    epochs: int | None = None

    def name(self):
        return "_".join(filter(None, [
            self.who, self.method, self.data, f"{'seed' if self.seeded else 'unseeded'}{self.number}",
            f"threads{self.threads}", "cold" * self.cold, f"epochs{self.epochs}" if self.epochs else None]))


class Bench:
    """Makes runs, or finds them in the cache, and writes down what they cost."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.cache = arguments.cache / ("quick" if arguments.quick else "full")
        self.limit = 3000 if arguments.quick else None
        self.results = arguments.out / "projections.json"
        for folder in (self.cache, arguments.out):
            folder.mkdir(parents=True, exist_ok=True)
        self.digest = hashlib.sha256(pathlib.Path(arguments.program).read_bytes()).hexdigest()
        self.renewed = set()
        self.problems = []
        old = json.loads(self.results.read_text()) if self.results.exists() else {}
        self.record = {"runs": {}, "table": [], "quality": {}, "scaling": {}, "threads": {}} | old
        self.record |= {"peers": peers.VERSIONS, "cores": os.cpu_count(), "program": self.digest[:16],
                        "quick": arguments.quick, "date": time.strftime("%Y-%m-%d")}

    def save(self):
        partial = self.results.with_suffix(".partial")
        partial.write_text(json.dumps(self.record, indent=1) + "\n")
        partial.replace(self.results)

    def gate(self, holds, text):
        print(f"  {'pass' if holds else 'FAIL'}  {text}", flush=True)
        if not holds:
            self.problems.append(text)

    def launch(self, log, command):
        limits = {name: str(self.arguments.threads) for name in peers.THREAD_LIMITS}
        answer = subprocess.run([sys.executable, "-S", peers.__file__, "launch", log, *map(str, command)],
                                check=True, stdout=subprocess.PIPE, env=os.environ | limits)
        return json.loads(answer.stdout)

    def features(self, data):
        path = self.cache / f"{data}.npy"
        if not path.exists():
            partial = path.with_suffix(".partial.npy")
            command = [sys.executable, peers.__file__, "features", "--data-set", data, "--data",
                       self.arguments.data, "--out", partial]
            if self.limit and not data.startswith("clusters"):
                command += ["--limit", self.limit]
            subprocess.run(list(map(str, command)), check=True)
            partial.replace(path)
        return path

    def command(self, run, out):
        if run.who == "ours":
            command = [self.arguments.program, "project", "--features", self.features(run.data), "--method",
                       run.method, *OPTIONS[run.method].split(), "--seed", run.number, "--threads", run.threads]
            command += ["--epochs", run.epochs] if run.epochs else []
        else:
            command = [sys.executable, peers.__file__, "project", "--method", run.method, "--features",
                       self.features(run.data), "--threads", run.threads]
            command += ["--seed", run.number] if run.seeded else []
            command += ["--cold"] if run.cold else []
        return command + ["--out", out]

    def cached(self, run):
        path = self.cache / f"{run.name()}.json"
        stale = self.arguments.fresh in ("all", run.who) and run not in self.renewed
        if stale or not path.exists():
            return None
        cost = json.loads(path.read_text())
        return cost if run.who == "peer" or cost["program"] == self.digest else None

    def run(self, run):
        """What the run cost, or None if it failed."""
        cost = self.cached(run)
        if cost is None:
            cost = self.make(run)
        if cost is not None:
            self.record["runs"][run.name()] = cost
            self.save()
        return cost

    def make(self, run):
        out, log = self.cache / f"{run.name()}.npy", self.cache / f"{run.name()}.log"
        out.unlink(missing_ok=True)
        cost = self.launch(log, self.command(run, out))
        text = log.read_text(errors="replace")
        if cost["status"] != 0 or not out.exists():
            problem = f"{run.name()} failed with status {cost['status']}: {text.strip()[-300:]}"
            print(f"  {problem}", flush=True)
            self.problems.append(problem)
            return None
        inner = re.search(r"^projected .* in ([0-9.]+) s", text, re.MULTILINE)
        cost["inner_seconds"] = float(inner[1]) if inner else None
        cost["sha256"] = hashlib.sha256(out.read_bytes()).hexdigest()
        cost["program" if run.who == "ours" else "versions"] = \
            self.digest if run.who == "ours" else peers.VERSIONS[peers.LIBRARIES[run.method]]
        cost["output"] = text.strip().splitlines()[-20:]
        if run.who == "peer" and not run.cold:
            cost["process_seconds"], cost["seconds"] = cost["seconds"], cost["inner_seconds"]
        print(f"  {run.name()}: {cost['seconds']:.2f} s, {cost['peak_mb']:.0f} MB", flush=True)
        (self.cache / f"{run.name()}.json").write_text(json.dumps(cost))
        self.renewed.add(run)
        return cost

    def ours(self, method, data, seeds, threads=None, epochs=None):
        return [self.run(Run("ours", method, data, seed, threads or self.arguments.threads, epochs=epochs))
                for seed in seeds]

    def peer(self, method, data, numbers, seeded=True, cold=False):
        return [self.run(Run("peer", method, data, number, self.arguments.threads, seeded, cold))
                for number in numbers]

    def points(self, who, method, data, seed):
        return np.load(self.cache / f"{Run(who, method, data, seed, self.arguments.threads).name()}.npy")


def median(costs, key):
    return statistics.median(cost[key] for cost in costs)


def work(bench, part, method, data, seeded, cold, asked):
    """One row of the table, or None if a run failed."""
    arguments = bench.arguments
    peer = "umappp" if part == "umappp" else method
    title = f"{TITLES[method]} {SETS[data]}, {'cold, ' * cold}{'umappp' if part == 'umappp' else 'peer'} " \
            f"{'seeded' if seeded else 'unseeded'}"
    print(title, flush=True)
    repeats = arguments.peer_repeats or (1 if method == "tsne" else 2)
    theirs = bench.peer(peer, data, range(1, repeats + 1), seeded, cold)
    mine = bench.ours(method, data, range(1, arguments.repeats + 1))
    if None in theirs + mine:
        return None
    row = {"work": title, "peer": f"{peers.LIBRARIES[peer]} {peers.VERSIONS[peers.LIBRARIES[peer]]}",
           "peer_s": median(theirs, "seconds"), "our_s": median(mine, "seconds"),
           "our_inner_s": None if None in [cost["inner_seconds"] for cost in mine] else median(mine, "inner_seconds"),
           "asked": asked, "peer_mb": max(cost["peak_mb"] for cost in theirs),
           "our_mb": max(cost["peak_mb"] for cost in mine)}
    row["ratio"] = row["peer_s"] / row["our_s"]
    bench.record["table"] = [old for old in bench.record["table"] if old["work"] != title] + [row]
    bench.save()
    return row


def print_table(bench, rows):
    print(f"\n{'work':38s} {'peer s':>8s} {'ours s':>8s} {'inside':>8s} {'ratio':>6s} {'asked':>6s} {'peer MB':>8s} "
          f"{'our MB':>7s}")
    for row in rows:
        inner = "-" if row["our_inner_s"] is None else f"{row['our_inner_s']:.2f}"
        print(f"{row['work']:38s} {row['peer_s']:8.2f} {row['our_s']:8.2f} {inner:>8s} {row['ratio']:6.1f} "
              f"{row['asked'] or '-':>6} {row['peer_mb']:8.0f} {row['our_mb']:7.0f}")
    for row in rows:
        if row["asked"]:
            bench.gate(row["ratio"] >= row["asked"],
                       f"{row['work']}: {row['ratio']:.1f} times faster, asked {row['asked']}")


def scaling(bench):
    print("scaling of our UMAP, 64 features", flush=True)
    sizes = (1000, 2000, 3000) if bench.arguments.quick else (10**4, 10**5, 10**6)
    rows = []
    for n in sizes:
        repeats = 1 if n == 10**6 else bench.arguments.repeats
        costs = bench.ours("umap", f"clusters{n}", range(1, repeats + 1), epochs=200)
        if None in costs:
            return
        rows.append({"n": n, "seconds": median(costs, "seconds"), "inner_seconds": costs[0]["inner_seconds"],
                     "peak_mb": max(cost["peak_mb"] for cost in costs), "output": costs[0]["output"]})
    exponent, offset = np.polyfit(np.log([row["n"] for row in rows]), np.log([row["seconds"] for row in rows]), 1)
    for row in rows:
        print(f"  n = {row['n']:8d}: {row['seconds']:8.2f} s, {row['peak_mb']:6.0f} MB")
        print("".join(f"      {line}\n" for line in row["output"]), end="")
    bench.record["scaling"] = {"exponent": exponent, "rows": rows}
    bench.save()
    print(f"  seconds grow as n^{exponent:.2f}")
    last = rows[-1]
    bench.gate(last["seconds"] <= SCALING_SECONDS, f"n = {last['n']}: {last['seconds']:.1f} s, at most {SCALING_SECONDS}")
    bench.gate(last["peak_mb"] <= SCALING_MB, f"n = {last['n']}: {last['peak_mb']:.0f} MB, at most {SCALING_MB}")
    plot_scaling(bench.arguments.out, rows, exponent, offset)


def plot_scaling(folder, rows, exponent, offset):
    try:
        import matplotlib
    except ImportError:
        print("  no plot: matplotlib is missing")
        return
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    n = np.array([row["n"] for row in rows])
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.loglog(n, [row["seconds"] for row in rows], "o", label="whole process")
    left.loglog(n, np.exp(offset) * n**exponent, "--", color="gray", label=f"n^{exponent:.2f}")
    left.axhline(SCALING_SECONDS, color="tab:red", linewidth=0.8)
    left.set(xlabel="points", ylabel="seconds")
    left.legend()
    right.loglog(n, [row["peak_mb"] for row in rows], "o-")
    right.axhline(SCALING_MB, color="tab:red", linewidth=0.8)
    right.set(xlabel="points", ylabel="peak memory, MB")
    for kind in ("png", "svg"):
        figure.savefig(folder / f"projections_scaling.{kind}", dpi=150)
    plt.close(figure)


def quality(bench, method, data):
    print(f"quality of {TITLES[method]}, {SETS[data]}", flush=True)
    seeds = bench.arguments.seeds
    peer_seeds = bench.arguments.tsne_seeds if method == "tsne" else seeds
    runs = [("peer", seed, bench.peer(method, data, [seed])[0]) for seed in peer_seeds]
    runs += [("ours", seed, bench.ours(method, data, [seed])[0]) for seed in seeds]
    if None in [cost for _, _, cost in runs]:
        return
    features, labels = peers.load(data, bench.arguments.data, bench.limit)
    reference = umap_quality.Reference(features, labels, METRICS.get(method, "cosine"))
    if method == "umap":
        rows = umap_rows(bench, data, runs, reference)
        if not umap_quality.verdicts(rows["ours"], rows["peer"]):
            bench.problems.append(f"quality of UMAP, {SETS[data]}")
    else:
        rows = band_rows(bench, method, data, runs, reference)
    bench.record["quality"][f"{method} {data}"] = {
        who: [{key: float(value) for key, value in row.items() if np.isscalar(value)} for row in rows[who]]
        for who in rows}
    bench.save()


def umap_rows(bench, data, runs, reference):
    umap_quality.print_header()
    rows, first = {"peer": [], "ours": []}, None
    for who, seed, cost in runs:
        row = reference.measure(bench.points(who, "umap", data, seed))
        row |= {"seconds": cost["seconds"], "peak_gib": cost["peak_mb"] * 1e6 / 2**30,
                "kde": None if first is None else umap_quality.agreement(row["densities"], first)}
        first = row["densities"] if first is None else first
        umap_quality.print_row(f"{'umap-learn' if who == 'peer' else who} seed {seed}", row)
        rows[who].append(row)
    return rows


def band_rows(bench, method, data, runs, reference):
    print(f"  {'':20s} {'trust':7s} {'contin.':7s} {'kept':7s} {'label':7s}  s")
    rows = {"peer": [], "ours": []}
    for who, seed, cost in runs:
        row = reference.measure_neighborhoods(bench.points(who, method, data, seed))
        print(f"  {peers.LIBRARIES[method] if who == 'peer' else who:13s} seed {seed}  "
              + "  ".join(f"{row[key]:.4f}" for key in BAND) + f"  {cost['seconds']:.1f}", flush=True)
        rows[who].append(row)
    for key, tolerance in BAND.items():
        low, high = min(row[key] for row in rows["peer"]), max(row[key] for row in rows["peer"])
        mean = np.mean([row[key] for row in rows["ours"]])
        side = "below" if mean < low - tolerance else "above" if mean > high + tolerance else "in"
        bench.gate(side == "in", f"{TITLES[method]} {SETS[data]} {key}: {mean:.4f}, {side} "
                                 f"[{low:.4f}, {high:.4f}] widened by {tolerance}")
    return rows


def threads_check(bench):
    print("equal bytes for 1, 2, 3 and 8 threads, CIFAR-10", flush=True)
    for method in OPTIONS:
        costs = [bench.ours(method, "cifar10", [1], threads)[0] for threads in (1, 2, 3, 8)]
        if None in costs:
            continue
        digests = [cost["sha256"][:16] for cost in costs]
        bench.record["threads"][method] = digests
        bench.gate(len(set(digests)) == 1, f"{TITLES[method]}: {' '.join(digests)}")
    bench.save()


def parse():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(part for part in PARTS if part != "localmap"),
                        help="parts to run, separated by commas (default: %(default)s)")
    for flag, part in (("--scaling", "scaling"), ("--quality", "quality"), ("--threads-check", "threads")):
        parser.add_argument(flag, dest="parts", action="store_const", const=part, help=f"same as --parts {part}")
    parser.add_argument("--data", type=pathlib.Path, default=here.parent.parent / "shared/data")
    parser.add_argument("--cache", type=pathlib.Path,
                        default=pathlib.Path(tempfile.gettempdir()) / "projections_cache")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("projections_results"), help="folder")
    parser.add_argument("--program", default=str(here.parent / "build/release/examples/topoprune/topoprune"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3, help="runs of ours for each work (seeds 1, 2, ...)")
    parser.add_argument("--peer-repeats", type=int, help="runs of a peer (default: 1 for t-SNE, else 2)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="seeds of the part quality")
    parser.add_argument("--tsne-seeds", type=int, nargs="+", default=[1, 2], help="of openTSNE, which is slow")
    parser.add_argument("--fresh", nargs="?", const="all", choices=["all", "ours", "peer"],
                        help="repeat finished runs too")
    parser.add_argument("--quick", action="store_true",
                        help="first 3,000 rows, one repeat: checks this script, its gates mean nothing")
    arguments = parser.parse_args()
    arguments.parts = arguments.parts.split(",")
    for part in arguments.parts:
        if part not in PARTS:
            parser.error(f"unknown part '{part}', expected one of {', '.join(PARTS)}")
    if not pathlib.Path(arguments.program).is_file():
        parser.error(f"--program: no file {arguments.program}")
    if arguments.quick:
        arguments.repeats = arguments.peer_repeats = 1
    return arguments


def main():
    arguments = parse()
    bench = Bench(arguments)
    rows = [work(bench, *each) for each in WORKS if each[0] in arguments.parts]
    if rows:
        print_table(bench, [row for row in rows if row is not None])
    if "scaling" in arguments.parts:
        scaling(bench)
    if "threads" in arguments.parts:
        threads_check(bench)
    if "quality" in arguments.parts:
        for method in OPTIONS:
            for data in ("cifar10", "fashion"):
                if method != "localmap" or "localmap" in arguments.parts:
                    quality(bench, method, data)
    print(f"\n{len(bench.problems)} problems" + "".join(f"\n  {problem}" for problem in bench.problems))
    print(f"every run: {bench.results}")
    sys.exit(1 if bench.problems else 0)


if __name__ == "__main__":
    main()
