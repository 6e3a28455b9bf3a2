#!/usr/bin/env python3
"""What a recording costs: bytes and CPU per snapshot, beside the same lines as one zstd stream, and beside atop and sadc.

    mvn -q package -DskipTests && smi-bench/recording.py [--seconds 600] [--short]

All run at once, a sample a second. Each process's CPU time is taken after a warm-up. What collecting costs is told by
`smi record -o -` into /dev/null; what is beyond that is compressing, writing and syncing.
"""
import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from load import measure

SMI = str(Path(__file__).resolve().parent.parent / "smi-cli" / "target" / "smi" / "bin" / "smi")
SECTIONS = {"default sections": "gpu,cpu,memory,chassis", "all sections": "gpu,cpu,memory,chassis,process,storage,network"}
WARM_UP = 20
SPARE = 5  # for which all run on after the measurement: an ended process has nothing to measure
CHUNK = 64


def zstd(content, *options):
    return len(subprocess.run(["zstd", "-q", "-c", *options], input=content, stdout=subprocess.PIPE, check=True).stdout)


def chunked(lines):
    """The same chunks without a flush per line."""
    return sum(zstd(b"".join(lines[i:i + CHUNK]), "-3", "--check") for i in range(0, len(lines), CHUNK))


def start(folder, samples):
    """The name, process and file of each recorder."""
    recorders = []
    duration = ["--duration", f"{samples}s", "--quiet"]
    for name, include in SECTIONS.items():
        file = f"{folder}/{name.split()[0]}.jsonl.zst"
        recorders.append((f"smi record, {name}", subprocess.Popen(
            [SMI, "record", "-o", file, "--include", include, *duration]), file))
        recorders.append((f"smi record -o -, {name}", subprocess.Popen(
            [SMI, "record", "-o", "-", "--include", include, *duration], stdout=subprocess.DEVNULL), None))
    for name, program, arguments in (
            ("atop -w", "atop", ["-w", f"{folder}/atop", "1", str(samples)]),
            ("sadc", "/usr/lib/sysstat/sadc", ["-F", "-S", "ALL", "1", str(samples), f"{folder}/sadc"])):
        if shutil.which(program):
            recorders.append((name, subprocess.Popen([program, *arguments]), arguments[1] if name == "atop -w"
                              else arguments[-1]))
        else:
            print(f"{program} is not installed")
    return recorders


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--short", action="store_true", help="5 seconds")
    options = parser.parse_args()
    seconds = 5 if options.short else options.seconds
    print(f"{measure.conditions()}; {seconds} s\n")
    with tempfile.TemporaryDirectory() as folder:
        samples = WARM_UP + seconds + SPARE
        recorders = start(folder, samples)
        time.sleep(WARM_UP)
        before = [measure.usage(process.pid).cpu_s for _, process, _ in recorders]
        time.sleep(seconds)
        after = [measure.usage(process.pid) for _, process, _ in recorders]
        for _, process, _ in recorders:
            process.wait()
        print("| recorder | CPU ms per snapshot | % of a core | RSS MB | bytes per snapshot |\n|---|---|---|---|---|")
        for (name, _, file), begin, end in zip(recorders, before, after):
            cpu = end.cpu_s - begin
            size = Path(file).stat().st_size / samples if file else None
            print(f"| {name} | {1000 * cpu / seconds:.2f} | {100 * cpu / seconds:.2f} | {end.rss_mb:.1f} |"
                  f" {f'{size:.0f}' if size else '-'} |")
        print("\n| the same lines, bytes per snapshot | plain | zstd -3 | zstd -19 | chunks without flush | smi |"
              " smi x zstd -3 | chunks x zstd -3 |\n|---|---|---|---|---|---|---|---|")
        for name in SECTIONS:
            file = f"{folder}/{name.split()[0]}.jsonl.zst"
            content = subprocess.run(["zstd", "-dcq", file], stdout=subprocess.PIPE, check=True).stdout
            lines = content.splitlines(keepends=True)
            one, nineteen, chunks, own = zstd(content, "-3"), zstd(content, "-19"), chunked(lines), Path(file).stat().st_size
            row = " | ".join(f"{size / len(lines):.0f}" for size in (len(content), one, nineteen, chunks, own))
            print(f"| {name} | {row} | {own / one:.2f} | {chunks / one:.2f} |")


main()
