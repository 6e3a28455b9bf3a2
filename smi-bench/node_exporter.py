#!/usr/bin/env python3
"""CPU time that Debian's node_exporter spends per scrape: what a collection of smi stands beside.

    smi-bench/node_exporter.py [--scrapes 100]
"""
import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.request

ADDRESS = "127.0.0.1:19100"


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scrapes", type=int, default=100)
    scrapes = parser.parse_args().scrapes
    if not shutil.which("prometheus-node-exporter"):
        sys.exit("prometheus-node-exporter is not installed")
    exporter = subprocess.Popen(["prometheus-node-exporter", f"--web.listen-address={ADDRESS}"],
                                stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        before = cpu_seconds(exporter.pid)
        for _ in range(scrapes):
            urllib.request.urlopen(f"http://{ADDRESS}/metrics").read()
            time.sleep(0.05)
        print(f"{1e3 * (cpu_seconds(exporter.pid) - before) / scrapes:.2f} ms of CPU per scrape, {scrapes} scrapes")
    finally:
        exporter.terminate()


main()
