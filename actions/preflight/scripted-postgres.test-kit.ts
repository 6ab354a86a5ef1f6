import { type Listening, listening } from "./listening.test-kit.ts";

type Value = string | number | boolean | null;
type Row = Readonly<Record<string, Value>>;

/** What it knows: its password, and the rows that it answers to a query. */
export interface Script {
  readonly password: string;
  readonly rows: (query: string) => readonly Row[];
}

const sslRequest = 80_877_103;
const types = { string: 25, number: 701, boolean: 16 } as const;

/** As much of a server as one login and simple queries see: https://www.postgresql.org/docs/current/protocol-message-formats.html */
export async function scriptedPostgres({ password, rows }: Script): Promise<Listening> {
  return await listening((socket) => {
    let isStarted = false;
    let bytes = Buffer.alloc(0);
    const say = (...messages: readonly Buffer[]) => void socket.write(Buffer.concat(messages));
    const startUp = (): number => {
      if (bytes.readInt32BE(4) === sslRequest) socket.write("N");
      else {
        isStarted = true;
        say(message("R", int32(3)));
      }
      return bytes.readInt32BE(0);
    };
    const command = (): number => {
      const size = 1 + bytes.readInt32BE(1);
      const text = bytes.toString("utf8", 5, size - 1);
      const kind = String.fromCharCode(bytes[0] ?? 0);
      if (kind === "p" && text !== password) say(refusal);
      else if (kind === "p") say(message("R", int32(0)), ready);
      else if (kind === "Q") say(...tableOf(rows(text)), message("C", "SELECT\0"), ready);
      return size;
    };
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 8 || (isStarted && bytes.length >= 5))
        bytes = bytes.subarray((isStarted ? command : startUp)());
    });
  });
}

function message(kind: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
}

const ready = message("Z", "I");
const refusal = message("E", "SFATAL\0C28P01\0Mpassword authentication failed\0\0");

function tableOf(rows: readonly Row[]): readonly Buffer[] {
  const columns = Object.entries(rows[0] ?? {});
  const fields = columns.map(([name, value]) => {
    const type = value === null ? types.number : types[typeof value as keyof typeof types];
    return Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)]);
  });
  return [message("T", int16(columns.length), ...fields), ...rows.map(rowOf)];
}

function rowOf(row: Row): Buffer {
  const values = Object.values(row).map((value) => {
    if (value === null) return int32(-1);
    const text = typeof value === "boolean" ? (value ? "t" : "f") : String(value);
    return Buffer.concat([int32(Buffer.byteLength(text)), Buffer.from(text)]);
  });
  return message("D", int16(values.length), ...values);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
