#!/usr/bin/env python3
"""Builds every network of an architectures file as PyTorch modules and counts it.

    count_torch.py [--shapes] [--images N] [--seconds S] ARCHITECTURES.jsonl

What samplers do that are written on top of a training library: build the modules, add up their
parameters, run images through them and add up multiply-adds. Each count is compared with the
one in the file; the last line says how many networks a second were counted on one thread.
With --shapes tensors have shapes but no numbers, which is many times as fast.
"""

import argparse
import json
import re
import sys
import time

import torch
from torch import nn


arguments = argparse.ArgumentParser()
arguments.add_argument("architectures")
arguments.add_argument("--shapes", action="store_true")
arguments.add_argument("--images", type=int, default=1)
arguments.add_argument("--seconds", type=float, default=float("inf"))
ARGUMENTS = arguments.parse_args()
DEVICE = "meta" if ARGUMENTS.shapes else "cpu"
IMAGES = torch.zeros(ARGUMENTS.images, 3, 32, 32, device=DEVICE)


def conv2d(*args, **named):
    return nn.Conv2d(*args, **named, device=DEVICE)


def norm2d(channels):
    return nn.BatchNorm2d(channels, device=DEVICE)


def linear(inputs, outputs):
    return nn.Linear(inputs, outputs, device=DEVICE)


class Shift(nn.Module):
    def forward(self, x):
        return nn.functional.pad(x, (-1, 1, -1, 1))


class Zero(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return 0 * x[:, :, :: self.stride, :: self.stride]


class Shuffle(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        n, c, h, w = x.shape
        return x.view(n, self.groups, c // self.groups, h, w).transpose(1, 2).reshape(n, c, h, w)


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduced, swish):
        super().__init__()
        self.body = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            conv2d(channels, reduced, 1),
            nn.SiLU() if swish else nn.ReLU(),
            conv2d(reduced, channels, 1),
            nn.Sigmoid(),
        )

    def forward(self, x):
        return x * self.body(x)


class Sum(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return sum(branch(x) for branch in self.branches)


class Cat(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Split(nn.Module):
    def __init__(self, channels, branches):
        super().__init__()
        self.channels = channels
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        runs = torch.split(x, self.channels, 1)
        return torch.cat([branch(run) for branch, run in zip(self.branches, runs)], 1)


def conv(inputs, outputs, kernel, stride=(1, 1), groups=1, dilation=1):
    height, width = kernel
    padding = (dilation * (height - 1) // 2, dilation * (width - 1) // 2)
    return conv2d(inputs, outputs, kernel, stride, padding, dilation, groups, bias=False)


class OpReader:
    """The language of operations, read into modules; channels are followed on the way."""

    CONV = re.compile(r"conv(\d+)(?:x(\d+))?@(\d+)(?:/(\d+)(?:x(\d+))?)?(?:g(\d+))?(?:d(\d+))?$")
    DEPTHWISE = re.compile(r"dw(\d+)(?:/(\d+))?(?:d(\d+))?$")
    POOL = re.compile(r"(inner)?(max|avg)(\d+)(?:/(\d+))?$")

    def __init__(self, text):
        self.tokens = re.findall(r"[^\s();:]+\(?|[();:]", text)
        self.at = 0

    def sequence(self, channels):
        modules = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in ";)":
            token = self.tokens[self.at]
            self.at += 1
            if token != "id":
                module, channels = self.module(token, channels)
                modules.append(module)
        return nn.Sequential(*modules), channels

    def module(self, token, c):
        if token.endswith("("):
            return self.branched(token, c)
        match = self.CONV.match(token)
        if match:
            kh, kw, out, sh, sw, groups, dilation = match.groups()
            kernel = (int(kh), int(kw or kh))
            stride = (int(sh or 1), int(sw or sh or 1))
            out = int(out)
            return conv(c, out, kernel, stride, int(groups or 1), int(dilation or 1)), out
        match = self.DEPTHWISE.match(token)
        if match:
            k, s, d = (int(group or 1) for group in match.groups())
            return conv(c, c, (k, k), (s, s), c, d), c
        match = self.POOL.match(token)
        if match:
            inner, kind, k, s = match.groups()
            k, s = int(k), int(s or 1)
            padding = 0 if inner else k // 2
            if kind == "max":
                return nn.MaxPool2d(k, s, padding), c
            return nn.AvgPool2d(k, s, padding, count_include_pad=False), c
        if token == "bn":
            return norm2d(c), c
        if token == "relu":
            return nn.ReLU(), c
        if token == "swish":
            return nn.SiLU(), c
        if token == "shift":
            return Shift(), c
        for word, make in (
            ("zero", lambda n: Zero(n)),
            ("shuffle", lambda n: Shuffle(n)),
            ("swishse", lambda n: SqueezeExcite(c, n, True)),
            ("se", lambda n: SqueezeExcite(c, n, False)),
        ):
            match = re.match(word + r"/?(\d*)$", token)
            if match:
                return make(int(match.group(1) or 1)), c
        raise ValueError("no operation: " + token)

    def branched(self, token, c):
        branches, runs, outputs = [], [], []
        while True:
            given = c
            if token == "split(":
                given = int(self.tokens[self.at])
                runs.append(given)
                self.at += 2
            module, out = self.sequence(given)
            branches.append(module)
            outputs.append(out)
            self.at += 1
            if self.tokens[self.at - 1] == ")":
                break
        if token == "sum(":
            return Sum(branches), outputs[0]
        if token == "cat(":
            return Cat(branches), sum(outputs)
        return Split(runs, branches), sum(outputs)


class Graph(nn.Module):
    def __init__(self, text):
        super().__init__()
        self.reads, channels, parts = [], [3], []
        for number, piece in enumerate(text.split(" | ")[1:]):
            match = re.match(r"(?:<([\d +]+)> )?(?:(\d+)x )?(.*)$", piece)
            inputs = [int(i) for i in re.split("[ +]", match.group(1))] if match.group(1) else [number]
            added = match.group(1) is not None and "+" in match.group(1)
            self.reads.append((inputs, added))
            given = channels[inputs[0]] if added else sum(channels[i] for i in inputs)
            repeats = []
            for _ in range(int(match.group(2) or 1)):
                module, given = OpReader(match.group(3)).sequence(given)
                repeats.append(module)
            channels.append(given)
            parts.append(nn.Sequential(*repeats))
        self.parts = nn.ModuleList(parts)
        self.head = linear(channels[-1], 10)

    def forward(self, x):
        values = [x]
        for part, (inputs, added) in zip(self.parts, self.reads):
            read = [values[i] for i in inputs]
            joined = sum(read[1:], read[0]) if added else torch.cat(read, 1)
            values.append(part(joined))
        return self.head(values[-1].mean((2, 3)))


def relu_conv_norm(inputs, outputs):
    return nn.Sequential(nn.ReLU(), conv2d(inputs, outputs, 1, bias=False), norm2d(outputs))


def factorized_reduce(inputs, outputs):
    half = outputs // 2
    first = conv2d(inputs, half, 1, 2, bias=False)
    second = nn.Sequential(Shift(), conv2d(inputs, outputs - half, 1, 2, bias=False))
    return nn.Sequential(nn.ReLU(), Cat([first, second]), norm2d(outputs))


def cell_operation(name, c, stride):
    if name == "none":
        return Zero(stride)
    if name == "skip_connect":
        return nn.Sequential() if stride == 1 else factorized_reduce(c, c)
    k = int(re.search(r"(\d+)x", name).group(1))
    s = (stride, stride)
    if name.startswith("max_pool"):
        return nn.MaxPool2d(k, stride, k // 2)
    if name.startswith("avg_pool"):
        return nn.AvgPool2d(k, stride, k // 2, count_include_pad=False)

    def separable(stride, dilation):
        return [
            nn.ReLU(),
            conv(c, c, (k, k), stride, c, dilation),
            conv2d(c, c, 1, bias=False),
            norm2d(c),
        ]

    if name.startswith("sep_conv"):
        return nn.Sequential(*separable(s, 1), *separable((1, 1), 1))
    if name.startswith("dil_sep_conv"):
        return nn.Sequential(*separable(s, 2), *separable((1, 1), 2))
    if name.startswith("dil_conv"):
        return nn.Sequential(*separable(s, 2))
    if "x1_1x" in name:
        return nn.Sequential(
            nn.ReLU(),
            conv(c, c, (1, k), (1, stride)),
            conv(c, c, (k, 1), (stride, 1)),
            norm2d(c),
        )
    return nn.Sequential(nn.ReLU(), conv(c, c, (k, k), s), norm2d(c))


class CellNetwork(nn.Module):
    EDGE = re.compile(r"([a-z0-9_]+)\((\d+)\)")

    def __init__(self, text):
        super().__init__()
        head, normal, reduction = text.split(" | ")
        match = re.match(r"cells cifar:(\d+) d(\d+)$", head)
        width, depth = int(match.group(1)), int(match.group(2))
        self.stem = nn.Sequential(conv2d(3, 3 * width, 3, 1, 1, bias=False), norm2d(3 * width))
        before, last, c, reduced = 3 * width, 3 * width, width, False
        self.cells, self.graphs = nn.ModuleList(), []
        for i in range(depth):
            reduces = i in (depth // 3, 2 * depth // 3)
            c = 2 * c if reduces else c
            nodes, output = (reduction if reduces else normal).split(" -> ")
            modules = nn.ModuleList(
                [factorized_reduce(before, c) if reduced else relu_conv_norm(before, c), relu_conv_norm(last, c)]
            )
            graph = []
            for word in nodes.split(" "):
                edges = [(name, int(state)) for name, state in self.EDGE.findall(word)]
                for name, state in edges:
                    modules.append(cell_operation(name, c, 2 if reduces and state < 2 else 1))
                joined = "&" in word
                if joined:
                    modules.append(relu_conv_norm(2 * c, c))
                graph.append(([state for _, state in edges], joined))
            output = [int(state) for state in output.split(" ")]
            self.cells.append(modules)
            self.graphs.append((graph, output))
            before, last, reduced = last, c * len(output), reduces
        self.head = linear(last, 10)

    def forward(self, x):
        before = last = self.stem(x)
        for modules, (graph, output) in zip(self.cells, self.graphs):
            modules = iter(modules)
            states = [next(modules)(before), next(modules)(last)]
            for inputs, joined in graph:
                values = [next(modules)(states[i]) for i in inputs]
                states.append(next(modules)(torch.cat(values, 1)) if joined else values[0] + values[1])
            before, last = last, torch.cat([states[i] for i in output], 1)
        return self.head(last.mean((2, 3)))


class Staged(nn.Module):
    def __init__(self, text):
        super().__init__()
        head, *stages = text.split(" | ")
        block, stem = head.split(" ")
        c = int(stem.split(":")[1])
        layers = [conv(3, c, (3, 3)), norm2d(c), nn.ReLU()]
        for stage in stages:
            numbers = [int(n) for n in re.findall(r"\d+", stage)]
            depth, width, stride = numbers[:3]
            for i in range(depth):
                layers += self.block(block, c, width, (stride, stride) if i == 0 else (1, 1), numbers[3:])
                c = width
        self.body = nn.Sequential(*layers)
        self.head = linear(c, 10)

    @staticmethod
    def block(kind, c, width, stride, bottleneck):
        def normed(*args):
            return [conv(*args), norm2d(args[1])]

        if kind == "vanilla":
            first = normed(c, width, (3, 3), stride) + [nn.ReLU()]
            return first + normed(width, width, (3, 3)) + [nn.ReLU()]
        if kind == "residual":
            body = normed(c, width, (3, 3), stride) + [nn.ReLU()] + normed(width, width, (3, 3))
        else:
            narrow, groups = bottleneck
            body = normed(c, narrow, (1, 1)) + [nn.ReLU()]
            body += normed(narrow, narrow, (3, 3), stride, groups) + [nn.ReLU()]
            if kind == "se-bottleneck":
                body.append(SqueezeExcite(narrow, max(1, round(c / 4)), False))
            body += normed(narrow, width, (1, 1))
        same = c == width and stride == (1, 1)
        shortcut = [] if same else normed(c, width, (1, 1), stride)
        return [Sum([nn.Sequential(*body), nn.Sequential(*shortcut)]), nn.ReLU()]

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


def build(text):
    if text.startswith("cells "):
        return CellNetwork(text)
    return Graph(text) if text.startswith("graph ") else Staged(text)


def count(network):
    params = sum(p.numel() for p in network.parameters())
    total = [0]

    def convolved(module, inputs, output):
        positions = output.shape[2] * output.shape[3]
        total[0] += module.weight.numel() * positions
        if module.bias is not None:
            total[0] += module.bias.numel() * positions

    def multiplied(module, inputs, output):
        total[0] += module.weight.numel() + module.bias.numel()

    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(convolved)
        elif isinstance(module, nn.Linear):
            module.register_forward_hook(multiplied)
    with torch.no_grad():
        network.eval()(IMAGES)
    return params, total[0]


def main():
    torch.set_num_threads(1)
    with open(ARGUMENTS.architectures, encoding="utf-8") as lines:
        next(lines)
        models = [json.loads(line) for line in lines]
    start, done = time.perf_counter(), 0
    for model in models:
        params, macs = count(build(model["architecture"]))
        if (params, macs) != (model["params"], model["macs"]):
            print("network", model["index"], "has", params, macs, "not", model["params"], model["macs"])
            print(model["architecture"])
            sys.exit(1)
        done += 1
        if time.perf_counter() - start > ARGUMENTS.seconds:
            break
    spent = time.perf_counter() - start
    print("%d networks, all counts equal, %.1f networks a second" % (done, done / spent))


if __name__ == "__main__":
    main()
