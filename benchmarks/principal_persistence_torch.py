# SPDX-License-Identifier: MIT
"""One training step of the principal persistence regularizer in PyTorch, from the published definitions (Wong, Lee,
Yan 2025, arXiv 2501.14641): s subsets drawn with replacement, the n x n matrix of distances, sorted rows of each
subset, and the squared MMD with kernel l l' exp(-|z - z'|^2 / width) in degrees 0 and 1. Also imported by
tests/data/record_principal_persistence.py.
"""

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


if __name__ == "__main__":
    import json
    import sys

    rows = [(int(n), int(s)) for n, s in (pair.split(",") for pair in sys.argv[2:])]
    print(json.dumps([[n, s, seconds_per_100_steps(n, s, int(sys.argv[1]))] for n, s in rows]))
