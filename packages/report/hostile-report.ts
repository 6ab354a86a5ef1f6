import type { ReleaseReport } from "@cutover/release";
import { rolledBack } from "./report-samples.ts";

const markup = `<script>alert(1)</script><img src=x onerror=alert(1)>"'><b onmouseover=x>`;
const markdown =
  "[click](https://evil.example) ![x](https://evil.example/x.png) | cell | **bold** @octocat #1 `code` www.evil.example ~~~\n```\n# heading\n</details>";

const text = `${markup} ${markdown} \u001b[31mred\u202e :smile: ::error::x`;

/** A report in which everything that others can write is an attack. */
export const hostile: ReleaseReport = {
  ...rolledBack,
  service: text,
  namespace: text,
  reason: `- ${text}\n1. ${text}\n=== ${text}`,
  hint: text,
  actor: text,
  commit: `${markup}${markdown}`,
  runUrl: `https://evil.example/"><script>alert(1)</script>`,
  images: { [text]: text },
  slots: rolledBack.slots.map((slot) => ({ ...slot, deployment: text })),
  steps: rolledBack.steps.map((step) => ({ ...step, title: text, note: text })),
  history: rolledBack.history.map((revision) => ({ ...revision, images: { [text]: text } })),
  diagnosis: { title: text, cause: text, lines: [text], hint: text, anchor: "crash", log: [text, "``````", text] },
};
