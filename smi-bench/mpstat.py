#!/usr/bin/env python3
"""Does the first frame tell the truth about load? `smi snapshot --json` inside a second of `mpstat`, 20 times.

    mvn -q package -DskipTests && smi-bench/mpstat.py [--rounds 20] [--bar 5]

On an idle machine the median difference must be at most 5 points: ends with 1 when it is more. A snapshot that measured
its own start would be off by 15 to 30.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

SMI = Path(__file__).resolve().parent.parent / "smi-cli" / "target" / "smi" / "bin" / "smi"


def busy(cpu):
    """Share of time in which a CPU did anything but idle or wait for a disk."""
    return 100 - cpu["idle"] - cpu["iowait"]


def pair():
    """Total load as mpstat and as smi saw it."""
    mpstat = subprocess.Popen(["mpstat", "-o", "JSON", "1", "1"], stdout=subprocess.PIPE)
    time.sleep(0.3)
    frame = json.loads(subprocess.check_output([SMI, "snapshot", "--json", "--include", "cpu"]))
    total = json.loads(mpstat.communicate()[0])["sysstat"]["hosts"][0]["statistics"][0]["cpu-load"][0]
    threads = [logical for cpu in frame["cpus"] for logical in cpu["logical"]]
    return busy(total), sum(t["utilization_percent"] for t in threads) / len(threads)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--bar", type=float, default=5, help="most points that the median may differ")
    options = parser.parse_args()
    pairs = [pair() for _ in range(options.rounds)]
    print("| mpstat % | smi % |\n|---|---|")
    for theirs, ours in pairs:
        print(f"| {theirs:.1f} | {ours:.1f} |")
    difference = statistics.median(abs(ours - theirs) for theirs, ours in pairs)
    print(f"\nmedian difference {difference:.1f} points")
    sys.exit(difference > options.bar)


main()
