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

Deno.test("sometimes: a receipt is stuck where it is inside, and taken back where it lay in the slot", () => {
  const paper = (state: Json): TraceBody => ({ type: "device", device: "printer", state });
  const failed = (detail: string) => journal("receipt_failed", { detail });
  const only_failed = "receipt failed, cash given";
  const inside = paper({ slot: null, inside: true, retracted: 0 });
  const clear = paper({ slot: null, inside: false, retracted: 0 });
  const stuck = [only_failed, "receipt stuck in the printer"];
  assert.deepEqual(reached([], inside, failed("commandErrorCode")), stuck);
  assert.deepEqual(reached([], clear, failed("commandErrorCode")), [only_failed]);
  const next = [only_failed, "receipt stuck when the next was to be printed"];
  assert.deepEqual(reached([], inside, failed("not printed: paper stuck")), next);
  const left = paper({ slot: { png: "a" }, inside: false, retracted: 0 });
  const back = paper({ slot: null, inside: false, retracted: 1 });
  assert.deepEqual(reached([], left, back), ["receipt left in the slot, and taken back"]);
  assert.deepEqual(reached([], left, clear), [], "it was taken");
  assert.deepEqual(reached([], inside, back), []);
});
