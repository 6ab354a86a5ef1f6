import assert from "node:assert/strict";
import { test } from "node:test";
import type * as z from "zod";
import { postgresServers, redisServers, tcpServers } from "./dependency.ts";
import { endpoints } from "./endpoint.ts";
import { labelMatchers, targetGroups, webAddress } from "./monitoring.ts";

/** What an input's text becomes, or what is said of it. */
function read(input: z.ZodType, text: string): unknown {
  const result = input.safeParse(text);
  return result.success ? result.data : result.error.issues[0]?.message;
}

test("servers are read with their terms, in any order, and usual ones where none are given", () => {
  assert.deepEqual(read(tcpServers(), "broker.internal:5672\n[fd00::1]:25 via=pod within=500ms"), [
    { host: "broker.internal", port: 5672, within: 5_000, via: undefined },
    { host: "fd00::1", port: 25, within: 500, via: "pod" },
  ]);
  assert.deepEqual(read(postgresServers(), "$DATABASE_URL within=2s via=pod"), [
    { variable: "DATABASE_URL", via: "pod", within: 2_000 },
  ]);
  const [redis] = [read(redisServers(), "redis://cache role=replica ca=a folder/ca.pem within=1s")].flat();
  assert.partialDeepStrictEqual(redis, { host: "cache", role: "replica", ca: "a folder/ca.pem", within: 1_000 });
});

const refused: readonly [input: z.ZodType, text: string, why: RegExp][] = [
  [tcpServers(), "broker", /^expected an address such as broker\.internal:5672, got "broker"/],
  [tcpServers(), "broker:99999", /^expected an address/],
  [tcpServers(), "broker:5672 soon", /^expected an address/],
  [tcpServers(), "broker:5672 within=soon", /^expected a duration above 0/],
  [tcpServers(), "broker:5672 via=cluster", /^expected `via=pod`/],
  [postgresServers(), "postgres://shop:hunter22@db max-lag=0", /^expected a duration above 0/],
  [postgresServers(), "postgres://shop:hunter22@db via=pod", /^expected the name of a variable of the service's pods/],
  [postgresServers(), "$DATABASE_URL", /^expected `via=pod` or `via=job`/],
  [postgresServers(), "$DATABASE_URL via=pod max-lag=3s", /^expected no term but `within=` beside `via=pod`/],
  [
    redisServers(),
    "$REDIS_URL via=job role=master",
    /^expected no term but `within=` beside `via=job`: only the runner/,
  ],
  [endpoints(), "https://shop.example via=cluster", /^expected `via=pod` or `via=job`/],
  [postgresServers(), "host=db password=hunter22", /^expected a URI such as/],
  [redisServers(), "redis://:hunter22@cache role=primary", /^expected a role of master or replica/],
  [redisServers(), "cache:6379", /^expected a URL such as redis/],
  [labelMatchers(), "critical", /^expected matchers such as severity=critical/],
  [targetGroups(), "job=shop\nshop", /^expected matchers/],
  [webAddress(), "prometheus:9090", /^expected an address such as https/],
  [webAddress(), "https://me:hunter22@prometheus", /^expected an address without name and password/],
];

for (const [input, text, why] of refused)
  test(`tells what is wrong with ${text.replaceAll("\n", ", ")}, and nothing that is secret in it`, () => {
    const said = String(read(input, text));
    assert.match(said, why);
    assert.doesNotMatch(said, /hunter22/);
  });

test("matchers may stand on lines too, and all must hold", () => {
  assert.deepEqual(read(labelMatchers(), 'severity="critical"\nteam!=ops'), [
    { label: "severity", is: "=", value: "critical" },
    { label: "team", is: "!=", value: "ops" },
  ]);
});
