# SPDX-License-Identifier: MIT
"""What the scripts beside this file have in common: data read with a clear error, and runs of the program that are
carried out once."""

import csv
import gzip
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build/examples/topoprune/topoprune"
DATA = ROOT.parent / "shared/data"
CIFAR10_CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def opened(path):
    path = pathlib.Path(path)
    if not path.exists():
        sys.exit(f"{path} is not there; --data names the folder of the data sets")
    return gzip.open(path) if path.suffix == ".gz" else open(path, "rb")


def read_npy(path):
    with opened(path) as file:
        return np.load(file)


def read_idx(path):
    with opened(path) as file:
        raw = file.read()
    shape = np.frombuffer(raw, ">i4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


class Cifar10:
    """Labels, images of 16 x 16, and features and logits of published ResNets, of the training set; with `samples`
    the first so many of each class."""

    def __init__(self, data, samples=None):
        self.folder = pathlib.Path(data) / "cifar10"
        labels = read_idx(self.folder / "train-labels-idx1-ubyte.gz").astype(np.int64)
        self.rows = np.arange(len(labels))
        if samples:
            self.rows = np.sort(np.concatenate([np.flatnonzero(labels == c)[:samples] for c in np.unique(labels)]))
        self.labels = labels[self.rows]

    def features(self, depth):
        return read_npy(self.folder / f"resnet{depth}-feat64-f16.npy.gz")[self.rows].astype(np.float32)

    def logits(self, depth):
        return read_npy(self.folder / f"resnet{depth}-logits10-f16.npy.gz")[self.rows].astype(np.float32)

    def consistency(self):
        """The C-score of each sample: how likely a network that has not seen it gets it right. High is regular."""
        return read_npy(self.folder / "cifar10-cscores-f32.npy")[self.rows].astype(np.float64)

    def forgetting(self):
        """How often a network forgot each sample while it learned."""
        return read_npy(self.folder / "cifar10-forgetting-u8.npy")[self.rows].astype(np.float64)

    def images(self):
        return read_idx(self.folder / "train-images16-idx4-ubyte.gz")[self.rows]


class Runs:
    """Runs of the program below a folder. A run that has finished with the same command and input is not repeated."""

    def __init__(self, program, folder, threads):
        self.program, self.folder, self.threads = pathlib.Path(program), pathlib.Path(folder), threads
        if not self.program.exists():
            sys.exit(f"{self.program} is not there; build it, or name it with --program")

    def saved(self, array):
        """The path of an array as a file, named by what it holds."""
        name = hashlib.sha256(repr((array.dtype.str, array.shape)).encode() + array.tobytes()).hexdigest()[:16]
        path = self.folder / "inputs" / f"{name}.npy"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            with open(unfinished, "wb") as file:
                np.save(file, array)
            unfinished.rename(path)
        return path

    def call(self, command, target=""):
        """The folder of what the command wrote; `target` is the file for --out, where it is not the folder itself.
        Arrays in the command are given as files."""
        words = [str(self.saved(word)) if isinstance(word, np.ndarray) else str(word) for word in command]
        text = json.dumps(words)
        out = self.folder / "runs" / f"{words[0]}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        done = out / "command.json"
        if not done.exists():
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            print("  " + " ".join(words[:1] + [w for w in words[1:] if "/inputs/" not in w]), file=sys.stderr, flush=True)
            result = subprocess.run([str(self.program), *words, "--threads", str(self.threads), "--out",
                                     str(out / target)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                    check=False)
            if result.returncode != 0:
                sys.exit(f"{' '.join(words)} ended with status {result.returncode}: {result.stdout.strip()}")
            done.write_text(text)
        return out

    def prune(self, features, labels, *options):
        return self.call(["prune", "--features", features, "--labels", labels, *options])

    def project(self, features, *options):
        return np.load(self.call(["project", "--features", features, *options], "points.npy") / "points.npy")


def read_columns(path, *names):
    """Columns of a table of the program; an empty field is nan."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[name] or "nan") for row in rows]) for name in names]


def distance_to_prototype(points, labels):
    """How far every sample is from the mean of its class."""
    distance = np.empty(len(points))
    for c in np.unique(labels):
        members = labels == c
        distance[members] = np.linalg.norm(points[members] - points[members].mean(axis=0, dtype=np.float64), axis=1)
    return distance


def add_arguments(parser, out):
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--data", type=pathlib.Path, default=DATA, help="folder of the data sets [../shared/data]")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(out), help="folder of runs and results")
    parser.add_argument("--threads", type=int, default=1, help="of the program; 0 = one per core")


def pyplot():
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plot

    return plot


def save_small(figure, path, colors=128, **options):
    """A picture as a PNG of few colors: a few tens of kilobytes."""
    import io

    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    figure.savefig(text, format="png", **options)
    image = Image.open(text).convert("RGB").quantize(colors, dither=Image.Dither.NONE)
    image.save(path, optimize=True)


def show_strip(axis, images):
    """Small images side by side."""
    gap = [(0, 0), (0, 1)] + [(0, 0)] * (images.ndim - 3)
    axis.imshow(np.concatenate([np.pad(image, gap, constant_values=255) for image in images], axis=1),
                interpolation="nearest", cmap="gray")
    axis.set_xticks([])
    axis.set_yticks([])
    axis.tick_params(length=0)
    for side in axis.spines.values():
        side.set_visible(False)
