#!/bin/sh
# One line per frame: time, load of the CPUs, memory used, hottest sensor. jq/load.sh [URL [SECONDS]]
# What a machine does not tell is null in the frame, and "-" here.
set -eu
here=$(dirname "$0")
"$here/frames.sh" "${1:-http://127.0.0.1:9090}" "${2:-10}" 'include=cpu,memory,chassis' | jq -r --unbuffered '
    def shown(unit): if . == null then "-" else "\(.)\(unit)" end;
    [ .timestamp,
      ([.cpus[].utilization_percent | values] | if . == [] then null else add / length end | shown("% cpu")),
      (.memory[0].utilization_percent | shown("% memory")),
      ([.cpus[].temperature_celsius | values] | max | shown(" C")) ] | join("  ")'
