// Verifies production traffic for a while, and fails at the first answer that is not good or takes over 2 s.
//   SITE_URL          such as https://candlefish.ai
//   EXPECTED_VERSION  what the site's X-Version header must say; not compared when empty
//   WATCH_SECONDS     how long to watch, once a second
import { setTimeout as sleep } from "node:timers/promises";

const { SITE_URL, EXPECTED_VERSION, WATCH_SECONDS } = process.env;
const paths = ["/api/health", "/api/health/db", "/api/health/cache", "/api/health/dependencies", "/"];

/** The version in a good answer. */
async function ask(url) {
  try {
    // A connection stays with its pod, so each question gets one of its own.
    const answer = await fetch(url, { headers: { connection: "close" }, signal: AbortSignal.timeout(2_000) });
    await answer.text();
    if (answer.ok) return answer.headers.get("x-version") ?? "no version";
    throw new Error(`status ${answer.status}`);
  } catch (error) {
    throw new Error(`${url} does not answer well: ${(error.cause ?? error).message}`);
  }
}

async function look() {
  let version;
  for (const path of paths) version = await ask(`${SITE_URL}${path}`);
  if (EXPECTED_VERSION && version !== EXPECTED_VERSION) {
    throw new Error(`${SITE_URL}/ says \`${version}\`, not \`${EXPECTED_VERSION}\``);
  }
  return version;
}

try {
  const end = Date.now() + Number(WATCH_SECONDS) * 1_000;
  if (!SITE_URL || Number.isNaN(end)) throw new Error("SITE_URL is missing, or WATCH_SECONDS is no number");
  let looks = 0;
  let version;
  do {
    if (looks > 0) await sleep(1_000);
    version = await look();
    looks += 1;
  } while (Date.now() < end);
  console.log(`- ${paths.length} addresses healthy in ${looks} looks; the site says \`${version}\``);
} catch ({ message }) {
  console.log(`- **Not healthy**: ${message}`);
  process.exitCode = 1;
}
