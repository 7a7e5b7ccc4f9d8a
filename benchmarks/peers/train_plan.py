"""Images a second of train.py's steps and of an eager loop over the same networks, step by step in turn in one process.

usage: train_plan.py FOLDER [BATCH [ROUNDS]]   FOLDER: a packed sweep (dsa pack); one thread, the processor
The eager loop is the usual one: modules, torch.optim.SGD with Nesterov's momentum, zero_grad, backward, step, loss.item();
images are normalized, shifted by up to four pixels and mirrored one by one. Processor time, so that other programs
disturb less; medians and ranges over the rounds. Start it with the allocator's settings of docs/performance.md, and without.
"""
import importlib.util
import json
import os
import statistics
import sys
import time

import torch
from torch.nn import functional

FOLDER = sys.argv[1]
BATCH = int(sys.argv[2]) if len(sys.argv) > 2 else 64
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 10
STEPS = 4
spec = importlib.util.spec_from_file_location("train", os.path.join(FOLDER, "train.py"))
train = importlib.util.module_from_spec(spec)
spec.loader.exec_module(train)
torch.set_num_threads(1)
CPU = torch.device("cpu")
PIXELS = torch.randint(0, 256, (BATCH * STEPS, 3072), dtype=torch.uint8)
LABELS = torch.arange(BATCH * STEPS) % 10
RECIPE = train.Recipe(dict(
    epochs=1, batchSize=BATCH, learningRate=0.01, schedule="cosine-per-step", momentum=0.9, nesterov=True, weightDecay=5e-4,
    trainImages=BATCH * STEPS, validationImages=0, cropPad=4, mirror=True, normMomentum=0.1, preciseNormImages=0, precision="fp32"))


class Eager(train.Network):
    """The same modules, each part run as it is written."""

    def forward(self, images):
        values = [images]
        for part, ops in zip(self.plan, self.parts):
            inputs = [values[place + 1] for place in part["inputs"]]
            value = inputs[0]
            if len(inputs) > 1:
                value = torch.cat(inputs, 1) if part["join"] == "concat" else sum(inputs[1:], value)
            if part["ops"] and part["ops"][0]["op"] == "relu":
                value = functional.relu(value)
            values.append(ops(value))
        return values[-1]


def step_of_train(plan):
    network = train.Network(plan)
    network.settle(network.first_weights(1), CPU)
    images = train.Images(PIXELS, LABELS, 32, CPU)
    training = train.Training(network, RECIPE, 1, (images, images, list(range(len(LABELS))), []), CPU)
    training.begin(0)

    def step():
        if int(training.number) == STEPS:
            training.number.zero_()
        training.step()

    return step


def step_of_eager(plan, layout):
    network = Eager(plan).to(memory_format=layout)
    sgd = torch.optim.SGD(network.parameters(), 0.01, 0.9, nesterov=True, weight_decay=5e-4)
    mean, deviation = (torch.tensor(values).view(1, 3, 1, 1) for values in (train.MEAN, train.DEVIATION))
    count = [0]

    def step():
        at = count[0] % STEPS * BATCH
        count[0] += 1
        images = functional.pad((PIXELS[at : at + BATCH].view(-1, 3, 32, 32).float() - mean) / deviation, (4, 4, 4, 4))
        moves = torch.randint(0, 9, (BATCH, 2)).tolist()
        images = torch.stack([image[:, down : down + 32, right : right + 32] for image, (down, right) in zip(images, moves)])
        images = torch.where(torch.rand(BATCH, 1, 1, 1) < 0.5, images.flip(3), images).contiguous(memory_format=layout)
        sgd.zero_grad()
        loss = functional.cross_entropy(network(images), LABELS[at : at + BATCH])
        loss.backward()
        sgd.step()
        return loss.item()

    return step


with open(os.path.join(FOLDER, "plans.jsonl")) as lines:
    plans = [json.loads(line) for line in lines][1:]
for plan in plans:
    steps = {
        "train.py": step_of_train(plan),
        "eager, channels-last": step_of_eager(plan, torch.channels_last),
        "eager": step_of_eager(plan, torch.contiguous_format),
    }
    spent = {name: [] for name in steps}
    for round_ in range(ROUNDS + 2):
        for name, step in steps.items():
            start = time.process_time()
            step()
            if round_ >= 2:  # the first ones take libraries longer
                spent[name].append(time.process_time() - start)
    print(plan["id"], plan["architecture"])
    for name, seconds in spent.items():
        speeds = [BATCH / each for each in seconds]
        ratios = [other / own for own, other in zip(spent["train.py"], seconds)]
        print("  %-22s %6.0f images/s (%.0f-%.0f), train.py is %.2f times as fast" % (
            name, statistics.median(speeds), min(speeds), max(speeds), statistics.median(ratios)))
