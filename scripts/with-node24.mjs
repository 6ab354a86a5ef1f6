// with-node24.mjs SCRIPT [ARG ...]: runs SCRIPT under Node 24, from npm where it has one for this machine, else the user's own.
// Plain JavaScript, because it is the one file that must run under Node 20.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (file, args, env = process.env) =>
  spawnSync(file, args, { cwd: root, env, stdio: "inherit", shell: process.platform === "win32" && file === "npm" })
    .status ?? 1;

if (!existsSync(join(root, "node_modules", "@cutover", "release"))) {
  const status = run("npm", ["ci", "--ignore-scripts", "--loglevel=error"]);
  if (status !== 0) process.exit(status);
}

const bundled = join(root, "node_modules", "node24", "bin", "node");
const major = (file) =>
  Number(spawnSync(file, ["-p", "process.versions.node.split('.')[0]"], { encoding: "utf8" }).stdout);
const node = [bundled, process.execPath].find((file) => existsSync(file) && major(file) >= 24);
if (node === undefined) {
  console.error(
    `cutover needs Node 24 or newer here: this is ${process.version}, and npm carries no Node 24 for ${process.platform}-${process.arch}. Install it from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
// Ctrl-C reaches the script too, which winds up and says how it ended.
process.on("SIGINT", () => undefined);
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: "1" };
process.exit(run(node, process.argv.slice(2), env));
