#!/bin/sh
# Reads a stream, loses it, and goes on where it was: curl/resume.sh [URL]
# The second request names the last id it saw and asks for what came after it, as far as smi still has it: the newest 16
# frames. What is older is told by an event "lag".
set -eu
url=${1:-http://127.0.0.1:9090}/events

last=$(timeout 5 curl -N --silent "$url" | sed -n 's/^id: *//p' | tail -n 1)
[ -n "$last" ] || { echo "no frame came from $url" >&2; exit 1; }
echo "lost after frame $last"
sleep 5
timeout 5 curl -N --silent -H "Last-Event-ID: $last" "$url?replay=1" | grep -E '^(id|event):'
