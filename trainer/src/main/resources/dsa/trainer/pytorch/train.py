#!/usr/bin/env python3
"""Trains the networks of a dsa sweep with PyTorch 1.13 to 2.x and Python's standard library, and nothing else.

    python3 train.py                    trains what the folder of this file lacks, one network after the other
    python3 train.py --workers 4 --minutes 12
    python3 train.py --help

It may be stopped or killed at any time: results are lines of runs.jsonl, on disk before the next network begins, and a
network in progress is kept after each epoch. The same call goes on. Bring the folder home: dsa reads it as any sweep.

`dsa train --engine pytorch` starts the same file as a worker, which is told on standard input what to train
(docs/formats.md, "Workers"). Everything random is drawn at an address under the seed by the generator of dsa
(SplitMix64), so first weights, the order of images and their augmentation are those of dsa's other engines.
"""

import argparse
import collections
import ctypes
import datetime
import hashlib
import json
import math
import os
import platform
import queue
import signal
import subprocess
import sys
import threading
import time
import zlib

OLDEST_TORCH = (1, 13)
EXIT_DONE, EXIT_BAD_INPUT, EXIT_FAILED_RUNS, EXIT_WORK_LEFT = 0, 3, 4, 75
DEVICES = ("cpu", "cuda", "mps", "xpu")


class Refused(Exception):
    """Something that cannot be; the message is one sentence for the user."""


def give_up(sentence):
    """Ends with a sentence, said the way that whoever started this file understands."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked == "probe":
        print(json.dumps({"device": "cpu", "usable": False, "detail": sentence}))
    elif asked == "worker":
        print("\nunable " + sentence, flush=True)
    else:
        print("train.py: " + sentence, file=sys.stderr)
        sys.exit(EXIT_BAD_INPUT)
    sys.exit(0)


try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as missing:
    give_up(
        "%s (Python %s) cannot import torch (%s); '%s -m pip install torch' brings it"
        % (sys.executable, platform.python_version(), missing, sys.executable)
    )
if tuple(int(part) for part in torch.__version__.split(".")[:2]) < OLDEST_TORCH:
    give_up(
        "%s has torch %s, and at least %d.%d is needed; '%s -m pip install --upgrade torch' brings it"
        % ((sys.executable, torch.__version__) + OLDEST_TORCH + (sys.executable,))
    )


# ---------------------------------------------------------------------------------------------- randomness

GAMMA = 0x9E3779B97F4A7C15
FACTORS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
WORD = (1 << 64) - 1


def mix(word):
    """SplitMix64's scrambling of a 64-bit word."""
    word = ((word ^ (word >> 30)) * FACTORS[0]) & WORD
    word = ((word ^ (word >> 27)) * FACTORS[1]) & WORD
    return word ^ (word >> 31)


def root(seed):
    """The address that all others of a study descend from."""
    return mix((seed ^ 0x6473612D726F6F74) & WORD)


def child(address, name):
    """The address of a thing, named by a number or a text, below another."""
    if isinstance(name, int):
        return mix(mix((address + GAMMA) & WORD) ^ (name & WORD))
    digest = 0xCBF29CE484222325  # FNV-1a
    for byte in name.encode():
        digest = ((digest ^ byte) * 0x100000001B3) & WORD
    return mix(mix((address + 0xD1B54A32D192ED03) & WORD) ^ digest)


def signed(word):
    """The same 64 bits as a number that an int64 tensor can hold."""
    return word - (1 << 64) if word >> 63 else word


def shifted(words, bits):
    """Words shifted to the right, filled up with zeros."""
    return (words >> bits) & ((1 << (64 - bits)) - 1)


class Stream:
    """The random numbers that begin at an address, drawn many at a time."""

    def __init__(self, address):
        self.address = address
        self.drawn = 0

    def _words(self, count):
        """The next words, which are not used up by being looked at."""
        state = torch.arange(self.drawn + 1, self.drawn + count + 1) * signed(GAMMA) + signed(self.address)
        state = (state ^ shifted(state, 30)) * signed(FACTORS[0])
        state = (state ^ shifted(state, 27)) * signed(FACTORS[1])
        return state ^ shifted(state, 31)

    def doubles(self, count):
        """Uniform numbers in [0, 1), multiples of 2^-53."""
        words = self._words(count)
        self.drawn += count
        return shifted(words, 11).double() * 2.0**-53

    def integers(self, bounds):
        """For each bound, in order, a uniform integer from 0 to below it (Lemire 2019)."""
        parts = []
        while len(bounds):
            product = shifted(self._words(len(bounds)), 32) * bounds
            low = product & 0xFFFFFFFF
            biased = (low < bounds) & (low < torch.full_like(bounds, 1 << 32) % bounds)
            good = int(biased.nonzero()[0]) if bool(biased.any()) else len(bounds)
            parts.append(shifted(product[:good], 32))
            self.drawn += min(good + 1, len(bounds))  # a biased word is left out
            bounds = bounds[good:]
        return torch.cat(parts) if parts else bounds


def shuffled(places, stream):
    """Places in random order (Fisher and Yates)."""
    order = list(places)
    last = len(order) - 1
    for i, j in zip(range(last, 0, -1), stream.integers(torch.arange(last + 1, 1, -1)).tolist()):
        order[i], order[j] = order[j], order[i]
    return order


def normal(count, deviation, stream):
    """Normal numbers around 0 (Box and Muller)."""
    uniform = stream.doubles(count + count % 2).view(-1, 2)
    radius = deviation * torch.sqrt(-2 * torch.log(1 - uniform[:, 0]))
    angle = 2 * math.pi * uniform[:, 1]
    return torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], 1).view(-1)[:count].float()


# ---------------------------------------------------------------------------------------------- images

SIDE, CLASSES = 32, 10
FILES = ["data_batch_%d.bin" % i for i in range(1, 6)] + ["test_batch.bin"]
MEAN, DEVIATION = (125.3, 123.0, 113.9), (63.0, 62.1, 66.7)  # of CIFAR-10, as pycls has them


def image_folder(given, sweep):
    """Where CIFAR-10's binary files are: as given, else in DSA_DATA, else in the sweep or beside it."""
    named = given or os.environ.get("DSA_DATA", "").strip()
    around = [os.path.join(sweep, "cifar-10"), sweep, os.path.join(os.path.dirname(sweep), "cifar-10")]
    candidates = [named] if named else around
    for folder in candidates:
        for inside in (folder, os.path.join(folder, "cifar-10-batches-bin")):
            if all(os.path.exists(os.path.join(inside, name)) for name in FILES):
                return inside
    raise Refused(
        "the images are not in %s; copy CIFAR-10's binary version (%s to %s) there, or name its folder with --data"
        % (" or ".join(candidates), FILES[0], FILES[-1])
    )


def read_images(folder, checksum):
    """Training and test images as (pixels, labels); refuses others than those of the checksum."""
    algorithm = "sha256" if os.path.exists(os.path.join(folder, "dsa-sample.json")) else "md5"
    sums, sets = "", []
    for name in FILES:
        with open(os.path.join(folder, name), "rb") as file:
            content = bytearray(file.read())
        if not content or len(content) % (1 + 3 * SIDE * SIDE):
            raise Refused("%s is cut short; copy it again" % os.path.join(folder, name))
        sums += "%s  %s\n" % (hashlib.new(algorithm, content).hexdigest(), name)
        sets.append(torch.frombuffer(content, dtype=torch.uint8).view(-1, 1 + 3 * SIDE * SIDE))
    if hashlib.sha256(sums.encode()).hexdigest()[:16] != checksum:
        raise Refused("%s holds other images than those that the sweep began with; name their folder" % folder)
    return [(records[:, 1:].contiguous(), records[:, 0].long()) for records in (torch.cat(sets[:5]), sets[5])]


def reduced(pixels, side):
    """Images of fewer pixels, each a whole sum over its area, and how many equal shares that adds up."""
    if side == SIDE:
        return pixels, 1
    unit = side & -side  # the greatest common divisor with 32
    rows = torch.tensor(
        [[max(0, min((y + 1) * SIDE, (r + 1) * side) - max(y * SIDE, r * side)) // unit for r in range(SIDE)] for y in range(side)]
    ).float()
    sums = [(rows @ some.view(-1, 3, SIDE, SIDE).float() @ rows.t()).short() for some in pixels.split(1000)]  # exact
    return torch.cat(sums).view(len(pixels), -1), int(rows[0].sum()) ** 2


class Images:
    """A set of images on a device, where batches of it are put together."""

    def __init__(self, pixels, labels, side, device):
        levels, shares = reduced(pixels, side)
        self.side = side
        self.labels = labels.to(device)
        self.levels = levels.view(-1, 3, side * side).permute(0, 2, 1).reshape(-1, 3).to(device)
        greatest = 255 * shares
        level = torch.arange(greatest + 1, dtype=torch.float32) / torch.tensor(float(greatest))
        of_255 = [torch.tensor(values, dtype=torch.float32) / torch.tensor(255.0) for values in (MEAN, DEVIATION)]
        self.numbers = ((level - of_255[0][:, None]) / of_255[1][:, None]).view(-1).to(device)
        self.first = (torch.arange(3) * (greatest + 1)).to(device)
        self.steps = torch.arange(side).to(device)

    def batch(self, image, down, right, mirrored):
        """Images of shape (batch, 3, side, side), mirrored and then shifted, zero outside, and their labels."""
        side = self.side
        y = self.steps.view(1, side, 1) + down.view(-1, 1, 1)
        x = self.steps.view(1, 1, side) + right.view(-1, 1, 1)
        row, column = y.clamp(0, side - 1), x.clamp(0, side - 1)
        outside = (row != y) | (column != x)
        column = torch.where(mirrored.view(-1, 1, 1) > 0, side - 1 - column, column)
        place = image.view(-1, 1, 1) * (side * side) + row * side + column
        levels = self.levels.index_select(0, place.view(-1)).long()
        numbers = self.numbers.index_select(0, (levels + self.first).view(-1)).view(-1, side, side, 3)
        return numbers.masked_fill_(outside.unsqueeze(3), 0).permute(0, 3, 1, 2), self.labels.index_select(0, image)

    def plain(self, image):
        """The same as they are."""
        none = torch.zeros_like(image)
        return self.batch(image, none, none, none)


def split(labels, train, validation):
    """Which images are trained on and which are held out, as many of each class, whatever the seed."""
    order = child(root(0), "cifar10-split")
    training, held = [], []
    for label in range(CLASSES):
        places = (labels == label).nonzero().view(-1).tolist()
        each, hold = train // CLASSES, validation // CLASSES
        if len(places) < each + hold:
            raise Refused("the recipe takes %d + %d images of each class, and class %d has %d" % (each, hold, label, len(places)))
        places = shuffled(places, Stream(child(order, label)))
        training += places[:each]
        held += places[len(places) - hold :]
    return sorted(training), sorted(held)


def drawn_batches(places, steps, recipe, stream):
    """For each step which images its batch has, and by how much each is shifted and whether it is mirrored."""
    count, pad = steps * recipe.batchSize, recipe.cropPad
    order = torch.tensor(shuffled(places, stream)[:count])
    bounds = ([2] if recipe.mirror else []) + [2 * pad + 1] * 2
    drawn = stream.integers(torch.tensor(bounds).repeat(count)).view(count, -1)
    mirrored = drawn[:, 0] if recipe.mirror else torch.zeros_like(order)
    plan = torch.stack([order, drawn[:, -2] - pad, drawn[:, -1] - pad, mirrored])
    return plan.view(4, steps, recipe.batchSize).transpose(0, 1).contiguous()


# ---------------------------------------------------------------------------------------------- networks


VECTOR = 8  # numbers in the widest register of most processors


class Conv(nn.Conv2d):
    """A convolution. On a processor without AVX-512, oneDNN writes past the end of its buffers where a kernel of one cell
    steps over pixels of channels that fill no register; then what is looked at is read and nothing else."""

    def forward(self, x):
        steps = self.kernel_size == (1, 1) and self.stride != (1, 1)
        if steps and x.device.type == "cpu" and x.shape[1] % VECTOR:
            read = x[:, :, :: self.stride[0], :: self.stride[1]].contiguous(memory_format=torch.channels_last)
            return functional.conv2d(read, self.weight, None, 1, 0, 1, self.groups)
        return super().forward(x)


class Norm(nn.BatchNorm2d):
    """A batch norm. With channels innermost the processor takes those that fill no register one number at a time."""

    def forward(self, x):
        if x.device.type == "cpu" and x.shape[1] % VECTOR:
            return super().forward(x.contiguous()).contiguous(memory_format=torch.channels_last)
        return super().forward(x)


class Shift(nn.Module):
    def forward(self, x):
        return functional.pad(x, (-1, 1, -1, 1))


class Zero(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        n, c, h, w = x.shape
        return x.new_zeros(n, (h - 1) // self.stride + 1, (w - 1) // self.stride + 1, c).permute(0, 3, 1, 2)


class Shuffle(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        n, c, h, w = x.shape
        dealt = x.permute(0, 2, 3, 1).reshape(n, h, w, self.groups, c // self.groups).transpose(3, 4)
        return dealt.reshape(n, h, w, c).permute(0, 3, 1, 2)


class GlobalAveragePool(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


class SqueezeExcite(nn.Module):
    def __init__(self, narrow, wide, swish):
        super().__init__()
        self.narrow, self.wide, self.active = narrow, wide, functional.silu if swish else functional.relu

    def forward(self, x):
        factors = torch.sigmoid(self.wide(self.active(self.narrow(x.mean((2, 3))))))
        return x * factors[:, :, None, None]


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


class Branches(nn.Module):
    """Several branches, each of the whole input or of a run of its channels, put one behind the other."""

    def __init__(self, branches, runs=None):
        super().__init__()
        self.branches, self.runs = nn.ModuleList(branches), runs

    def forward(self, x):
        inputs = x.split(self.runs, 1) if self.runs else [x] * len(self.branches)
        return torch.cat([branch(part) for branch, part in zip(self.branches, inputs)], 1)


class Network(nn.Module):
    """A plan (dsa.plan/1) as modules. Parameters stand in the order in which the plan is walked, and begin as pycls's do.

    A rectifier in front of a concatenation computes what one behind it does, but its gradients lie together in memory;
    so parts that begin with one are handed their inputs rectified, and each input is rectified once.
    """

    SPARED = {"conv", "depthwise", "innerConv", "batchNorm", "residual", "concat", "split"}  # whose output may be overwritten

    def __init__(self, plan, identity_residuals=False):
        super().__init__()
        self.identity_residuals = identity_residuals
        self.starts = []  # of each parameter: itself, the deviation of its normal start or 0, else its constant
        self.norms = []
        self.plan = plan["parts"]
        shapes, parts = [], []
        for part in self.plan:
            inputs = [tuple(plan["input"]) if i < 0 else shapes[i] for i in part["inputs"]]
            shape = inputs[0]
            if len(inputs) > 1 and part["join"] == "concat":
                shape = (sum(each[0] for each in inputs),) + shape[1:]
            skip = 1 if part["ops"] and part["ops"][0]["op"] == "relu" else 0
            ops, shape = self._sequence(part["ops"], shape, skip)
            parts.append(ops)
            shapes.append(shape)
        self.parts = nn.ModuleList(parts)
        self._find_flow()

    def _find_flow(self):
        """Which parts are needed, and in which form the output of each is read."""
        count = len(self.plan)
        self.plain, self.rectified = [False] * count + [True], [False] * (count + 1)  # the image is at 0
        self.takes_rectified = [False] * count
        for i in reversed(range(count)):
            part = self.plan[i]
            if not (self.plain[i + 1] or self.rectified[i + 1]):
                continue
            begins = part["ops"][0]["op"] == "relu" if part["ops"] else not self.plain[i + 1]
            takes = begins and (len(part["inputs"]) == 1 or part["join"] == "concat")
            self.takes_rectified[i] = takes
            for read in part["inputs"]:
                (self.rectified if takes else self.plain)[read + 1] = True

    # ---- building

    def _sequence(self, ops, shape, skip=0):
        """The modules of operations; the first `skip` are left to whoever runs them."""
        modules = []
        for i, op in enumerate(ops):
            module, shape = self._module(op, shape, i > 0 and ops[i - 1]["op"] in self.SPARED)
            if i >= skip:
                modules.append(module)
        return nn.Sequential(*modules), shape

    def _kernel(self, shape, outputs, kernel, stride, groups, dilation, padded):
        c, h, w = shape
        padding = [dilation * (side - 1) // 2 if padded else 0 for side in kernel]
        conv = Conv(c, outputs, kernel, stride, padding, dilation, groups, bias=False)
        self.starts.append((conv.weight, math.sqrt(2.0 / (kernel[0] * kernel[1] * outputs)), 0.0))
        lost = [0 if padded else side - 1 for side in kernel]
        return conv, (outputs, (h - 1 - lost[0]) // stride[0] + 1, (w - 1 - lost[1]) // stride[1] + 1)

    def _linear(self, inputs, outputs, deviation):
        linear = nn.Linear(inputs, outputs)
        self.starts += [(linear.weight, deviation, 0.0), (linear.bias, 0.0, 0.0)]
        return linear

    def _module(self, op, shape, overwrite):
        kind, (c, h, w) = op["op"], shape
        strided = lambda stride: (c, (h - 1) // stride + 1, (w - 1) // stride + 1)
        if kind == "conv":
            stride = op.get("stride", [1, 1])
            return self._kernel(shape, op["channels"], op["kernel"], stride, op.get("groups", 1), op.get("dilation", 1), True)
        if kind == "depthwise":
            stride = [op.get("stride", 1)] * 2
            return self._kernel(shape, c, [op["kernel"]] * 2, stride, c, op.get("dilation", 1), True)
        if kind == "innerConv":
            return self._kernel(shape, op["channels"], [op["kernel"]] * 2, [1, 1], 1, 1, False)
        if kind == "batchNorm":
            norm = Norm(c, eps=1e-5)
            norm.num_batches_tracked = None  # nobody reads it
            self.starts += [(norm.weight, 0.0, 1.0), (norm.bias, 0.0, 0.0)]
            self.norms.append(norm)
            return norm, shape
        if kind == "relu":
            return nn.ReLU(inplace=overwrite), shape
        if kind == "swish":
            return nn.SiLU(), shape
        if kind == "pool":
            size, stride, padded = op["kernel"], op.get("stride", 1), op["padded"]
            padding = size // 2 if padded else 0
            if op["kind"] == "max":
                pool = nn.MaxPool2d(size, stride, padding)
            else:
                pool = nn.AvgPool2d(size, stride, padding, count_include_pad=False)
            return pool, strided(stride) if padded else (c, (h - size) // stride + 1, (w - size) // stride + 1)
        if kind == "shift":
            return Shift(), shape
        if kind == "zero":
            return Zero(op.get("stride", 1)), strided(op.get("stride", 1))
        if kind == "channelShuffle":
            return Shuffle(op["groups"]), shape
        if kind == "squeezeExcite":
            narrow = self._linear(c, op["reduced"], math.sqrt(2.0 / op["reduced"]))
            return SqueezeExcite(narrow, self._linear(op["reduced"], c, math.sqrt(2.0 / c)), op["swish"]), shape
        if kind == "globalAveragePool":
            return GlobalAveragePool(), (c, 1, 1)
        if kind == "linear":
            return self._linear(c * h * w, op["outputs"], 0.01), (op["outputs"], 1, 1)
        if kind == "residual":
            body, out = self._sequence(op["body"], shape)
            if self.identity_residuals and op["body"] and op["body"][-1]["op"] == "batchNorm":
                self.starts[-2] = self.starts[-2][:2] + (0.0,)
            return Residual(body, self._sequence(op["shortcut"], shape)[0]), out
        if kind in ("concat", "split"):
            runs = op.get("channels")
            inputs = [(run, h, w) for run in runs] if runs else [shape] * len(op["branches"])
            built = [self._sequence(ops, each) for ops, each in zip(op["branches"], inputs)]
            outputs = [out for _, out in built]
            return Branches([ops for ops, _ in built], runs), (sum(o[0] for o in outputs),) + outputs[0][1:]
        raise Refused("the plan has an operation '%s', which this file does not know" % kind)

    # ---- running

    def forward(self, images):
        plain = [images]
        rectified = [functional.relu(images) if self.rectified[0] else None]
        for i, part in enumerate(self.plan):
            if not (self.plain[i + 1] or self.rectified[i + 1]):
                plain.append(None)
                rectified.append(None)
                continue
            takes, ops = self.takes_rectified[i], part["ops"]
            values = [(rectified if takes else plain)[read + 1] for read in part["inputs"]]
            value = values[0]
            if len(values) > 1:
                value = torch.cat(values, 1) if part["join"] == "concat" else self._sum(values)
            if takes and not ops:
                plain.append(None)
                rectified.append(value)
                continue
            if ops and ops[0]["op"] == "relu" and not takes:
                value = functional.relu(value)
            value = self.parts[i](value)
            plain.append(value)
            fresh = ops[-1]["op"] in self.SPARED if ops else len(values) > 1
            overwrite = fresh and not self.plain[i + 1]
            rectified.append(functional.relu(value, inplace=overwrite) if self.rectified[i + 1] else None)
        return plain[-1]

    @staticmethod
    def _sum(values):
        total = values[0] + values[1]
        for value in values[2:]:
            total = total + value
        return total

    # ---- weights

    def first_weights(self, address):
        """What training begins with; each parameter has an address of its own."""
        return [
            normal(parameter.numel(), deviation, Stream(child(address, i))).view(parameter.shape)
            if deviation
            else torch.full(parameter.shape, constant)
            for i, (parameter, deviation, constant) in enumerate(self.starts)
        ]

    def settle(self, weights, device):
        """Puts weights into one flat tensor and gradients into another, kernels with their channels innermost."""
        self.to(device)
        total = sum(parameter.numel() for parameter, _, _ in self.starts)
        self.weights = torch.zeros(total, device=device)
        self.gradients = torch.zeros(total, device=device)
        at = 0
        for (parameter, _, _), values in zip(self.starts, weights):
            shape = parameter.shape

            def view(flat):
                piece = flat.narrow(0, at, parameter.numel())
                if len(shape) == 4:
                    return piece.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
                return piece.view(shape)

            view(self.weights).copy_(values)
            parameter.data = view(self.weights)
            parameter.grad = view(self.gradients)
            at += parameter.numel()

    def statistics(self):
        """Running means and variances."""
        return [tensor for norm in self.norms for tensor in (norm.running_mean, norm.running_var)]

    def set_momentum(self, momentum):
        for norm in self.norms:
            norm.momentum = momentum


# ---------------------------------------------------------------------------------------------- training


class Recipe:
    """The settings of a recipe (dsa.recipe/1 and /2), by their names there."""

    DEFAULTS = {"imageSide": SIDE, "identityResiduals": False, "warmupEpochs": 0, "evaluateEvery": 1}

    def __init__(self, settings):
        self.__dict__.update(self.DEFAULTS, **settings)
        self.steps = self.trainImages // self.batchSize

    @staticmethod
    def read(file, digest):
        """The recipe in a file as dsa writes it, a line a setting; refuses one of another hash."""
        with open(file, encoding="utf-8") as text:
            lines = [line.rstrip("\n").split(": ", 1) for line in text if ": " in line]
        settings = [line for line in lines if line[0] not in ("format", "name", "description")]
        if hashlib.sha256("".join("%s: %s\n" % tuple(s) for s in settings).encode()).hexdigest()[:16] != digest:
            raise Refused("%s has been changed since the sweep began; restore it" % file)
        return Recipe({key: value if key in ("schedule", "precision") else json.loads(value) for key, value in settings})

    def rate(self, epoch, step):
        """The learning rate of a step."""
        passed = epoch + step / self.steps
        done = (epoch if self.schedule == "cosine-per-epoch" else passed) / self.epochs
        rate = self.learningRate * 0.5 * (1 + math.cos(math.pi * done))
        return rate * (0.1 + 0.9 * passed / self.warmupEpochs) if passed < self.warmupEpochs else rate

    def evaluates(self, epoch):
        return (epoch + 1) % self.evaluateEvery == 0 or epoch + 1 == self.epochs


class Training:
    """One network on its way through the epochs.

    Everything a step needs lies on the device: the images, what its batch is made of, its learning rate and its own
    number. So a step reads nothing from the host and waits for nothing, and can be recorded once as a CUDA graph.
    """

    EAGER_STEPS = 3  # before a step is recorded

    def __init__(self, network, recipe, address, data, device, graphs=False):
        self.network, self.recipe, self.address, self.device = network, recipe, address, device
        self.images, self.tests, self.places, self.held = data
        self.graphs, self.graph = graphs and device.type == "cuda", None
        self.velocity = torch.zeros_like(network.weights)
        self.loss, self.wrong = torch.zeros(1, device=device), torch.zeros(1, device=device)
        self.number = torch.zeros(1, dtype=torch.long, device=device)
        self.batches = torch.zeros(recipe.steps, 4, recipe.batchSize, dtype=torch.long, device=device)
        self.rates = torch.zeros(recipe.steps, device=device)
        network.set_momentum(recipe.normMomentum)

    def state(self):
        """All that changes from epoch to epoch."""
        return [self.network.weights, self.velocity] + self.network.statistics()

    def step(self):
        """One step of stochastic gradient descent: g += λw; v = μv + g; w -= η(g + μv), or ηv without Nesterov."""
        recipe, network = self.recipe, self.network
        images, labels = self.images.batch(*self.batches.index_select(0, self.number)[0])
        rate = self.rates.index_select(0, self.number)
        network.gradients.zero_()
        if recipe.precision == "bf16":
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                logits = network(images)
        else:
            logits = network(images)
        loss = functional.cross_entropy(logits.float(), labels)
        loss.backward()
        with torch.no_grad():
            self.loss.add_(loss)
            self.wrong.add_((logits.argmax(1) != labels).sum())
            network.gradients.add_(network.weights, alpha=recipe.weightDecay)
            self.velocity.mul_(recipe.momentum).add_(network.gradients)
            if recipe.nesterov:
                network.weights.addcmul_(network.gradients, rate)
                network.weights.addcmul_(self.velocity, rate, value=recipe.momentum)
            else:
                network.weights.addcmul_(self.velocity, rate)
            self.number.add_(1)

    def begin(self, epoch):
        """Draws what the steps of an epoch are made of."""
        recipe = self.recipe
        stream = Stream(child(child(self.address, "epoch"), epoch))
        self.batches.copy_(drawn_batches(self.places, recipe.steps, recipe, stream))
        self.rates.copy_(torch.tensor([-recipe.rate(epoch, step) for step in range(recipe.steps)]))
        for tensor in (self.number, self.loss, self.wrong):
            tensor.zero_()
        self.network.train()

    def run_steps(self, told):
        for step in range(self.recipe.steps):
            if self.graphs and self.graph is None and step == self.EAGER_STEPS:
                self.record()
            if self.graph is not None:
                self.graph.replay()
            else:
                self.step()
            told(step + 1)

    def record(self):
        """Records a step; where that fails, steps go on one operation after the other."""
        try:
            torch.cuda.synchronize()
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                self.step()
            self.graph = graph
        except RuntimeError as e:
            self.graphs = False
            say("warning a step cannot be recorded as a CUDA graph, training goes on without: " + one_line(e))

    def epoch(self, epoch, told):
        """Trains an epoch and evaluates it if the recipe says so; None if the loss became non-finite."""
        recipe = self.recipe
        start, spent = time.perf_counter(), time.process_time()
        self.begin(epoch)
        self.run_steps(told)
        loss, wrong = float(self.loss) / recipe.steps, float(self.wrong)
        result = {"trainLoss": loss, "trainErrorPct": 100.0 * wrong / (recipe.steps * recipe.batchSize)}
        trained = time.perf_counter()
        if not math.isfinite(loss):
            return None
        if recipe.evaluates(epoch):
            with torch.no_grad():
                finite = self.evaluate(epoch, result)
            if not finite:
                return None
        result["trainSeconds"] = round(trained - start, 3)
        result["evaluationSeconds"] = round(time.perf_counter() - trained, 3)
        result["cpuSeconds"] = round(time.process_time() - spent, 3)
        return result

    def evaluate(self, epoch, result):
        """Adds the errors of an epoch, by norms that fit its weights; says whether the test loss is finite."""
        statistics = self.network.statistics()
        running = [tensor.clone() for tensor in statistics]
        self.precise_norms(Stream(child(child(self.address, "precise"), epoch)))
        self.network.eval()
        if self.held:
            result["validationErrorPct"] = self.error(self.images, self.held)
        result["testErrorPct"] = self.error(self.tests, range(len(self.tests.labels)))
        if self.recipe.preciseNormImages:
            for tensor, before in zip(statistics, running):
                tensor.copy_(before)
        return math.isfinite(float(self.loss))

    def precise_norms(self, stream):
        """Sets running statistics to the means over some batches of those of each batch."""
        count = self.recipe.preciseNormImages // self.recipe.batchSize
        if not count:
            return
        statistics = self.network.statistics()
        sums = [torch.zeros_like(tensor) for tensor in statistics]
        self.network.set_momentum(1.0)
        for batch in drawn_batches(self.places, count, self.recipe, stream).to(self.device):
            self.network(self.images.batch(*batch)[0])
            for total, tensor in zip(sums, statistics):
                total.add_(tensor, alpha=1.0 / count)
        self.network.set_momentum(self.recipe.normMomentum)
        for total, tensor in zip(sums, statistics):
            tensor.copy_(total)

    def error(self, images, places):
        """The share of images that are classified otherwise than labelled, percent."""
        self.loss.zero_()
        self.wrong.zero_()
        size = 50 if self.device.type == "cpu" else 500
        for some in torch.tensor(list(places), device=self.device).split(size):
            pixels, labels = images.plain(some)
            logits = self.network(pixels)
            self.loss.add_(functional.cross_entropy(logits, labels))
            self.wrong.add_((logits.argmax(1) != labels).sum())
        return 100.0 * float(self.wrong) / len(places)


# ---------------------------------------------------------------------------------------------- devices


def one_line(text):
    return " ".join(str(text).split())


def available(kind):
    """Whether torch can use a kind of device here."""
    if kind == "cpu":
        return True
    if kind == "mps":
        return bool(getattr(torch.backends, "mps", None)) and torch.backends.mps.is_available()
    return bool(getattr(torch, kind, None)) and getattr(torch, kind).is_available()


def best_device():
    return next((kind for kind in ("cuda", "xpu", "mps") if available(kind)), "cpu")


def device_count(kind):
    return getattr(torch, kind).device_count() if kind in ("cuda", "xpu") else 1


def device_name(kind, place=0):
    """Kind and name, such as `cpu AMD EPYC` or `cuda NVIDIA H200`."""
    if kind in ("cuda", "xpu"):
        return "%s %s" % (kind, getattr(torch, kind).get_device_name(place))
    try:
        with open("/proc/cpuinfo") as lines:
            names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return "%s %s" % (kind, names[0] if names else platform.processor() or platform.machine())


def engine_name():
    return "pytorch " + torch.__version__.split("+")[0]


def obstacle(kind):
    """Why a kind of device cannot be used, with what is missing."""
    if kind == "cuda":
        cuda, rocm = getattr(torch.version, "cuda", None), getattr(torch.version, "hip", None)
        if not (cuda or rocm):
            return "is built for the processor only; a torch built for CUDA or ROCm is needed"
        built = "CUDA %s" % cuda if cuda else "ROCm %s" % rocm
        return "sees no GPU; it is built for %s, and a driver for that is needed" % built
    return "sees no device of kind %s" % kind


def check_device(kind):
    if not available(kind):
        raise Refused("%s of %s %s" % (engine_name(), sys.executable, obstacle(kind)))


def open_device(kind, threads):
    """The device to train on: of several of a kind, workers take turns. 32-bit recipes compute in 32 bits."""
    torch.set_num_threads(threads)
    check_device(kind)
    if kind == "cuda":
        torch.backends.cudnn.benchmark = True
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cuda.matmul.allow_tf32 = False
    if device_count(kind) < 2:
        return torch.device(kind)
    device = torch.device(kind, (int(os.environ.get("DSA_WORKER", "1")) - 1) % device_count(kind))
    getattr(torch, kind).set_device(device)
    return device


def check_precision(kind, precision):
    """Refuses bf16 where it cannot be had."""
    if precision == "bf16":
        try:
            if kind == "cpu":
                raise RuntimeError("on the processor equal runs could end differently")
            torch.autocast(kind, dtype=torch.bfloat16)
        except RuntimeError as e:
            raise Refused("bf16 is not to be had on %s (%s); take a recipe of precision fp32" % (kind, one_line(e)))


def probe():
    """Says of each kind of device whether it computes what the processor does, a line of JSON each."""
    for kind in DEVICES:
        found = {"device": kind, "usable": available(kind)}
        who = "%s (%s, Python %s)" % (engine_name(), sys.executable, platform.python_version())
        if not found["usable"]:
            found["detail"] = "%s %s" % (who, obstacle(kind))
        else:
            try:
                found["detail"] = "%s on %s" % (who, device_name(kind))
                count = device_count(kind)
                found["detail"] += " and %d more" % (count - 1) if count > 1 else ""
                if kind != "cpu":
                    device = open_device(kind, 1)
                    image = normal(4 * 32 * 256, 1.0, Stream(1)).view(4, 32, 16, 16)
                    kernel = normal(32 * 32 * 9, 1.0, Stream(2)).view(32, 32, 3, 3)
                    here, there = functional.conv2d(image, kernel), functional.conv2d(image.to(device), kernel.to(device)).cpu()
                    off = float((here - there).abs().max() / here.abs().max())
                    found["usable"] = off <= 1e-4
                    found["detail"] += ", where a convolution differs from the processor's by %.1e of its largest value" % off
            except Exception as e:  # whatever a driver throws
                found.update(usable=False, detail="%s fails there: %s" % (who, one_line(e)))
        print(json.dumps(found), flush=True)


# ---------------------------------------------------------------------------------------------- a sweep's folder


class Sweep:
    """What a folder says is to be trained."""

    def __init__(self, folder):
        self.folder = folder
        self.facts = self._json("sweep.json", "dsa.sweep/1")
        self.recipe = Recipe.read(self.path("recipe.yaml"), self.facts["recipeHash"])
        try:
            with open(self.path("plans.jsonl"), encoding="utf-8") as lines:
                header = json.loads(next(lines))
                self.networks = [line for line in lines]
        except (OSError, ValueError, StopIteration) as e:
            raise Refused("%s cannot be read (%s); pack the sweep again" % (self.path("plans.jsonl"), one_line(e)))
        if header.get("format") != "dsa.plans/1":
            raise Refused("%s has format %s, and this file reads dsa.plans/1" % (self.path("plans.jsonl"), header.get("format")))
        if header["architectures"] != self.facts["architectures"] or len(self.networks) != self.facts["models"]:
            raise Refused("%s is of other networks than sweep.json; pack the sweep again" % self.path("plans.jsonl"))
        self.code_version = header["codeVersion"]

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def _json(self, name, form):
        try:
            with open(self.path(name), encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError) as e:
            raise Refused("%s holds no sweep (%s); name a folder that 'dsa pack' made" % (self.folder, one_line(e)))
        if found.get("format") != form:
            raise Refused("%s has format %s, and this file reads %s" % (self.path(name), found.get("format"), form))
        return found

    def network(self, place):
        return json.loads(self.networks[place])

    def checkpoint(self, network):
        return self.path("checkpoints", network["id"] + ".ckpt")

    def record(self, network, outcome, epochs, setup, start):
        """A line of the run log, dsa.run/3."""
        engine, device, threads = setup
        run = {"format": "dsa.run/3"}
        for key in ("id", "index", "architecture", "params", "macs", "ndsFlops", "activations"):
            run[key] = network[key]
        run["recipe"] = self.facts["recipe"]
        run.update(outcome)
        if epochs:
            run["epochs"] = epochs
        run["provenance"] = {key: self.facts[key] for key in ("seed", "recipeHash", "dataset", "datasetChecksum")}
        run["provenance"].update(
            codeVersion=self.code_version,
            engine=engine,
            device=device,
            threads=threads,
            jvm="none, %s %s" % (platform.python_implementation(), platform.python_version()),
            os="%s %s %s" % (platform.system(), platform.release(), platform.machine()),
            start=start,
            end=max(start, now()),
        )
        return run


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def remove(file):
    try:
        os.remove(file)
    except OSError:
        pass  # gone already


def save_checkpoint(file, key, epochs, tensors):
    """A line of JSON, float32 tensors, and the CRC-32 of all before; on disk when this returns."""
    head = {"format": "dsa.checkpoint-pytorch/1", "key": key, "epochs": epochs, "lengths": [t.numel() for t in tensors]}
    content = json.dumps(head).encode() + b"\n"
    for tensor in tensors:
        flat = tensor.detach().reshape(-1).cpu().contiguous()
        content += ctypes.string_at(flat.data_ptr(), 4 * flat.numel())
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file + ".partial", "wb") as out:
        out.write(content + zlib.crc32(content).to_bytes(4, "big"))
        out.flush()
        os.fsync(out.fileno())
    os.replace(file + ".partial", file)


def load_checkpoint(file, key, tensors):
    """The epochs of a checkpoint whose tensors are copied into these; none if it is damaged, another's or not there."""
    remove(file + ".partial")  # whoever wrote it was killed
    try:
        with open(file, "rb") as stream:
            content = stream.read()
        if zlib.crc32(content[:-4]).to_bytes(4, "big") != content[-4:]:
            return []
        end = content.index(b"\n") + 1
        head = json.loads(content[:end])
        if head.get("key") != key or head["lengths"] != [tensor.numel() for tensor in tensors]:
            return []
    except (OSError, ValueError):
        return []
    for tensor in tensors:
        values = torch.frombuffer(bytearray(content[end : end + 4 * tensor.numel()]), dtype=torch.float32)
        tensor.copy_(values.view(tensor.shape))
        end += 4 * tensor.numel()
    return head["epochs"]


# ---------------------------------------------------------------------------------------------- a worker


def say(message):
    sys.stdout.write("\n" + message + "\n")
    sys.stdout.flush()


class Worker:
    """Trains networks of a sweep on one device, one at a time, and says how it goes."""

    def __init__(self, sweep, images, kind, threads):
        check_precision(kind, sweep.recipe.precision)
        self.sweep, self.recipe = sweep, sweep.recipe
        self.device = open_device(kind, threads)
        self.setup = (engine_name(), device_name(kind, self.device.index or 0), threads)
        train, test = read_images(images, sweep.facts["datasetChecksum"])
        places, held = split(train[1], self.recipe.trainImages, self.recipe.validationImages)
        side = self.recipe.imageSide
        self.data = Images(*train, side, self.device), Images(*test, side, self.device), places, held

    def key(self, network):
        """Names what a checkpoint is of."""
        facts = [self.sweep.code_version, network["architecture"], self.sweep.facts["recipeHash"]]
        facts += [self.sweep.facts["seed"], self.sweep.facts["datasetChecksum"], self.setup[0], self.device.type, self.setup[2]]
        return "; ".join(str(fact) for fact in facts)

    def train(self, place):
        """Trains a network from its checkpoint or from the beginning; returns its line of the run log."""
        network, recipe, start = self.sweep.network(place), self.recipe, now()
        if "refused" in network:
            raise Refused(network["refused"])
        address = child(child(root(self.sweep.facts["seed"]), "train"), network["architecture"])
        model = Network(network, recipe.identityResiduals)
        file, key = self.sweep.checkpoint(network), self.key(network)
        model.settle(model.first_weights(child(address, "init")), self.device)
        training = Training(model, recipe, address, self.data, self.device, bool(os.environ.get("DSA_CUDA_GRAPHS")))
        with torch.no_grad():
            epochs = load_checkpoint(file, key, training.state())
        outcome = None
        while len(epochs) < recipe.epochs:
            epoch = training.epoch(len(epochs), Steps(place, len(epochs) + 1, recipe))
            if epoch is None:
                outcome = {"outcome": "diverged", "divergedInEpoch": len(epochs) + 1}
                break
            epochs.append(epoch)
            if len(epochs) < recipe.epochs:
                try:
                    save_checkpoint(file, key, epochs, training.state())
                except OSError as e:
                    say("warning a checkpoint cannot be kept, the run goes on: " + one_line(e))
            error = "%.2f" % epoch["testErrorPct"] if "testErrorPct" in epoch else "-"
            speed = recipe.trainImages / max(1e-9, epoch["trainSeconds"])
            say("epoch %d %d %s %.1f" % (place, len(epochs), error, speed))
        if outcome is None:
            errors = [epoch["testErrorPct"] for epoch in epochs if "testErrorPct" in epoch]
            outcome = {"outcome": "completed", "minTestErrorPct": min(errors), "lastTestErrorPct": errors[-1]}
        return self.sweep.record(network, outcome, epochs, self.setup, start)


class Steps:
    """Says once a second how far an epoch is."""

    def __init__(self, place, epoch, recipe):
        self.place, self.epoch, self.recipe = place, epoch, recipe
        self.start = self.said = None

    def __call__(self, step):
        moment = time.monotonic()
        if self.start is None:  # the first step takes libraries longer than others
            self.start = self.said = moment
        elif moment - self.said >= 1:
            self.said = moment
            speed = self.recipe.batchSize * (step - 1) / (moment - self.start)
            say("step %d %d %d %d %.1f" % (self.place, self.epoch, step, self.recipe.steps, speed))


def work(folder, images, kind, threads):
    """Trains what standard input says until it ends; at once if it ends while training: nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        worker = Worker(Sweep(folder), image_folder(images, folder), kind, threads)
    except (Refused, OSError, RuntimeError) as e:
        say("unable " + one_line(e))
        return
    orders, busy = queue.Queue(), threading.Event()

    def listen():
        for line in sys.stdin:
            busy.set()
            orders.put(line)
        if busy.is_set():
            os._exit(1)
        orders.put(None)

    threading.Thread(target=listen, daemon=True).start()
    say("ready " + "|".join(str(fact).replace("|", "/") for fact in worker.setup))
    for line in iter(orders.get, None):
        place = int(line.split()[1])
        try:
            run = worker.train(place)
            busy.clear()
            say(json.dumps(run, separators=(",", ":"), ensure_ascii=False))
        except Refused as e:
            busy.clear()
            say("refused %d %s" % (place, one_line(e)))
        except (RuntimeError, MemoryError) as e:
            say("failed %d %s: %s" % (place, worker.setup[0], one_line(e)[:300]))
            return
        if worker.device.type == "cuda":
            torch.cuda.empty_cache()


# ---------------------------------------------------------------------------------------------- a supervisor


def whole_lines(file):
    """The lines of a log, the last one of which is removed if it was cut short."""
    if not os.path.exists(file):
        return []
    with open(file, "rb+") as log:
        content = log.read()
        end = content.rfind(b"\n") + 1
        if end < len(content):
            try:
                json.loads(content[end:].decode())
                log.write(b"\n")
                end = len(content)
            except ValueError:
                log.truncate(end)
    runs = []
    for number, line in enumerate(content[:end].decode(errors="replace").split("\n")):
        if line.strip():
            try:
                runs.append(json.loads(line))
            except ValueError:
                raise Refused("%s:%d: is not one JSON object; remove the line" % (file, number + 1))
    return runs


def hold(file):
    """Keeps other supervisors out of a folder, as dsa does, until the returned file is closed."""
    lock = open(file, "a+")
    try:
        try:
            import fcntl

            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        lock.seek(0)
        raise Refused("%s is being trained already, by process %s" % (os.path.dirname(file), lock.read().strip() or "?"))
    lock.seek(0)
    lock.truncate()
    lock.write("%d\n" % os.getpid())
    lock.flush()
    return lock


class Supervisor:
    """Hands the networks that the log lacks to worker processes and logs what they come to."""

    def __init__(self, sweep, options, kind):
        self.sweep, self.options, self.kind = sweep, options, kind
        self.events = queue.Queue()
        self.workers, self.failures = {}, collections.Counter()
        self.false_starts, self.problem, self.status_at = 0, None, 0
        self.latest = {}
        for run in whole_lines(sweep.path("runs.jsonl")):
            if run["outcome"] != "failed" or run["id"] not in self.latest:
                self.latest[run["id"]] = run
        results = [run for run in self.latest.values() if run["outcome"] != "failed"]
        by = results[-1]["provenance"] if results else None
        self.setup = (by["engine"], by["device"], by["threads"]) if by else None
        done = {run["id"] for run in results}
        todo = [(i, network) for i, network in enumerate(map(json.loads, sweep.networks)) if network["id"] not in done]
        todo.sort(key=lambda each: not os.path.exists(sweep.checkpoint(each[1])))  # begun ones first
        self.pending = collections.deque(i for i, _ in todo)

    # ---- workers

    def start(self, number):
        command = [sys.executable, os.path.abspath(__file__), "worker", self.sweep.folder, self.options.data]
        command += [self.kind, str(self.options.threads)]
        log = open(self.sweep.path("worker-%d.log" % number), "w")
        environment = dict(os.environ, DSA_WORKER=str(number), OMP_NUM_THREADS=str(self.options.threads))
        if self.options.graphs:
            environment["DSA_CUDA_GRAPHS"] = "1"
        if self.kind == "cpu":  # freed memory is kept for the next step
            environment.update(MALLOC_ARENA_MAX="1", MALLOC_MMAP_MAX_="0", MALLOC_TRIM_THRESHOLD_=str(1 << 34), MALLOC_TOP_PAD_=str(1 << 26))
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment, encoding="utf-8", errors="replace", start_new_session=True
        )
        log.close()
        self.workers[number] = {"process": process, "place": None, "ready": False}

        def listen():
            for line in process.stdout:
                self.events.put((number, process, line.strip()))
            process.wait()
            self.events.put((number, process, None))

        threading.Thread(target=listen, daemon=True).start()

    def next(self, number):
        worker = self.workers[number]
        worker["place"] = None
        if not self.pending:
            worker["process"].stdin.close()
            return
        worker.update(place=self.pending.popleft(), since=time.monotonic(), epoch=0, share=0.0, speed=0.0, error=None, start=now())
        try:
            worker["process"].stdin.write("train %d\n" % worker["place"])
            worker["process"].stdin.flush()
        except OSError:
            pass  # its end is heard of

    def heard(self, number, process, line):
        worker = self.workers.get(number)
        if worker is None or worker["process"] is not process:
            return
        if line is None:
            self.ended(number)
        elif line.startswith("{"):
            self.result(number, line)
        else:
            word, _, rest = line.partition(" ")
            if word == "ready":
                self.ready(number, rest)
            elif word == "unable":
                worker["unable"] = rest
            elif word == "warning":
                tell(rest)
            elif word in ("step", "epoch") and worker["place"] is not None:
                parts = rest.split()
                worker["speed"] = float(parts[-1])
                if word == "step":
                    worker["epoch"], worker["share"] = int(parts[1]) - 1, int(parts[2]) / int(parts[3])
                else:
                    worker["epoch"], worker["share"] = int(parts[1]), 0.0
                    worker["error"] = worker["error"] if parts[2] == "-" else float(parts[2])
            elif word == "failed" and worker["place"] is not None:
                self.retry(number, rest.partition(" ")[2])
                process.kill()
            elif word == "refused" and worker["place"] is not None:
                self.fail(number, rest.partition(" ")[2])
                self.next(number)

    def ready(self, number, rest):
        engine, device, threads = rest.split("|")
        mine = (engine, device, int(threads))
        kinds = [(s[0], s[1].split(" ")[0], s[2]) for s in (self.setup or mine, mine)]
        if kinds[0] != kinds[1]:
            self.problem = (
                "%s holds runs of %s on %s with %d threads, and would go on with %s on %s with %d; a population is"
                " trained one way throughout: choose the same, or another folder" % ((self.sweep.folder,) + kinds[0] + kinds[1])
            )
            return
        if self.setup is None or not any(worker["ready"] for worker in self.workers.values()):
            tell("training with %s on %s" % (engine, device))
        self.setup = mine
        self.workers[number]["ready"] = True
        self.false_starts = 0
        self.next(number)

    def result(self, number, line):
        try:
            run = json.loads(line)
        except ValueError:
            return
        place = self.workers[number]["place"]
        if place is None or run.get("id") != self.sweep.network(place)["id"]:
            return
        self.log(run)
        remove(self.sweep.checkpoint(run))
        self.next(number)

    def log(self, run):
        line = json.dumps(run, separators=(",", ":"), ensure_ascii=False) + "\n"
        with open(self.sweep.path("runs.jsonl"), "ab") as log:
            log.write(line.encode())
            log.flush()
            os.fsync(log.fileno())
        self.latest[run["id"]] = run
        done = sum(each["outcome"] != "failed" for each in self.latest.values())
        if run["outcome"] == "completed":
            seconds = sum(epoch["trainSeconds"] + epoch["evaluationSeconds"] for epoch in run["epochs"])
            what = "%.2f %% test error after %d epochs in %.0f s" % (run["lastTestErrorPct"], len(run["epochs"]), seconds)
        else:
            what = "diverged in epoch %d" % run["divergedInEpoch"] if run["outcome"] == "diverged" else "failed: " + run["reason"]
        tell("%s  %s (%d of %d done)" % (run["id"], what, done, len(self.sweep.networks)))

    def retry(self, number, reason):
        place = self.workers[number]["place"]
        self.failures[place] += 1
        if self.failures[place] > self.options.retries:
            attempts = self.failures[place]
            self.fail(number, reason + (" (%d attempts)" % attempts if attempts > 1 else ""))
        else:
            tell("%s: %s; it is tried again" % (self.sweep.network(place)["id"], reason))
            self.pending.appendleft(place)
        self.workers[number]["place"] = None

    def fail(self, number, reason):
        worker = self.workers[number]
        network = self.sweep.network(worker["place"])
        self.log(self.sweep.record(network, {"outcome": "failed", "reason": reason}, [], self.setup, worker["start"]))
        worker["place"] = None

    def ended(self, number):
        worker = self.workers.pop(number)
        code = worker["process"].returncode
        how = "its worker was killed (signal %d)" % -code if code < 0 else "its worker ended with exit code %d" % code
        with open(self.sweep.path("worker-%d.log" % number), errors="replace") as log:
            said = [line.strip() for line in log if line.strip()]
        how += ": " + said[-1][:300] if said else ""
        if "unable" in worker:
            if self.workers:
                tell("worker %d is given up: %s" % (number, worker["unable"]))
            else:
                self.problem = worker["unable"]
            return
        if not worker["ready"]:
            self.false_starts += 1
            if self.false_starts >= 3:
                self.problem = self.problem or "workers end before they can train: " + how
                return
        if worker["place"] is not None:
            self.workers[number] = worker
            self.retry(number, how)
            del self.workers[number]
        if self.pending and self.problem is None:
            self.start(number)

    # ---- the whole

    def run(self):
        """Trains until nothing is left or the time is up; returns the exit code."""
        limit = self.options.minutes and time.monotonic() + 60 * self.options.minutes
        try:
            for number in range(1, min(self.options.workers, len(self.pending)) + 1):
                self.start(number)
            while self.workers and self.problem is None and not (limit and time.monotonic() > limit):
                try:
                    self.heard(*self.events.get(timeout=0.5))
                except queue.Empty:
                    pass
                self.write_status()
        finally:
            for worker in self.workers.values():
                worker["process"].kill()
            remove(self.sweep.path("status.json"))
        if self.problem is not None:
            raise Refused(self.problem)
        left = len(self.pending) + sum(worker["place"] is not None for worker in self.workers.values())
        failed = sum(run["outcome"] == "failed" for run in self.latest.values())
        if left:
            tell("%d of %d networks are left; the same call goes on" % (left, len(self.sweep.networks)))
            return EXIT_WORK_LEFT
        tell("all %d networks are trained%s" % (len(self.sweep.networks), ", %d failed" % failed if failed else ""))
        return EXIT_FAILED_RUNS if failed else EXIT_DONE

    def write_status(self):
        """What is running, for onlookers (dsa.status/1)."""
        if time.monotonic() - self.status_at < 2:
            return
        self.status_at = time.monotonic()
        running = []
        for worker in [worker for worker in self.workers.values() if worker["place"] is not None]:
            one = {"id": self.sweep.network(worker["place"])["id"], "epoch": worker["epoch"], "epochs": self.sweep.recipe.epochs}
            one["seconds"] = round(self.status_at - worker["since"], 3)
            one.update({"epochShare": worker["share"]} if worker["share"] else {})
            one.update({"testErrorPct": worker["error"]} if worker["error"] is not None else {})
            running.append(one)
        status = {"format": "dsa.status/1", "supervisor": os.getpid(), "written": now(), "running": running}
        status["imagesPerSecond"] = sum(worker.get("speed", 0.0) for worker in self.workers.values())
        try:
            with open(self.sweep.path("status.json.partial"), "w") as file:
                json.dump(status, file, indent=2)
            os.replace(self.sweep.path("status.json.partial"), self.sweep.path("status.json"))
        except OSError:
            pass  # only for those who look on


def tell(sentence):
    print(sentence, flush=True)


def positive(text):
    number = float(text)
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError("%s is not above 0" % text)
    return number


def at_least_one(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("%s is below 1" % text)
    return number


def supervise():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(
        description="Train what a packed sweep lacks. May be stopped at any time; the same call goes on.",
        epilog="Exit codes: 0 all done, 3 bad input, 4 done with failed runs, 75 work left.",
    )
    parser.add_argument("folder", nargs="?", default=here, help="the sweep; default: the folder of this file")
    parser.add_argument("--workers", type=at_least_one, help="processes at once; default: one for each core, or one for each GPU")
    parser.add_argument("--minutes", type=positive, help="stop after so long")
    parser.add_argument("--device", choices=DEVICES + ("auto",), default="auto", help="default: a GPU if there is one")
    parser.add_argument("--threads", type=at_least_one, default=1, help="of arithmetic in each worker; default: 1")
    parser.add_argument("--data", default="", help="folder of CIFAR-10; default: DSA_DATA, else cifar-10 in the sweep or beside it")
    parser.add_argument("--retries", type=int, default=1, help="how often a failed run is tried again; default: 1")
    parser.add_argument("--graphs", action="store_true", help="record a training step as a CUDA graph")
    options = parser.parse_args()
    try:
        sweep = Sweep(os.path.abspath(options.folder))
        options.data = os.path.abspath(image_folder(options.data, sweep.folder))
        kind = best_device() if options.device == "auto" else options.device
        check_device(kind)  # workers open it
        check_precision(kind, sweep.recipe.precision)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        options.workers = options.workers or (max(1, cores // options.threads) if kind == "cpu" else device_count(kind))
        lock = hold(sweep.path("lock"))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        code = Supervisor(sweep, options, kind).run()
        lock.close()
        return code
    except Refused as e:
        print("train.py: %s" % e, file=sys.stderr)
        return EXIT_BAD_INPUT
    except OSError as e:
        print("train.py: %s" % e, file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.argv[1:2] == ["probe"]:
        probe()
    elif sys.argv[1:2] == ["worker"]:
        work(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
    else:
        sys.exit(supervise())
