import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Daemon, freePorts, startDaemon } from "./daemon.ts";
import { programOf, unpacked } from "./debian.ts";

/** A Prometheus that looks at one target each second and tells an Alertmanager of it. */
export interface Monitoring extends AsyncDisposable {
  readonly prometheus: Daemon;
  readonly alertmanager: Daemon;
}

/** A command that lets the one behind it see the packages' usr/share for the machine's: Alertmanager has a template only there. */
function seeing(root: string): readonly string[] {
  const script = 'mount --bind "$1" /usr/share && shift && exec "$@"';
  return ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", join(root, "usr", "share")];
}

/** `Watchdog` always fires; `ShopIsDown`, which is critical, while `target` does not answer. @param target `host:port` */
export async function startMonitoring(folder: string, target: string): Promise<Monitoring> {
  const root = unpacked(["prometheus", "prometheus-alertmanager"]);
  const [first = 0, second = 0] = await freePorts(2);
  mkdirSync(folder, { recursive: true });
  const file = (name: string, content: object): string => {
    // JSON is YAML.
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const critical = { labels: { severity: "critical" }, annotations: { summary: "The shop does not answer" } };
  const rules = [
    { alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } },
    { alert: "ShopIsDown", expr: 'up{job="shop"} == 0', ...critical },
  ];
  const ruleFile = file("rules.yml", { groups: [{ name: "shop", rules }] });
  const prometheusFile = file("prometheus.yml", {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: [ruleFile],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${second}`] }] }] },
    scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [target] }] }],
  });
  const alertmanagerFile = file("alertmanager.yml", { route: { receiver: "nobody" }, receivers: [{ name: "nobody" }] });
  const start = async (program: string, port: number, flags: readonly string[]) =>
    await startDaemon([...seeing(root), programOf(root, program), `--web.listen-address=127.0.0.1:${port}`, ...flags], {
      port,
    });
  const alertmanager = await start("prometheus-alertmanager", second, [
    `--config.file=${alertmanagerFile}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    "--cluster.listen-address=",
  ]);
  const prometheus = await start("prometheus", first, [
    `--config.file=${prometheusFile}`,
    `--storage.tsdb.path=${join(folder, "prometheus")}`,
    // What it told nobody, since it had not found Alertmanager yet, it tells again; a minute later by default.
    "--rules.alert.resend-delay=1s",
  ]);
  return {
    ...{ prometheus, alertmanager },
    [Symbol.asyncDispose]: async () => {
      await prometheus.stop("SIGKILL");
      await alertmanager.stop("SIGKILL");
    },
  };
}
