import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "./command.ts";
import { librariesOf, programOf, unpacked } from "./debian.ts";
import { pushImage } from "./images.ts";

/** What a preflight's short Job asks with, as Debian has it: a shell and its programs, psql and redis-cli. Returns its reference. */
export async function publishTools(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), "cutover-tools-"));
  const [folder, archive] = [join(place, "files"), join(place, "layer.tar")];
  try {
    mkdirSync(join(folder, "bin"), { recursive: true });
    const shell = programOf(unpacked(["busybox-static"]), "busybox");
    copyFileSync(shell, join(folder, "app"));
    for (const name of ["sh", "nc", "wget", "timeout", "sleep"]) symlinkSync("/app", join(folder, "bin", name));
    for (const [packages, name] of [
      [["postgresql"], "psql"],
      [["redis-server"], "redis-cli"],
    ] as const)
      copyWithLibraries(unpacked(packages), name, folder);
    const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
    run("tar", ["--create", `--file=${archive}`, `--directory=${folder}`, ...same, "."]);
    return await pushImage({ name: "tools", tag: "1", layer: readFileSync(archive), environment: { PATH: "/bin" } });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A program goes to `/bin`, and what the loader would open for it to where the loader looks. */
function copyWithLibraries(root: string, name: string, folder: string): void {
  const program = programOf(root, name);
  copyFileSync(realpathSync(program), join(folder, "bin", name));
  const opened = run("ldd", [program], { env: librariesOf(root) });
  for (const [, path = ""] of opened.matchAll(/(\/\S+) \(0x/g)) {
    // What was only unpacked is as if it were installed; the loader itself stays where programs name it.
    const place = join(folder, path.startsWith(root) ? path.slice(root.length) : path);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(realpathSync(path), place);
  }
}
