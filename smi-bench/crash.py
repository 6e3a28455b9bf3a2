#!/usr/bin/env python3
"""Kills recorders at random moments, tears off some more bytes of every second file, and goes on with each.

    mvn -q package -DskipTests && smi-bench/crash.py [--kills 200] [--short]

Ends with 1 when a frame is lost that was in the file before, when a recording is not continuous, or when what
`smi replay --verify` tells is not so.
"""
import argparse
import concurrent.futures
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SMI = str(Path(__file__).resolve().parent.parent / "smi-cli" / "target" / "smi" / "bin" / "smi")
ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst")


def smi(*arguments):
    return subprocess.run([SMI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def lines(file):
    return smi("replay", "--json", file).stdout.splitlines()


def killed(file, seconds):
    """Records, and kills that after some time."""
    with subprocess.Popen([SMI, "record", "-o", file, "--interval", "50ms", "--fsync", "1s"],
                          stderr=subprocess.DEVNULL) as process:
        while not os.path.exists(file) or os.path.getsize(file) == 0:
            time.sleep(0.005)
        time.sleep(seconds)
        seen = lines(file)
        process.kill()
    return seen


def verified(file):
    result = smi("replay", "--verify", file)
    found = dict(re.findall(r"^(\S.*?) {2,}(.*)$", result.stdout.decode(), re.M))
    return result.returncode, found, result.stderr.decode()


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def one(folder, number, seed):
    chance = random.Random(seed + number)
    file = f"{folder}/run{number}{ENDINGS[number % 3]}"
    seen = killed(file, chance.uniform(0, 1.5))
    left = lines(file)
    check(left[:len(seen)] == seen, f"{file}: frames are lost that were there before the kill")
    if number % 2:
        size = os.path.getsize(file)
        os.truncate(file, size - chance.randrange(1, 20))
        torn = lines(file)
        check(len(left) - len(torn) <= 1 and left[:len(torn)] == torn and torn, f"{file}: more than a frame is torn off")
        left = torn
    code, found, talk = verified(file)
    check(int(found["frames"]) == len(left), f"{file}: {found}")
    if int(found["torn bytes"]):
        at = int(re.search(r"torn at byte (\d+)", talk).group(1))
        check(at + int(found["torn bytes"]) == os.path.getsize(file) and code == 1, f"{file}: {talk}")
    appended = smi("record", "-o", file, "--append", "--interval", "50ms", "--duration", "150ms")
    check(appended.returncode == 0, f"{file}: {appended.stderr.decode()}")
    code, found, talk = verified(file)
    check(code == 0 and found["result"] == "whole", f"{file}: {found} {talk}")
    whole = lines(file)
    check(whole[:len(left)] == left and len(whole) > len(left), f"{file}: lines are damaged by --append")
    return len(left)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--short", action="store_true", help="6 kills")
    options = parser.parse_args()
    kills = 6 if options.short else options.kills
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(3) as pool:
        try:
            frames = list(pool.map(lambda number: one(folder, number, options.seed), range(kills)))
        except AssertionError as failure:
            pool.shutdown(cancel_futures=True)
            sys.exit(f"{failure} (seed {options.seed})")
    print(f"{kills} kills, {sum(frames)} frames: no frame that was written is lost, every recording went on"
          f" (seed {options.seed})")


main()
