#!/usr/bin/env python3
"""What streaming one frame to many clients costs: `smi api` beside nginx with nchan and npm better-sse.

    mvn -q package -DskipTests && smi-bench/fanout.py [--rounds 3] [--cases NAME ...] [--servers NAME ...] [--short]

In each round every server is started anew, in turn, and streams a frame of this machine at the same pace; smi also
collects it. The clients (load/sse_load.c) and nchan's publisher are processes of their own and not counted. The same
for every server: CPU time between two frames, divided by the frames that arrived; jitter is how far the first copy of
a frame was from the grid, spread how much later than the first copy each client's last byte was. A case "... probed"
asks for /snapshot every 10 ms meanwhile; "idle" has no frames during the measurement, only connected clients.

A peer that is not installed is left out, and named. Needs cc.
"""
import argparse
import contextlib
import json
import shutil
import statistics
import sys
from collections import namedtuple
from pathlib import Path

from load import measure, servers

Case = namedtuple("Case", "clients interval_ms seconds settle probed", defaults=(False,))

HOUR_MS = 3_600_000
CASES = {
    "50 x 1 Hz": Case(50, 1000, 30, 10),
    "1000 x 1 Hz": Case(1000, 1000, 20, 5),
    "5000 x 1 Hz": Case(5000, 1000, 12, 5),
    "5000 x 1 Hz, probed": Case(5000, 1000, 12, 5, True),
    "10000 x 1 Hz": Case(10000, 1000, 12, 5),
    "1000 x 20 Hz": Case(1000, 50, 12, 3),
    "1000 x 50 Hz": Case(1000, 20, 12, 3),
    "10000 idle": Case(10000, HOUR_MS, 2, 3),
}
SHORT = {
    "20 x 1 Hz": Case(20, 1000, 2, 1),
    "200 x 20 Hz, probed": Case(200, 50, 2, 1, True),
    "200 idle": Case(200, HOUR_MS, 1, 1),
}


UNIX = "smi, Unix socket"


def smi(interval_ms):
    return (servers.smi if interval_ms >= servers.SHORTEST_INTERVAL_MS else servers.fast_smi)(interval_ms)


def starters():
    """How to start each server: name -> function of interval and frame that gives a Server for a with block."""
    every = {"smi": lambda interval_ms, frame: smi(interval_ms),
             UNIX: lambda interval_ms, frame: servers.smi(interval_ms, unix=True)}
    if shutil.which("nginx") and Path(servers.NCHAN_MODULE).exists():
        every["nchan"] = servers.nchan
    if shutil.which("node") and servers.install_better_sse():
        every["better-sse"] = servers.better_sse
    for name in {"nchan", "better-sse"} - every.keys():
        print(f"not installed, left out: {name}", file=sys.stderr)
    return every


def run(start, case, frame):
    """One server under one case: its figures by name."""
    idle = case.interval_ms == HOUR_MS
    with start(case.interval_ms, frame) as server, contextlib.ExitStack() as stack:
        before = measure.usage(server.pid)
        pace = {} if idle else {"interval": case.interval_ms}
        load = stack.enter_context(
            measure.Load(server, case.clients, settle=case.settle, seconds=case.seconds, **pace))
        load.until("window")
        opened = measure.usage(server.pid)
        probe = measure.start_probe(server.target, case.seconds) if case.probed else None
        done = load.until("done")
        closed = measure.usage(server.pid)
        figures = {"rss_mb": closed.rss_mb, "kb_per_client": 1024 * (closed.rss_mb - before.rss_mb) / case.clients,
                   "pss_kb_per_client": 1024 * (closed.pss_mb - before.pss_mb) / case.clients,
                   "lost_clients": done["closed"]}
        if probe:
            answers = measure.probe_figures(probe)
            figures |= {f"probe_{q}_ms": answers["us"][q] / 1000 for q in ("p50", "p99", "max")}
            figures["probe_failed"] = answers["failed"]
        if not idle:
            expected = case.clients * round(done["window_s"] * 1000 / case.interval_ms)
            figures |= {"cpu_us_per_delivery": 1e6 * (closed.cpu_s - opened.cpu_s) / done["deliveries"],
                        "cpu_percent": 100 * (closed.cpu_s - opened.cpu_s) / done["window_s"],
                        "delivered_percent": 100 * done["deliveries"] / expected,
                        "frame_bytes": done["bytes"] / done["deliveries"],
                        "jitter_ms": measure.jitter_ms(done["ticks"], case.interval_ms),
                        **{f"spread_{q}_ms": done["spread_us"][q] / 1000 for q in ("p50", "p99", "max")}}
        return figures


COLUMNS = [
    # heading, format, figures
    ("CPU s per 1M", "{:.1f}", ["cpu_us_per_delivery"]),
    ("CPU %", "{:.1f}", ["cpu_percent"]),
    ("delivered %", "{:.1f}", ["delivered_percent"]),
    ("jitter p50 / p99 / max ms", "{:.2f} / {:.2f} / {:.2f}", ["jitter_p50_ms", "jitter_p99_ms", "jitter_max_ms"]),
    ("spread p50 / p99 / max ms", "{:.1f} / {:.1f} / {:.1f}", ["spread_p50_ms", "spread_p99_ms", "spread_max_ms"]),
    ("/snapshot p50 / p99 / max ms", "{:.1f} / {:.1f} / {:.1f}", ["probe_p50_ms", "probe_p99_ms", "probe_max_ms"]),
    ("RSS MB", "{:.0f}", ["rss_mb"]),
    ("KB per client", "{:.1f}", ["kb_per_client"]),
]
JITTER = {"jitter_p50_ms": 0.5, "jitter_p99_ms": 0.99, "jitter_max_ms": 1}


def print_table(name, results):
    """Medians over the rounds, jitter over the frames of all rounds; CPU beside nchan's is compared round by round."""
    def value(server, figure):
        if figure in JITTER:
            return measure.quantile([off for sample in results[server] for off in sample["jitter_ms"]], JITTER[figure])
        return statistics.median(sample[figure] for sample in results[server])

    known = next(iter(results.values()))[0]
    columns = [column for column in COLUMNS if column[2][0] in known or column[2][0] in JITTER and "jitter_ms" in known]
    compared = "nchan" in results and "cpu_us_per_delivery" in known
    headings = ["server", *(heading for heading, _, _ in columns), *(["CPU x nchan"] if compared else [])]
    print(f"\n### {name}\n\n| {' | '.join(headings)} |\n|{'---|' * len(headings)}")
    for server, samples in results.items():
        cells = [server, *(form.format(*(value(server, f) for f in figures)) for _, form, figures in columns)]
        if compared:
            ratios = [ours["cpu_us_per_delivery"] / theirs["cpu_us_per_delivery"]
                      for ours, theirs in zip(samples, results["nchan"])]
            cells.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        print(f"| {' | '.join(cells)} |")
    lost = {server: sum(s["lost_clients"] + s.get("probe_failed", 0) for s in samples)
            for server, samples in results.items()}
    if any(lost.values()):
        print(f"\nstreams that ended and probes that failed: {lost}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cases", nargs="*", help=f"of: {', '.join(CASES)}")
    parser.add_argument("--servers", nargs="*", help="these only")
    parser.add_argument("--short", action="store_true", help="small cases, one round: does it run?")
    parser.add_argument("--json", type=Path, help="also write every round's figures there")
    options = parser.parse_args()
    cases = SHORT if options.short else CASES
    if unknown := set(options.cases or []) - cases.keys():
        parser.error(f"no such case: {', '.join(unknown)}")
    measure.allow_files()
    print(measure.conditions())
    frame = servers.real_frame()
    chosen = {name: start for name, start in starters().items() if not options.servers or name in options.servers}
    rounds = 1 if options.short else options.rounds
    everything = {}
    for name in options.cases or cases:
        able = [server for server in chosen
                if server != UNIX or cases[name].interval_ms >= servers.SHORTEST_INTERVAL_MS]
        results = everything[name] = {server: [] for server in able}
        for number in range(rounds):
            first = number % len(able)
            for server in able[first:] + able[:first]:
                results[server].append(run(chosen[server], cases[name], frame))
        print_table(name, results)
        sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(everything, indent=1))


main()
