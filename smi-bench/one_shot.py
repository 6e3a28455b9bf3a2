#!/usr/bin/env python3
"""What one `smi snapshot --json` costs as a whole process, beside its peers.

Paired runs: in each round every program runs once, in turn, after a moment of rest; medians are compared.
Wall time is from spawn to exit, CPU time and peak memory are what the kernel counted for the process and its children.

    mvn -q package -DskipTests && smi-bench/one_shot.py [--rounds 25] [--only NAME ...]

A peer that is not installed is left out, and named.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
APP = ROOT / "smi-cli" / "target" / "smi"
# The launcher's own flags: the floor is an empty main under the same conditions.
FLAGS = ["--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
         "-Xlog:disable", "-Xlog:all=error:stderr"]


def empty_main(scratch):
    """The command that starts the packaged runtime with an AOT cache of its own and does nothing."""
    java = str(APP / "runtime" / "bin" / "java")
    jar = str(next((HERE / "target").glob("smi-bench-*.jar")))
    cache = str(scratch / "empty.aot")
    run = ["-cp", jar, "io.smi.bench.Empty"]
    subprocess.run([java, *FLAGS, f"-XX:AOTCacheOutput={cache}", *run], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [java, *FLAGS, f"-XX:AOTCache={cache}", *run]


def systeminformation(scratch):
    if not shutil.which("npm"):
        return None
    if subprocess.run(["npm", "install", "--silent", "--no-audit", "--prefix", str(scratch), "systeminformation"],
                      stdout=subprocess.DEVNULL).returncode != 0:
        return None
    script = scratch / "systeminformation.js"
    shutil.copy(HERE / "peers" / "systeminformation.js", script)
    return ["node", str(script)]


def psutil(*arguments):
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import psutil"], stderr=subprocess.DEVNULL).returncode != 0:
        return None
    return [python, str(HERE / "peers" / "psutil_snapshot.py"), *arguments]


def glances():
    if not shutil.which("glances"):
        return None
    return ["glances", "--stdout-json", "cpu,percpu,load,mem,memswap,sensors,system", "--stop-after", "1", "-t", "0.1"]


def programs(scratch):
    smi = [str(APP / "bin" / "smi"), "snapshot", "--json"]
    return {
        "empty Java main": empty_main(scratch),
        "smi --window 0": [*smi, "--window", "0"],
        "smi --window 0, with processes": [*smi, "--window", "0", "--include", "gpu,cpu,memory,chassis,process"],
        "smi (window 100 ms)": smi,
        "psutil": psutil(),
        "psutil, with processes": psutil("--processes"),
        "systeminformation": systeminformation(scratch),
        "glances": glances(),
    }


def run(command):
    """Wall and CPU milliseconds and peak MB of one run."""
    with open(os.devnull, "w") as null:
        start = time.perf_counter()
        pid = os.posix_spawn(shutil.which(command[0]) or command[0], command, os.environ,
                             file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), 1),
                                           (os.POSIX_SPAWN_DUP2, null.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {status}")
    return wall * 1e3, (usage.ru_utime + usage.ru_stime) * 1e3, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--only", nargs="*", help="these programs only, beside the empty main")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands = programs(Path(folder))
        for name in [n for n, command in commands.items() if command is None]:
            print(f"not installed, left out: {name}", file=sys.stderr)
            del commands[name]
        if options.only:
            commands = {n: c for n, c in commands.items() if n in options.only or n == "empty Java main"}
        results = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                time.sleep(0.1)
                results[name].append(run(command))
    print(f"{options.rounds} rounds, {os.cpu_count()} CPUs, {len(os.listdir('/proc'))} entries in /proc\n")
    print("| program | wall ms | CPU ms | peak MB | x empty main |\n|---|---|---|---|---|")
    floor = statistics.median(wall for wall, _, _ in results["empty Java main"])
    for name, samples in results.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*samples))
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {peak:.1f} | {wall / floor:.2f} |")


main()
