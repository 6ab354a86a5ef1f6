/** build.ts [--out DIR]: bundles the actions into dist/, or into DIR to leave dist/ as it is. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundle, fromRoot, listing } from "./bundle.ts";
import { root } from "./command.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });
const out = resolve(root, values.out);
const started = performance.now();
await bundle(out);
const files = await listing(out);
for (const { name, bytes } of files) console.log(`${(bytes / 1_000).toFixed(1).padStart(9)} kB  ${name}`);
const total = files.reduce((sum, file) => sum + file.bytes, 0);
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(`${(total / 1_000).toFixed(1).padStart(9)} kB in ${fromRoot(out)}, built in ${seconds} s`);
