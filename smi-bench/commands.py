#!/usr/bin/env python3
"""How late is a frame, and what is left behind, when a vendor's command misbehaves? hl-smi, furiosa-smi and rbln-smi as shell scripts.

    mvn -q package -DskipTests && smi-bench/commands.py [--runs 5] [--seconds 13] [--short]

Late is from the frame's own timestamp, at which its readers are started, until its line is here, less --timeout: of `smi
snapshot --window 0`, and of each frame of `smi record -o -`, which asks a command that failed again after 10 s. Looks in /proc,
100 ms after each frame and after the end, for what the commands started, and for zombies. Ends with 1 when a frame is later
than --bar, something is left, or the frame does not tell what it should.
"""
import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load import measure, servers

GRACE_S = 0.1
NAP = "nap-of-a-fake"
HABANA = """cat <<END
name, uuid, power.draw [W], temperature.aip [C]
HL-205, first, 103, 36
END"""
FURIOSA = """case $1 in
info) echo '[{"dev_name":"npu0","device_uuid":"first","power":"103.00 W","temperature":"36C"}]' ;;
status) echo '[{"device":"npu0","liveness":"alive"}]' ;;
esac"""
REBELLIONS = """echo '{"devices": [{"uuid": "first", "device": "rbln0", "card_power": "103000000uW", "temperature": "36C"}]}'"""
# program: (what it prints, what is left out of that without power, how often it is run for a frame)
VENDORS = {
    "hl-smi": (HABANA, [", power.draw [W]", " 103,"], 1),
    "furiosa-smi": (FURIOSA, [',"power":"103.00 W"'], 2),
    "rbln-smi": (REBELLIONS, [', "card_power": "103000000uW"'], 1),
}
# What it does: (script, what the frame tells then).
BEHAVIOURS = {
    "answers in a third of its time": ("nap $THIRD; answer \"$@\"", "row"),
    "hangs": ("nap 1000", "timeout"),
    "ignores SIGTERM": ("trap '' TERM INT HUP; nap 1000; nap 1000", "timeout"),
    "stops itself": ("kill -STOP $$", "timeout"),
    "a child keeps the pipe": ("nap 1000 & answer \"$@\"", "row"),
    "a daemon keeps the pipe": ("(setsid $NAP 1000 &); answer \"$@\"", "row"),
    "a daemon without environment": ("(env -i setsid $NAP 1000 &); answer \"$@\"", "row"),
    "a hundred children, and hangs": ("i=0; while [ $i -lt 100 ]; do nap 1000 & i=$((i+1)); done; wait", "timeout"),
    "1 MB at once": ("head -c 1048576 /dev/zero", "failed"),
    "endless output": ("exec cat /dev/zero", "timeout"),
    "endless complaint": ("exec cat /dev/zero >&2", "timeout"),
    "garbage": ("head -c 1000 /dev/urandom", "failed"),
    "fails": ("echo driver is not loaded >&2; exit 9", "failed"),
    "reads its input": ("cat; answer \"$@\"", "row"),
    "closes its output and hangs": ("exec >&- 2>&-; nap 1000", "timeout"),
    "dropped a column": ("answer \"$@\"", "row"),
}
SHORT = ["hangs", "a daemon keeps the pipe", "a daemon without environment", "endless output", "fails"]

Result = collections.namedtuple("Result", "late_ms frames left")


def machine(folder):
    """Files in which each vendor's reader finds a device."""
    bus, sys_, root = folder / "sys/devices/0000:33:00.0", folder / "sys", folder / "root"
    driver, accel = sys_ / "bus/pci/drivers/habanalabs", sys_ / "class/accel/accel0"
    for path in (bus, driver, accel, root / "dev/accel", root / "dev/rngd"):
        path.mkdir(parents=True)
    (bus / "driver").symlink_to(driver)
    (accel / "device").symlink_to(bus)
    for node in ("accel/accel0", "rngd/npu0mgmt", "rbln0"):
        (root / "dev" / node).touch()


def fake(folder, vendor, behaviour, timeout_s):
    """A machine with devices of all three, of which only this vendor's command is there."""
    answer, power, calls = VENDORS[vendor]
    if behaviour == "dropped a column":
        for part in power:
            answer = answer.replace(part, "")
    nap, program = folder / "bin" / NAP, folder / "bin" / vendor
    program.parent.mkdir()
    shutil.copy(shutil.which("sleep"), nap)
    program.write_text(f"#!/bin/sh\nNAP={nap} THIRD={timeout_s / 3 / calls}\nnap() {{ $NAP $1; }}\n"
                       f"answer() {{\n{answer}\n}}\n{BEHAVIOURS[behaviour][0]}\n")
    program.chmod(0o755)
    machine(folder)


def processes(folder, smi):
    """What was started with this folder on its PATH or its command line, and smi's zombies; an orphan's is init's to reap."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != smi:
            try:
                stat = (entry / "stat").read_text()
                name, rest = stat[stat.index("(") + 1:stat.rindex(")")], stat[stat.rindex(")") + 2:].split()
                zombie = rest[0] == "Z" and int(rest[1]) == smi
                if zombie or folder in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes():
                    found.append(f"{name} {entry.name} {rest[0]}")
            except OSError:
                pass
    return found


def left(folder, smi=-1):
    """Those that are there now and still after the grace."""
    deadline = time.monotonic() + GRACE_S
    while found := processes(os.fsencode(folder), smi):
        if time.monotonic() > deadline:
            return found
        time.sleep(0.01)
    return []


def told(frame, vendor):
    rows = [gpu for gpu in frame["gpus"] or [] if gpu["uuid"] == "first"]
    kinds = {error["kind"] for error in frame["errors"] if vendor in error["message"]}
    return "row" if rows and not kinds else "/".join(sorted(kinds)) or "nothing"


def run(arguments, vendor, behaviour, timeout_s):
    """Runs smi to its end; its frames' lateness, what they tell, and what is left."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fake(folder, vendor, behaviour, timeout_s)
        late, tells, remains = [], [], []
        command = [servers.SMI, *arguments, "--include", "gpu", "--timeout", f"{round(timeout_s * 1000)}ms",
                   "--path.sysfs", folder / "sys", "--path.rootfs", folder / "root"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env={**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}"}) as process:
            for line in process.stdout:
                now = time.time()
                frame = json.loads(line)
                began = datetime.datetime.fromisoformat(frame["timestamp"]).timestamp()
                late.append(1000 * (now - began - timeout_s))
                tells.append(told(frame, vendor))
                if process.poll() is None and arguments[0] == "record":
                    remains += left(folder, process.pid)
        remains += left(folder)
        expected = {BEHAVIOURS[behaviour][1]} | ({"stale"} if arguments[0] == "record" else set())
        if process.returncode or not tells or not set(tells) <= expected or tells == ["stale"] * len(tells):
            remains.append(f"tells {sorted(set(tells))}, ended with {process.returncode}")
    return Result(max(late, default=0), len(late), remains)


def interrupted(vendor, number):
    """smi is told to end while the command hangs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fake(folder, vendor, "hangs", 5)
        with subprocess.Popen([servers.SMI, "record", "-o", "-", "--interval", "10s", "--timeout", "5s", "--include", "gpu",
                               "--path.sysfs", folder / "sys", "--path.rootfs", folder / "root"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              env={**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}"}) as process:
            time.sleep(1)
            process.send_signal(number)
        remains = left(folder)
        for found in remains:
            os.kill(int(found.split()[1]), signal.SIGKILL)
    return remains


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5, help="of smi snapshot")
    parser.add_argument("--seconds", type=int, default=13, help="of smi record")
    parser.add_argument("--timeout", type=float, default=0.5, help="seconds that a reader is given")
    parser.add_argument("--bar", type=float, default=100, help="most ms that a frame may be late")
    parser.add_argument("--short", action="store_true", help="some of what they do, one run each")
    options = parser.parse_args()
    runs, seconds = (1, 2) if options.short else (options.runs, options.seconds)
    print(f"{measure.conditions()}; timeout {options.timeout:g} s\n")
    print("| the command | " + " | ".join(f"{vendor}, ms late" for vendor in VENDORS) + " | frames | left |\n|---|---|---|---|---|---|")
    held = True
    record = ["record", "-o", "-", "--interval", "1s", "--duration", f"{seconds}s"]
    for behaviour in SHORT if options.short else BEHAVIOURS:
        cells, frames, remains = [], 0, []
        with concurrent.futures.ThreadPoolExecutor(len(VENDORS)) as pool:
            recorded = list(pool.map(lambda vendor: run(record, vendor, behaviour, options.timeout), VENDORS))
        for vendor, result in zip(VENDORS, recorded):
            results = [result] + [run(["snapshot", "--json", "--window", "0"], vendor, behaviour, options.timeout)
                                  for _ in range(runs)]
            late = max(one.late_ms for one in results)
            held = held and late <= options.bar
            frames += sum(one.frames for one in results)
            remains += [f"{vendor}: {what}" for one in results for what in one.left]
            cells.append(f"{late:.0f}")
        print(f"| {behaviour} | {' | '.join(cells)} | {frames} | {'; '.join(remains) or 0} |", flush=True)
        held = held and not remains
    for number in (signal.SIGTERM, signal.SIGINT):
        remains = [what for vendor in VENDORS for what in interrupted(vendor, number)]
        print(f"| hangs, and smi gets {number.name} | - | - | - | - | {'; '.join(remains) or 0} |", flush=True)
        held = held and not remains
    sys.exit(not held)


main()
