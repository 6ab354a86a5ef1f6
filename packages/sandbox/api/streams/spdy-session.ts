import { Duplex } from "node:stream";
import { controlFrame, dataFrame, type Frame, fin, framesIn, frameTypes, streamId } from "./spdy-frames.ts";
import { HeaderReader, type Headers, HeaderWriter } from "./spdy-headers.ts";

/** A stream that the client opened. */
export interface Stream {
  readonly headers: Headers;
  readonly duplex: Duplex;
}

/** The server's end of SPDY/3.1, as far as Kubernetes streams need it: without flow control, as their clients are. */
export function acceptSpdy(connection: Duplex, opened: (stream: Stream) => void): void {
  const session = new Session(connection, opened);
  session.run().catch(() => connection.destroy());
}

class Session {
  readonly #connection: Duplex;
  readonly #opened: (stream: Stream) => void;
  readonly #streams = new Map<number, Duplex>();
  readonly #reader = new HeaderReader();
  readonly #writer = new HeaderWriter();

  constructor(connection: Duplex, opened: (stream: Stream) => void) {
    this.#connection = connection;
    this.#opened = opened;
  }

  async run(): Promise<void> {
    try {
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of this.#connection) {
        const cut = framesIn(Buffer.concat([rest, Buffer.from(chunk)]));
        rest = cut.rest;
        for (const frame of cut.frames) await this.#take(frame);
      }
    } finally {
      for (const stream of this.#streams.values()) stream.destroy();
    }
  }

  async #take(frame: Frame): Promise<void> {
    const { type, stream: id, flags, body } = frame;
    switch (type) {
      case undefined:
        if (body.length > 0) this.#streams.get(id)?.push(body);
        break;
      case frameTypes.synStream:
        await this.#open(id, body.subarray(10));
        break;
      case frameTypes.reset:
        this.#streams.get(id)?.destroy();
        break;
      case frameTypes.ping:
        this.#send(controlFrame(frameTypes.ping, body));
        break;
      case frameTypes.goAway:
        this.#connection.end();
        break;
      default:
    }
    if ((flags & fin) !== 0 && type !== frameTypes.goAway) this.#streams.get(id)?.push(null);
  }

  async #open(id: number, block: Buffer): Promise<void> {
    const headers = await this.#reader.read(block);
    this.#send(controlFrame(frameTypes.synReply, Buffer.concat([streamId(id), await this.#writer.write({})])));
    const duplex = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _, done) => {
        this.#send(dataFrame(id, chunk));
        done();
      },
      final: (done) => {
        this.#send(dataFrame(id, Buffer.alloc(0), fin));
        done();
      },
      destroy: (error, done) => {
        this.#streams.delete(id);
        done(error);
      },
    });
    duplex.on("error", () => undefined);
    this.#streams.set(id, duplex);
    this.#opened({ headers, duplex });
  }

  #send(bytes: Buffer): void {
    if (!this.#connection.destroyed && this.#connection.writable) this.#connection.write(bytes);
  }
}
