import type { Json, JsonObject } from "../json.ts";
import { type Field, type Message, messageNamed } from "./field-table.ts";

/** What every protobuf body of Kubernetes begins with. */
const magic = "k8s\0";

/**
 * The object in a body of `application/vnd.kubernetes.protobuf`, as its JSON would be.
 * @throws Error for bytes that are none, or of a kind without known fields
 */
export function fromProtobuf(body: Buffer): JsonObject {
  if (body.subarray(0, 4).toString("latin1") !== magic)
    throw new Error("provided data does not appear to be a protobuf message");
  const envelope = split(body.subarray(4));
  const type = split(bytesOf(envelope, 1));
  const [apiVersion, kind] = [bytesOf(type, 1).toString(), bytesOf(type, 2).toString()];
  const message = messageNamed(kind);
  if (message === undefined) throw new Error(`no kind "${kind}" is registered for version "${apiVersion}"`);
  return { apiVersion, kind, ...objectOf(message, bytesOf(envelope, 2)) };
}

/** A field as it is on the wire: a number, or bytes. */
type Wire = { readonly number: number; readonly value: bigint | Buffer };

function split(bytes: Buffer): Wire[] {
  const found: Wire[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, from] = varint(bytes, at);
    const [value, to] = wireValue(bytes, from, Number(tag & 7n));
    found.push({ number: Number(tag >> 3n), value });
    at = to;
  }
  return found;
}

function wireValue(bytes: Buffer, from: number, wireType: number): [bigint | Buffer, number] {
  if (wireType === 0) return varint(bytes, from);
  if (wireType === 1) return [bytes.readBigUInt64LE(from), from + 8];
  if (wireType !== 2) throw new Error(`proto: illegal wireType ${wireType}`);
  const [length, start] = varint(bytes, from);
  const end = start + Number(length);
  if (end > bytes.length) throw new Error("unexpected EOF");
  return [bytes.subarray(start, end), end];
}

function varint(bytes: Buffer, from: number): [bigint, number] {
  let value = 0n;
  for (let at = from, shift = 0n; at < bytes.length; at += 1, shift += 7n) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return [value, at + 1];
  }
  throw new Error("unexpected EOF");
}

function bytesOf(fields: readonly Wire[], number: number): Buffer {
  const found = fields.find((field) => field.number === number)?.value;
  return found instanceof Buffer ? found : Buffer.alloc(0);
}

function objectOf(message: Message, bytes: Buffer): JsonObject {
  const object: Record<string, Json | undefined> = {};
  for (const { number, value } of split(bytes)) {
    const field = message.fields.find((candidate) => candidate.number === number);
    if (field !== undefined) put(object, field, value);
  }
  return object;
}

function put(object: Record<string, Json | undefined>, field: Field, wire: bigint | Buffer): void {
  const { name, type, many, present } = field;
  if (many === "map" && wire instanceof Buffer) {
    const entry = split(wire);
    const value = entry.find(({ number }) => number === 2)?.value ?? Buffer.alloc(0);
    const old = object[name];
    object[name] = { ...(old as JsonObject | undefined), [bytesOf(entry, 1).toString()]: jsonOf(type, value) ?? "" };
    return;
  }
  const value = jsonOf(type, wire);
  if (name === "*") Object.assign(object, value);
  else if (many === "list") object[name] = [...((object[name] as Json[] | undefined) ?? []), value ?? ""];
  // Without presence a zero value is none.
  else if (value !== undefined && (present || (value !== "" && value !== 0 && value !== false))) object[name] = value;
}

function jsonOf(type: string, wire: bigint | Buffer): Json | undefined {
  if (typeof wire === "bigint") return type === "bool" ? wire !== 0n : Number(BigInt.asIntN(64, wire));
  const message = messageNamed(type);
  if (message !== undefined) return objectOf(message, wire);
  if (type === "string") return wire.toString();
  if (type === "bytes") return wire.toString("base64");
  const inner = split(wire);
  switch (type) {
    case "quantity":
      return bytesOf(inner, 1).toString();
    case "raw":
      return JSON.parse(bytesOf(inner, 1).toString() || "null");
    case "intOrString":
      return numberOf(inner, 1) === 0 ? numberOf(inner, 2) : bytesOf(inner, 3).toString();
    case "time":
      return inner.length === 0 ? undefined : instant(inner).replace(/\.\d+Z$/, "Z");
    case "microTime":
      return inner.length === 0 ? undefined : instant(inner).replace(/Z$/, "000Z");
    default:
      return undefined;
  }
}

function instant(inner: readonly Wire[]): string {
  return new Date(numberOf(inner, 1) * 1_000 + numberOf(inner, 2) / 1e6).toISOString();
}

function numberOf(fields: readonly Wire[], number: number): number {
  const found = fields.find((field) => field.number === number)?.value;
  return typeof found === "bigint" ? Number(BigInt.asIntN(64, found)) : 0;
}
