/** One frame of SPDY/3: control frames have a type, data frames have none. */
export interface Frame {
  readonly type: FrameType | undefined;
  readonly flags: number;
  /** What follows the eight bytes of the head; for a data frame, what it carries. */
  readonly body: Buffer;
  /** Of data frames, and of the control frames that are about one. */
  readonly stream: number;
}

export const frameTypes = { synStream: 1, synReply: 2, reset: 3, ping: 6, goAway: 7 } as const;
export type FrameType = number;

/** The flag that ends one direction of a stream. */
export const fin = 1;

/** Cuts whole frames off the front; gives back what is left. */
export function framesIn(bytes: Buffer): { frames: Frame[]; rest: Buffer } {
  const frames: Frame[] = [];
  let rest = bytes;
  while (rest.length >= 8) {
    const end = 8 + rest.readUIntBE(5, 3);
    if (rest.length < end) break;
    frames.push(frameOf(rest.subarray(0, end)));
    rest = rest.subarray(end);
  }
  return { frames, rest };
}

function frameOf(bytes: Buffer): Frame {
  const [first, body, flags] = [bytes.readUInt32BE(0), bytes.subarray(8), bytes[4] ?? 0];
  const isControl = first >= 2 ** 31;
  if (!isControl) return { type: undefined, flags, body, stream: first };
  return { type: first & 0xffff, flags, body, stream: body.length < 4 ? 0 : body.readUInt32BE(0) & 0x7fffffff };
}

export function controlFrame(type: FrameType, body: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(0x8003, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(body.length, 5, 3);
  return Buffer.concat([head, body]);
}

export function dataFrame(stream: number, data: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(stream, 0);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(data.length, 5, 3);
  return Buffer.concat([head, data]);
}

export function streamId(stream: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(stream);
  return bytes;
}
