/** Rare states: a run counts as having been there when it was, and not when it came near. */
import assert from "node:assert/strict";
import { Sometimes } from "../../sim/campaign/sometimes.ts";
import type { TraceBody } from "../../sim/trace/mod.ts";
import { answered, cash, journal, type Json, served, STAN, to } from "./oracle_lines.ts";

function reached(twins: readonly boolean[], ...bodies: readonly TraceBody[]): string[] {
  const sometimes = new Sometimes(twins, 0);
  bodies.forEach((body, i) => sometimes.observe({ ...body, n: i + 1, t: i }));
  return [...sometimes.reached];
}

const arrives: TraceBody = { type: "customer", does: "arrives" };
const cut: TraceBody = { type: "fault", id: "E3", active: true };
const shutter = (position: Json) => cash({ position });

Deno.test("sometimes: an answer came after its reversal only where that debit was to be undone", () => {
  const approved = answered("0210", { 11: STAN, 39: "00" }, "received");
  const queued = journal("reversal_queued", { stan: "000004", detail: `of ${STAN}: 4021` });
  const other = journal("reversal_queued", { stan: "000004", detail: "of 000009: 4021" });
  const late = ["bank's answer came after its reversal"];
  assert.deepEqual(reached([], to("authorising"), queued, to("ending"), approved), late);
  assert.deepEqual(reached([], to("dispensing"), approved), [], "it came twice");
  assert.deepEqual(reached([], other, to("dispensing"), approved), []);
});

Deno.test("sometimes: cash lies there while the dispenser has it there, however it went away", () => {
  const out = shutter({ 100: 5 });
  const others = ["somebody came while another's cash lay there"];
  assert.deepEqual(reached([], arrives, out, cut), ["power cut with notes on the shutter"]);
  assert.deepEqual(reached([], arrives, out, arrives), others);
  for (const none of [{}, { 100: 0 }]) {
    assert.deepEqual(reached([], arrives, out, shutter(none), arrives, cut), []);
  }
  assert.deepEqual(reached([], out, arrives), [], "the first finds nobody's");
});

Deno.test("sometimes: a twin is served where it is the twin who is", () => {
  const begins = journal("session_started");
  const session = [begins, served];
  assert.deepEqual(reached([true, false], arrives, ...session), ["twin served"]);
  assert.deepEqual(reached([true, false], arrives, arrives, ...session), []);
  const next = reached([false, true], arrives, begins, arrives, served);
  assert.deepEqual(next, [], "the twin came when another was served");
});
