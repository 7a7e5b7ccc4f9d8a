"""Computes with train.py what the tests compare with dsa's own engines: check.py FOLDER, one line of JSON a network.

The folder has train.py, plans.jsonl and recipe.yaml; weights-I.f32 and images.f32, little-endian, row by row; and
check.json with the labels, the share of a batch in running statistics, the seed and the number of steps.
Results that are many numbers go to out-I.f32.
"""

import ctypes
import importlib.util
import json
import os
import sys

folder = sys.argv[1]
spec = importlib.util.spec_from_file_location("train", os.path.join(folder, "train.py"))
train = importlib.util.module_from_spec(spec)
spec.loader.exec_module(train)
torch, functional = train.torch, train.functional
torch.set_num_threads(1)


def numbers(name):
    with open(os.path.join(folder, name), "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


def counted(model):
    """Counts multiply-adds of one image, a bias as one, by hooks."""
    macs = [0]

    def conv(module, _, output):
        macs[0] += output[0].numel() * module.weight[0].numel()

    def linear(module, _, output):
        macs[0] += output[0].numel() * (module.in_features + 1)

    hooks = [
        module.register_forward_hook(conv if isinstance(module, torch.nn.Conv2d) else linear)
        for module in model.modules()
        if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear))
    ]
    return macs, hooks


with open(os.path.join(folder, "check.json")) as file:
    check = json.load(file)
with open(os.path.join(folder, "plans.jsonl")) as lines:
    plans = [json.loads(line) for line in lines][1:]
device = torch.device("cpu")
labels = torch.tensor(check["labels"])
seed = train.root(check["seed"])
recipe = train.Recipe.read(os.path.join(folder, "recipe.yaml"), check["recipeHash"])
images = numbers("images.f32").view(len(labels), 3, recipe.imageSide, recipe.imageSide).contiguous(memory_format=torch.channels_last)
data = None
if check["steps"]:
    sets = train.read_images(os.path.join(folder, "images"), check["datasetChecksum"])
    places, held = train.split(sets[0][1], recipe.trainImages, recipe.validationImages)
    data = train.Images(*sets[0], recipe.imageSide, device), train.Images(*sets[1], recipe.imageSide, device), places, held

for i, plan in enumerate(plans):
    model = train.Network(plan, recipe.identityResiduals)
    given, weights, at = numbers("weights-%d.f32" % i), [], 0
    for parameter, _, _ in model.starts:
        weights.append(given[at : at + parameter.numel()].view(parameter.shape))
        at += parameter.numel()
    out = []
    with torch.no_grad():
        model.settle(weights, device)
    model.set_momentum(check["momentum"])
    model.train()
    logits = model(images)
    functional.cross_entropy(logits, labels).backward()
    out += [logits] + [parameter.grad for parameter, _, _ in model.starts]
    with torch.no_grad():
        out.append(model(images))
        out += model.statistics()
        model.eval()
        macs, hooks = counted(model)
        out.append(model(images))
        for hook in hooks:
            hook.remove()
    address = train.child(train.child(seed, "train"), plan["architecture"])
    first = model.first_weights(train.child(address, "init"))
    out += first
    losses = []
    if check["steps"]:
        model = train.Network(plan, recipe.identityResiduals)
        model.settle(first, device)
        training = train.Training(model, recipe, address, data, device)
        training.begin(0)
        for step in range(check["steps"]):
            training.loss.zero_()
            training.step()
            losses.append(float(training.loss))
    with open(os.path.join(folder, "out-%d.f32" % i), "wb") as file:
        for tensor in out:
            flat = tensor.detach().contiguous().reshape(-1)
            file.write(ctypes.string_at(flat.data_ptr(), 4 * flat.numel()))
    print(json.dumps({"params": sum(p.numel() for p in model.parameters()), "macs": macs[0], "losses": losses}), flush=True)
