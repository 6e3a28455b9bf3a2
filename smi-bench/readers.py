#!/usr/bin/env python3
"""Time and garbage of every reader alone, in steady state: a row each. Build first: mvn -q package -DskipTests

Readers of what this machine lacks read the fixture machines of smi-core's tests, unpacked: files on a disk, which cost less
to read than the kernel's own.

    smi-bench/readers.py [READER ...]
"""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile

BENCH = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(BENCH, "..", "smi-core", "src", "test")

# Which machine has something for a reader. One that calls a driver's library is measured by CollectBenchmark.
MACHINES = {
    "": "stat topology cpuinfo meminfo kernel virtualization uptime load pressure process mounts diskstats"
    " interfaces traffic",
    "epyc-2s": "clocks rapl hwmon edac dmi",
    "alderlake-laptop": "throttle power-supply pci-gpu hwmon",
    "docker-container": "container cgroup-memory",
    "jetson-orin": "tegra module-power",
    "i915-laptop": "drm-process",
    "panfrost-board": "drm",
    "arc-b580": "intel-gpu",
    "meteorlake-laptop": "intel-npu",
    "rk3588-board": "rockchip",
    "npu-node": "tenstorrent tpu",
    "mi300x-8": "amdgpu",
}


def unpacked(name, folder):
    """The fixture machine as files; mi300x-8 has the first card of mi300x-node eight times."""
    tree = os.path.join(TESTS, "resources", "machines", name, "tree.txt")
    if name == "mi300x-8":
        tree = os.path.join(folder, "mi300x-8.txt")
        with open(tree, "w") as out:
            out.write(eight_cards())
    machine = os.path.join(folder, name)
    classes = os.path.join(BENCH, "..", "smi-core", "target", "classes")
    unpacker = os.path.join(TESTS, "java/io/smi/core/FixtureTree.java")
    subprocess.run([java(), "-cp", classes, unpacker, tree, machine], check=True)
    return machine


def eight_cards():
    with open(os.path.join(TESTS, "resources", "machines", "mi300x-node", "tree.txt")) as file:
        files = re.split(r"(?m)^(?=== )", file.read())[1:]
    first = [file for file in files if "0000:05:00.0" in file.split("\n")[0]]
    text = "".join(file for file in files if ":00.0" not in file.split("\n")[0])
    for i in range(8):
        for file in first:
            file = file.replace("0000:05:00.0", f"0000:{i}5:00.0").replace("0000:00:01.1", f"0000:{i}0:01.1")
            file = file.replace("card1", f"card{i + 1}").replace("renderD128", f"renderD{128 + i}")
            text += file.replace("hwmon3", f"hwmon{i + 3}").replace("pci0000:00", f"pci0000:{i}0")
    return text


def java():
    """As smi-bench/jmh finds it."""
    home = os.environ.get("JAVA_HOME", "/none")
    found = glob.glob(f"{home}/bin/java") + sorted(glob.glob("/usr/lib/jvm/*25*/bin/java"))
    return os.environ.get("JAVA") or found[0]


def measured(reader, machine, result):
    command = [os.path.join(BENCH, "jmh"), "ReaderBenchmark", "-p", f"reader={reader}", "-rf", "json", "-rff", result]
    if machine:
        command += ["-p", f"machine={machine}"]
    if os.path.exists(result):
        os.remove(result)
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode or not os.path.exists(result):
        sys.exit(run.stdout)
    with open(result) as file:
        runs = json.load(file)
    if not runs:
        return None
    run = runs[0]
    more = {key: value["score"] for key, value in run["secondaryMetrics"].items()}
    return run["primaryMetric"]["score"], more["cpu"], more["gc.alloc.rate.norm"]


def main(wanted):
    print("| reader | machine | us | CPU us | garbage, bytes |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, readers in MACHINES.items():
            chosen = [reader for reader in readers.split() if not wanted or reader in wanted]
            machine = unpacked(name, folder) if name and chosen else ""
            for reader in chosen:
                figures = measured(reader, machine, os.path.join(folder, "result.json"))
                if figures is None:
                    print(f"{reader}: this machine has nothing for it", file=sys.stderr)
                    continue
                time, cpu, garbage = figures
                print(f"| {reader} | {name or 'this one'} | {time:.1f} | {cpu:.1f} | {garbage:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
