/**
 * For `sh`: asks `$1` within `$2` seconds, with whichever of four programs is there. The status must match the pattern `$3`, and
 * the body must hold `$4`. Redirects are not followed: wget would, and so its first status counts. Of TLS wget may know nothing.
 */
export const httpScript = `
has() { command -v "$1" >/dev/null 2>&1; }
if has curl; then said=$(curl -sS -m "$2" -w '\\n%{http_code}' "$1") || exit 1
elif has python3; then said=$(python3 -c '
import sys, urllib.error, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
try: answer = urllib.request.build_opener(Stay).open(sys.argv[1], timeout=float(sys.argv[2]))
except urllib.error.HTTPError as error: answer = error
except Exception as error: sys.exit(str(error))
sys.stdout.buffer.write(answer.read() + b"\\n%d" % answer.getcode())' "$1" "$2") || exit 1
elif has node; then said=$(node -e '
const [, url, wait] = process.argv;
fetch(url, { redirect: "manual", signal: AbortSignal.timeout(wait * 1000) })
  .then(async (answer) => process.stdout.write(await answer.text() + "\\n" + answer.status))
  .catch((error) => { console.error(error.cause?.message || error.message); process.exitCode = 1; });' "$1" "$2") || exit 1
elif has wget && [ "\${1#http:}" != "$1" ]; then
  # Not -T where there is another way: it makes a wget of busybox crash.
  has timeout && ask="timeout $2 wget" || ask="wget -T $2"
  heard=$(exec 2>&1; $ask -S -O /dev/null "$1"; exit $?)
  case $? in 124|143) heard="no answer within $2 s";; esac
  case $heard in *HTTP/*) ;; *) echo "\${heard##*
}" >&2; exit 1;; esac
  status=\${heard#*HTTP/}; status=\${status#* }; status=\${status%%[!0-9]*}
  said="$([ -z "$4" ] || $ask -q -O - "$1" 2>/dev/null)
$status"
else exit 127; fi
status=\${said##*
}
case $status in $3) ;; *) echo "it answers $status" >&2; exit 1;; esac
case \${said%
*} in *"$4"*) echo answered;; *) echo "it answers $status, without the text" >&2; exit 1;; esac`;
