#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does a choice made with the features of one network serve another, and does it stand noise on the features?

    python benchmarks/evaluation/transfer.py --program build/examples/topoprune/topoprune --data FOLDER
                                             [--methods prune filtered:d2 ...] [--keep 0.1 0.01] [--seeds 0 1 2]

Selected is with the features and logits of one published ResNet on the 50,000 samples of CIFAR-10; on the kept samples a
perceptron of 128 units and a linear classifier are trained on the features of a ResNet, and measured on its features of
the test set:

    own network      selected with the features that are trained on
    other network    selected with those of the other one, ResNet-20 for ResNet-56 and back
    jitter           selected with the features of the second network under normal noise, trained on them without it;
                     amounts are shares of the standard deviation of a feature within the class of the sample, 0 is
                     another seed of the selection alone. The logits, and with them the filter, are those without noise

Of each change also the agreement of the kept set with that of the features that are trained on: the Jaccard index beyond
chance, (J - c) / (1 - c), where c is the index that two independent draws with the same budgets from the samples that pass
both filters would have. Selections that are compared take different seeds, so that shared random draws do not count as
agreement. The controls stand in every table: `random` looks at no feature, so that its differences are those of two draws,
and `random+filter` looks at them only by what the network gets wrong.

Differences are paired by the seed of training, which decides initial weights and order of batches; intervals are those
of 95 % by Student's distribution, * where they do not hold 0. There is none where every seed has the same
difference, as of a linear classifier after a selection without random numbers. Methods are the names of methods.py, and
`filtered:NAME`. Tables of Markdown are printed and written to --work; trainings and selections that are done are kept there
and not repeated. Without --data it takes ../shared/data. Needs: pip install numpy scipy scikit-learn torch.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import pathlib
import sys

import numpy as np

import methods
from summary import interval

# A method is added as a name here, or by --methods. One with options of its own is an entry of METHODS in methods.py first.
COMPARED = ["random", "random+filter", "prune", "strata-facility-location", "filtered:facility-location", "filtered:k-center", "filtered:moderate",
            "filtered:d2"]
MODELS = {"mlp": "perceptron", "linear": "linear"}
OTHER_SEEDS = 1000  # of the selections that are compared with those of the seeds themselves


def read_npy(path):
    if not path.exists():
        sys.exit(f"{path} is not there; --data names the folder of the data sets")
    with gzip.open(path) as file:
        return np.load(file).astype(np.float32)


class Networks:
    """Features and logits of both, and selections from them."""

    def __init__(self, arguments):
        from tasks import Base, read_idx

        self.arguments = arguments
        self.folder = arguments.data / "cifar10"
        for part in ("train", "test"):
            if not (self.folder / f"{part}-labels-idx1-ubyte.gz").exists():
                sys.exit(f"{self.folder / part}-labels-idx1-ubyte.gz is not there; --data names the folder of the data sets")
        labels, self.test_y = (read_idx(self.folder / f"{part}-labels-idx1-ubyte.gz").astype(np.int64)
                               for part in ("train", "test"))
        self.rows = np.arange(len(labels))
        if arguments.samples:
            self.rows = np.sort(np.concatenate([np.flatnonzero(labels == c)[:arguments.samples] for c in np.unique(labels)]))
        self.labels = labels[self.rows]
        self.make_base = lambda name, features, logits: Base(arguments.work / "inputs", name, features, logits, self.labels,
                                                             logits[None])
        self.bases, self.test_x = {}, {}
        for depth in arguments.networks:
            features = read_npy(self.folder / f"resnet{depth}-feat64-f16.npy.gz")[self.rows]
            logits = read_npy(self.folder / f"resnet{depth}-logits10-f16.npy.gz")[self.rows]
            self.bases[f"ResNet-{depth}"] = self.make_base(f"resnet{depth}", features, logits)
            self.test_x[f"ResNet-{depth}"] = read_npy(self.folder / f"resnet{depth}_test-feat64-f16.npy.gz")

    def with_jitter(self, name, amount, seed):
        """The base of a network under noise in shares of the spread of each feature within each class."""
        base = self.bases[name]
        if amount == 0:
            return base
        noise = np.random.default_rng([seed, 0x6A697474]).standard_normal(base.features.shape)
        for c in np.unique(self.labels):
            noise[self.labels == c] *= amount * base.features[self.labels == c].std(axis=0)
        return self.make_base(f"{name}-jitter{amount:g}-{seed}", (base.features + noise).astype(np.float32), base.logits)

    def passes(self, base):
        return base.logits.argmax(axis=1) == self.labels


class Results:
    """Accuracies by what decides them, in a file that grows by one line for each."""

    def __init__(self, path):
        self.path, self.known = path, {}
        if path.exists():
            lines = path.read_text(encoding="utf-8").split("\n")
            for line in lines[:-1]:  # what follows the last line's end was cut off
                entry = json.loads(line)
                self.known[entry["key"]] = entry["accuracy"]
            path.write_text("".join(line + "\n" for line in lines[:-1]), encoding="utf-8")

    def get(self, key, make):
        if key not in self.known:
            self.known[key] = make()
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "accuracy": self.known[key]}) + "\n")
        return self.known[key]


def train(networks_of, target, model, rows, seed, steps):
    import torch

    import networks

    x, y = networks_of.bases[target].features[rows], networks_of.labels[rows]
    test_x, test_y = networks_of.test_x[target], networks_of.test_y
    if model == "linear":
        from sklearn.linear_model import LogisticRegression

        scale = networks_of.bases[target].features.std()
        learner = LogisticRegression(max_iter=2000, random_state=seed).fit(x / scale, y)
        return float(learner.score(test_x / scale, test_y))
    network, _ = networks.train(lambda: networks.Perceptron(x.shape[1], 128, 10), torch.from_numpy(x), torch.from_numpy(y),
                                1000 + seed, steps=steps, batch=128, rate=0.02)
    return networks.accuracy(network, torch.from_numpy(test_x), torch.from_numpy(test_y))


def beyond_chance(a, b, passes_a, passes_b, labels):
    """The share of the way from the index of independent draws with the same budgets to 1."""
    def likelihood(rows, passes):
        kept = np.zeros(len(labels), bool)
        kept[rows] = True
        chance = np.zeros(len(labels))
        for c in np.unique(labels):
            eligible = (labels == c) & (passes | kept)
            chance[eligible] = kept[eligible].mean()
        return chance

    both = len(np.intersect1d(a, b))
    expected = float((likelihood(a, passes_a) * likelihood(b, passes_b)).sum())
    jaccard, chance = both / (len(a) + len(b) - both), expected / (len(a) + len(b) - expected)
    return (jaccard - chance) / (1 - chance)


class Comparison:
    """Accuracies and agreements of a change: selected with another base than the target's own."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.networks = Networks(arguments)
        self.selections = methods.Selections(arguments.work / "selections", str(arguments.program), arguments.threads)
        self.results = Results(arguments.work / "transfer.jsonl")

    def kept(self, method, base, keep, seed):
        return self.selections.kept(method, base, 1 - keep, seed)[0]

    def accuracies(self, method, keep, target, model, base_of=None):
        """One for each seed; without `base_of` selected with the target's own features."""
        steps, found = self.arguments.steps, []
        for seed in self.arguments.seeds:
            rows = (self.kept(method, base_of(seed), keep, seed + OTHER_SEEDS) if base_of else
                    self.kept(method, self.networks.bases[target], keep, seed))
            key = f"{target} {model} {hashlib.sha256(rows.tobytes()).hexdigest()[:16]} {len(rows)} {seed} {steps}"
            found.append(100 * self.results.get(key, lambda r=rows, s=seed: train(self.networks, target, model, r, s, steps)))
        return np.array(found)

    def agreement(self, method, keep, target, base_of):
        """The mean over the seeds."""
        own = self.networks.bases[target]
        labels = self.networks.labels
        passes = (lambda base: np.ones(len(labels), bool)) if method == "random" else self.networks.passes
        return np.mean([beyond_chance(self.kept(method, base_of(seed), keep, seed + OTHER_SEEDS),
                                      self.kept(method, own, keep, seed), passes(base_of(seed)), passes(own), labels)
                        for seed in self.arguments.seeds])

    def rows(self, names):
        for keep, method in itertools.product(self.arguments.keep, names):
            print(f"  {100 * keep:g} % {method}", file=sys.stderr, flush=True)
            yield f"| `{method.removeprefix('filtered:')}`, {100 * keep:g} % |", keep, method

    def of_networks(self, names, target, source):
        """Selected with the other network's features: accuracy, and differences."""
        lines = ["| method, kept | " + " | ".join(
            f"{title}, own features | selected by {source} | against random + filter" for title in MODELS.values()) +
            " | agreement |", "|---" * (2 + 3 * len(MODELS)) + "|"]
        for begin, keep, method in self.rows(names):
            cells = []
            for model in MODELS:
                own = self.accuracies(method, keep, target, model)
                changed = self.accuracies(method, keep, target, model, self.always(source))
                control = self.accuracies("random+filter", keep, target, model, self.always(source))
                cells += [f"{own.mean():.2f}", difference(changed, own),
                          "" if method == "random+filter" else difference(changed, control)]
            lines.append(f"{begin} " + " | ".join(cells) +
                         f" | {share(self.agreement(method, keep, target, self.always(source)))} |")
        return "\n".join(lines)

    def of_jitter(self, names, target, noisy):
        """Selected with noise on the features: for each amount the differences of the models, and the agreement."""
        lines = ["| method, kept | own features, " + " / ".join(MODELS.values()) + " | " +
                 " | ".join(f"jitter {amount:g} | agreement" for amount in self.arguments.jitter) + " |",
                 "|---" * (2 + 2 * len(self.arguments.jitter)) + "|"]
        for begin, keep, method in self.rows(names):
            own = {model: self.accuracies(method, keep, target, model) for model in MODELS}
            cells = [" / ".join(f"{values.mean():.2f}" for values in own.values())]
            for amount in self.arguments.jitter:
                base_of = lambda seed, a=amount: noisy[a, seed]
                cells.append(" / ".join(difference(self.accuracies(method, keep, target, model, base_of), values)
                                        for model, values in own.items()))
                cells.append(share(self.agreement(method, keep, target, base_of)))
            lines.append(f"{begin} " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def always(self, name):
        return lambda seed: self.networks.bases[name]


def share(value):
    return f"{value:.2f}".replace("-0.00", "0.00").replace("0.", ".", 1)


def difference(values, control):
    """Paired mean with its interval, which is left out where nothing differs between the seeds."""
    differences = np.subtract(values, control)
    mean, half = interval(differences, 0.95)
    text = f"{mean:+.2f}".replace("-0.00", "+0.00")
    if len(differences) < 2 or np.ptp(differences) < 1e-9:
        return text
    return f"{text} ± {half:.2f}" + ("*" if abs(mean) > half else "")


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=root / "build/examples/topoprune/topoprune")
    parser.add_argument("--data", type=pathlib.Path, default=root.parent / "shared/data",
                        help="folder of the data sets [../shared/data]")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("transfer"))
    parser.add_argument("--methods", nargs="+", default=COMPARED)
    parser.add_argument("--networks", nargs=2, type=int, default=[20, 56], help="depths of ResNets: 20, 32, 44 or 56")
    parser.add_argument("--keep", nargs="+", type=float, default=[0.1, 0.01])
    parser.add_argument("--jitter", nargs="*", type=float, default=[0, 0.1, 0.3, 1.0], help="0: another seed alone")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--steps", type=int, default=1000, help="of the perceptron")
    parser.add_argument("--samples", type=int, help="of each class, for a short check [all]")
    parser.add_argument("--threads", type=int, default=1, help="0 = one per core")
    arguments = parser.parse_args()
    if not arguments.program.exists():
        sys.exit(f"{arguments.program} is not there; build it, or name it with --program")
    names = methods.methods_named(arguments.methods)

    import torch

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    comparison = Comparison(arguments)
    parts = []
    one, other = comparison.networks.bases
    for target, source in ((other, one), (one, other)):
        parts.append(f"Trained on features of {target}, selected with those of {source}:\n\n" +
                     comparison.of_networks(names, target, source))
        print(parts[-1] + "\n", flush=True)
    if arguments.jitter:
        noisy = {(amount, seed): comparison.networks.with_jitter(other, amount, seed)
                 for amount in arguments.jitter for seed in arguments.seeds}
        parts.append(f"Trained on features of {other}, selected with the same under jitter, against without:\n\n" +
                     comparison.of_jitter(names, other, noisy))
        print(parts[-1] + "\n", flush=True)
    (arguments.work / "transfer.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
