# SPDX-License-Identifier: MIT
"""The tasks: their data, the base model whose features and logits a selection sees, and the models that are trained on
what is kept. Selection sees the training set alone, with the labels that it is given, wrong ones included; accuracy is
that on the test set with its right labels."""

import gzip
import hashlib
import pathlib
import warnings

import numpy as np
import torch

import networks


def read_idx(path):
    with gzip.open(path) as file:
        raw = file.read()
    shape = np.frombuffer(raw, ">i4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def with_random_noise(labels, share, seed):
    """Exactly round(share * n) labels, drawn uniformly, replaced by another class, drawn uniformly."""
    random = np.random.default_rng([seed, 0x6E6F6973])
    classes = np.unique(labels)
    wrong = random.permutation(len(labels))[:round(share * len(labels))]
    places = np.searchsorted(classes, labels[wrong])
    noisy = labels.copy()
    noisy[wrong] = classes[(places + random.integers(1, len(classes), len(wrong))) % len(classes)]
    return noisy


class Base:
    """Features, logits, given labels and training dynamics (times x samples x classes) of a training set, as the files
    that the program reads; all but the last as arrays too."""

    def __init__(self, folder, name, features, logits, labels, dynamics):
        self.name = f"{name}-{hashlib.sha256(features.tobytes() + labels.tobytes()).hexdigest()[:12]}"
        self.folder = pathlib.Path(folder) / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.features, self.logits, self.labels = features, logits, labels
        for file, array in (("features", features), ("logits", logits), ("labels", labels),
                            ("dynamics", dynamics)):
            if not self.path(file).exists():
                part = self.path(file).with_suffix(".part")
                with open(part, "wb") as out:
                    np.save(out, array)
                part.rename(self.path(file))

    def path(self, name):
        return self.folder / f"{name}.npy"


class Task:
    """One data set. A split is a training and a test set; prepare() gives the one of a seed."""
    models = ()
    noises = ("clean", "random20")

    def __init__(self, settings):
        self.settings = settings
        self.prepared = None
        self.base = None

    def prepare(self, noise, seed):
        """Loads the split of the seed with the labels of the noise, and the base model's view of it. Kept until
        another is asked for."""
        if noise not in self.noises:
            raise ValueError(f"the noise {noise} is not known of {self.name}, must be of {', '.join(self.noises)}")
        if self.prepared != (noise, seed):
            self.base = None
            self.load(noise, seed)
            self.prepared = (noise, seed)
        return self.base

    def train_all(self, model, subsets, seed, protocol):
        """What train gives for each of several subsets of one size; an exception in place of what failed."""
        for rows in subsets:
            try:
                yield self.train(model, rows, seed, protocol)
            except Exception as error:  # pylint: disable=broad-except
                yield error

    def given(self, truth, noise, seed):
        return with_random_noise(truth, 0.2, seed) if noise == "random20" else truth.copy()

    def wrong_labels(self, rows):
        return float((self.given_labels[rows] != self.truth[rows]).mean())

    def cut(self, count, size, seed=0):
        """Row numbers of a smaller data set, for short checks; all without `size`."""
        if not size or size >= count:
            return np.arange(count)
        return np.sort(np.random.default_rng(seed).permutation(count)[:size])


class Perceptrons(Task):
    """A task whose learner `mlp` is a perceptron of 128 units on the rows of x, so quick that many are trained side by side."""
    batch, rate, first_seed = 64, 0.05, 0
    default_steps, default_epochs = 2000, 30

    def train_all(self, model, subsets, seed, protocol):
        if model != "mlp" or len(subsets) < 2:
            yield from super().train_all(model, subsets, seed, protocol)
            return
        try:
            results = list(zip(*self.perceptrons(subsets, seed, protocol)))
        except Exception:  # pylint: disable=broad-except
            results = list(super().train_all(model, subsets, seed, protocol))  # so that each fails by itself
        yield from results

    def train(self, model, rows, seed, protocol):
        accuracies, lengths = self.perceptrons([rows], seed, protocol)
        return accuracies[0], lengths[0]

    def perceptrons(self, subsets, seed, protocol):
        length = {"steps": self.settings.steps or self.default_steps} if protocol == "steps" else {
            "epochs": self.settings.epochs or self.default_epochs}
        accuracies, steps = networks.train_perceptrons(
            128, *(torch.as_tensor(part) for part in (self.x, self.given_labels)), subsets,
            *(torch.as_tensor(part) for part in (self.test_x, self.test_y)), self.first_seed + seed, batch=self.batch,
            rate=self.rate, **length)
        return accuracies, [{"steps": steps, "epochs": length.get("epochs", "")}] * len(subsets)

    def depends_on_protocol(self, model):
        return model == "mlp"


class Digits(Perceptrons):
    """The UCI digits as scikit-learn ships them, 1,797 images of 8 x 8, split 2 : 1 by the seed, by class. The base
    model is a perceptron of 64 hidden units, trained 30 epochs, 15 under label noise. What is kept is learned from the
    raw pixels by logistic regression, a support vector machine with a Gaussian kernel, both to convergence, and a
    perceptron of 128 units. Every seed has a split, a base model and noise of its own."""
    name = "digits"
    models = ("linear", "svm", "mlp")
    batch, rate, default_epochs = 32, 0.1, 50

    def load(self, noise, seed):
        from sklearn.datasets import load_digits
        from sklearn.model_selection import train_test_split

        images, labels = load_digits(return_X_y=True)
        images = (images / 16).astype(np.float32)
        x, self.test_x, y, self.test_y = train_test_split(images, labels.astype(np.int64), test_size=1 / 3,
                                                          random_state=seed, stratify=labels)
        self.x, self.truth = x, y
        self.given_labels = self.given(y, noise, seed)
        epochs = 30 if noise == "clean" else 15
        steps = epochs * -(-len(y) // 32)
        dynamics = networks.Dynamics(torch.from_numpy(x), steps, epochs)
        network, _ = networks.train(lambda: networks.Perceptron(64, 64, 10), torch.from_numpy(x),
                                    torch.from_numpy(self.given_labels), seed, steps=steps, batch=32, rate=0.1,
                                    watch=dynamics)
        features, logits = networks.outputs(network, torch.from_numpy(x))
        self.base = Base(self.settings.work / "inputs", f"digits-{noise}-{seed}", features, logits,
                         self.given_labels, dynamics.array())

    def train(self, model, rows, seed, protocol):
        x, y = self.x[rows], self.given_labels[rows]
        if len(np.unique(y)) < 2:
            raise RuntimeError("fewer than two classes are kept")
        if model == "mlp":
            return super().train(model, rows, seed, protocol)
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression
        from sklearn.svm import SVC

        learner = LogisticRegression(max_iter=5000) if model == "linear" else SVC(C=10, gamma="scale")
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)  # a fit that does not converge is a failed run
            learner.fit(x, y)
        return float(learner.score(self.test_x, self.test_y)), {}


class Images(Task):
    """A data set of images with a test set of its own. One base network, the one of --base-seed, sees the training set
    with the given labels; seeds are those of training, and of the draw of noise through --base-seed."""

    def load(self, noise, seed):
        del seed
        base_seed = self.settings.base_seed
        self.prepared_noise = noise
        (x, y), (test_x, test_y), rows = self.read()
        self.truth = y
        self.given_labels = self.given_images(y, noise, base_seed, rows)
        self.x, self.test_x = torch.from_numpy(x), torch.from_numpy(test_x)
        self.test_y = torch.from_numpy(test_y)
        if self.settings.base_network != "own":
            self.base = self.published_base(rows)
            return
        steps = self.settings.base_steps or self.default_base_steps
        name = f"{self.name}-{noise}-base{base_seed}-{len(y)}-{steps}"
        cache = self.settings.work / "base" / f"{name}.npz"
        if not cache.exists():
            self.train_base(cache, base_seed, steps)
        stored = np.load(cache)
        right = (stored["logits"].argmax(axis=1) == self.given_labels).mean()
        print(f"  base network of {name}: {100 * right:.1f} % of the given labels, "
              f"{100 * float(stored['test']):.1f} % of the test set", flush=True)
        self.base = Base(self.settings.work / "inputs", name, stored["features"], stored["logits"],
                         self.given_labels, stored["dynamics"])

    def train_base(self, cache, seed, steps):
        """Trains the base network and writes what it says of the training set, whole or not at all."""
        device = self.settings.device
        dynamics = networks.Dynamics(self.x, steps, 10, device)
        network, _ = networks.train(self.network, self.x, torch.from_numpy(self.given_labels), seed, steps=steps,
                                    augment=self.augment, batch=self.batch, device=device, watch=dynamics)
        features, logits = networks.outputs(network, self.x, device)
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(".part")
        with open(part, "wb") as out:
            np.savez(out, features=features, logits=logits, dynamics=dynamics.array(),
                     test=networks.accuracy(network, self.test_x, self.test_y, device))
        part.rename(cache)

    def published_base(self, rows):
        del rows
        raise ValueError(f"there is no published network for {self.name}, --base-network must be own")

    def given_images(self, labels, noise, seed, rows):
        del rows
        return self.given(labels, noise, seed)

    def prepare(self, noise, seed):
        del seed
        return super().prepare(noise, self.settings.base_seed)

    def train(self, model, rows, seed, protocol):
        del model
        if protocol == "steps":
            length = {"steps": self.settings.steps or self.default_steps}
        else:
            length = {"epochs": self.settings.epochs or self.default_epochs}
        network, steps = networks.train(self.network, self.x[torch.from_numpy(rows)],
                                        torch.from_numpy(self.given_labels[rows]), 1000 + seed, augment=self.augment,
                                        batch=self.batch, device=self.settings.device, **length)
        return (networks.accuracy(network, self.test_x, self.test_y, self.settings.device),
                {"steps": steps, "epochs": length.get("epochs", "")})

    def depends_on_protocol(self, model):
        del model
        return True


class Fashion(Images):
    """Fashion-MNIST, 60,000 images of 28 x 28, and a convolutional network of 128 features."""
    name = "fashion"
    models = ("convolutional",)
    default_base_steps, default_steps, default_epochs = 4000, 2000, 30
    augment, batch = False, 64

    @staticmethod
    def network():
        return networks.SmallConvolutional()

    def read(self):
        folder = self.settings.data / "fashion"
        parts = []
        for name, size in (("train", self.settings.train_size), ("t10k", self.settings.test_size)):
            x = read_idx(folder / f"{name}-images-idx3-ubyte.gz")
            y = read_idx(folder / f"{name}-labels-idx1-ubyte.gz")
            rows = self.cut(len(y), size)
            parts.append((((x[rows, None] / 255 - 0.286) / 0.353).astype(np.float32), y[rows].astype(np.int64)))
        return *parts, self.cut(60000, self.settings.train_size)


class FashionPooled(Perceptrons):
    """20,000 images of Fashion-MNIST, drawn by the seed, pooled to 14 x 14, and all 10,000 of its test set. The base model is
    a perceptron of 64 units, trained 10 epochs, 5 under label noise; what is kept is learned by a perceptron of 128 units
    from the pixels. Quick enough for every method, rate and noise with several seeds."""
    name = "fashion-pooled"
    models = ("mlp",)
    first_seed = 1000

    def load(self, noise, seed):
        folder = self.settings.data / "fashion"
        random = np.random.default_rng([seed, 0x66617368])
        parts = []
        for name in ("train", "t10k"):
            x = read_idx(folder / f"{name}-images-idx3-ubyte.gz")
            y = read_idx(folder / f"{name}-labels-idx1-ubyte.gz").astype(np.int64)
            rows = np.sort(random.permutation(len(y))[:20000]) if name == "train" else np.arange(len(y))
            pooled = x[rows].reshape(len(rows), 14, 2, 14, 2).mean(axis=(2, 4)).reshape(len(rows), 196)
            parts.append((((pooled / 255 - 0.286) / 0.33).astype(np.float32), y[rows]))
        (self.x, self.truth), (test_x, test_y) = parts
        self.test_x, self.test_y = torch.from_numpy(test_x), torch.from_numpy(test_y)
        self.given_labels = self.given(self.truth, noise, seed)
        epochs = 10 if noise == "clean" else 5
        steps = epochs * -(-len(self.truth) // 64)
        dynamics = networks.Dynamics(torch.from_numpy(self.x), steps, epochs)
        network, _ = networks.train(lambda: networks.Perceptron(196, 64, 10), torch.from_numpy(self.x),
                                    torch.from_numpy(self.given_labels), seed, steps=steps, watch=dynamics)
        features, logits = networks.outputs(network, torch.from_numpy(self.x))
        self.base = Base(self.settings.work / "inputs", f"{self.name}-{noise}-{seed}", features, logits,
                         self.given_labels, dynamics.array())


class Letters(Perceptrons):
    """A table of numbers: the letter recognition data of UCI (Frey and Slate 1991), 20,000 letters by 16 counts and moments of
    their pixels, 26 classes, as the R package mlbench ships it; `LetterRecognition.rda` lies in the folder of data. Split
    2 : 1 by the seed, by class; every number to mean 0 and deviation 1. The base model is a perceptron of 64 units, trained 15
    epochs, 5 under label noise; what is kept is learned by a perceptron of 128 units from the 16 numbers."""
    name = "letters"
    models = ("mlp",)
    rate, first_seed = 0.1, 1000
    default_steps = 4000

    def load(self, noise, seed):
        import rdata
        from sklearn.model_selection import train_test_split

        table = rdata.read_rda(self.settings.data / "LetterRecognition.rda")["LetterRecognition"]
        labels = np.unique(table["lettr"].to_numpy(str), return_inverse=True)[1].astype(np.int64)
        numbers = table.drop(columns="lettr").to_numpy(np.float32)
        x, test_x, self.truth, self.test_y = train_test_split(numbers, labels, test_size=1 / 3, random_state=seed,
                                                              stratify=labels)
        mean, deviation = x.mean(axis=0), x.std(axis=0)
        self.x, self.test_x = ((part - mean) / deviation for part in (x, test_x))
        self.given_labels = self.given(self.truth, noise, seed)
        epochs = 15 if noise == "clean" else 5
        dynamics = networks.Dynamics(torch.from_numpy(self.x), epochs * -(-len(x) // 64), epochs)
        network, _ = networks.train(lambda: networks.Perceptron(16, 64, 26), torch.from_numpy(self.x),
                                    torch.from_numpy(self.given_labels), seed, epochs=epochs, rate=0.1, watch=dynamics)
        features, logits = networks.outputs(network, torch.from_numpy(self.x))
        self.base = Base(self.settings.work / "inputs", f"{self.name}-{noise}-{seed}", features, logits,
                         self.given_labels, dynamics.array())


class Cifar10(Images):
    """CIFAR-10 at 16 x 16 pixels, 50,000 images, and a residual network of 128 features; images are shifted and
    mirrored at random. `human` are the labels that people gave (CIFAR-10N, random 1, 17 % wrong), `human-worst` the worst
    of three (40 % wrong)."""
    name = "cifar10"
    models = ("residual",)
    noises = ("clean", "random20", "human", "human-worst")
    default_base_steps, default_steps, default_epochs = 12000, 6000, 60
    augment, batch = True, 128

    @staticmethod
    def network():
        return networks.SmallResidual()

    def read(self):
        folder = self.settings.data / "cifar10"
        parts = []
        for name, size in (("train", self.settings.train_size), ("test", self.settings.test_size)):
            x = read_idx(folder / f"{name}-images16-idx4-ubyte.gz")
            y = read_idx(folder / f"{name}-labels-idx1-ubyte.gz")
            rows = self.cut(len(y), size)
            x = (x[rows] / 255 - np.array([0.491, 0.482, 0.447])) / np.array([0.247, 0.243, 0.262])
            parts.append((np.ascontiguousarray(x.transpose(0, 3, 1, 2), np.float32), y[rows].astype(np.int64)))
        return *parts, self.cut(50000, self.settings.train_size)

    def published_base(self, rows):
        """Features and logits of a published ResNet, which was trained on the right labels of the training set."""
        if self.prepared_noise != "clean":
            raise ValueError("a published network has seen the right labels, --noise must be clean with it")
        network = self.settings.base_network
        arrays = []
        for part in ("feat64", "logits10"):
            with gzip.open(self.settings.data / "cifar10" / f"{network}-{part}-f16.npy.gz") as file:
                arrays.append(np.load(file)[rows].astype(np.float32))
        return Base(self.settings.work / "inputs", f"{self.name}-{network}", *arrays, self.given_labels,
                    arrays[1][None])

    def given_images(self, labels, noise, seed, rows):
        if noise.startswith("human"):
            name = "random_label1" if noise == "human" else "worse_label"
            return np.load(self.settings.data / "cifar10" / f"cifar10n-{name}-u8.npy")[rows].astype(np.int64)
        return self.given(labels, noise, seed)


class Cifar10Features(Perceptrons):
    """The 64 features of CIFAR-10 by a published ResNet-56, with the labels that people gave (CIFAR-10N): quick enough
    for any processor. The base model is a perceptron of 64 units on them, trained 5 epochs on the given labels; what is
    kept is learned by a perceptron of 128 units from the same features. The features themselves know the right labels of
    the training set, so that accuracies are high; differences tell how a selection stands wrong labels."""
    name = "cifar10-features"
    models = ("mlp",)
    batch, rate, first_seed, default_epochs = 128, 0.02, 1000, 20
    noises = ("clean", "random20", "human", "human-worst")

    def load(self, noise, seed):
        folder = self.settings.data / "cifar10"
        arrays = {}
        for part in ("", "_test"):
            with gzip.open(folder / f"resnet56{part}-feat64-f16.npy.gz") as file:
                arrays[part] = np.load(file).astype(np.float32)
        self.truth = read_idx(folder / "train-labels-idx1-ubyte.gz").astype(np.int64)
        self.test_y = torch.from_numpy(read_idx(folder / "test-labels-idx1-ubyte.gz").astype(np.int64))
        if noise.startswith("human"):
            name = "random_label1" if noise == "human" else "worse_label"
            self.given_labels = np.load(folder / f"cifar10n-{name}-u8.npy").astype(np.int64)
        else:
            self.given_labels = self.given(self.truth, noise, seed)
        self.x, self.test_x = torch.from_numpy(arrays[""]), torch.from_numpy(arrays["_test"])
        steps = 5 * -(-len(self.truth) // 128)
        dynamics = networks.Dynamics(self.x, steps, 5)
        network, _ = networks.train(lambda: networks.Perceptron(64, 64, 10), self.x,
                                    torch.from_numpy(self.given_labels), seed, steps=steps, batch=128, rate=0.02,
                                    watch=dynamics)
        _, logits = networks.outputs(network, self.x)
        self.base = Base(self.settings.work / "inputs", f"{self.name}-{noise}-{seed}", arrays[""], logits,
                         self.given_labels, dynamics.array())


TASKS = {task.name: task for task in (Digits, Fashion, FashionPooled, Letters, Cifar10, Cifar10Features)}
