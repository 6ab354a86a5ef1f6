import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";

// The town's clock starts at the beginning of 2030.
const list = `
- { name: New Year, from: 2030-01-01, to: 2030-01-01, zone: Europe/London, reason: nobody is there }
- { name: Winter sale, from: 2030-01-10 08:00, to: 2030-01-12 }
- { name: Later, from: 2030-01-20, to: 2030-01-21 }
`;
const calendar = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Holiday", "DTSTART;VALUE=DATE:20240101"]
  .concat("RRULE:FREQ=YEARLY", "END:VEVENT", "END:VCALENDAR", "")
  .join("\r\n");

const server = createServer((request, response) => {
  if (request.url === "/private-0123/basic.ics") return response.end(calendar);
  if (request.url === "/moved") return response.writeHead(302, { location: "https://login.example/" }).end();
  return response.writeHead(404).end();
});
let host = "";

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
after(() => server.close());

const found = async (freezes: string, text = list) =>
  await checked("freezes", {
    inputs: { freezes },
    before: ({ workspace }) => writeFileSync(join(workspace, "freezes.yml"), text),
  });

test("a freeze that is on fails, with its reason, its end and the way past it", async () => {
  const result = await found("freezes.yml");
  assert.equal(
    told(result),
    "fail: 2030-01-01 00:00 UTC is in New Year, from 2030-01-01 00:00 UTC to 2030-01-02 00:00 UTC: nobody is there",
  );
  assert.match(result.remedy ?? "", /^Release after 2030-01-02 00:00 UTC\. .*`override: freezes`/);
});

test("outside of all it passes, and says what comes next", async () => {
  const result = await found("freezes.yml", list.split("\n").slice(2).join("\n"));
  assert.equal(
    told(result),
    "pass: 2030-01-01 00:00 UTC is in none; the next is Winter sale, from 2030-01-10 08:00 UTC to 2030-01-13 00:00 UTC",
  );
});

test("a zone of the calendar moves its days", async () => {
  const [first, ...rest] = list.trim().replace(", zone: Europe/London", "").split("\n");
  assert.match(
    told(await found("freezes.yml America/New_York", first)),
    /^pass: .*New Year, from 2030-01-01 05:00 UTC/,
  );
  assert.equal(rest.length, 2);
});

test("an iCalendar is asked for over the web, beside a file; its address is not told", async () => {
  const result = await found(`http://${host}/private-0123/basic.ics\nfreezes.yml`);
  assert.match(told(result), /^fail: 2030-01-01 00:00 UTC is in Holiday, from .*\nand in New Year, from/);
  assert.doesNotMatch(told(result), /private/);
});

test("a calendar that cannot be read is an error: it may hold a freeze", async () => {
  assert.match(told(await found("elsewhere.yml")), /^error: The calendar elsewhere\.yml cannot be read/);
  const moved = told(await found(`http://${host}/moved`));
  assert.equal(moved, `error: freezes: the calendar at ${host} answers 302`);
  assert.match(
    told(await found("freezes.yml", "- name: A")),
    /^error: freezes\.yml: expected a list of name, from, to/,
  );
});

test("an overridden freeze is a warning with the reason", async () => {
  const why = { override: "freezes", "override-reason": "the shop is down" };
  const result = await checked("freezes", {
    inputs: { freezes: "freezes.yml", ...why },
    before: ({ workspace }) => writeFileSync(join(workspace, "freezes.yml"), list),
  });
  assert.match(told(result), /^warn: .*is in New Year/s);
  assert.equal(result.overridden, "the shop is down");
});

test("without calendars there is nothing to look at", async () => {
  assert.equal(told(await checked("freezes")), "skip: No `freezes` are given");
});
