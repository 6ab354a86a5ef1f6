import type { JsonObject } from "../json.ts";

/** Where the events of one watch go. */
export interface WatchOutlet {
  send(event: JsonObject): void;
  /** Bytes as they are. */
  write(bytes: string | Uint8Array): void;
  end(): void;
}

/** Stands between one watch and its client: what it does not pass on is not heard. */
export interface WatchTap {
  /** The answer has begun, and no event has been told. */
  opened?(out: WatchOutlet): void;
  /** `{ type, object }`, bookmarks too. */
  event(event: JsonObject, out: WatchOutlet): void;
}
