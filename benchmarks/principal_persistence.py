#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tables of the principal persistence benchmark: a training step beside PyTorch and the paper, cost by n and by s, and
how far scores depend on the seed.

    pip install torch matplotlib
    python benchmarks/principal_persistence.py build/release/benchmarks/principal_persistence

The step in PyTorch is from the published definitions (Wong, Lee, Yan 2025, arXiv 2501.14641): s subsets drawn with
replacement, the n x n matrix of distances, sorted rows of each subset, and the squared MMD with kernel
l l' exp(-|z - z'|^2 / width) in degrees 0 and 1. Also imported by tests/data/record_principal_persistence.py.
"""

import argparse
import json
import subprocess
import time

import torch


def diagram(distances, subsets):
    """(birth, lifetime) of each subset (s x 2q + 2 indices); lifetime 0 where there is no bar."""
    blocks = distances[subsets[:, :, None], subsets[:, None, :]]
    ascending = torch.sort(blocks, dim=2).values
    death = ascending[:, :, -1].min(dim=1).values
    birth = ascending[:, :, -2].max(dim=1).values
    if subsets.shape[1] == 2:
        birth = torch.zeros_like(birth)
    return torch.stack([birth, torch.clamp(death - birth, min=0)], dim=1)


def squared_mmd(x, y, width):
    """V-statistic; rows of lifetime 0 weigh nothing."""
    def mean(a, b):
        squares = ((a[:, None, :] - b[None, :, :]) ** 2).sum(dim=2)
        return (a[:, 1, None] * b[None, :, 1] * torch.exp(-squares / width)).mean()

    return mean(x, x) - 2 * mean(x, y) + mean(y, y)


def distances_of(points):
    squares = ((points[:, None, :] - points[None, :, :]) ** 2).sum(dim=2)
    # The root has no derivative at 0.
    apart = squares > 0
    return torch.where(apart, torch.sqrt(torch.where(apart, squares, 1.0)), 0.0)


def seconds_per_100_steps(n, samples, threads, steps=5, width=0.1):
    """Forward, backward and a step of descent, points on a circle against a fixed circle."""
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    angles = 2 * torch.pi * torch.rand(2, n)
    noise = 0.1 * torch.randn(n, 2)
    start = torch.stack([angles[0].cos(), angles[0].sin()], dim=1) + noise
    points = start.requires_grad_()
    other = torch.stack([angles[1].cos(), angles[1].sin()], dim=1)
    optimizer = torch.optim.SGD([points], lr=0.05)
    spent = []
    for _ in range(steps + 1):
        begin = time.perf_counter()
        optimizer.zero_grad()
        from_points, from_other = torch.cdist(points, points), torch.cdist(other, other)
        value = 0
        for degree in (0, 1):
            subsets = torch.randint(n, (2, samples, 2 * degree + 2))
            value = value + squared_mmd(diagram(from_points, subsets[0]), diagram(from_other, subsets[1]), width)
        value.backward()
        optimizer.step()
        spent.append(time.perf_counter() - begin)
    return 100 * sum(spent[1:]) / steps


PAPER_GPU = {512: 0.57, 1024: 0.61, 2048: 1.00}  # table 1, n = 1,024, RTX 3060
SIZES = (512, 1024, 2048)


def measured(program, pattern):
    """name -> (CPU seconds, wall seconds, counters) of the benchmarks that match."""
    run = subprocess.run([program, f"--benchmark_filter={pattern}", "--benchmark_format=json"], check=True,
                         capture_output=True, text=True)
    factor = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
    return {one["name"]: (one["cpu_time"] * factor[one["time_unit"]], one["real_time"] * factor[one["time_unit"]], one)
            for one in json.loads(run.stdout)["benchmarks"]}


def step_table(program, threads):
    print("100 steps, n = 1,024, degrees 0 and 1: seconds")
    print(f"{'s':>6} {'PyTorch CPU':>12} {'paper, GPU':>11} {'topoprune':>10} {'CPU of it':>10} {'times faster':>13}")
    ours = measured(program, "hundred_steps<fourier_series_sums>/1024/(512|1024|2048)/")
    for s in SIZES:
        peer = seconds_per_100_steps(1024, s, threads)
        cpu, wall, _ = next(row for name, row in ours.items() if f"/1024/{s}/" in name)
        print(f"{s:>6} {peer:>12.1f} {PAPER_GPU[s]:>11.2f} {wall:>10.3f} {cpu:>10.3f} {peer / wall:>13.0f}")


def cost_table(program, plot):
    ours = measured(program, "hundred_steps<fourier_series_sums>")
    rows = []
    for name, (cpu, _, _) in ours.items():
        n, s = map(int, name.split("/")[1:3])
        rows.append((n, s, cpu / 100))
    print("CPU seconds of one step")
    for n, s, cpu in sorted(rows):
        print(f"n {n:>6}  s {s:>6}  {cpu:.5f}")
    if plot:
        import matplotlib.pyplot as pyplot

        _, (by_n, by_s) = pyplot.subplots(1, 2, figsize=(9, 3.5))
        for axes, name, points in ((by_n, "n, at s = 1,024", [(n, t) for n, s, t in rows if s == 1024]),
                                   (by_s, "s, at n = 1,024", [(s, t) for n, s, t in rows if n == 1024])):
            axes.loglog(*zip(*sorted(points)), "o-")
            axes.set_xlabel(name)
            axes.set_ylabel("CPU seconds a step")
        pyplot.tight_layout()
        pyplot.savefig(plot)


def agreement_table(program):
    print("Spearman's correlation of the scores of two seeds, 5,000 points, 6 steps")
    for name, (cpu, _, row) in measured(program, "rank_agreement").items():
        _, optimizer, each = name.split("/")[:3]
        print(f"{optimizer:>16}  s = {each:>5} n  {row['spearman']:6.3f}  untouched {row['untouched']:6.1%}  "
              f"{cpu / 2:.2f} CPU s a score")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="build/release/benchmarks/principal_persistence")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--plot", help="where to write a picture of the cost by n and by s")
    arguments = parser.parse_args()
    step_table(arguments.program, arguments.threads)
    cost_table(arguments.program, arguments.plot)
    agreement_table(arguments.program)
