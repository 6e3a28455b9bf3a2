#!/usr/bin/env python3
"""How much later an event comes through a proxy than directly, with the configurations of examples/.

    mvn -q package -DskipTests && smi-bench/proxied.py [--seconds 20] [--short]

One client connects directly, one through each of nginx and HAProxy, to smi's TCP port and to its Unix socket; per
frame, arrivals are compared. Ends with 1 when one was later than --bar or a frame is missing.
"""
import argparse
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

from load import measure, servers

EXAMPLES = servers.BENCH.parent / "examples"
INTERVAL_MS = 200

def adapted(example, smi_target, smi_socket):
    """An example's text with this run's addresses, and the two that it listens on."""
    tcp, unix = (f"127.0.0.1:{servers.free_port()}" for _ in range(2))
    text = (EXAMPLES / example).read_text()
    for ours, theirs in {"127.0.0.1:9090": smi_target, "/run/smi/smi.sock": smi_socket,
                         "127.0.0.1:8080": tcp, "127.0.0.1:8081": unix}.items():
        if ours not in text:
            sys.exit(f"{example} does not name {ours}")
        text = text.replace(ours, theirs)
    return text, tcp, unix


@contextlib.contextmanager
def nginx(folder, smi_target, smi_socket):
    text, tcp, unix = adapted("nginx/smi.conf", smi_target, smi_socket)
    with servers.nginx(tcp, folder, text):
        yield {"nginx": tcp, "nginx to the Unix socket": unix}


@contextlib.contextmanager
def haproxy(folder, smi_target, smi_socket):
    text, tcp, unix = adapted("haproxy/haproxy.cfg", smi_target, smi_socket)
    config = Path(folder, "haproxy.cfg")
    config.write_text(text)
    with servers.running(["haproxy", "-q", "-db", "-f", config]) as process:
        servers.wait_for(tcp, process)
        yield {"HAProxy": tcp, "HAProxy to the Unix socket": unix}


def arrivals(targets, seconds):
    """For each name of a target: sequence number -> when the frame was there, in ns."""
    with contextlib.ExitStack() as stack:
        loads = {name: stack.enter_context(
            measure.Load(servers.Server(None, target, "/events"), 1, interval=INTERVAL_MS, seconds=seconds))
            for name, target in targets.items()}
        return {name: {seq: ns for seq, ns, _ in load.until("done")["ticks"]} for name, load in loads.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--bar", type=float, default=50, help="most ms that an event may be later")
    parser.add_argument("--short", action="store_true", help="three seconds")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        smi_socket = f"{folder}/smi.sock"
        server = stack.enter_context(servers.smi(INTERVAL_MS, "--socket", smi_socket))
        targets = {"directly": server.target}
        for program, start in {"nginx": nginx, "haproxy": haproxy}.items():
            if shutil.which(program):
                targets |= stack.enter_context(start(folder, server.target, smi_socket))
            else:
                print(f"not installed, left out: {program}", file=sys.stderr)
        print(measure.conditions() + "\n")
        arrived = arrivals(targets, 3 if options.short else options.seconds)
    print("| through | frames | missing | later by p50 ms | p99 ms | max ms |\n|---|---|---|---|---|---|")
    direct, held = arrived.pop("directly"), True
    for name, frames in arrived.items():
        # Each client's window opens a little earlier or later: only what lies in both can be missing.
        common = [seq for seq in direct if min(frames) <= seq <= max(frames)]
        late = [(frames[seq] - direct[seq]) / 1e6 for seq in common if seq in frames]
        missing = len(common) - len(late)
        print(f"| {name} | {len(late)} | {missing} | {measure.quantile(late, 0.5):.2f} | "
              f"{measure.quantile(late, 0.99):.2f} | {max(late):.2f} |")
        held = held and missing == 0 and max(late) <= options.bar
    sys.exit(not held)


main()
