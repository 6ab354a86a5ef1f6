import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReleaseReport } from "@cutover/release";
import fc from "fast-check";
import { hostile } from "./hostile-report.ts";
import { renderReport } from "./page.ts";
import { failed, rolledBack, samples, succeeded } from "./report-samples.ts";

/** What a reader sees, roughly: without tags, entities as characters. */
function visible(page: string): string {
  const body = page.slice(page.indexOf("<body>")).replace(/<[^>]*>/g, " ");
  return body.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/\s+/g, " ");
}

const told: Readonly<Record<string, RegExp>> = {
  succeeded: /succeeded shop serves revision 7 from green Traffic moved from blue to green\./,
  failed: /failed The release of shop failed Traffic stayed on blue; nothing was switched\./,
  "rolled-back": /rolled-back The release of shop was taken back Traffic is on blue again; green had it for 3\.7 s\./,
  refused:
    /refused The release of shop was refused No color has the traffic\. Service shop selects no color yet What to do: Set adopt: true/,
  "timed-out": /timed-out The release of shop timed out/,
  superseded: /superseded The release of shop was superseded by another run .* A rollback by octocat took over/,
  rollback: /succeeded shop is back on revision 6, on blue Traffic moved from green to blue\./,
};

for (const [name, report] of Object.entries(samples)) {
  test(`${name}: says what became of it, in a page without scripts or anything from elsewhere`, () => {
    const page = renderReport([report]);
    assert.match(visible(page).replace(/ +(?=[:.,])/g, ""), told[name] ?? assert.fail(`no expectation for ${name}`));
    assert.match(page, new RegExp(`<header class="banner ${report.outcome}">`));
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\(| on\w+=/i);
    const addresses = [...page.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address);
    assert.deepEqual(new Set(addresses), new Set([report.runUrl]));
  });
}

test("shows the images whole, the slots, the steps, the history and the run", () => {
  const text = visible(renderReport([succeeded]));
  for (const image of Object.values(succeeded.images)) assert.ok(text.includes(image));
  for (const step of succeeded.steps) assert.ok(text.includes(step.title), step.title);
  assert.match(text, /shop-blue, 3 of 3 pods ready/);
  assert.match(text, /0123456789ab/);
  assert.match(
    renderReport([succeeded]),
    /<a href="https:\/\/github\.com\/acme\/shop\/actions\/runs\/1234567890" rel="noreferrer">/,
  );
});

test("draws who had the traffic on the scale of the steps", () => {
  const bands = [
    ...renderReport([rolledBack]).matchAll(/<rect class="(blue|green)" x="([\d.]+)" y="22" width="([\d.]+)"/g),
  ];
  assert.deepEqual(
    bands.map(([, color]) => color),
    ["blue", "green", "blue"],
  );
  const share = Number(bands[1]?.[3]) / bands.reduce((sum, [, , , width]) => sum + Number(width), 0);
  assert.ok(Math.abs(share - 3_650 / 15_820) < 0.01, `green had ${share}`);
});

test("shows the diagnosis once, with what to do and the log", () => {
  const text = visible(renderReport([rolledBack]));
  assert.equal(text.split("did not pass the readiness probe").length, 2);
  assert.match(text, /What to do: Ask the application why/);
  assert.match(text, /The last 6 lines of its log/);
  assert.equal(visible(renderReport([failed])).split("What to do:").length, 2);
});

test("no text of anybody else becomes markup", () => {
  const page = renderReport([hostile]);
  assert.doesNotMatch(page, /<script|<img|<b onmouseover|javascript:[^<]*"/i);
  assert.doesNotMatch(page, /[^\P{Cc}\n\t]|\u202e/u);
  const tags = (markup: string) => [...markup.matchAll(/<[a-z]\w*/g)].map(([tag]) => tag).join();
  const harmless: ReleaseReport = JSON.parse(JSON.stringify(hostile).replaceAll("<", "(").replaceAll(">", ")"));
  assert.equal(tags(page), tags(renderReport([harmless])));
});

test("property: whatever the texts are, the page keeps its tags", () => {
  const plain = renderReport([succeeded]).match(/<[a-z!/]/gi)?.length;
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (one, other) => {
      const report = { ...succeeded, reason: `x${one}`, actor: `x${other}`, service: `x${one}` };
      assert.equal(renderReport([report]).match(/<[a-z!/]/gi)?.length, plain);
    }),
  );
});

test("a run's address that is none of the web is no link", () => {
  assert.doesNotMatch(renderReport([{ ...succeeded, runUrl: "javascript:alert(1)" }]), /<a /);
});

test("several services: a row each, and open what did not succeed", () => {
  const page = renderReport([succeeded, { ...failed, service: "api" }]);
  const text = visible(page);
  assert.match(text, /1 of 2 services were released/);
  assert.deepEqual(
    [...page.matchAll(/<details( open)?><summary>(\w+):/g)].map(([, open, name]) => [name, open === " open"]),
    [
      ["shop", false],
      ["api", true],
    ],
  );
  assert.equal(page.match(/<main>/g)?.length, 1);
});
