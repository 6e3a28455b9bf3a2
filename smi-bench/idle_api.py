#!/usr/bin/env python3
"""What `smi api` costs when little happens: a frame every 3 s, beside Debian's node_exporter scraped every 3 s.

    mvn -q package -DskipTests && smi-bench/idle_api.py [--seconds 120] [--short]

CPU time in per cent of one core and memory, over two minutes each, after a warm-up.
"""
import argparse
import contextlib
import shutil
import subprocess
import sys
import threading
import urllib.request

from load import measure, servers

INTERVAL_MS = 3000


@contextlib.contextmanager
def scraped(target):
    """Fetches /metrics every interval, on a connection of its own each time."""
    stop, faults = threading.Event(), []

    def scrape():
        while not stop.wait(INTERVAL_MS / 1000):
            try:
                with urllib.request.urlopen(f"http://{target}/metrics") as answer:
                    answer.read()
            except OSError as fault:
                faults.append(fault)

    thread = threading.Thread(target=scrape)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if faults:
        sys.exit(f"{target}/metrics: {faults[0]}, {len(faults)} times")


@contextlib.contextmanager
def node_exporter():
    target = f"127.0.0.1:{servers.free_port()}"
    with servers.running(["prometheus-node-exporter", f"--web.listen-address={target}"],
                         stderr=subprocess.DEVNULL) as process:
        servers.wait_for(target, process)
        yield servers.Server(process.pid, target, None)


def observe(server, seconds, warm_up):
    pause = threading.Event()
    pause.wait(warm_up)
    before = measure.usage(server.pid)
    with measure.Samples(server.pid) as samples:
        pause.wait(seconds)
    after = measure.usage(server.pid)
    return 100 * (after.cpu_s - before.cpu_s) / seconds, max(usage.rss_mb for usage in samples.taken), after.pss_mb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--short", action="store_true", help="a few seconds, 100 streams")
    options = parser.parse_args()
    if options.short:
        options.seconds, options.warm_up, options.streams = 5, 2, 100
    measure.allow_files()
    print(f"{measure.conditions()}; {options.seconds} s each\n")
    print("| program | CPU % of a core | RSS max MB | PSS MB |\n|---|---|---|---|")

    def row(name, figures):
        print("| {} | {:.2f} | {:.1f} | {:.1f} |".format(name, *figures), flush=True)

    with servers.smi(INTERVAL_MS) as server:
        row("smi api", observe(server, options.seconds, options.warm_up))
    with servers.smi(INTERVAL_MS) as server, scraped(server.target):
        row("smi api, scraped", observe(server, options.seconds, options.warm_up))
    with servers.smi(INTERVAL_MS) as server:
        with measure.Load(server, options.streams, settle=0, seconds=options.seconds + options.warm_up) as load:
            load.until("connected")
            row(f"smi api, {options.streams} streams", observe(server, options.seconds, options.warm_up))
    if shutil.which("prometheus-node-exporter"):
        with node_exporter() as server, scraped(server.target):
            row("node_exporter, scraped", observe(server, options.seconds, options.warm_up))
    else:
        print("not installed, left out: prometheus-node-exporter", file=sys.stderr)


main()
