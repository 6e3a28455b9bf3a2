"""What `smi snapshot --json --window 0` reads, as a psutil user would write it."""
import json
import platform
import socket
import sys
import time

import psutil


def snapshot(with_processes):
    freq = psutil.cpu_freq()
    temps = psutil.sensors_temperatures()
    fans = psutil.sensors_fans()
    battery = psutil.sensors_battery()
    frame = {
        "timestamp": time.time(),
        "hostname": socket.gethostname(),
        "cpu": {
            "cores": psutil.cpu_count(logical=False),
            "threads": psutil.cpu_count(),
            "freq": freq._asdict() if freq else None,
            "percpu": [times._asdict() for times in psutil.cpu_times(percpu=True)],
            "times": psutil.cpu_times()._asdict(),
        },
        "memory": psutil.virtual_memory()._asdict(),
        "swap": psutil.swap_memory()._asdict(),
        "chassis": {
            "kernel": platform.release(),
            "load": psutil.getloadavg(),
            "boot_time": psutil.boot_time(),
            "temperatures": {k: [t._asdict() for t in v] for k, v in temps.items()},
            "fans": {k: [f._asdict() for f in v] for k, v in fans.items()},
            "battery": battery._asdict() if battery else None,
        },
    }
    if with_processes:
        fields = ["pid", "ppid", "name", "username", "status", "create_time", "num_threads", "nice",
                  "cpu_times", "memory_info", "memory_percent", "cmdline", "io_counters"]
        frame["processes"] = [p.info for p in psutil.process_iter(fields)]
    return frame


json.dump(snapshot("--processes" in sys.argv), sys.stdout)
