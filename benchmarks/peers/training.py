"""Training throughput of dsa's engines and of eager PyTorch, in turn, and of two workers against two threads.

usage: training.py ROUNDS [PYTHON]   beside dsa.jar; PYTHON has torch (Debian: python3-torch)
"""
import os
import statistics
import subprocess
import sys

NETS = {
    "resnet20": "residual cifar:16 | 3x16 s1 | 3x32 s2 | 3x64 s2",
    "resnext": "bottleneck cifar:16 | 2x64 s1 b32 g8 | 2x64 s2 b32 g8 | 2x64 s2 b32 g8",
}
ALLOCATOR = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 34),
             "MALLOC_TOP_PAD_": str(1 << 26), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
IMAGES = 1280
python = sys.argv[2] if len(sys.argv) > 2 else "python3"


def start(command, threads, allocator):
    env = dict(os.environ, OMP_NUM_THREADS=str(threads), **(ALLOCATOR if allocator else {}))
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def dsa(engine, threads, net, allocator=True):
    return start(["java", "-XX:+UseSerialGC", "-cp", "dsa.jar", "benchmarks/peers/TrainingThroughput.java",
                  engine, str(threads), "128", str(IMAGES), NETS[net]], threads, allocator)


def torch(threads, net, allocator=False):
    return start([python, "benchmarks/peers/train_torch.py", str(threads), "128", str(IMAGES), net], threads, allocator)


def result(process):
    speed, memory = process.communicate()[0].split()
    return float(speed), float(memory)


CONTENDERS = {
    "dsa libtorch, 1 thread": lambda net: [dsa("libtorch", 1, net)],
    "torch, 1 thread": lambda net: [torch(1, net)],
    "torch, 1 thread, the allocator's settings of dsa": lambda net: [torch(1, net, True)],
    "dsa djl, 1 thread": lambda net: [dsa("djl", 1, net)],
    "dsa libtorch, 2 workers of 1 thread": lambda net: [dsa("libtorch", 1, net), dsa("libtorch", 1, net)],
    "dsa libtorch, 1 worker of 2 threads": lambda net: [dsa("libtorch", 2, net)],
}
found = {(net, name): [] for net in NETS for name in CONTENDERS}
for round_ in range(int(sys.argv[1])):
    for net in NETS:
        for name, begin in CONTENDERS.items():
            if round_ > 0 and "djl" in name:
                continue  # slow, and not in question
            each = [result(p) for p in begin(net)]
            found[net, name].append((sum(speed for speed, _ in each), max(memory for _, memory in each)))
for (net, name), values in found.items():
    speeds = [speed for speed, _ in values]
    print("%-9s %-50s %6.0f images/s (%.0f-%.0f), peak %.0f MB" % (
        net, name, statistics.median(speeds), min(speeds), max(speeds), max(memory for _, memory in values)))
for net in NETS:
    ratios = [a / b for (a, _), (b, _) in zip(found[net, "dsa libtorch, 1 thread"], found[net, "torch, 1 thread"])]
    print("%-9s dsa libtorch / torch, run by run: %.2f (%.2f-%.2f)" % (net, statistics.median(ratios), min(ratios), max(ratios)))
