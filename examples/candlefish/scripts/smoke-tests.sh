#!/usr/bin/env bash
# The health check of the new version before it gets any traffic.
# PREVIEW_URL leads to its pods in turn: a question that is asked three times in a row is put to three of them.
set -euo pipefail

for path in /api/health /; do
  for _ in 1 2 3; do
    curl --fail --silent --show-error --max-time 5 --output /dev/null "${PREVIEW_URL:?blue-green-deploy sets it}$path"
  done
done
