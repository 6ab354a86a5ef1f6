import type { Container } from "./pod-spec.ts";

/**
 * What gives another container the variable that this one has: its own entry behind those that it is made of, or the key of each
 * source that may have it. Nothing where it has no such variable.
 */
export function definitionOf(name: string, container: Pick<Container, "env" | "envFrom">): readonly object[] {
  const { env = [], envFrom = [] } = container;
  const own = env.findLastIndex((one) => one.name === name);
  const entry = env[own];
  if (entry === undefined) return envFrom.flatMap((source) => keyIn(source, name));
  // `$(HOST)` is what was defined before.
  const before = { env: env.slice(0, own), envFrom };
  const parts = [...(entry.value ?? "").matchAll(/\$\(([^()]+)\)/g)].map(([, part = ""]) => part);
  return [...[...new Set(parts)].flatMap((part) => definitionOf(part, before)), entry];
}

type Source = NonNullable<Container["envFrom"]>[number];

function keyIn({ prefix = "", configMapRef, secretRef }: Source, name: string): readonly object[] {
  if (!name.startsWith(prefix)) return [];
  const key = { key: name.slice(prefix.length), optional: true };
  return [
    ...(configMapRef === undefined
      ? []
      : [{ name, valueFrom: { configMapKeyRef: { name: configMapRef.name, ...key } } }]),
    ...(secretRef === undefined ? [] : [{ name, valueFrom: { secretKeyRef: { name: secretRef.name, ...key } } }]),
  ];
}
