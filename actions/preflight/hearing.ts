import type { Client } from "@cutover/kubernetes";

/** What the API server had to say of a write that it took. */
export interface ServerWarning {
  /** `Ingress web` */
  readonly object: string;
  readonly text: string;
}

/** The same client, whose writes tell what the server warns of. */
export function hearing(client: Client, hear: (warning: ServerWarning) => void): Client {
  return {
    ...client,
    patch: (ref, patch, options) =>
      client.patch(ref, patch, { ...options, onWarning: (text) => hear({ object: `${ref.kind} ${ref.name}`, text }) }),
    create: (object, options) =>
      client.create(object, {
        ...options,
        onWarning: (text) => hear({ object: `${object.kind} ${object.metadata.name}`, text }),
      }),
  };
}
