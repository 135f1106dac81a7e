#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows our Rips barcodes beside Ripser, giotto-ph and GUDHI: seconds, memory, and that the bars are the same.

    python benchmarks/rips.py --program build/release/benchmarks/rips [--runs 3] [--out results]

Clouds: 1,000 uniform points in a square and 500 Gaussian ones in 64 dimensions, degree 1; 200 points of a sphere,
and 400 near one, degree 2. All up to the enclosing radius, on one thread.

  ours            persistence_barcode(rips{}.graph(points), degree)
  ours, collapsed the same after GUDHI's edge collapse (adapters/gudhi.hpp)
  ripser          ripser.ripser(points, maxdim=degree)
  giotto-ph       gph.ripser_parallel(points, maxdim=degree), on one thread
  giotto-ph, all  the same on all threads: its seconds are those of the wall clock
  giotto-ph, collapsed   on one thread, with collapse_edges=True
  gudhi           RipsComplex, collapse_edges, expansion, compute_persistence
  gudhi, plain    the same without the collapse

GUDHI is left out where it would list more than 50 million simplices: without the collapse everywhere but in 64
dimensions, with it on the sphere, whose edges it keeps.

Every run is a process of its own. Ours is timed from its start to its end, with reading and writing; a peer from
the moment when it is imported and the points are read. Memory is the peak resident set in MB (10^6 bytes): the
whole of ours; of a peer what it adds to that of the interpreter with its libraries. The lifetimes of the bars
equal ours to 1e-9 (Ripser and giotto-ph compute in single precision: 1e-5), or the exit status is 1.

Needs: pip install ripser==0.6.15 giotto-ph==0.2.4 gudhi==3.13.0 numpy.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

CLOUDS = {"plane": 1, "space": 1, "sphere": 2, "near_sphere": 2}
TITLES = {"plane": "1,000 points in the plane, degree 1", "space": "500 points in 64 dimensions, degree 1",
          "sphere": "200 points of a sphere, degree 2", "near_sphere": "400 points near a sphere, degree 2"}
LIBRARIES = ("ours", "ours, collapsed", "ripser", "giotto-ph", "giotto-ph, all", "giotto-ph, collapsed",
             "gudhi", "gudhi, plain")
TOO_LARGE = {("plane", "gudhi, plain"), ("sphere", "gudhi"), ("sphere", "gudhi, plain"),
             ("near_sphere", "gudhi, plain")}


def cloud(name):
    import numpy as np

    random = np.random.default_rng(1)
    if name == "plane":
        return random.random((1000, 2))
    if name == "space":
        return random.standard_normal((500, 64))
    points = random.standard_normal((200 if name == "sphere" else 400, 3))
    points /= np.linalg.norm(points, axis=1)[:, None]
    return points if name == "sphere" else points + 0.05 * random.standard_normal(points.shape)


def bars_by_peer(library, points, degree):
    """A function () -> bars in edge lengths; imports the library."""
    import numpy as np

    if library == "ripser":
        import ripser

        return lambda: ripser.ripser(points, maxdim=degree)["dgms"][degree]
    if library.startswith("giotto-ph"):
        import gph

        threads = os.cpu_count() if library.endswith("all") else 1
        return lambda: gph.ripser_parallel(points, maxdim=degree, n_threads=threads,
                                           collapse_edges=library.endswith("collapsed"))["dgms"][degree]
    import gudhi

    def compute():
        radius = min(np.linalg.norm(points - x, axis=1).max() for x in points)
        tree = gudhi.RipsComplex(points=points, max_edge_length=radius).create_simplex_tree(max_dimension=1)
        if library == "gudhi":
            tree.collapse_edges()
        tree.expansion(degree + 1)
        tree.compute_persistence(homology_coeff_field=2)
        return tree.persistence_intervals_in_dimension(degree).reshape(-1, 2)

    return compute


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def run_peer(library, points, degree, out):
    import numpy as np

    compute = bars_by_peer(library, np.load(points), degree)
    clock = time.perf_counter if library.endswith("all") else time.process_time
    begin, before = clock(), peak_mb()
    bars = compute()
    seconds, memory = clock() - begin, peak_mb() - before
    np.save(out, bars / 2)
    print(json.dumps({"seconds": seconds, "mb": memory}))


def run_ours(command):
    """Imports next to nothing: the peak of the process that starts a program counts into that of the program."""
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(1)
    print(json.dumps({"seconds": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss * 1024 / 1e6}))


def measure(arguments, library, name, folder):
    points, out = folder / f"{name}.npy", folder / "bars.npy"
    if library.startswith("ours"):
        mode = "collapse" if library.endswith("collapsed") else "plain"
        command = [sys.executable, "-S", __file__, "ours", arguments.program.resolve(), points, CLOUDS[name], mode,
                   out]
    else:
        command = [sys.executable, __file__, "peer", library, points, CLOUDS[name], out]
    answer = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE)
    return json.loads(answer.stdout), out


def sorted_bars(path):
    import numpy as np

    bars = np.load(path)
    bars = bars[bars[:, 0] < bars[:, 1]]
    return bars[np.lexsort((bars[:, 1], bars[:, 0]))]


def equal(bars, expected, tolerance):
    """Lifetimes alone: a rounding to single precision may make or end the shortest."""
    import numpy as np

    life = np.sort(bars[:, 1] - bars[:, 0])[::-1]
    other = np.sort(expected[:, 1] - expected[:, 0])[::-1]
    size = max(len(life), len(other))
    return np.allclose(np.pad(life, (0, size - len(life))), np.pad(other, (0, size - len(other))), rtol=0,
                       atol=tolerance)


def main():
    if sys.argv[1:2] == ["ours"]:
        return run_ours(sys.argv[2:])
    if sys.argv[1:2] == ["peer"]:
        return run_peer(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    import numpy as np

    record, wrong = {}, []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name in CLOUDS:
            np.save(folder / f"{name}.npy", cloud(name))
            print(TITLES[name])
            bars = {}
            for library in LIBRARIES:
                if (name, library) in TOO_LARGE:
                    continue
                runs = []
                for _ in range(arguments.runs):
                    cost, out = measure(arguments, library, name, folder)
                    runs.append(cost)
                bars[library] = sorted_bars(out)
                seconds = min(run["seconds"] for run in runs)
                memory = max(run["mb"] for run in runs)
                record[f"{name}, {library}"] = {"seconds": seconds, "mb": memory, "bars": len(bars[library])}
                print(f"  {library:20} {seconds:8.3f} s {memory:8.1f} MB {len(bars[library]):6} bars", flush=True)
            for library, found in bars.items():
                if not equal(found, bars["ours"], 1e-9 if library.startswith(("ours", "gudhi")) else 1e-5):
                    wrong.append(f"{name}: the bars of {library} are not ours")
    print(*wrong, sep="\n")
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "rips.json").write_text(json.dumps(record, indent=1) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
