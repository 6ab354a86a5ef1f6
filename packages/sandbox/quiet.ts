/**
 * What Node has under way and will tell us of without anybody's doing: a callback of the next turn, a file operation, a
 * name's address, a connection that is being made, a child process. Timers and idle sockets are none of it.
 */
const underWay = /^Immediate$|Req|ConnectWrap$|^ProcessWrap$/;

/** Resolves once nothing more can happen in this process but by a timer, or by what comes through a socket. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const busy = process.getActiveResourcesInfo().filter((name) => underWay.test(name));
      if (busy.length === 0) resolve();
      // A child process needs the processor more than we do.
      else if (busy.includes("ProcessWrap")) setTimeout(look, 1);
      else setImmediate(look);
    };
    setImmediate(look);
  });
}
