#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what umap-learn does after its graph, on 300 of the digits of scikit-learn, for tests/projection.

Reads the digits and the euclidean graph that record_umap_graph.py wrote, so that both sides work on the same
rounded numbers. In tests/data/umap_layout:

- labels.csv: the digit that each sample shows;
- supervised.csv: the weights of the graph after its intersection with the labels, every seventh of them
  unknown (-1), at target_weight 0.5; one a line, in the order of the graph;
- start.csv: positions to begin with, x and y;
- rate_RATE_epoch_N.csv: the positions after N of 20 epochs at a learning rate of 1 or 0.01, random state
  (12345, 67890, 13579), a and b of min_dist 0.1 and spread 1. At rate 1 neighbors jump past each other, so
  that a difference in the last bit grows a thousandfold an epoch; at 0.01 it does not;
- transform.csv: for each of five seeds, the share of samples 200 to 299 whose label is that of most of their
  five nearest among samples 0 to 199 in the plane, where these were fitted and those transformed.

Needs: pip install umap-learn==0.5.12 scikit-learn numpy. Takes a minute.
"""

import pathlib

import numpy as np
import scipy.sparse
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from umap import UMAP
from umap.layouts import optimize_layout_euclidean
from umap.umap_ import discrete_metric_simplicial_set_intersection, find_ab_params, make_epochs_per_sample

SAMPLES, FITTED, EPOCHS = 300, 200, 20


def record_layout(folder, digits, graph):
    start = PCA(2, svd_solver="full").fit_transform(digits)
    start = 10 * (start - start.min(axis=0)) / (start.max(axis=0) - start.min(axis=0))
    np.savetxt(folder / "start.csv", start, fmt="%.5f", delimiter=",")
    start = np.loadtxt(folder / "start.csv", delimiter=",").astype(np.float32)
    a, b = find_ab_params(1.0, 0.1)
    weights = graph.data.copy()
    weights[weights < weights.max() / EPOCHS] = 0
    kept = weights > 0
    head, tail = graph.row[kept], graph.col[kept]
    periods = make_epochs_per_sample(weights[kept], EPOCHS)
    for rate, wanted in ((1, (2,)), (0.01, (2, 5, EPOCHS))):
        positions = start.copy()
        # A list of epochs asks for the positions after epoch number n, counted from 0.
        saved = optimize_layout_euclidean(
            positions, positions, head, tail, [epoch - 1 for epoch in wanted if epoch < EPOCHS] + [EPOCHS],
            SAMPLES, periods, a, b, np.array([12345, 67890, 13579], dtype=np.int64), initial_alpha=float(rate),
            move_other=True,
        )
        for epoch, snapshot in zip(wanted, saved):
            np.savetxt(folder / f"rate_{rate}_epoch_{epoch}.csv", snapshot, fmt="%.9g", delimiter=",")


def main():
    data = pathlib.Path(__file__).resolve().parent
    folder = data / "umap_layout"
    folder.mkdir(exist_ok=True)
    digits = np.loadtxt(data / "umap_graph" / "digits.csv", delimiter=",")
    labels = load_digits().target[:SAMPLES]
    np.savetxt(folder / "labels.csv", labels, fmt="%d")

    rows, columns, weights = np.loadtxt(data / "umap_graph" / "euclidean_graph.csv", delimiter=",").T
    graph = scipy.sparse.coo_matrix(
        (weights.astype(np.float32), (rows.astype(np.int32), columns.astype(np.int32))), shape=(SAMPLES, SAMPLES)
    )
    targets = labels.copy()
    targets[::7] = -1
    supervised = discrete_metric_simplicial_set_intersection(graph.copy(), targets, far_dist=5.0).tocsr()
    supervised.sort_indices()
    supervised = supervised.tocoo()
    assert (supervised.row == graph.row).all() and (supervised.col == graph.col).all()
    np.savetxt(folder / "supervised.csv", supervised.data, fmt="%.6g")

    record_layout(folder, digits, graph)

    shares = []
    for seed in range(1, 6):
        model = UMAP(random_state=seed).fit(digits[:FITTED])
        nearest = KNeighborsClassifier(5).fit(model.embedding_, labels[:FITTED])
        shares.append(nearest.score(model.transform(digits[FITTED:]), labels[FITTED:]))
    np.savetxt(folder / "transform.csv", shares, fmt="%.3f")


if __name__ == "__main__":
    main()
