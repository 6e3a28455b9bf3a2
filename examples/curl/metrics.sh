#!/bin/sh
# What Prometheus would scrape, compressed on the way: curl/metrics.sh [URL]
# Without the Accept header the answer is text format 0.0.4.
set -eu
curl --fail --silent --show-error --max-time 10 --compressed -H 'Accept: application/openmetrics-text; version=1.0.0' \
    "${1:-http://127.0.0.1:9090}/metrics"
