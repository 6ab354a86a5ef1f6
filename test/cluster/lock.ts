import { createServer } from "node:net";

/** Keeps a second `up` or `down` away, on the whole machine, since addresses and ports are the machine's. An abstract
 * socket, because the kernel drops it with its process, however that ends. */
export async function lockMachine(): Promise<AsyncDisposable> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", () => reject(new Error("Another `npm run cluster -- up` or `down` runs on this machine.")));
    server.listen("\0cutover-cluster", resolve);
  });
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
}
