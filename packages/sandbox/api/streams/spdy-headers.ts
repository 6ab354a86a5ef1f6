import { constants, createDeflate, createInflate, type Deflate, type Inflate } from "node:zlib";

/** Names and values of headers; names in small letters. */
export type Headers = Readonly<Record<string, string>>;

const words =
  "options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age " +
  "allow authorization cache-control connection content-base content-encoding content-language content-length " +
  "content-location content-md5 content-range content-type date etag expect expires from host if-match " +
  "if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma " +
  "proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade " +
  "user-agent vary via warning www-authenticate method get status 200 OK version HTTP/1.1 url public set-cookie " +
  "keep-alive origin";
const values =
  "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Author" +
  "itative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 No" +
  "t Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Au" +
  "g Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg," +
  "image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,def" +
  "late,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

/** What both ends of SPDY/3 presume to have sent before (section 2.6.10.1 of its specification). */
const dictionary = Buffer.concat([
  ...words
    .replace("200 OK", "200_OK")
    .split(" ")
    .map((word) => named(word.replace("200_OK", "200 OK"))),
  Buffer.from(values, "latin1"),
]);

/** One direction's compression of header blocks: each builds on all before it. */
export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary });

  async read(block: Buffer): Promise<Headers> {
    const bytes = await passed(this.#inflate, block);
    const headers: Record<string, string> = {};
    let at = 4;
    const text = (): string => {
      const length = bytes.readUInt32BE(at);
      at += 4 + length;
      return bytes.subarray(at - length, at).toString("latin1");
    };
    for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) headers[text().toLowerCase()] = text();
    return headers;
  }
}

export class HeaderWriter {
  readonly #deflate: Deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });

  write(headers: Headers): Promise<Buffer> {
    const pairs = Object.entries(headers).flatMap((pair) => pair.map(named));
    return passed(this.#deflate, Buffer.concat([number(Object.keys(headers).length), ...pairs]));
  }
}

function passed(through: Inflate | Deflate, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    through.once("error", reject);
    through.write(bytes, () => {
      through.off("error", reject);
      const out: Buffer | null = through.read();
      resolve(out ?? Buffer.alloc(0));
    });
  });
}

function named(text: string): Buffer {
  return Buffer.concat([number(text.length), Buffer.from(text, "latin1")]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
