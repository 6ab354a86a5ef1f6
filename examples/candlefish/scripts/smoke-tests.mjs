// The health check of the new version before it gets any traffic.
//   PREVIEW_URL  leads to its pods in turn: a question that is asked three times in a row is put to three of them

for (const path of ["/api/health", "/"]) {
  for (const _ of [1, 2, 3]) {
    // A connection stays with its pod, so each question gets one of its own.
    const how = { headers: { connection: "close" }, signal: AbortSignal.timeout(5_000) };
    const { ok, status } = await fetch(`${process.env.PREVIEW_URL}${path}`, how);
    if (!ok) throw new Error(`${path} answers ${status}`);
  }
}
