import type { JsonObject } from "./json.ts";
import type { Sandbox } from "./sandbox.ts";

/** The events of a watch of the ConfigMaps in namespace `shop`, as they come. */
export async function* watchEvents(sandbox: Sandbox, query: string): AsyncGenerator<JsonObject> {
  const url = `${sandbox.plainUrl}/api/v1/namespaces/shop/configmaps?watch=true&${query}`;
  const response = await fetch(url);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}
