/** The auditor's table: what a search finds, and what comes into it from elsewhere. */
import assert from "node:assert/strict";
import { auditOf } from "../../sim/audit/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { answerFrom } from "../../ui/app/api.ts";
import { bringAll } from "../../ui/app/audit/fetch.ts";
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
  const title = ({ scenario }: { scenario: string }) => TITLES[scenario] ?? scenario;
  return shownOf(rows, { ...EVERYTHING, text }, sort, title).map(({ id }) => id);
}

Deno.test("audit: the search finds a scenario by the title that the page shows, and by its id", () => {
  assert.deepEqual(found(""), ["re", "ca"]);
  assert.deepEqual(found("卡钞"), ["ca"]);
  assert.deepEqual(found("cassette"), ["ca"]);
  assert.deepEqual(found("取款 customer"), ["re"]);
  assert.deepEqual(found("nobody"), []);
});

Deno.test("audit: a file that is refused keeps no other back, and is named", async () => {
  answerFrom(async (_path, { body }) => {
    assert.ok(body instanceof File);
    if (await body.text() === "good") return Response.json({ id: body.name });
    const problem = { status: 422, detail: "a trace has a header and an end", file: "trace" };
    return Response.json(problem, { status: 422 });
  });
  const files = [["bad.jsonl", "bad"], ["a", "good"], ["worse.jsonl", "?"], ["b", "good"]] as const;
  const { ids, problems } = await bringAll(files.map(([name, text]) => new File([text], name)));
  assert.deepEqual(ids, ["a", "b"]);
  assert.deepEqual(problems.map((problem) => problem.split(": ")[0]), ["bad.jsonl", "worse.jsonl"]);
});
