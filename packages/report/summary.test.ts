import assert from "node:assert/strict";
import { test } from "node:test";
import { hostile } from "./hostile-report.ts";
import { escapeMarkdown, fenced } from "./markdown.ts";
import { failed, rolledBack, samples, succeeded } from "./report-samples.ts";
import { renderSummary } from "./summary.ts";

const opening: Readonly<Record<string, string>> = {
  succeeded: "## ✅ shop serves revision 7 from green\n\nTraffic moved from blue to green.",
  failed: "## ❌ The release of shop failed\n\nTraffic stayed on blue; nothing was switched.",
  "rolled-back": "## ↩️ The release of shop was taken back\n\nTraffic is on blue again; green had it for 3.7 s.",
  refused: "## 🚫 The release of shop was refused\n\nNo color has the traffic.",
  "timed-out": "## ⏱️ The release of shop timed out",
  superseded: "## ⏭️ The release of shop was superseded by another run",
  rollback: "## ✅ shop is back on revision 6, on blue",
};

for (const [name, report] of Object.entries(samples)) {
  test(`${name}: begins with what became of it`, () => {
    const summary = renderSummary([report]);
    assert.ok(summary.startsWith(opening[name] ?? "no expectation"), summary.slice(0, 200));
    assert.match(summary, new RegExp(`\\| Outcome \\| ${report.outcome} \\|`));
  });
}

/** The parts that GitHub reads as Markdown: without fences. */
function outsideFences(summary: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of summary.split("\n")) {
    const run = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && run !== undefined) fence = run;
    else if (fence !== undefined) fence = line === fence ? undefined : fence;
    else lines.push(line);
  }
  assert.equal(fence, undefined, "a fence is never closed");
  return lines.join("\n");
}

test("tells the traffic and the steps as a Mermaid chart", () => {
  const summary = renderSummary([rolledBack]);
  assert.match(summary, /```mermaid\ngantt\n {4}dateFormat x\n/);
  assert.match(
    summary,
    /section Traffic\n {4}blue :active, \d+, \d+\n {4}green :active, \d+, \d+\n {4}blue :active, \d+, \d+\n/,
  );
  assert.match(summary, / {4}Soak green :crit, \d+, \d+\n/);
});

test("what others wrote stays text", () => {
  const text = outsideFences(renderSummary([hostile]));
  assert.doesNotMatch(
    text,
    /<(script|img|b )|\]\(|@octocat|(?<!&)#1|\*\*bold|www\.|https?:\/\/evil|:smile:|~~~|[^\P{Cc}\n]|\u202e/u,
  );
  const tags = new Set([...text.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag));
  assert.deepEqual(tags, new Set(["details", "summary", "code", "a"]));
  assert.doesNotMatch(text, /^(- {1,3}<|1\. |===|# )/m);
  for (const line of text.split("\n").filter((one) => one.startsWith("|"))) {
    const cells = line.split("|").length;
    assert.ok(cells >= 4 && cells <= 6, `a table row broke: ${line.slice(0, 100)}`);
  }
});

test("a chart's names cannot break out of it", () => {
  const chart = /`{3,}mermaid\n([\s\S]*?)\n`{3,}/.exec(renderSummary([hostile]))?.[1] ?? "";
  for (const line of chart.split("\n").slice(5)) {
    assert.match(line, /^ {4}(section (Traffic|Steps)|[\p{L}\p{N} .,+\-/…]+ :(done|crit|active), \d+, \d+)$/u);
  }
});

test("stays below 256 KiB, and drops the least important first", () => {
  const long = "<&|*`".repeat(100_000);
  const many = <T>(value: T) => Array.from({ length: 2_000 }, () => value);
  const images = Object.fromEntries(many("").map((_, index) => [`container-${index}`, long]));
  const [step] = succeeded.steps;
  assert.ok(step);
  const summary = renderSummary([
    {
      ...rolledBack,
      reason: Array.from({ length: 30 }, () => long).join("\n"),
      images,
      steps: many({ ...step, title: long, note: long }),
      history: many({ revision: 1, result: "failed" as const, images }),
      diagnosis: {
        title: long,
        cause: long,
        lines: many(long),
        hint: long,
        anchor: "crash",
        log: many(long).slice(0, 25),
      },
    },
  ]);
  assert.ok(Buffer.byteLength(summary) <= 256 * 1024, `${Buffer.byteLength(summary)} bytes`);
  assert.match(summary, /^## ↩️ The release of shop was taken back/);
  assert.match(summary, /More did not fit here; the HTML report has it all\.\n$/);
  outsideFences(summary);
});

test("a fence is longer than any run of backticks in it", () => {
  assert.equal(fenced("a ``` b ````` c"), "``````text\na ``` b ````` c\n``````");
});

test("escapes what has a meaning and leaves words, numbers and umlauts alone", () => {
  assert.equal(escapeMarkdown("Käse 3.5 %, a-b/c"), "Käse 3.5 %, a-b/c");
  assert.equal(escapeMarkdown("<a|b>\n*c*"), "&#60;a&#124;b&#62; &#42;c&#42;");
  assert.equal(escapeMarkdown("- item"), "&#45; item");
  assert.equal(escapeMarkdown("1. item"), "1&#46; item");
});

test("several services: all at a glance, then those first that did not succeed", () => {
  const summary = renderSummary([succeeded, { ...failed, service: "api" }]);
  assert.match(summary, /^## 1 of 2 services were released\n/);
  assert.match(summary, /\| ✅ succeeded \| shop \| \d+ \| Traffic [^|]+ \|/);
  assert.ok(summary.indexOf("The release of api failed") < summary.indexOf("shop serves revision"));
});
