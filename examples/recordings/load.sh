#!/bin/sh
# A line per frame of a recording: time, load, memory, temperature. zstd and jq only, so it works where smi is not.
#   examples/recordings/load.sh run.jsonl.zst
set -eu
zstd -dcf -- "$@" | jq -r '[
    .timestamp,
    (.cpus | map(.utilization_percent) | add / length | tostring + " %"),
    (.memory[0] | .used_bytes / .total_bytes * 100 | round | tostring + " %"),
    (.cpus[0].temperature_celsius // "-" | tostring)
  ] | @tsv'
