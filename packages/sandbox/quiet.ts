/**
 * What Node has under way and will tell us of without anybody's doing: a callback of the next turn, a file operation, a
 * name's address, a connection that is being made, a child process. Timers and idle sockets are none of it.
 */
const underWay = /^Immediate$|Req|ConnectWrap$|^ProcessWrap$/;

/** One for all who wait: two that looked by turns would each take the other's next look for something under way, for ever. */
let looking: Promise<void> | undefined;

/** Resolves once nothing more can happen in this process but by a timer, or by what comes through a socket. */
export function quiet(): Promise<void> {
  looking ??= new Promise((resolve) => {
    const look = (): void => {
      const busy = process.getActiveResourcesInfo().filter((name) => underWay.test(name));
      // A child process needs the processor more than we do.
      if (busy.includes("ProcessWrap")) setTimeout(look, 1);
      else if (busy.length > 0) setImmediate(look);
      else {
        looking = undefined;
        resolve();
      }
    };
    setImmediate(look);
  });
  return looking;
}
