import type { Environment } from "../../pods/image-behavior.ts";

/** What a command left behind. */
export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number;
}

/** What a command sees. */
export interface Surroundings {
  readonly hostname: string;
  readonly environment: Environment;
  /** What is sent to it, to the end. */
  readonly input: string;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
}

type Program = (words: readonly string[], around: Surroundings) => Ran;

/** The few programs that every container of the sandbox has. */
const programs: Readonly<Record<string, Program>> = {
  true: () => ran(""),
  false: () => ({ output: "", errors: "", exitCode: 1 }),
  echo: (words) => (words[0] === "-n" ? ran(words.slice(1).join(" ")) : ran(`${words.join(" ")}\n`)),
  hostname: (_, { hostname }) => ran(`${hostname}\n`),
  env: (_, { environment, hostname }) => ran(lines(listed(environment, hostname))),
  printenv: ([name], { environment, hostname }) => {
    if (name === undefined) return ran(lines(listed(environment, hostname)));
    const value = name === "HOSTNAME" ? hostname : environment[name];
    return value === undefined ? { output: "", errors: "", exitCode: 1 } : ran(`${value}\n`);
  },
  cat: (paths, around) => sum((paths.length === 0 ? ["-"] : paths).map((path) => content(path, around))),
  sh: ([option, script = ""], around) => (option === "-c" ? scripted(script, around) : scripted(around.input, around)),
};

/** Runs a command; `undefined` if there is no such program. */
export function runCommand([name = "", ...words]: readonly string[], around: Surroundings): Ran | undefined {
  const known = name.replace(/^\/(usr\/)?bin\//, "");
  return Object.hasOwn(programs, known) ? programs[known]?.(words, around) : undefined;
}

function content(path: string, { input, files }: Surroundings): Ran {
  const text = path === "-" ? input : files[path];
  return text === undefined ? failed(`cat: can't open '${path}': No such file or directory`, 1) : ran(text);
}

/** What several leave behind together. */
function sum(all: readonly Ran[]): Ran {
  return {
    output: all.map(({ output }) => output).join(""),
    errors: all.map(({ errors }) => errors).join(""),
    exitCode: Math.max(0, ...all.map(({ exitCode }) => exitCode)),
  };
}

/** Commands after each other, by `;`, a new line, `&&` or `||`; words may be quoted and name variables. */
function scripted(script: string, around: Surroundings): Ran {
  const parts = script.split(/(;|\n|&&|\|\|)/).map((part) => part.trim());
  let sum = ran("");
  let joint = ";";
  for (const part of parts) {
    if (/^(;|&&|\|\||)$/.test(part)) {
      joint = part || joint;
      continue;
    }
    const isSkipped = (joint === "&&" && sum.exitCode !== 0) || (joint === "||" && sum.exitCode === 0);
    if (isSkipped) continue;
    const [name = "", ...words] = wordsOf(part.replace(/\s*>&2\s*$/, ""), around);
    if (name === "exit") return { ...sum, exitCode: Number(words[0] ?? sum.exitCode) };
    const next = runCommand([name, ...words], around) ?? failed(`sh: ${name}: not found`, 127);
    const [output, errors] = part.endsWith(">&2") ? ["", next.output + next.errors] : [next.output, next.errors];
    sum = { output: sum.output + output, errors: sum.errors + errors, exitCode: next.exitCode };
  }
  return sum;
}

function wordsOf(command: string, { environment, hostname }: Surroundings): string[] {
  const value = (text: string): string =>
    text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => (name === "HOSTNAME" ? hostname : (environment[name] ?? "")));
  const words = command.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [];
  return words.map((word) => {
    if (word.startsWith("'")) return word.slice(1, -1);
    return value(word.startsWith('"') ? word.slice(1, -1) : word);
  });
}

function listed(environment: Environment, hostname: string): string[] {
  return [`HOSTNAME=${hostname}`, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

function ran(output: string): Ran {
  return { output, errors: "", exitCode: 0 };
}

function failed(message: string, exitCode: number): Ran {
  return { output: "", errors: `${message}\n`, exitCode };
}
