// Watches the public addresses for a while, and fails at the first answer that is not good.
//   BACKEND_URL       such as https://api.example.com
//   CONSUMER_URL      such as https://www.example.com; not asked when empty
//   ADMIN_URL         such as https://admin.example.com; not asked when empty
//   EXPECTED_VERSION  what /api/v1/version must say; not compared when empty
//   WATCH_SECONDS     how long to watch, once a second
import { setTimeout as sleep } from "node:timers/promises";

const { BACKEND_URL, CONSUMER_URL, ADMIN_URL, EXPECTED_VERSION, WATCH_SECONDS } = process.env;

async function ask(url) {
  try {
    // A connection stays with its pod, so each question gets one of its own.
    const answer = await fetch(url, { headers: { connection: "close" }, signal: AbortSignal.timeout(5_000) });
    const text = (await answer.text()).trim();
    if (answer.ok) return text;
    throw new Error(`status ${answer.status}`);
  } catch (error) {
    throw new Error(`${url} does not answer well: ${(error.cause ?? error).message}`);
  }
}

async function look() {
  const health = await ask(`${BACKEND_URL}/api/v1/health`);
  if (!/"status"\s*:\s*"UP"/.test(health)) throw new Error(`${BACKEND_URL}/api/v1/health says ${health}`);
  const version = await ask(`${BACKEND_URL}/api/v1/version`);
  if (EXPECTED_VERSION && !version.includes(`"${EXPECTED_VERSION}"`)) {
    throw new Error(`${BACKEND_URL}/api/v1/version says ${version}, not ${EXPECTED_VERSION}`);
  }
  for (const site of [CONSUMER_URL, ADMIN_URL]) if (site) await ask(site);
  return version;
}

try {
  const end = Date.now() + Number(WATCH_SECONDS) * 1_000;
  if (!BACKEND_URL || Number.isNaN(end)) throw new Error("BACKEND_URL is missing, or WATCH_SECONDS is no number");
  let looks = 0;
  let version;
  do {
    if (looks > 0) await sleep(1_000);
    version = await look();
    looks += 1;
  } while (Date.now() < end);
  console.log(`- Healthy in ${looks} looks; the API says \`${version}\``);
} catch ({ message }) {
  console.log(`- **Not healthy**: ${message}`);
  process.exitCode = 1;
}
