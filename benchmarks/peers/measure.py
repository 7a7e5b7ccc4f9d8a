"""Times whole processes against each other: A B A B …, after one run of each that is not counted.

usage: measure.py RUNS 'COMMAND A' 'COMMAND B'
Prints the median and range of wall and processor seconds of each, and the median of the ratios A/B run by run.
"""
import resource
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(shlex.split(command), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs, *commands):
    for command in commands:
        run(command)
    times = [[run(command) for command in commands] for _ in range(int(runs))]
    for k, command in enumerate(commands):
        print("AB"[k], command)
        for which, name in enumerate(("wall", "processor")):
            values = sorted(t[k][which] for t in times)
            print(f"  {name:9} median {statistics.median(values):.2f} s, {values[0]:.2f} to {values[-1]:.2f}")
    for which, name in enumerate(("wall", "processor")):
        ratios = sorted(t[0][which] / t[1][which] for t in times)
        print(f"A/B {name}: median {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
