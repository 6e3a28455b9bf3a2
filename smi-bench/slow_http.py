#!/usr/bin/env python3
"""Does /snapshot answer while slowhttptest attacks? Its three modes with 500 connections, one after another.

    mvn -q package -DskipTests && smi-bench/slow_http.py [--connections 500] [--seconds 30] [--short]

Meanwhile /snapshot is asked ten times a second, each time on a new connection. Ends with 1 when an answer failed or
took longer than --bar, or when no attack took place.
"""
import argparse
import contextlib
import os
import shlex
import signal
import subprocess
import sys

from load import measure, servers

MODES = {
    # name: (path, slowhttptest's own options)
    "none": (None, None),
    "slow header": ("/snapshot", ["-H", "-i", "1"]),
    "slow body": ("/snapshot", ["-B", "-i", "1", "-s", "8192"]),
    # The longest answer, ten times per connection, so that it does not fit into the kernel's buffers.
    "slow read": ("/schema", ["-X", "-k", "10", "-w", "8", "-y", "16", "-n", "1", "-z", "16"]),
}


@contextlib.contextmanager
def attack(arguments, url, connections):
    """Runs slowhttptest, and again whenever the server has got rid of all its connections."""
    if not arguments:
        yield
        return
    command = shlex.join(["slowhttptest", *arguments, "-c", str(connections), "-r", str(max(1, connections // 2)),
                          "-l", "3600", "-p", "1", "-u", url])
    group = subprocess.Popen(["sh", "-c", f"while :; do {command}; done"], start_new_session=True,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        os.killpg(group.pid, signal.SIGKILL)
        group.wait()


def accepted():
    """TCP connections that were accepted on this machine, ever."""
    keys, values = (line.split() for line in open("/proc/net/snmp") if line.startswith("Tcp:"))
    return int(values[keys.index("PassiveOpens")])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--bar", type=float, default=200, help="most ms that an answer may take")
    parser.add_argument("--short", action="store_true", help="six seconds per mode")
    options = parser.parse_args()
    seconds = 6 if options.short else options.seconds
    servers.require("slowhttptest")
    measure.allow_files()
    print(f"{measure.conditions()}; {options.connections} connections, {seconds} s\n")
    print("| attack | answers | failed | p50 ms | p99 ms | max ms | attacking connections | descriptors at most |\n"
          "|---|---|---|---|---|---|---|---|")
    held = True
    with servers.smi(1000) as server:
        for name, (path, arguments) in MODES.items():
            before = accepted()
            with (attack(arguments, f"http://{server.target}{path}", options.connections),
                  measure.Samples(server.pid) as samples):
                answers = measure.probe_figures(
                    measure.start_probe(server.target, seconds, every_ms=100, new_connections=True))
            us, attacking = answers["us"], accepted() - before - answers["us"]["count"] - answers["failed"]
            print(f"| {name} | {us['count']} | {answers['failed']} | {us['p50'] / 1000:.1f} | {us['p99'] / 1000:.1f} | "
                  f"{us['max'] / 1000:.1f} | {attacking} | {max(usage.fds for usage in samples.taken)} |", flush=True)
            if arguments and attacking < options.connections:
                sys.exit("the attack did not take place")
            held = held and answers["failed"] == 0 and us["max"] <= 1000 * options.bar
    sys.exit(not held)


main()
