#!/bin/sh
# Ten seconds of the stream as it is sent, GPUs only: curl/events.sh [URL]
# -N: print each event when it comes. A stream has no end; timeout, which then ends with 124, sets one.
set -eu
timeout 10 curl -N --fail --silent --show-error "${1:-http://127.0.0.1:9090}/events?include=gpu" || [ $? -eq 124 ]
