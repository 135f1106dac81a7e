# SPDX-License-Identifier: MIT
"""Small networks, and how they are trained: a fixed number of steps whatever is kept, or fixed epochs. The state after
the last step is what counts; nothing is chosen by the test set."""

import numpy as np
import torch
from torch import nn


class Perceptron(nn.Module):
    """One hidden layer, whose activations are the features."""

    def __init__(self, inputs, hidden, classes):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU())
        self.head = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.head(self.body(x))


class SmallConvolutional(nn.Module):
    """Two convolutions and a dense layer of 128 features, for 28 x 28 images of one channel."""

    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                                  nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                                  nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU())
        self.head = nn.Linear(128, classes)

    def forward(self, x):
        return self.head(self.body(x))


class Block(nn.Module):
    """Two convolutions beside a shortcut (He et al. 2016)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.path = nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs),
                                  nn.ReLU(), nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
                                  nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False),
                                          nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.path(x) + self.shortcut(x))


class SmallResidual(nn.Module):
    """Three stages of one block each, 32, 64 and 128 channels wide, for 16 x 16 images of three channels; its features
    are the averages of the last channels."""

    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 32, 3, 1, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
                                  Block(32, 32, 1), Block(32, 64, 2), Block(64, 128, 2),
                                  nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(128, classes)

    def forward(self, x):
        return self.head(self.body(x))


class PerceptronStack(nn.Module):
    """`count` perceptrons of one shape side by side, all with the initial weights that Perceptron has under the same seed.
    Takes count x batch x inputs, gives count x batch x classes."""

    def __init__(self, count, inputs, hidden, classes):
        super().__init__()
        one = Perceptron(inputs, hidden, classes)
        first, second = one.body[1], one.head
        self.weights = nn.ParameterList([layer.weight.detach().T.repeat(count, 1, 1) for layer in (first, second)])
        self.biases = nn.ParameterList([layer.bias.detach().repeat(count, 1, 1) for layer in (first, second)])

    def forward(self, x):
        hidden = torch.relu(torch.baddbmm(self.biases[0], x, self.weights[0]))
        return torch.baddbmm(self.biases[1], hidden, self.weights[1])


def shifted_and_flipped(images, generator):
    """Each image moved by up to 2 pixels, zeros entering, and mirrored with probability 1/2."""
    count, _, height, width = images.shape
    padded = nn.functional.pad(images, (2, 2, 2, 2))
    shifts = torch.randint(0, 5, (count, 2), generator=generator)
    flips = torch.rand(count, generator=generator) < 0.5
    rows = shifts[:, :1] + torch.arange(height)
    columns = shifts[:, 1:] + torch.arange(width)
    columns = torch.where(flips[:, None], columns.flip(1), columns)
    at = torch.arange(count)[:, None, None]
    return padded.permute(0, 2, 3, 1)[at, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def optimize(network, loss_of, count, steps, epochs, batch, rate, decay, generator, watch=None):
    """Trains with Nesterov's momentum .9 and a rate that falls as a cosine, for so many steps, or for so many epochs of
    `count` samples; returns the number of steps. Batches are drawn from one permutation after another, so that every
    sample is seen about equally often. `loss_of` gives the loss of a batch of numbers below `count`."""
    if count == 0:
        raise ValueError("there is no sample to train on")
    batch = min(batch, count)
    if steps is None:
        steps = max(1, epochs * -(-count // batch))
    optimizer = torch.optim.SGD(network.parameters(), rate, momentum=0.9, nesterov=True, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    network.train()
    order = torch.randperm(count, generator=generator)
    for _ in range(steps):
        if len(order) < batch:
            order = torch.cat([order, torch.randperm(count, generator=generator)])
        rows, order = order[:batch], order[batch:]
        optimizer.zero_grad()
        loss = loss_of(rows)
        loss.backward()
        optimizer.step()
        schedule.step()
        if not torch.isfinite(loss):
            raise RuntimeError("the loss is not finite")
        if watch:
            watch(network)
    network.eval()
    return steps


def train(make_network, images, labels, seed, steps=None, epochs=None, batch=64, rate=0.05, decay=5e-4,
          augment=False, device="cpu", watch=None):
    """Trains one network (see optimize); returns it and the number of steps. `watch` is called with the network after each
    step. The same seed gives the same weights on one kind of processor."""
    torch.manual_seed(seed)
    network = make_network().to(device)
    generator = torch.Generator().manual_seed(seed + 1)

    def loss_of(rows):
        x = shifted_and_flipped(images[rows], generator) if augment else images[rows]
        return nn.functional.cross_entropy(network(x.to(device)), labels[rows].to(device))

    return network, optimize(network, loss_of, len(labels), steps, epochs, batch, rate, decay, generator, watch)


def train_perceptrons(hidden, images, labels, subsets, test_images, test_labels, seed, steps=None, epochs=None, batch=64,
                      rate=0.05, decay=5e-4):
    """The accuracies of perceptrons that are trained side by side, one on each subset (row numbers, all equally many), and
    the number of steps. Each sees what `train` with this seed would show it alone, to rounding: the same initial weights and,
    of its subset, the same places in the same order. Side by side because a step of one costs mostly calls."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(np.stack(subsets))
    stack = PerceptronStack(len(subsets), images.shape[1], hidden, int(max(labels.max(), test_labels.max())) + 1)

    def loss_of(places):
        chosen = rows[:, places]
        logits = stack(images[chosen])
        return nn.functional.cross_entropy(logits.flatten(0, 1), labels[chosen].flatten(), reduction="sum") / len(places)

    generator = torch.Generator().manual_seed(seed + 1)
    steps = optimize(stack, loss_of, rows.shape[1], steps, epochs, batch, rate, decay, generator)
    right = torch.zeros(len(subsets))
    with torch.no_grad():
        for x, y in zip(test_images.split(1000), test_labels.split(1000)):
            right += (stack(x.expand(len(subsets), *x.shape)).argmax(dim=2) == y).sum(dim=1)
    return [float(count) / len(test_labels) for count in right], steps


@torch.no_grad()
def outputs(network, images, device="cpu"):
    """Features and logits, float32."""
    features, logits = [], []
    for chunk in images.split(1000):
        body = network.body(chunk.to(device))
        features.append(body.cpu().numpy())
        logits.append(network.head(body).cpu().numpy())
    return np.concatenate(features).astype(np.float32), np.concatenate(logits).astype(np.float32)


class Dynamics:
    """The logits of all samples at `count` times, equally far from one another, of a training of so many steps: what
    scores of training dynamics are made of. count x n x classes, float32."""

    def __init__(self, images, steps, count, device="cpu"):
        self.images, self.device = images, device
        count = min(count, steps)
        self.times = {round((k + 1) * steps / count) for k in range(count)}
        self.step = 0
        self.logits = []

    def __call__(self, network):
        self.step += 1
        if self.step in self.times:
            network.eval()
            self.logits.append(outputs(network, self.images, self.device)[1])
            network.train()

    def array(self):
        return np.stack(self.logits)


def accuracy(network, images, labels, device="cpu"):
    return float((outputs(network, images, device)[1].argmax(axis=1) == labels.numpy()).mean())
