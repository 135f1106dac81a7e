#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what pacmap makes of the 300 digits of tests/data/umap_graph/digits.csv, for tests/projection.

In tests/data/pacmap: the near pairs that it chooses from the 60 exact nearest neighbors of each sample
(near_pairs.csv, 300 x 10, ids in order of the scaled distance), mid-near and further pairs that it draws
(300 x 5 and 300 x 20), the principal components it starts from (start.csv, 300 x 2), and where PaCMAP
(4 + 3 + 3 iterations) and LocalMAP (2 + 2 + 4, before further pairs are drawn anew) come from there.

Needs: pip install pacmap==0.9.1 numpy. Takes half a minute.
"""

import pathlib

import numpy as np
from pacmap import pacmap as peer

NEAR, MID_NEAR, FURTHER, SEARCHED = 10, 5, 20, 60


def main():
    data = pathlib.Path(__file__).resolve().parent
    folder = data / "pacmap"
    folder.mkdir(exist_ok=True)
    digits = np.loadtxt(data / "umap_graph/digits.csv", delimiter=",").astype(np.float32)
    features, reduced, components, *_ = peer.preprocess_X(digits, "euclidean", True, False, 1, 64, 2)
    features = features.astype(np.float32)
    start = (0.01 * components.transform(features)).astype(np.float32)

    table = np.sqrt(((features[:, None, :].astype(float) - features[None, :, :]) ** 2).sum(axis=2))
    order = np.argsort(table, axis=1, kind="stable")
    ids = np.array([row[row != i][:SEARCHED] for i, row in enumerate(order)], np.int32)
    distances = np.take_along_axis(table, ids, axis=1).astype(np.float32)
    scales = np.maximum(np.mean(distances[:, 3:6], axis=1), 1e-10).astype(np.float32)
    near = peer.sample_neighbors_pair(features, peer.scale_dist(distances, scales, ids), ids, NEAR)
    mid_near = peer.sample_MN_pair_deterministic(features, MID_NEAR, 1, 0)
    further = peer.sample_FP_pair_deterministic(features, near, NEAR, FURTHER, 1)
    for name, pairs in (("near", near), ("mid_near", mid_near), ("further", further)):
        np.savetxt(folder / f"{name}_pairs.csv", pairs[:, 1].reshape(len(digits), -1), fmt="%d", delimiter=",")

    np.savetxt(folder / "start.csv", start, fmt="%.9g", delimiter=",")
    chosen = near, mid_near, further, 1.0
    rest = None, False, False, [], reduced
    after = peer.pacmap(features, 2, *chosen, (4, 3, 3), *rest, components)[0]
    np.savetxt(folder / "after_pacmap.csv", after, fmt="%.9g", delimiter=",")
    after = peer.localmap(features, 2, *chosen, (2, 2, 4), *rest, 10.0, components)[0]
    np.savetxt(folder / "after_local_map.csv", after, fmt="%.9g", delimiter=",")


if __name__ == "__main__":
    main()
