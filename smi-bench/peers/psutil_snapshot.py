"""What `smi snapshot --json --window 0` tells, as a psutil user would write it: psutil where it has it, else the files."""
import glob
import json
import os
import platform
import socket
import sys
import time

import psutil


def text(path):
    try:
        with open(path) as file:
            return file.read().strip() or None
    except OSError:
        return None


def fields(path, separator):
    """Lines of a file that are a key and a value."""
    pairs = (line.split(separator, 1) for line in (text(path) or "").splitlines())
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}


def gpus():
    devices = []
    for device in sorted(glob.glob("/sys/bus/pci/devices/*")):
        if (text(device + "/class") or "").startswith("0x03"):
            devices.append({"pci_bus_id": os.path.basename(device), "vendor": text(device + "/vendor"),
                            "state": text(device + "/power/runtime_status")})
    return devices


def cpu():
    info = fields("/proc/cpuinfo", ":")
    logical = []
    for folder in sorted(glob.glob("/sys/devices/system/cpu/cpu[0-9]*")):
        logical.append({"id": int(folder.rsplit("cpu", 1)[1]),
                        "core": text(folder + "/topology/core_id"),
                        "package": text(folder + "/topology/physical_package_id"),
                        "caches": [(text(c + "/level"), text(c + "/size"), text(c + "/shared_cpu_list"))
                                   for c in sorted(glob.glob(folder + "/cache/index*"))],
                        "throttles": text(folder + "/thermal_throttle/package_throttle_count")})
    freq = psutil.cpu_freq()
    return {
        "model": info.get("model name"), "vendor": info.get("vendor_id"), "architecture": platform.machine(),
        "cores": psutil.cpu_count(logical=False), "threads": psutil.cpu_count(),
        "freq": freq._asdict() if freq else None,
        "times": [times._asdict() for times in psutil.cpu_times(percpu=True)],
        "energy": {d: text(d + "/energy_uj") for d in glob.glob("/sys/class/powercap/intel-rapl:*")},
        "logical": logical,
    }


def memory():
    return {
        "memory": psutil.virtual_memory()._asdict(), "swap": psutil.swap_memory()._asdict(),
        "dirty": fields("/proc/meminfo", ":").get("Dirty"), "cgroup": text("/proc/self/cgroup"),
        "limit": text("/sys/fs/cgroup/memory.max") or text("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        "ecc": [(text(c + "/ce_count"), text(c + "/ue_count"))
                for c in glob.glob("/sys/devices/system/edac/mc/mc*")],
    }


def chassis():
    battery = psutil.sensors_battery()
    return {
        "dmi": {k: text("/sys/class/dmi/id/" + k) for k in ("product_name", "sys_vendor", "product_serial", "bios_version")},
        "os": fields("/etc/os-release", "=").get("PRETTY_NAME"), "kernel": platform.release(),
        "boot_id": text("/proc/sys/kernel/random/boot_id"), "boot_time": psutil.boot_time(),
        "hypervisor": "hypervisor" in (fields("/proc/cpuinfo", ":").get("flags") or ""),
        "container": os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv"),
        "load": psutil.getloadavg(), "pressure": {k: text("/proc/pressure/" + k) for k in ("cpu", "memory", "io")},
        "temperatures": {k: [t._asdict() for t in v] for k, v in psutil.sensors_temperatures().items()},
        "fans": {k: [f._asdict() for f in v] for k, v in psutil.sensors_fans().items()},
        "battery": battery._asdict() if battery else None,
        "supplies": {s: text(s + "/online") for s in glob.glob("/sys/class/power_supply/*")},
    }


def processes():
    wanted = ["pid", "ppid", "name", "username", "status", "create_time", "num_threads", "nice",
              "cpu_times", "memory_info", "memory_percent", "cmdline", "io_counters"]
    return [dict(p.info, cgroup=text(f"/proc/{p.pid}/cgroup")) for p in psutil.process_iter(wanted)]


frame = {"timestamp": time.time(), "hostname": socket.gethostname(),
         "gpus": gpus(), "cpus": [cpu()], "memory": [memory()], "chassis": [chassis()]}
if "--processes" in sys.argv:
    frame["processes"] = processes()
json.dump(frame, sys.stdout)
