#!/usr/bin/env bash
# Verifies production traffic for a while, and fails at the first answer that is not good or takes over 2 s.
#   SITE_URL          such as https://candlefish.ai
#   EXPECTED_VERSION  what the site's X-Version header must say; not compared when empty
#   WATCH_SECONDS     how long to watch, once a second
set -euo pipefail
site=${SITE_URL:?the address of the website, such as https://candlefish.ai}
paths=(/api/health /api/health/db /api/health/cache /api/health/dependencies /)

look() {
  local path
  for path in "${paths[@]}"; do
    if ! headers=$(curl --fail --silent --show-error --max-time 2 --output /dev/null --dump-header - "$site$path"); then
      echo "- **Not healthy**: $site$path did not answer well within 2 s"
      exit 1
    fi
  done
  version=$(sed -n 's/^x-version: *\([^[:space:]]*\).*/\1/Ip' <<<"$headers")
  if [[ -n ${EXPECTED_VERSION:-} && $version != "$EXPECTED_VERSION" ]]; then
    echo "- **Wrong version**: $site/ says \`$version\`, not \`$EXPECTED_VERSION\`"
    exit 1
  fi
}

looks=0
end=$((SECONDS + ${WATCH_SECONDS:-60}))
until ((SECONDS >= end && looks > 0)); do
  look
  looks=$((looks + 1))
  sleep 1
done
echo "- ${#paths[@]} addresses healthy in $looks looks; the site says \`${version:-no version}\`"
