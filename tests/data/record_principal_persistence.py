# SPDX-License-Identifier: MIT
"""Records what PyTorch makes of the published definitions, into principal_persistence/<name>.txt.

    pip install numpy scipy torch
    python tests/data/record_principal_persistence.py

Each file: "n m s degree width", the n x m points, the s x (2q + 2) subsets of the measure and those of the target
(of the same points), a line "mmd w1 mean_lifetime", the s pairs "birth lifetime", and the n x m gradient of the
squared MMD by the points, through the measure alone. w1 is a linear program over all samples;
it is left out, nan, beyond 100 of them.
"""

import sys
from pathlib import Path

import numpy
import torch
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from principal_persistence import diagram, distances_of, squared_mmd  # noqa: E402


def w1(x, y):
    """Pairs and trivial samples, d = min(|z - z'|, l + l')."""
    if len(x) > 100:
        return numpy.nan
    direct = numpy.linalg.norm(x[:, None] - y[None], axis=2)
    cost = numpy.minimum(direct, x[:, None, 1] + y[None, :, 1])
    s, t = cost.shape
    sums = numpy.zeros((s + t, s * t))
    for i in range(s):
        sums[i, i * t:(i + 1) * t] = 1
    for j in range(t):
        sums[s + j, j::t] = 1
    masses = numpy.concatenate([numpy.full(s, 1 / s), numpy.full(t, 1 / t)])
    return linprog(cost.ravel(), A_eq=sums, b_eq=masses, method="highs").fun


def record(name, points, degree, samples, width, seed):
    torch.manual_seed(seed)
    points = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    n, m = points.shape
    subsets = torch.randint(n, (2, samples, 2 * degree + 2))
    x = diagram(distances_of(points), subsets[0])
    y = diagram(distances_of(points.detach()), subsets[1])
    mmd = squared_mmd(x, y, width)
    mmd.backward()
    path = Path(__file__).parent / "principal_persistence" / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)

    def write(rows, out):
        for row in rows.tolist():
            print(*map(repr, row), file=out)

    with path.open("w") as out:
        print(n, m, samples, degree, width, file=out)
        write(points.detach(), out)
        write(subsets[0], out)
        write(subsets[1], out)
        print(mmd.item(), w1(x.detach().numpy(), y.numpy()), x[:, 1].mean().item(), file=out)
        write(x.detach(), out)
        write(points.grad, out)


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    random = numpy.random.default_rng(1)
    angle = 2 * numpy.pi * random.random(30)
    circle = numpy.stack([numpy.cos(angle), numpy.sin(angle)], axis=1) + 0.1 * random.normal(size=(30, 2))
    record("circle_0", circle, 0, 40, 0.1, 1)
    record("circle_1", circle, 1, 80, 0.1, 2)
    record("space_1", random.normal(size=(25, 5)), 1, 80, 0.5, 3)
    octahedron = numpy.concatenate([numpy.eye(3), -numpy.eye(3)])
    record("octahedron_2", octahedron + 0.1 * random.normal(size=(6, 3)), 2, 400, 0.1, 4)
