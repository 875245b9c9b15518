/** One customer's receipt never reaches the next: whole days at the machine, a wrong core's among them. */
import assert from "node:assert/strict";
import { mutantCalled } from "../../sim/campaign/mod.ts";
import { ownReceipt } from "../../sim/oracles/own_receipt.ts";
import type { CustomerAction, Fault } from "../../sim/plan/mod.ts";
import type { TraceBody } from "../../sim/trace/mod.ts";
import { runPlan, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom, WITHDRAWS } from "./credulous.ts";
import { found, journal, type Json } from "./oracle_lines.ts";

const TAKES: CustomerAction[] = [...WITHDRAWS, { take: "receipt" }];
const WRONG = mutantCalled("paper-left-inside")?.parts;

/** Several people withdraw, one after another; the first by their own script. */
async function day(
  first: CustomerAction[],
  faults: Fault[],
  ports = CREDULOUS,
  others = 1,
): Promise<RunResult> {
  const next = { after_s: 30, at_the_machine: { is: "customer" }, customer: TAKES };
  const plan = await planFrom("returning-customer", {
    customer: first,
    visits: Array.from({ length: others }, () => next),
    faults,
    expect: [{}],
    deeds: [],
  });
  return await runPlan(plan, ports);
}

function printerAt({ trace }: RunResult): Json {
  const last = trace.lines.findLast((line) => line.type === "device" && line.device === "printer");
  return last?.type === "device" ? last.state : {};
}

function printed({ trace }: RunResult): string[] {
  return trace.lines.flatMap(({ type, ...line }) => {
    const name = type === "journal" ? String((line as { entry: Json }).entry["line"]) : "";
    return name.startsWith("receipt_") || name === "cash_taken" ? [name] : [];
  });
}

/** Broken when the first receipt is printed, and whole again before the next customer's. */
const stuck = (id: string, for_s = 20): Fault => ({
  id,
  ...(id.startsWith("G") ? { device: "printer" } : {}),
  when: { command: "Printer.PrintNative", nth: 1 },
  for_s,
});

for (const id of ["P3", "P4", "P6", "P9", "G2", "G16"]) {
  Deno.test(`receipts: after ${id} the next customer has their own, alone`, async () => {
    const right = await day(TAKES, [stuck(id)]);
    assert.deepEqual(right.findings, []);
    const all = printed(right);
    assert.equal(all.filter((line) => line === "cash_taken").length, 2);
    assert.deepEqual(all.slice(-2), ["cash_taken", "receipt_printed"]);
    assert.equal(printerAt(right)["taken"], 1);
  });
}

Deno.test("receipts: a core that never clears the printer hands out two at once, and is found", async () => {
  assert.ok(WRONG !== undefined);
  const wrong = await day(TAKES, [stuck("P4")], { ...CREDULOUS, parts: WRONG });
  assert.deepEqual(wrong.findings.map(({ oracle }) => oracle), ["own_receipt"]);
  assert.match(String(wrong.findings[0]?.finding), /somebody else's on it/);
});

Deno.test("receipts: one that is left in the slot is in the bin when the next comes out", async () => {
  const right = await day(WITHDRAWS, []);
  assert.deepEqual(right.findings, []);
  const { retracted, left_behind, taken } = printerAt(right);
  assert.deepEqual({ retracted, left_behind, taken }, { retracted: 1, left_behind: 0, taken: 1 });
  const after = ["cash_taken", "receipt_printed", "receipt_retracted"];
  assert.deepEqual(printed(right), [...after, ...after.slice(0, 2)]);
  assert.ok(WRONG !== undefined);
  const wrong = await day(WITHDRAWS, [], { ...CREDULOUS, parts: WRONG });
  assert.match(String(wrong.findings[0]?.finding), /pushed somebody else's out/);
});

Deno.test("receipts: while one is stuck for good everybody has their cash, in no more time", async () => {
  const { for_s: _, ...for_good } = stuck("P4");
  const right = await day(TAKES, [for_good], CREDULOUS, 2);
  assert.deepEqual(right.findings, []);
  const lost = ["cash_taken", "receipt_failed"];
  assert.deepEqual(printed(right), [...lost, ...lost, ...lost]);
  assert.equal(printerAt(right)["inside"], true);
});

Deno.test("oracle: a receipt that comes out with another's on it, or after it, is found", () => {
  const print = (data: string): TraceBody => {
    const message = { header: { name: "Printer.PrintNative" }, payload: { data } };
    return { type: "xfs", device: "printer", from: "core", message };
  };
  const slot = (...pngs: string[]): TraceBody => {
    const papers = pngs.map((png) => ({ png }));
    const [one = null] = papers;
    return { type: "device", device: "printer", state: { slot: papers.length > 1 ? papers : one } };
  };
  const begins = journal("session_started");
  const [mine, yours] = [[begins, print("a")], [begins, print("b")]];
  const none = slot();
  assert.deepEqual(found(ownReceipt(), ...mine, slot("a"), none, ...yours, slot("b")), []);
  assert.deepEqual(found(ownReceipt(), ...mine, slot("a"), begins, slot("a"), none), []);
  const both = "a receipt came out with somebody else's on it";
  assert.deepEqual(found(ownReceipt(), ...mine, none, ...yours, slot("a", "b")), [both]);
  assert.deepEqual(found(ownReceipt(), ...mine, begins, slot("a")), [both]);
  assert.deepEqual(found(ownReceipt(), ...mine, slot("a"), ...yours, slot("b")), [
    "a receipt pushed somebody else's out",
  ]);
});
