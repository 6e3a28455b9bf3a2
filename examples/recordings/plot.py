#!/usr/bin/env python3
"""Load and memory of a recording as a picture, with pandas and matplotlib:

    examples/recordings/plot.py run.jsonl.zst run.png

pandas reads .zst with the package zstandard, .gz and plain files by itself.
"""
import sys

import pandas

frames = pandas.read_json(sys.argv[1], lines=True)
table = pandas.DataFrame({
    "cpu %": [cpus[0]["utilization_percent"] for cpus in frames["cpus"]],
    "memory %": [100 * row[0]["used_bytes"] / row[0]["total_bytes"] for row in frames["memory"]],
}, index=pandas.to_datetime(frames["timestamp"]))
print(table.describe())
if len(sys.argv) > 2:
    table.plot(ylim=(0, 100)).figure.savefig(sys.argv[2])
