/** What a developer takes out of a trace: exchanges, scores over time, changes, files for other tools. */
import assert from "node:assert/strict";
import { hasText, LANGUAGES, textOf } from "../../core/locale/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import type { Run } from "../../ui/app/api.ts";
import { judgementsOf } from "../../ui/app/camera/judgements.ts";
import { Pair } from "../../ui/app/compare/pair.ts";
import { chromeTrace } from "../../ui/app/export/chrome_trace.ts";
import { durationOf } from "../../ui/app/duration.ts";
import { junitOf } from "../../ui/app/export/junit.ts";
import { exchangesOf, exchangeUntil } from "../../ui/app/panels/exchanges.ts";
import { changesBetween, Replay, snapshotOf } from "../../ui/app/replay/mod.ts";
import { verdictOf } from "../../ui/app/verdict.ts";
import { sampleTrace } from "./sample.ts";

const reading = readTrace(sampleTrace);
assert.ok(reading.ok);
const { trace } = reading;

Deno.test("exchanges: every command has its completion, and every message is in one exchange", () => {
  const exchanges = exchangesOf(trace.lines);
  const messages = trace.lines.filter(({ type }) => type === "xfs").length;
  assert.equal(exchanges.reduce((sum, { parts }) => sum + parts.length, 0), messages);
  const dispense = exchanges.find(({ name }) => name === "CashDispenser.Dispense");
  assert.ok(dispense);
  assert.equal(dispense.code, "success");
  assert.equal(dispense.parts[0]!.type, "command");
  assert.equal(dispense.parts[1]!.type, "acknowledge");
  assert.equal(dispense.parts.at(-1)!.type, "completion");
  assert.ok(dispense.to! > dispense.from);
  const halfway = exchangeUntil(dispense, dispense.parts[1]!.n);
  assert.deepEqual([halfway!.parts.length, halfway!.to], [2, null]);
  assert.equal(exchangeUntil(dispense, dispense.n - 1), null);
});

Deno.test("plot: every judged frame is a point, and what was held against a threshold is one too", () => {
  const points = judgementsOf(trace.lines);
  const frames = trace.lines.filter(({ type }) => type === "frame").length;
  const seen = points.filter(({ series, threshold }) =>
    series === "detection" && threshold === null
  );
  assert.ok(seen.length > 0 && seen.length <= frames);
  const held = points.filter(({ threshold }) => threshold !== null);
  assert.deepEqual(held.map(({ series }) => series), ["liveness", "match"]);
  assert.ok(held.every(({ value, threshold }) => value >= threshold!));
});

Deno.test("changes: two moments differ in what happened between them, and a moment not from itself", () => {
  const replay = new Replay(trace);
  const shutter = trace.lines.find((line) =>
    line.type === "device" && line.device === "cashdispenser" && line.state.shutter === "open"
  )!;
  const [before, after] = [replay.momentAfter(shutter.n - 1), replay.momentAfter(shutter.n)];
  const changes = changesBetween(snapshotOf(before), snapshotOf(after));
  const change = changes.find(({ path }) => path === "devices.cashdispenser.shutter");
  assert.deepEqual([change?.left, change?.right], ["closed", "open"]);
  assert.deepEqual(changesBetween(snapshotOf(after), snapshotOf(after)), []);
});

Deno.test("compare: two runs part at the first line that differs", () => {
  const cut = { ...trace, lines: trace.lines.slice(0, 100), end: { ...trace.end, root: "0" } };
  const pair = new Pair(new Replay(trace), new Replay(cut));
  assert.equal(pair.shared, 100);
  assert.equal(pair.parts?.right, null);
  assert.equal(pair.parts?.left?.n, 101);
  assert.deepEqual(pair.counts({ n: 50, t: 0 as never }), [50, 50]);
  assert.equal(new Pair(new Replay(trace), new Replay(trace)).parts, null);
});

Deno.test("live: a replay that grows is the replay of the whole", () => {
  let grown = new Replay({ ...trace, lines: [] });
  for (let from = 0; from < trace.lines.length; from += 37) {
    grown = grown.extended(trace.lines.slice(from, from + 37));
  }
  const whole = new Replay(trace);
  for (const n of [0, 1, 63, 64, 65, 200, trace.lines.length]) {
    assert.deepEqual(grown.momentAfter(n), whole.momentAfter(n));
  }
});

Deno.test("export: Chrome's trace has a track a device, in virtual microseconds", () => {
  const { traceEvents } = chromeTrace(trace);
  const names = traceEvents.filter(({ name }) => name === "thread_name")
    .map(({ args }) => args?.name);
  for (const track of ["session", "camera", "cashdispenser", "pinpad"]) {
    assert.ok(names.includes(track), track);
  }
  const end = trace.lines.at(-1)!.t;
  for (const { ph, ts, dur = 0 } of traceEvents) {
    assert.ok(["X", "i", "M"].includes(ph));
    assert.ok(ts >= 0 && dur >= 0 && ts + dur <= end);
  }
  const states = traceEvents.filter(({ cat }) => cat === "state");
  assert.equal(states.length, trace.lines.filter(({ type }) => type === "state").length);
});

Deno.test("export: JUnit says which expectation failed, whatever stands in it", () => {
  const run: Run = {
    id: "ab",
    created_ms: 0,
    scenario: "first-use",
    seed: 7,
    outcome: "served",
    reason: "cash_taken",
    cash_taken_fen: 0,
    ok: false,
    expectations: [{ text: "kept", ok: true }, { text: 'a < b & "c"', ok: false }],
    session_ms: 17_000,
    virtual_ms: 21_500,
    wall_ms: 1,
    root: "00",
  };
  const xml = junitOf(run);
  assert.match(xml, /<testsuites tests="2" failures="1" skipped="0">/);
  assert.match(xml, /<failure message="a &#60; b &#38; &#34;c&#34;"\/>/);
  assert.match(xml, /time="21.500"/);
  assert.match(junitOf({ ...run, expectations: [], ok: true }), /failures="0"/);
  const unjudged = junitOf({ ...run, expectations: [], ok: null });
  assert.match(unjudged, /tests="1" failures="0" skipped="1"/);
  assert.match(unjudged, /<skipped message="every oracle is quiet"\/>/);
  const broken = junitOf({ ...run, expectations: [{ text: "kept", ok: true }], ok: false });
  assert.match(broken, /<failure message="every oracle is quiet"\/>/);
});

Deno.test("run: whether it was as expected is asked in one way, and said in every language", () => {
  const kept = [{ text: "kept", ok: true }];
  const said: readonly (readonly [Parameters<typeof verdictOf>[0], string])[] = [
    [{ ok: true, expectations: kept }, "expected"],
    [{ ok: false, expectations: kept }, "unexpected"],
    [{ ok: true, expectations: [] }, "unasked"],
    [{ ok: false, expectations: [] }, "unexpected"],
    [{ ok: null, expectations: [] }, "unjudged"],
  ];
  for (const [run, verdict] of said) {
    assert.equal(verdictOf(run), verdict);
    assert.ok(hasText(`result-${verdict}`));
  }
});

Deno.test("run: its duration is the visit's, and the whole run's is called otherwise", () => {
  const visit = durationOf({ session_ms: 16_207, virtual_ms: 21_313 });
  assert.deepEqual(visit, { name: "result-duration", length: 16_207_000 });
  const nobody = durationOf({ session_ms: null, virtual_ms: 21_313 });
  assert.deepEqual(nobody, { name: "result-whole_run", length: 21_313_000 });
  for (const language of LANGUAGES) {
    assert.notEqual(textOf(language, visit.name), textOf(language, nobody.name));
  }
});
