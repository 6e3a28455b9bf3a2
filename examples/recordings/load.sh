#!/bin/sh
# A line per frame of a recording: time, load, memory, temperature. zstd and jq only, so it works where smi is not.
#   examples/recordings/load.sh run.jsonl.zst
set -eu
zstd -dcf -- "$@" | jq -r '
  def percent: if . == null then "-" else "\(round) %" end;
  [
    .timestamp,
    (.cpus | map(.utilization_percent // empty) | if . == [] then null else add / length end | percent),
    (.memory[0].utilization_percent | percent),
    (.cpus[0].temperature_celsius // "-" | tostring)
  ] | @tsv'
