#!/usr/bin/env python3
"""How long `smi replay` takes to its first line: of a day's recording, from its beginning, and from a time in the middle.

    mvn -q package -DskipTests && smi-bench/seek.py [--rounds 15] [--short]

The day is made of a short real recording, with processes, whose frames come again with new numbers and times. Paired runs:
in each round each case once, in turn; medians are compared. "Without the table" is the same file cut before its seek table.
"""
import argparse
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load import measure

HERE = Path(__file__).resolve().parent
SMI = str(HERE.parent / "smi-cli" / "target" / "smi" / "bin" / "smi")
JAVA = str(HERE.parent / "smi-cli" / "target" / "smi" / "runtime" / "bin" / "java")


def lengthen(short, long, frames):
    subprocess.run([JAVA, "--enable-native-access=ALL-UNNAMED", "-cp",
                    f"{next((HERE / 'target').glob('smi-bench-*.jar'))}:{(HERE / 'target' / 'classpath').read_text()}",
                    "io.smi.bench.Lengthen", short, long, str(frames)], check=True)


def without_table(source, target):
    shutil.copy(source, target)
    with open(target, "r+b") as file:
        file.seek(-9, 2)
        chunks = struct.unpack("<I", file.read(4))[0]
        file.seek(-(17 + 8 * chunks), 2)
        file.truncate()


def first_line_ms(*arguments):
    """From the start of the process to the first line; also that line."""
    start = time.monotonic()
    with subprocess.Popen([SMI, "replay", "--json", *arguments], stdout=subprocess.PIPE) as process:
        line = process.stdout.readline()
        elapsed = 1000 * (time.monotonic() - start)
        process.kill()
    return elapsed, line


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--short", action="store_true", help="an hour instead of a day, 2 rounds")
    options = parser.parse_args()
    frames, source = (3600, "3s") if options.short else (86_400, "20s")
    rounds = 2 if options.short else options.rounds
    with tempfile.TemporaryDirectory() as folder:
        short, day, bare, gzip, plain = (f"{folder}/{name}" for name in (
            "short.jsonl.zst", "day.jsonl.zst", "bare.jsonl.zst", "day.jsonl.gz", "day.jsonl"))
        subprocess.run([SMI, "record", "-o", short, "--interval", "100ms", "--duration", source, "--quiet",
                        "--include", "gpu,cpu,memory,chassis,process"], check=True)
        lengthen(short, day, frames)
        lengthen(short, gzip, frames)
        lengthen(short, plain, frames)
        without_table(day, bare)
        middle = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_795_392_000 + frames // 2))
        cases = {"zstd": day, "zstd, without the table": bare, "gzip": gzip, "plain": plain}
        first, seek = ({name: [] for name in cases} for _ in range(2))
        for _ in range(rounds):
            for name, file in cases.items():
                for taken, seq, arguments in ((first, 1, []), (seek, frames // 2 + 1, ["--from", middle])):
                    elapsed, line = first_line_ms(*arguments, file)
                    if not line.startswith(f'{{"schema":1,"seq":{seq},'.encode()):
                        sys.exit(f"{name}: another frame: {line[:60]}")
                    taken[name].append(elapsed)
        print(f"{measure.conditions()}; {frames} frames, {Path(plain).stat().st_size >> 20} MiB plain,"
              f" {Path(day).stat().st_size >> 20} MiB zstd; {rounds} rounds\n")
        print("| ms to the first line | from the beginning | from the middle | x |\n|---|---|---|---|")
        for name in cases:
            begin, middle = statistics.median(first[name]), statistics.median(seek[name])
            print(f"| {name} | {begin:.1f} | {middle:.1f} | {middle / begin:.2f} |")


main()
