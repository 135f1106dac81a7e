#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows the stages between the plane and the persistence scores, beside multipers and POT.

    python benchmarks/topology.py [--parts step,score,measure,incremental,transport,planar,agreement,filtrations]
                                  [--build build/release] [--out topology_results] [--docs docs/benchmarks.md]

Parts
  step         One ascent step on each class of CIFAR-10 (5,000 points of the UMAP plane), stage by stage.
  score        The persistence scores of all ten classes, 6 steps each, on two threads.
  measure      The signed measure of a weak_delaunay complex beside multipers on the same complex, by both of its
               routes: same atoms, how much faster than the quicker one, how all grow; a figure.
  incremental  The function_delaunay complex and its signed measure beside multipers, from points and codensities.
  transport    The exact transport of the measure of a class, and of uniform atoms, beside POT and SciPy: same cost, no gap.
  planar       weak_delaunay and its signed measure, for 5,000 and 200,000 points.
  agreement    How far the scores of the three filtrations agree, between seeds and under jitter (score_agreement).
  filtrations  Time and memory of a loss under every filtration (the benchmark filtrations).

Seconds are those of the processor on one thread (score: of the wall clock), medians over the repeats of ours and one
run of a peer. Every run is a process of its own; a peer has one core. Clouds are those of class_like_cloud.hpp,
bandwidth 0.4. What is written to --out: topology.json with every figure, tables.md, signed_measure.csv and
signed_measure.png. --docs takes the tables into the page, between its marks. Exit status 1: a run failed, a value
differs, or a figure misses what is asked.

Needs the build of the preset `release`, and pip install multipers==2.6.1 POT==0.9.7.post1 numpy scipy (matplotlib:
the figure). That multipers needs Python 3.12 or later: --peer-python names another Python than that of this script.
"""

import argparse
import csv
import json
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

import numpy as np

import peers
import topology_peers
import umap_quality

PARTS = ("step", "score", "measure", "incremental", "transport", "planar", "agreement", "filtrations")
TRANSPORT_SOLVERS = {"emd2": "POT", "emd2_lazy": "POT, lazy costs", "assignment": "SciPy, assignment"}
STAGES = ("density", "complex", "measure", "transport", "gradient", "adam", "step")
CLASS = 3  # the class of the figures for one class
FIGURE = "signed_measure.png"

# What is asked: seconds at most, times faster at least, relative difference at most.
STEP_SECONDS, SCORE_SECONDS = 0.060, 2.5
MEASURE_RATIO, INCREMENTAL_RATIO = 20, 20
CLASS_TRANSPORT_SECONDS, UNIFORM_TRANSPORT_SECONDS = 0.040, 3.0
PLANAR_SECONDS = {5000: 0.020, 200000: 1.3}
GRADE_DIFFERENCE, COST_DIFFERENCE = 1e-12, 1e-9


class Failed(Exception):
    """A run that ended badly; the part it belongs to ends."""


class Bench:
    """Makes runs and writes down what they cost."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.removed_at_exit = tempfile.TemporaryDirectory()
        self.scratch = pathlib.Path(self.removed_at_exit.name)
        self.problems = []
        self.results = arguments.out / "topology.json"
        arguments.out.mkdir(parents=True, exist_ok=True)
        old = json.loads(self.results.read_text()) if self.results.exists() else {}
        self.record = {"runs": [], "parts": {}, "tables": {}} | old
        self.record["peers"] = topology_peers.VERSIONS

    def gate(self, holds, text):
        print(f"  {'pass' if holds else 'FAIL'}  {text}", flush=True)
        if not holds:
            self.problems.append(text)

    def asked(self, name, value, bound, unit="s"):
        self.gate(value <= bound, f"{name}: {value:.4g} {unit}, at most {bound:g}")

    def program(self, name):
        folder = "examples/topoprune" if name == "topoprune" else "benchmarks"
        return self.arguments.build / folder / name

    def repeats(self, count):
        return 1 if self.arguments.quick else count

    def launch(self, command):
        """Output and peak memory in MB of a command."""
        log = self.scratch / "log.txt"
        answer = subprocess.run([sys.executable, "-S", peers.__file__, "launch", log, *map(str, command)],
                                check=True, stdout=subprocess.PIPE)
        cost, text = json.loads(answer.stdout), log.read_text(errors="replace")
        if cost["status"] != 0:
            raise Failed(f"status {cost['status']} of {' '.join(map(str, command))}: {text.strip()[-400:]}")
        return text, cost["peak_mb"]

    def ours(self, *words):
        text, peak = self.launch([self.program("topology_stages"), *words])
        cost = {name: float(value) for name, value in map(str.split, text.splitlines())}
        return self.keep(f"topology_stages {' '.join(map(str, words))}", cost | {"peak_mb": peak})

    def peer(self, *words):
        text, peak = self.launch([*shlex.split(self.arguments.peer_python), topology_peers.__file__, *words, "--cores",
                                  self.arguments.peer_cores])
        cost = json.loads(text.splitlines()[-1]) | {"peak_mb": peak}
        return self.keep(f"peer {' '.join(map(str, words))}", cost)

    def keep(self, command, cost):
        """Writes down a run as soon as it ended, whatever comes after."""
        self.record["runs"].append({"command": command} | cost)
        self.write()
        return cost

    def write(self):
        partial = self.results.with_suffix(".partial")
        partial.write_text(json.dumps(self.record, indent=1) + "\n")
        partial.replace(self.results)

    def data(self, name):
        return self.arguments.data / "cifar10" / name

    def plane(self):
        """The UMAP plane of CIFAR-10 features, and its labels."""
        path = self.scratch / "plane.npy"
        if not path.exists():
            self.launch([self.program("topoprune"), "project", "--features", self.data("resnet56-feat64-f16.npy.gz"),
                         "--method", "umap", "--metric", "cosine", "--neighbors", 15, "--min-dist", 0.1, "--seed", 1,
                         "--out", path])
        return path, umap_quality.read_idx_gz(self.data("train-labels-idx1-ubyte.gz"))

    def points_of_class(self, label):
        path = self.scratch / f"class_{label}.npy"
        if not path.exists():
            plane, labels = self.plane()
            np.save(path, np.load(plane)[labels == label].astype(np.float64))
        return path

    def folder(self):
        return pathlib.Path(tempfile.mkdtemp(dir=self.scratch))

    def save(self, part, rows, header, cells):
        """Keeps the rows of a part, and its table: header cells, and for each row its cells."""
        lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in cells]
        print("\n".join(f"    {line}" for line in lines), flush=True)
        self.record["parts"][part] = rows
        self.record["tables"][part] = "\n".join(lines)
        self.write()


def figures(value, digits=3):
    """A number in so many digits, without an exponent."""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - int(np.floor(np.log10(abs(value)))))
    rounded = round(value, digits - 1 - int(np.floor(np.log10(abs(value)))))
    return f"{rounded:.{places}f}" if abs(value) < 10000 else f"{rounded:,.0f}"


def milliseconds(seconds):
    return f"{figures(1e3 * seconds)} ms"


def exponent(rows, sizes, seconds):
    """The slope of log seconds by log size."""
    return float(np.polyfit(np.log([row[sizes] for row in rows]), np.log([row[seconds] for row in rows]), 1)[0])


def step(bench):
    labels = [CLASS] if bench.arguments.quick else range(10)
    rows = [bench.ours("step", "--points", bench.points_of_class(label), "--repeats", bench.repeats(7))
            for label in labels]
    cells = []
    for stage in STAGES:
        seconds = [row[f"{stage}_seconds"] for row in rows]
        name = {"adam": "Adam", "step": "whole step"}.get(stage, stage)
        cells.append([name, milliseconds(statistics.mean(seconds)), milliseconds(max(seconds))])
    bench.save("step", rows, ["stage", "mean of the classes", "slowest class"], cells)
    bench.asked("one step, slowest class", max(row["step_seconds"] for row in rows), STEP_SECONDS)


def score(bench):
    plane, _ = bench.plane()
    rows = [bench.ours("score", "--points", plane, "--labels", bench.data("train-labels-idx1-ubyte.gz"), "--threads",
                       threads, "--repeats", bench.repeats(3)) | {"threads": threads} for threads in (1, 2)]
    cells = [[row["threads"], f"{figures(row['score_wall'])} s", f"{figures(row['score_seconds'])} s",
              f"{figures(row['peak_mb'])} MB"] for row in rows]
    bench.save("score", rows, ["threads", "wall clock", "processor, all threads", "peak memory"], cells)
    bench.gate(rows[0]["sum"] == rows[1]["sum"], "the scores are the same for both numbers of threads")
    bench.asked("scores of ten classes on two threads", rows[1]["score_wall"], SCORE_SECONDS)


def same_measure(bench, name, ours, theirs):
    """Whether the atoms that both wrote are the same."""
    ours = np.loadtxt(ours, delimiter=",", skiprows=1, ndmin=2)[:, :3]
    ours, theirs = (rows[np.lexsort((rows[:, 0], rows[:, 1]))] for rows in (ours, np.load(theirs)))
    if len(ours) != len(theirs):
        bench.gate(False, f"{name}: {len(ours)} atoms, of the peer {len(theirs)}")
        return
    difference = np.max(np.abs(ours[:, :2] - theirs[:, :2]) / np.maximum(np.abs(ours[:, :2]), 1e-3), initial=0)
    bench.gate(np.array_equal(ours[:, 2], theirs[:, 2]) and difference <= GRADE_DIFFERENCE,
               f"{name}: the same {len(ours)} atoms, grades to {difference:.1g}")


def ours_of(bench, filtration, source, name):
    """A row of our complex and measure, and the folder where they are written."""
    folder = bench.folder()
    big = source[0] == "--cloud" and source[1] > 20000
    row = bench.ours("step", *source, "--filtration", filtration, "--repeats", bench.repeats(3 if big else 9),
                     "--write", folder)
    return row | {"name": name, "presentation": None, "grid": None}, folder


def beside_multipers(bench, source, name, routes):
    """A row of ours and of the routes of multipers on the weak_delaunay complex of the source."""
    row, folder = ours_of(bench, "weak_delaunay", source, name)
    for route in routes:
        row[route] = bench.peer("signed_measure", folder, "--out", folder / "peer.npy", "--route", route)
        same_measure(bench, f"weak_delaunay, {name}, {route}", folder / "atoms.csv", folder / "peer.npy")
    if routes:
        row["ratio"] = min(row[route]["seconds"] for route in routes) / row["measure_seconds"]
    return row


def seconds_of(run):
    return f"{figures(run['seconds'])} s" if run else ""


def beside_peak(row, run):
    return f"{figures(run['peak_mb'], 2)} / {figures(row['peak_mb'], 2)} MB" if run else ""


def measure(bench):
    sizes = bench.arguments.sizes
    routes = {n: ["presentation", "grid"] if n <= bench.arguments.largest_grid else ["presentation"] for n in sizes}
    rows = [beside_multipers(bench, ["--cloud", n], f"cloud of {n:,}", routes[n]) for n in sizes]
    of_class = [] if bench.arguments.quick else [
        beside_multipers(bench, ["--points", bench.points_of_class(CLASS)], f"class {CLASS} of CIFAR-10, 5,000",
                         routes.get(5000, []))]
    header = ["points", "atoms", "multipers, presentation", "multipers, grid", "ours", "times faster", "peak memory"]
    cells = [[row["name"], f"{row['atoms']:,.0f}", seconds_of(row["presentation"]), seconds_of(row["grid"]),
              milliseconds(row["measure_seconds"]), figures(row["ratio"], 2) if "ratio" in row else "",
              beside_peak(row, row["presentation"])] for row in of_class + rows]
    bench.save("measure", of_class + rows, header, cells)
    columns = {"ours": [(row["points"], row["measure_seconds"]) for row in rows]}
    for route in ("presentation", "grid"):
        columns[route] = [(row["points"], row[route]["seconds"]) for row in rows if row[route]]
    growth = {who: exponent([{"n": n, "s": s} for n, s in points], "n", "s") if len(points) > 1 else None
              for who, points in columns.items()}
    bench.record["growth"] = growth
    print("  seconds grow as " + ", ".join(f"n^{power:.2f} ({who})" for who, power in growth.items() if power))
    with open(bench.arguments.out / "signed_measure.csv", "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["points", "atoms", "seconds", "presentation_seconds", "grid_seconds", "peak_mb"])
        for row in rows:
            table.writerow([int(row["points"]), int(row["atoms"]), row["measure_seconds"],
                            *(row[route]["seconds"] if row[route] else "" for route in ("presentation", "grid")),
                            row["peak_mb"]])
    plot(bench.arguments.out, columns, growth)
    for row in of_class + rows:
        if "ratio" in row and row["points"] >= 5000:
            bench.gate(row["ratio"] >= MEASURE_RATIO,
                       f"{row['name']}: {row['ratio']:.1f} times faster, at least {MEASURE_RATIO}")


def plot(folder, columns, growth):
    try:
        import matplotlib
    except ImportError:
        print("  no figure: matplotlib is missing")
        return
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(5.5, 4.8), layout="constrained")
    version = topology_peers.VERSIONS["multipers"]
    names = {"ours": "topoprune", "presentation": f"multipers {version}, presentation", "grid": f"multipers {version}, grid"}
    for who, points in columns.items():
        if growth[who] is None:
            continue
        n, cost = np.array(points).T
        offset = np.mean(np.log(cost) - growth[who] * np.log(n))
        line, = axes.loglog(n, cost, "o", label=f"{names[who]}: n^{growth[who]:.2f}")
        axes.loglog(n, np.exp(offset) * n**growth[who], "--", color=line.get_color(), linewidth=0.8)
    axes.set(xlabel="points", ylabel="seconds, one core", title="Signed measure of a Delaunay bifiltration")
    figure.legend(loc="outside lower center")  # beside the points, not on them
    figure.savefig(folder / FIGURE, dpi=150)
    plt.close(figure)


def incremental(bench):
    sources = [(["--cloud", n], f"cloud of {n:,}") for n in bench.arguments.sizes if n <= 20000]
    if not bench.arguments.quick:
        sources.append((["--points", bench.points_of_class(CLASS)], f"class {CLASS} of CIFAR-10, 5,000"))
    rows = []
    for source, name in sources:
        row, folder = ours_of(bench, "function_delaunay", source, name)
        peer = row["presentation"] = bench.peer("from_points", folder, "--out", folder / "peer.npy")
        same_measure(bench, f"function_delaunay, {name}", folder / "atoms.csv", folder / "peer.npy")
        row["ratio"] = ((peer["complex_seconds"] + peer["seconds"])
                        / (row["complex_seconds"] + row["measure_seconds"]))
        rows.append(row)
    cells = [[row["name"], f"{row['atoms']:,.0f}", f"{figures(row['presentation']['complex_seconds'])} s",
              seconds_of(row["presentation"]), milliseconds(row["complex_seconds"]), milliseconds(row["measure_seconds"]),
              figures(row["ratio"], 2), beside_peak(row, row["presentation"])] for row in rows]
    bench.save("incremental", rows, ["points", "atoms", "multipers, complex", "measure", "our complex", "our measure",
                                     "times faster", "peak memory"], cells)
    for row in rows:
        bench.gate(row["ratio"] >= INCREMENTAL_RATIO,
                   f"{row['name']}: {row['ratio']:.1f} times faster, at least {INCREMENTAL_RATIO}")


def transport(bench):
    pairs = 1000 if bench.arguments.quick else 10000
    sources = [(f"class {CLASS} of CIFAR-10", ["--points", bench.points_of_class(CLASS)], CLASS_TRANSPORT_SECONDS, 15),
               ("uniform in a square", ["--uniform", pairs], UNIFORM_TRANSPORT_SECONDS, 3)]
    rows = []
    for name, source, bound, repeats in sources:
        folder = bench.folder()
        row = bench.ours("transport", *source, "--repeats", bench.repeats(repeats), "--write", folder)
        row |= {"name": name} | {solver: bench.peer("transport", folder / "atoms.csv", "--solver", solver)
                                 for solver in TRANSPORT_SOLVERS}
        row["quickest"] = min((row[solver] for solver in TRANSPORT_SOLVERS), key=lambda cost: cost["seconds"])
        rows.append(row)
        bench.gate(row["gap"] == 0, f"{name}: no gap")
        for solver, title in TRANSPORT_SOLVERS.items():
            difference = abs(row["cost"] - row[solver]["cost"]) / row["cost"]
            bench.gate(difference <= COST_DIFFERENCE, f"{name}: the cost {row['cost']:.12g} of {title} to {difference:.1g}")
        bench.asked(name, row["transport_seconds"], bound)
    cells = [[row["name"], f"{row['positive']:,.0f} + {row['negative']:,.0f}",
              *(f"{figures(row[solver]['seconds'])} s" for solver in TRANSPORT_SOLVERS),
              milliseconds(row["transport_seconds"]), figures(row["quickest"]["seconds"] / row["transport_seconds"], 2),
              beside_peak(row, row["quickest"])] for row in rows]
    bench.save("transport", rows, ["atoms of", "positive + negative", *TRANSPORT_SOLVERS.values(), "ours", "times faster",
                                   "peak memory"], cells)


def planar(bench):
    sizes = [5000] if bench.arguments.quick else list(PLANAR_SECONDS)
    rows = [bench.ours("step", "--cloud", n, "--repeats", bench.repeats(15 if n == 5000 else 5)) for n in sizes]
    cells = [[f"{row['points']:,.0f}", milliseconds(row["complex_seconds"]), milliseconds(row["measure_seconds"]),
              milliseconds(row["complex_seconds"] + row["measure_seconds"]), f"{figures(row['peak_mb'])} MB"]
             for row in rows]
    bench.save("planar", rows, ["points", "triangulation", "signed measure", "both", "peak memory of a step"], cells)
    for row in rows:
        bench.asked(f"{row['points']:,.0f} points", row["complex_seconds"] + row["measure_seconds"],
                    PLANAR_SECONDS[int(row["points"])])


def agreement(bench):
    command = [bench.program("score_agreement"), "--features", bench.data("resnet56-feat64-f16.npy.gz"), "--labels",
               bench.data("train-labels-idx1-ubyte.gz")]
    command += ["--limit", 3000, "--sample", 200] if bench.arguments.quick else []
    text, _ = bench.launch(command)
    rows = list(csv.DictReader(text.splitlines()))
    (bench.arguments.out / "score_agreement.csv").write_text(text)
    cells = []
    for key in dict.fromkeys((row["comparison"], row["part"]) for row in rows):
        same = [row for row in rows if (row["comparison"], row["part"]) == key]
        values = [float(row["spearman"]) for row in same]
        largest = max(int(row["samples"]) for row in same)
        cells.append([key[0], f"{largest:,} a class", f"{statistics.median(values):.3f}",
                      f"{min(values):.3f} to {max(values):.3f}"])
    bench.save("agreement", rows, ["rank correlation of", "samples", "median class", "all classes"], cells)
    bench.gate(all(-1 <= float(row["spearman"]) <= 1 for row in rows), "every correlation is a number")


def filtrations(bench):
    command = [bench.program("filtrations"), "--benchmark_format=json"]
    command += ["--benchmark_filter=/500$", "--benchmark_min_time=0.01"] if bench.arguments.quick else [
        "--benchmark_min_time=0.2"]
    text, _ = bench.launch(command)
    runs = json.loads(text[text.index("{"):])["benchmarks"]
    if not runs or any(run.get("error_occurred") for run in runs):
        raise Failed("filtrations: a benchmark failed")
    rows = [{"loss": run["name"].split("/")[0], "filtration": run["name"].split("/")[1],
             "points": int(run["name"].split("/")[2]), "ms": run["cpu_time"], "allocated": run["allocated"],
             "peak": run["peak"]} for run in runs]
    sizes = sorted({row["points"] for row in rows})
    cells = []
    for loss, filtration in dict.fromkeys((row["loss"], row["filtration"]) for row in rows):
        same = {row["points"]: row for row in rows if (row["loss"], row["filtration"]) == (loss, filtration)}
        largest = same[sizes[-1]]
        cells.append([f"`{loss}`", filtration, *(figures(same[n]["ms"]) for n in sizes),
                      f"{figures(largest['peak'] / 1e6)} MB", f"{figures(largest['allocated'] / 1e6)} MB"])
    bench.save("filtrations", rows, ["loss", "filtration", *(f"{n:,} points, ms" for n in sizes),
                                     f"held at most, {sizes[-1]:,}", f"allocated, {sizes[-1]:,}"], cells)


def take_into_page(page, record, folder):
    """Puts every table between its marks, and the figure beside the page."""
    if (folder / FIGURE).exists():
        shutil.copyfile(folder / FIGURE, page.parent / FIGURE)
    text = page.read_text()
    for part, table in record["tables"].items():
        marks = (f"<!-- {part} -->\n", "<!-- end -->")
        text, count = re.subn(rf"{marks[0]}.*?{marks[1]}", lambda _, new=f"{marks[0]}{table}\n{marks[1]}": new, text,
                              flags=re.DOTALL)
        if count != 1:
            sys.exit(f"{page} has {count} places for the table {part}, must have 1")
    page.write_text(text)


def parse():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS), help="separated by commas (default: all)")
    parser.add_argument("--build", type=pathlib.Path, default=here.parent / "build/release")
    parser.add_argument("--data", type=pathlib.Path, default=here.parent.parent / "shared/data")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("topology_results"), help="folder")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 5000, 20000, 50000, 200000],
                        help="of the clouds (default: %(default)s)")
    parser.add_argument("--largest-grid", type=int, default=5000,
                        help="largest cloud for the slower route of multipers (default: %(default)s)")
    parser.add_argument("--peer-python", default=sys.executable, help="command of the Python of the peers [this one]")
    parser.add_argument("--peer-cores", type=int, default=1)
    parser.add_argument("--docs", type=pathlib.Path, help="page to take the tables of --out into")
    parser.add_argument("--quick", action="store_true",
                        help="small sizes, one repeat: checks this script and all values; its times mean nothing")
    arguments = parser.parse_args()
    arguments.parts = arguments.parts.split(",") if arguments.parts else []
    for part in arguments.parts:
        if part not in PARTS:
            parser.error(f"unknown part '{part}', expected one of {', '.join(PARTS)}")
    if arguments.quick:
        arguments.sizes = [500, 1000]
    return arguments


def main():
    bench = Bench(parse())
    for part in bench.arguments.parts:
        print(part, flush=True)
        try:
            globals()[part](bench)
        except Failed as problem:
            bench.gate(False, str(problem))
    (bench.arguments.out / "tables.md").write_text(
        "\n\n".join(f"{part}\n\n{table}" for part, table in bench.record["tables"].items()) + "\n")
    if bench.arguments.docs:
        take_into_page(bench.arguments.docs, bench.record, bench.arguments.out)
    print(f"\n{len(bench.problems)} problems" + "".join(f"\n  {problem}" for problem in bench.problems))
    sys.exit(1 if bench.problems else 0)


if __name__ == "__main__":
    main()
