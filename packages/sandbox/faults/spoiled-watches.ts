import { at, type JsonObject, withValue } from "../json.ts";
import { ApiError } from "../status.ts";
import type { What } from "./fault.ts";
import type { WatchOutlet, WatchTap } from "./watch-tap.ts";

/** The watch ends well after `events` events; 0 is at once. */
export function watchCloses(events: number): What {
  return tapped(`watch closes after ${events}`, () => stopping(events, (out) => out.end()));
}

/** The watch tells an error after `events` events, in a stream with status 200, and ends. */
export function watchErrs(events: number, code = 410): What {
  const reason = code === 410 ? "Expired" : "InternalError";
  const object = new ApiError({ code, reason }, "too old resource version: 1 (2)").body;
  const end = (out: WatchOutlet): void => {
    out.send({ type: "ERROR", object });
    out.end();
  };
  return tapped(`watch errs with ${code} after ${events}`, () => stopping(events, end));
}

/** After `events` events nothing comes any more, bookmarks neither, and the connection stays. */
export function watchStalls(events: number): What {
  return tapped(`watch stalls after ${events}`, () => stopping(events, () => undefined));
}

/** No bookmark ever comes. */
export function watchWithoutBookmarks(): What {
  return tapped("watch without bookmarks", () => ({
    event: (event, out) => {
      if (event.type !== "BOOKMARK") out.send(event);
    },
  }));
}

/** Every event comes twice. */
export function watchRepeats(): What {
  return tapped("watch repeats", () => ({
    event: (event, out) => {
      out.send(event);
      out.send(event);
    },
  }));
}

/** After an event about an object, the one before it about the same object comes again. */
export function watchGoesBack(): What {
  return tapped("watch goes back", () => {
    const told = new Map<unknown, JsonObject>();
    return {
      event: (event, out) => {
        const uid = at(event.object, "metadata", "uid");
        const before = uid === undefined ? undefined : told.get(uid);
        out.send(event);
        if (before !== undefined) out.send(before);
        if (uid !== undefined) told.set(uid, event);
      },
    };
  });
}

/** Events come `events` at a time, in one chunk. */
export function watchGathers(events: number): What {
  return tapped(`watch gathers ${events}`, () => {
    let held = "";
    let count = 0;
    return {
      event: (event, out) => {
        held += `${JSON.stringify(event)}\n`;
        count += 1;
        if (count % events !== 0) return;
        out.write(held);
        held = "";
      },
    };
  });
}

/** Each event comes in chunks of one byte, so that every character of several bytes is cut. */
export function watchCrumbles(): What {
  return tapped("watch crumbles", () => ({
    event: (event, out) => {
      for (const byte of Buffer.from(`${JSON.stringify(event)}\n`)) out.write(Buffer.of(byte));
    },
  }));
}

/** Every object carries an annotation of `bytes` bytes. */
export function watchSwells(bytes: number): What {
  const path = ["object", "metadata", "annotations", "sandbox/padding"];
  return tapped(`watch swells by ${bytes} bytes`, () => ({
    event: (event, out) => out.send(event.type === "BOOKMARK" ? event : withValue(event, path, "x".repeat(bytes))),
  }));
}

function tapped(name: string, tap: () => WatchTap): What {
  return { name, act: ({ carryOut }) => carryOut({ tap: tap() }) };
}

/** Passes `events` events on, then does `stop`, and passes nothing more. */
function stopping(events: number, stop: (out: WatchOutlet) => void): WatchTap {
  let count = 0;
  return {
    opened: (out) => {
      if (events === 0) stop(out);
    },
    event: (event, out) => {
      count += 1;
      if (count > events) return;
      out.send(event);
      if (count === events) stop(out);
    },
  };
}
