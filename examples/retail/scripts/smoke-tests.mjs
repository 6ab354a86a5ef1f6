// What a release must answer before it gets any traffic.
//   PREVIEW_URL  leads to its pods in turn: a question that is asked three times in a row is put to three of them

async function ask(path) {
  // A connection stays with its pod, so each question gets one of its own.
  const how = { headers: { connection: "close" }, signal: AbortSignal.timeout(5_000) };
  const answer = await fetch(`${process.env.PREVIEW_URL}${path}`, how);
  const text = (await answer.text()).trim();
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`);
  return text;
}

for (const path of ["/api/v1/health", "/actuator/health"]) {
  for (const _ of [1, 2, 3]) {
    const answer = await ask(path);
    if (!/"status"\s*:\s*"UP"/.test(answer)) throw new Error(`${path} says ${answer}`);
  }
}
for (const _ of [1, 2, 3]) console.log(await ask("/api/v1/version"));
