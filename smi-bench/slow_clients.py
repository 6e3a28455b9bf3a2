#!/usr/bin/env python3
"""What clients that stop reading cost the server and the others, and what they are told when they read on.

    mvn -q package -DskipTests && smi-bench/slow_clients.py [--clients 500] [--minutes 10] [--short]

20 frames a second. One run without slow clients, for as long but a minute at most; then one in which every tenth
client reads nothing until five seconds before the end. The server's memory and what the kernel holds for sockets are
read once a second. Ends with 1 when the memory grew, a stream was cut, a client that was never slow missed a frame, or
a slow one did not get exactly one `lag` that counts the ids which it then misses.
"""
import argparse
import statistics
import sys

from load import measure, servers

INTERVAL_MS = 50
CATCH_UP_SECONDS = 5


def run(clients, warm_up, seconds, slow):
    """The figures of the clients, and samples of memory while the slow ones do not read."""
    options = {"slow": slow, "slow_seconds": seconds - CATCH_UP_SECONDS, "rcvbuf": 16384} if slow else {}
    with servers.smi(INTERVAL_MS) as server:
        with measure.Load(server, clients, interval=INTERVAL_MS, settle=warm_up, seconds=seconds, **options) as load:
            load.until("window")
            with measure.Samples(server.pid) as samples:
                done = load.until("resumed" if slow else "done")
            if slow:
                done = load.until("done")
            return done, samples


def growth_mb(samples):
    """Median RSS of the last quarter less that of the second: the first may still fill buffers."""
    rss = [usage.rss_mb for usage in samples.taken]
    quarter = max(1, len(rss) // 4)
    return statistics.median(rss[-quarter:]) - statistics.median(rss[quarter:2 * quarter])


def row(name, done, samples):
    spread = done["spread_us"]
    rss = [usage.rss_mb for usage in samples.taken]
    print(f"| {name} | {spread['p50'] / 1000:.1f} / {spread['p99'] / 1000:.1f} / {spread['max'] / 1000:.1f} | "
          f"{rss[0]:.1f} | {max(rss):.1f} | {rss[-1]:.1f} | {growth_mb(samples):+.1f} | {max(samples.socket_mb):.1f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--short", action="store_true", help="20 seconds with 100 clients")
    parser.add_argument("--bar", type=float, default=4, help="most MB that the memory may grow")
    options = parser.parse_args()
    clients, warm_up, seconds = (100, 2, 20) if options.short else (options.clients, 15, 60 * options.minutes)
    measure.allow_files()
    print(f"{measure.conditions()}; {clients} clients, {1000 / INTERVAL_MS:g} frames a second, {seconds:g} s\n")

    without, memory_without = run(clients, warm_up, min(seconds, 60), 0)
    done, memory = run(clients, warm_up, seconds, clients // 10)
    print("| run | spread p50 / p99 / max ms | RSS first MB | max | last | growth | kernel's sockets max MB |")
    print("|---|---|---|---|---|---|---|")
    row("no slow clients", without, memory_without)
    row("every tenth reads nothing", done, memory)
    slow = done["slow"]
    print(f"\n{slow['lagged_once']} of {slow['clients']} slow clients got exactly one lag; "
          f"{done['lag_events']} lag events, {done['wrong_lags']} that do not count the missing ids; "
          f"{done['missed']} frames missed; streams cut: {done['closed']}")
    held = (slow["lagged_once"] == slow["clients"] == done["lag_events"] and done["wrong_lags"] == 0
            and done["closed"] == 0 and growth_mb(memory) <= options.bar)
    sys.exit(not held)


main()
