import { formatDuration } from "@cutover/release";
import { type Check, fail, pass } from "../check.ts";

/** Credentials that end in the middle of a release leave it half done, and nobody can take it back with them. */
export const credentials: Check = {
  id: "credentials",
  title: "The credentials are good for as long as a release takes",
  run: async ({ client, inputs: { releaseTime }, runner: { clock }, signal }) => {
    const { user, expires, isRenewed } = await client.self({ signal });
    const who = user === undefined ? "The credentials" : `The credentials of ${user}`;
    if (expires === undefined) return pass(`${who} name no end`);
    if (isRenewed) return pass(`${who} are renewed when they end`);
    const left = expires - clock.date().getTime();
    const end = new Date(expires).toISOString().replace(/\.\d+Z$/, "Z");
    if (left >= releaseTime) return pass(`${who} are good for ${formatDuration(left)}`);
    return fail(
      left <= 0
        ? `${who} ended at ${end}`
        : `${who} end at ${end}, in ${formatDuration(left)}; the release may take ${formatDuration(releaseTime)}`,
      "Make new credentials in a step before, ones that last longer or that a plugin renews; or correct `release-time`.",
    );
  },
};
