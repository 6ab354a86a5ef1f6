#!/usr/bin/env bash
# smoke-tests.sh COLOR: what a release must answer before it gets any traffic.
# PREVIEW_URL leads to its pods in turn: a question that is asked three times in a row is put to three of them.
set -euo pipefail
color=${1:?usage: smoke-tests.sh COLOR}

ask() {
  curl --fail --silent --show-error --max-time 5 "${PREVIEW_URL:?blue-green-deploy sets it}$1"
}

for path in /api/v1/health /actuator/health; do
  for _ in 1 2 3; do
    answer=$(ask "$path")
    if [[ $answer != *'"status":"UP"'* ]]; then
      echo "$color is not healthy: $path says $answer" >&2
      exit 1
    fi
  done
done
for _ in 1 2 3; do
  ask /api/v1/version
done
