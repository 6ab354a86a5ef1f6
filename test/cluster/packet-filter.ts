import { run } from "./command.ts";

/** One table of the packet filter, as `iptables-save` prints it: `*nat`, its chains, its rules. */
export interface Table {
  /** `iptables` or `ip6tables`. */
  family: string;
  name: string;
  chains: string[];
  /** `-A CHAIN …`. */
  rules: string[];
}

/** Every table that exists now, of IPv4 and IPv6. */
export function readTables(): Table[] {
  return ["iptables", "ip6tables"].flatMap((family) => parseTables(family, run(`${family}-save`, [])));
}

export function parseTables(family: string, saved: string): Table[] {
  const tables: Table[] = [];
  for (const line of saved.split("\n")) {
    if (line.startsWith("*")) tables.push({ family, name: line.slice(1), chains: [], rules: [] });
    else if (line.startsWith(":")) tables.at(-1)?.chains.push(line.slice(1).split(" ")[0] ?? "");
    else if (line.startsWith("-A ")) tables.at(-1)?.rules.push(line);
  }
  return tables;
}

/** Names a chain across tables, as a record of what was there before. */
export function chainNames(tables: readonly Table[]): string[] {
  return tables.flatMap((table) => table.chains.map((chain) => `${table.family} ${table.name} ${chain}`));
}

/** Removes what the kubelet, kube-proxy and the CNI plugins added: their chains that are not among `before`, every rule
 * that leads there, and tables that came into being only to hold them. What others added meanwhile stays. */
export function removeChains(before: readonly string[]): void {
  for (const table of readTables()) {
    const isNew = (chain: string): boolean => !before.includes(`${table.family} ${table.name} ${chain}`);
    const ours = table.chains.filter((chain) => /^(KUBE|CNI)-/.test(chain) && isNew(chain));
    if (ours.length > 0) restore(table, removal(table, ours));
    const othersUseIt = table.rules.some((rule) => !touches(rule, ours));
    // iptables makes built-in chains and has no command that takes them away.
    if (!othersUseIt && table.chains.every(isNew)) {
      run("nft", ["delete", "table", table.family === "iptables" ? "ip" : "ip6", table.name]);
    }
  }
}

/** One transaction for `iptables-restore --noflush`: rules that lead to the chains, then what is in them, then they. */
export function removal(table: Table, ours: readonly string[]): string[] {
  const leading = table.rules.filter((rule) => touches(rule, ours) && !ours.includes(rule.split(" ")[1] ?? ""));
  return [
    ...leading.map((rule) => rule.replace(/^-A/, "-D")),
    ...ours.map((chain) => `-F ${chain}`),
    ...ours.map((chain) => `-X ${chain}`),
  ];
}

function touches(rule: string, chains: readonly string[]): boolean {
  const target = / -[jg] (\S+)/.exec(rule)?.[1] ?? "";
  return chains.includes(rule.split(" ")[1] ?? "") || chains.includes(target);
}

function restore(table: Table, commands: readonly string[]): void {
  run(`${table.family}-restore`, ["--noflush"], { input: [`*${table.name}`, ...commands, "COMMIT", ""].join("\n") });
}
