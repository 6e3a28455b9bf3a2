#!/bin/sh
# The newest frame, to be read by people: curl/snapshot.sh [URL]
# --fail: an HTTP error ends with an exit code, not with its text on stdout.
set -eu
curl --fail --silent --show-error --max-time 10 "${1:-http://127.0.0.1:9090}/snapshot?pretty=1"
