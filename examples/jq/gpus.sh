#!/bin/sh
# A table of the GPUs: jq/gpus.sh [URL]. Prints the heading alone where there is none.
set -eu
curl --fail --silent --show-error --max-time 10 "${1:-http://127.0.0.1:9090}/snapshot?include=gpu" | jq -r '
    def mib: if . == null then null else . / 1048576 | round end;
    ["INDEX", "NAME", "LOAD %", "MIB USED", "MIB", "WATTS", "CELSIUS"],
    (.gpus[] | [.index, .name, .utilization_percent, (.memory_used_bytes | mib), (.memory_total_bytes | mib), .power_watts,
        .temperature_celsius])
    | map(. // "-") | @tsv'
