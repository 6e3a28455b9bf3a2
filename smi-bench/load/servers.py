"""Starts smi and its peers on loopback, one at a time, and stops whatever was started."""
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
SMI = BENCH.parent / "smi-cli" / "target" / "smi" / "bin" / "smi"
PEERS = BENCH / "peers"
SHORTEST_INTERVAL_MS = 50
# Of `smi api` in smi-cli/src/packaging/smi.
SERVER_FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xms8m", "-Xmn2m", "-Xmx96m", "-Xss256k",
                "-XX:ReservedCodeCacheSize=16m", "-XX:CompileThresholdScaling=0.2", "-XX:TrimNativeHeapInterval=30000", "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.nio.maxCachedBufferSize=65536"]

# target: where clients connect, as sse_load takes it; path: of the stream.
Server = namedtuple("Server", "pid target path")


def require(*programs):
    missing = [program for program in programs if not shutil.which(str(program))]
    if missing:
        sys.exit("not installed: " + ", ".join(map(str, missing)))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(target, process, seconds=30):
    """Until someone accepts connections there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended with {process.returncode}")
        path = target.removeprefix("unix:")
        with socket.socket(socket.AF_INET if path == target else socket.AF_UNIX) as probe:
            host, _, port = target.rpartition(":")
            if probe.connect_ex(path if path != target else (host, int(port))) == 0:
                return
        time.sleep(0.02)
    sys.exit(f"{process.args[0]} does not listen on {target}")


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen([str(word) for word in command], **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def smi(interval_ms, *arguments, unix=False):
    """`smi api` on a free port, or on a Unix socket alone."""
    with tempfile.TemporaryDirectory() as folder:
        target = f"unix:{folder}/smi.sock" if unix else f"127.0.0.1:{free_port()}"
        where = ["--socket", target.removeprefix("unix:")] if unix else ["--listen", target]
        command = [SMI, "api", *where, "--interval", f"{interval_ms}ms", "--sse-max-clients", 20000, *arguments]
        with running(command, stderr=subprocess.DEVNULL) as process:
            wait_for(target, process)
            yield Server(process.pid, target, "/events")


@contextlib.contextmanager
def fast_smi(interval_ms):
    """The same server at an interval shorter than `smi api` allows, from the packaged jars and with its JVM flags."""
    port = free_port()
    with running([SMI.parent.parent / "runtime" / "bin" / "java", *SERVER_FLAGS, "-cp",
                  f"{SMI.parent.parent / 'lib'}/*:{BENCH / 'target' / 'classes'}", "io.smi.bench.Serve", port, interval_ms],
                 stderr=subprocess.DEVNULL) as process:
        target = f"127.0.0.1:{port}"
        wait_for(target, process)
        yield Server(process.pid, target, "/events")


def real_frame():
    """A frame of this machine, as the peers publish it."""
    return subprocess.check_output([SMI, "snapshot", "--json"])


NGINX = """
{modules}
daemon off;
user root;
worker_processes 1;
worker_rlimit_nofile 20000;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
}}
"""


@contextlib.contextmanager
def nginx(target, folder, http, modules=""):
    """nginx with one worker, and what the http block is to hold; everything else as it is by default."""
    config = Path(folder, "nginx.conf")
    config.write_text(NGINX.format(folder=folder, http=http, modules=modules))
    with running(["/usr/sbin/nginx", "-c", config, "-e", "stderr"]) as process:
        wait_for(target, process)
        yield process


NCHAN_MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so"
NCHAN = """
    keepalive_requests 1000000;
    nchan_shared_memory_size 256M;
    server {{
        listen {target} backlog=4096 sndbuf=64k;
        location = /publish {{
            nchan_publisher;
            nchan_channel_id frames;
            nchan_message_buffer_length 16;
        }}
        location = /events {{
            nchan_subscriber eventsource;
            nchan_channel_id frames;
            nchan_subscriber_first_message newest;
        }}
        location = /snapshot {{
            default_type application/json;
            alias {frame_file};
        }}
    }}
"""


@contextlib.contextmanager
def nchan(interval_ms, frame):
    """nginx with the nchan module, and a publisher that posts to it and whose CPU time is not counted."""
    target = f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory() as folder:
        frame_file = Path(folder, "frame.json")
        frame_file.write_bytes(frame)
        with (nginx(target, folder, NCHAN.format(target=target, frame_file=frame_file),
                    f"load_module {NCHAN_MODULE};") as process,
              running([sys.executable, PEERS / "nchan_publisher.py", target, frame_file, interval_ms])):
            yield Server(process.pid, target, "/events")


def install_better_sse():
    """The locked packages, installed into target/: None without npm or registry."""
    modules = BENCH / "target" / "peers"
    modules.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "better_sse.mjs"):
        shutil.copy(PEERS / name, modules)
    if not (modules / "node_modules" / "better-sse").exists():
        done = shutil.which("npm") and subprocess.run(
            ["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=modules, stdout=subprocess.DEVNULL)
        if not done or done.returncode != 0:
            return None
    return modules / "better_sse.mjs"


@contextlib.contextmanager
def better_sse(interval_ms, frame):
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        frame_file = Path(folder, "frame.json")
        frame_file.write_bytes(frame)
        with running(["node", install_better_sse(), port, frame_file, interval_ms],
                     env={**os.environ, "NODE_ENV": "production"}) as node:
            target = f"127.0.0.1:{port}"
            wait_for(target, node)
            yield Server(node.pid, target, "/events")
