import assert from "node:assert/strict";
import { test } from "node:test";
import { readMatchers, written } from "./matchers.ts";

const round = (text: string) => readMatchers(text)?.map(written).join(",");

test("matchers are read as Prometheus reads them, and without quotes too", () => {
  assert.equal(round("severity=critical"), 'severity="critical"');
  assert.equal(round(' job=~"a|b, c" , env!=dev,team!~x.+ '), 'job=~"a|b, c",env!="dev",team!~"x.+"');
  assert.equal(round('path="a\\"b\\\\c"'), 'path="a\\"b\\\\c"');
  assert.equal(round("empty=,b=1"), 'empty="",b="1"');
});

test("anything else is none", () => {
  for (const text of ["", "critical", "9a=b", "a=b c=d", 'a="b', '{a="b"}'])
    assert.equal(readMatchers(text), undefined, text);
});
