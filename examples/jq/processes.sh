#!/bin/sh
# The five processes that use the CPU most: jq/processes.sh [URL [SECONDS]]
# smi scans processes only while somebody asks, and a rate needs two scans: so the last frame of a few seconds counts,
# which must be longer than smi's interval (2 s unless told).
set -eu
here=$(dirname "$0")
"$here/frames.sh" "${1:-http://127.0.0.1:9090}" "${2:-5}" 'include=process' | tail -n 1 | jq -r '
    .processes | sort_by(-(.cpu_percent // 0))[:5][] | [.pid, .name, .cpu_percent // "-"] | @tsv'
