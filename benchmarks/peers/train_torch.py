"""Images a second of whole training steps in eager PyTorch: channels-last, 32-bit, SGD with Nesterov's momentum.

usage: train_torch.py THREADS BATCH IMAGES resnet20|resnext
The batch is made once and already normalized: assembling and augmenting it costs nothing here.
Prints images a second, after as many steps that are not counted, and the peak memory in MB.
"""
import resource
import sys
import time

import torch
import torch.nn as nn


def norm_relu(conv, channels, relu=True):
    layers = [conv, nn.BatchNorm2d(channels)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if relu else nn.Sequential(*layers)


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut, self.relu = body, shortcut, nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.body(x) + (self.shortcut(x) if self.shortcut else x))


def conv(i, o, k, stride=1, groups=1):
    return nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=False)


def network(stages, inner=None, groups=1):
    layers, width = [norm_relu(conv(3, 16, 3), 16)], 16
    for depth, out, first in stages:
        for b in range(depth):
            stride = first if b == 0 else 1
            if inner:
                body = nn.Sequential(norm_relu(conv(width, inner, 1), inner),
                                     norm_relu(conv(inner, inner, 3, stride, groups), inner),
                                     norm_relu(conv(inner, out, 1), out, relu=False))
            else:
                body = nn.Sequential(norm_relu(conv(width, out, 3, stride), out),
                                     norm_relu(conv(out, out, 3), out, relu=False))
            same = width == out and stride == 1
            layers.append(Residual(body, None if same else norm_relu(conv(width, out, 1, stride), out, relu=False)))
            width = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10))


def main(threads, batch, images, name):
    torch.set_num_threads(int(threads))
    net = (network([(3, 16, 1), (3, 32, 2), (3, 64, 2)]) if name == "resnet20"
           else network([(2, 64, 1), (2, 64, 2), (2, 64, 2)], inner=32, groups=8))
    net = net.to(memory_format=torch.channels_last)
    x = torch.randn(int(batch), 3, 32, 32).contiguous(memory_format=torch.channels_last)
    y = torch.arange(int(batch)) % 10
    sgd = torch.optim.SGD(net.parameters(), 0.01, 0.9, nesterov=True, weight_decay=5e-4)
    loss = nn.CrossEntropyLoss()
    steps = int(images) // int(batch)
    for counted in (False, True):
        start = time.perf_counter()
        for _ in range(steps):
            sgd.zero_grad()
            loss(net(x), y).backward()
            sgd.step()
        seconds = time.perf_counter() - start
    print("%.1f %.0f" % (steps * int(batch) / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


main(*sys.argv[1:])
