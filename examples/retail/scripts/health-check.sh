#!/usr/bin/env bash
# health-check.sh: watches the public addresses for a while, and fails at the first answer that is not good.
#   BACKEND_URL       such as https://api.example.com
#   CONSUMER_URL      such as https://www.example.com; not asked when empty
#   ADMIN_URL         such as https://admin.example.com; not asked when empty
#   EXPECTED_VERSION  what /api/v1/version must say; not compared when empty
#   WATCH_SECONDS     how long to watch, once a second
set -euo pipefail
backend=${BACKEND_URL:?the address of the API, such as https://api.example.com}

ask() {
  curl --fail --silent --show-error --max-time 5 "$1"
}

fail() {
  echo "- **Not healthy**: $1"
  exit 1
}

look() {
  local answer site
  answer=$(ask "$backend/api/v1/health") || fail "$backend/api/v1/health does not answer"
  [[ $answer == *'"status":"UP"'* ]] || fail "$backend/api/v1/health says $answer"
  version=$(ask "$backend/api/v1/version") || fail "$backend/api/v1/version does not answer"
  [[ -z ${EXPECTED_VERSION:-} || $version == *"\"$EXPECTED_VERSION\""* ]] ||
    fail "$backend/api/v1/version says $version, not $EXPECTED_VERSION"
  for site in "${CONSUMER_URL:-}" "${ADMIN_URL:-}"; do
    [[ -z $site ]] || ask "$site" >/dev/null || fail "$site does not answer"
  done
}

looks=0
end=$((SECONDS + ${WATCH_SECONDS:-60}))
until ((SECONDS >= end && looks > 0)); do
  look
  looks=$((looks + 1))
  sleep 1
done
echo "- Healthy in $looks looks; the API says \`$version\`"
