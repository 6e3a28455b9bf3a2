#!/bin/sh
# The frames of the stream, one JSON object per line, for jq: jq/frames.sh [URL [SECONDS [QUERY]]]
#
#     jq/frames.sh http://127.0.0.1:9090 10 'include=gpu' | jq -c '.gpus[].name'
#
# Only events of kind snapshot are frames; the others have data too. SECONDS bounds it, 10 unless told.
set -eu
timeout "${2:-10}" curl -N --fail --silent --show-error "${1:-http://127.0.0.1:9090}/events?events=snapshot&${3:-}" |
    sed -un '/^event: *snapshot/,/^$/ s/^data: *//p'
