/** The auditor's table: what a search finds. */
import assert from "node:assert/strict";
import { auditOf } from "../../sim/audit/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { EVERYTHING, shownOf } from "../../ui/app/audit/filter.ts";
import { sampleTrace } from "./sample.ts";

const reading = readTrace(sampleTrace);
assert.ok(reading.ok);
const audit = auditOf(reading.trace);
const rows = ["returning-customer", "cassette-jam"].map((scenario) => {
  return { ...audit, id: scenario.slice(0, 2), created_ms: 0, scenario };
});
const TITLES: Readonly<Record<string, string>> = {
  "returning-customer": "普通取款",
  "cassette-jam": "钞箱卡钞",
};

function found(text: string): string[] {
  const sort = { by: "when", down: true } as const;
  return shownOf(rows, { ...EVERYTHING, text }, sort, (id) => TITLES[id] ?? id).map(({ id }) => id);
}

Deno.test("audit: the search finds a scenario by the title that the page shows, and by its id", () => {
  assert.deepEqual(found(""), ["re", "ca"]);
  assert.deepEqual(found("卡钞"), ["ca"]);
  assert.deepEqual(found("cassette"), ["ca"]);
  assert.deepEqual(found("取款 customer"), ["re"]);
  assert.deepEqual(found("nobody"), []);
});
