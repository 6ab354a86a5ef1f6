import { Socket } from "node:net";
import { Duplex } from "node:stream";

/** One end of a connection within this process, with what HTTP and WebSockets ask of a socket. */
export class MemorySocket extends Duplex {
  #peer: MemorySocket | undefined;
  #sent: (() => void) | undefined;

  /** Two ends; what is written to one is read from the other, within the same turn of the event loop. */
  static pair(): [MemorySocket, MemorySocket] {
    const one = new MemorySocket();
    const other = new MemorySocket();
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  override _read(): void {
    const sent = this.#sent;
    this.#sent = undefined;
    sent?.();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    process.nextTick(() => this.#deliver(chunk, done));
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    const whole = Buffer.concat(chunks.map(({ chunk }) => chunk));
    process.nextTick(() => this.#deliver(whole, done));
  }

  override _final(done: () => void): void {
    const peer = this.#peer;
    process.nextTick(() => {
      if (peer?.destroyed === false) peer.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const peer = this.#peer;
    this.#peer = undefined;
    this._read();
    process.nextTick(() => {
      if (peer?.destroyed === false && !peer.readableEnded) peer.push(null);
    });
    done(error);
  }

  /** Ends it as a TCP reset does: the other end fails with `ECONNRESET`. */
  resetAndDestroy(): this {
    const peer = this.#peer;
    this.#peer = undefined;
    process.nextTick(() => peer?.destroy(broken("ECONNRESET", "read ECONNRESET")));
    return this.destroy();
  }

  #deliver(chunk: Buffer, done: (error?: Error) => void): void {
    const peer = this.#peer;
    if (peer === undefined || peer.destroyed) done(broken("EPIPE", "write EPIPE"));
    else if (peer.push(chunk)) done();
    else peer.#sent = done;
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** Cuts a connection so that the other end cannot take it for an orderly end. */
export function reset(connection: Duplex): void {
  if (connection instanceof Socket || connection instanceof MemorySocket) connection.resetAndDestroy();
  else connection.destroy();
}

function broken(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
