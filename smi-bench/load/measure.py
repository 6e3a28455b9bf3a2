"""Runs the load generators, and reads what the kernel knows of a server's processes."""
import json
import math
import os
import resource
import statistics
import subprocess
import threading
import time
from collections import namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / "target" / "load"

Usage = namedtuple("Usage", "cpu_s rss_mb pss_mb fds")


def build(name):
    """The program made of NAME.c, compiled when it or the header is newer."""
    program, source = BUILT / name, HERE / f"{name}.c"
    newest = max(source.stat().st_mtime, (HERE / "common.h").stat().st_mtime)
    if not program.exists() or program.stat().st_mtime < newest:
        BUILT.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, source], check=True)
    return str(program)


def allow_files():
    """Thousands of sockets need thousands of descriptors, in the servers too, which inherit the limit."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def conditions():
    """One line on the machine, to be printed above figures."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{os.cpu_count()} CPUs, Linux {os.uname().release}, load average before the run {load}"


def tree(pid):
    """A process and its descendants."""
    pids = [pid]
    for parent in pids:
        for task in Path(f"/proc/{parent}/task").iterdir():
            pids += [int(child) for child in (task / "children").read_text().split()]
    return pids


def kilobytes(path, key):
    for line in path.read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1])
    return 0


def cpu_seconds(pid):
    """User and system time of a process, from its CPU clock: /proc/PID/stat tells no more than hundredths."""
    scheduler_clock = 2
    return time.clock_gettime(~pid << 3 | scheduler_clock)


def usage(pid):
    """What a server and its children have used of the CPU, hold in memory and keep open."""
    used = [(cpu_seconds(p), kilobytes(Path(f"/proc/{p}/status"), "VmRSS"),
             kilobytes(Path(f"/proc/{p}/smaps_rollup"), "Pss"), len(os.listdir(f"/proc/{p}/fd"))) for p in tree(pid)]
    cpu, rss, pss, fds = (sum(column) for column in zip(*used))
    return Usage(cpu, rss / 1024, pss / 1024, fds)


def socket_memory_mb():
    """What the kernel holds for TCP sockets on the whole machine."""
    words = next(line for line in Path("/proc/net/sockstat").read_text().splitlines() if line.startswith("TCP:")).split()
    return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


class Load:
    """Running clients. Their figures are at the end of `until("done")`; leaving the block closes them."""

    def __init__(self, server, clients, **options):
        words = [word for key, value in options.items() for word in ("--" + key.replace("_", "-"), str(value))]
        self.process = subprocess.Popen(
            [build("sse_load"), "--connect", server.target, "--path", server.path, "--clients", str(clients), *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def until(self, phase):
        """Waits for the beginning of a phase and returns what was told then."""
        for line in self.process.stdout:
            told = json.loads(line)
            if told["phase"] == phase:
                return told
        raise RuntimeError(f"sse_load ended with {self.process.wait()} before '{phase}'")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_probe(target, seconds, path="/snapshot", every_ms=10, new_connections=False):
    return subprocess.Popen(
        [build("http_probe"), "--connect", target, "--path", path, "--seconds", str(seconds), "--every", str(every_ms),
         "--new", str(int(new_connections))], stdout=subprocess.PIPE, text=True)


def probe_figures(process):
    return json.loads(process.communicate()[0])


class Samples:
    """What a server uses and the kernel holds for sockets, once a second from entering the block to leaving it."""

    def __init__(self, pid):
        self.pid = pid
        self.taken = []  # of Usage
        self.socket_mb = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        while not self.stop.wait(1):
            self.taken.append(usage(self.pid))
            self.socket_mb.append(socket_memory_mb())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def jitter_ms(ticks, interval_ms):
    """How far each frame's first copy lay from the grid that fits all of them best, in ms.

    The grid has the asked interval; its phase is the mean on the circle, then corrected to the median.
    """
    turns = [first_ns / 1e6 % interval_ms / interval_ms * math.tau for _, first_ns, _ in ticks]
    mean = math.atan2(sum(map(math.sin, turns)), sum(map(math.cos, turns)))
    off = [math.remainder(turn - mean, math.tau) / math.tau * interval_ms for turn in turns]
    middle = statistics.median(off)
    return [abs(value - middle) for value in off]
