/**
 * The cut-point sweep: the power is cut before every single event of a withdrawal, one run for each, and the
 * machine is switched on again half a minute later. Whatever it was about to do, cash, ledger and journal
 * agree in the end, or the journal says SUSPECT with the amount.
 *
 * `deno task cut-points` takes every event of every kind of withdrawal, and cuts the power a second time
 * while the machine finds out what the first cut did.
 */
import assert from "node:assert/strict";
import { retakeDecisions } from "../../sim/evidence/decisions.ts";
import type { Fault, Plan } from "../../sim/plan/mod.ts";
import { runPlan, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const ALL = Deno.env.get("CUT_POINTS") === "all";

/** Of these withdrawals the beginning is the ordinary one's, so a part of their events is enough. */
const STRIDE = ALL ? 1 : 7;

/** No withdrawal has as many events. */
const CUT_POINTS_MAX = 5_000;

function withCuts(plan: Plan, cuts: readonly Fault[]): Plan {
  const faults = [...plan.scenario.faults, ...cuts];
  return { ...plan, scenario: { ...plan.scenario, faults, expect: [{}] } };
}

function cutAt(cut_point: number): Fault {
  return { id: "E3", when: { cut_point } };
}

function cutsIn({ trace }: RunResult): number {
  return trace.lines.filter((line) => line.type === "fault" && line.id === "E3" && line.active)
    .length;
}

function journalOf({ trace }: RunResult, name: string): readonly Record<string, unknown>[] {
  return trace.lines.flatMap((line) =>
    line.type === "journal" && line.entry.line === name ? [line.entry] : []
  );
}

/** Runs with these cuts and judges the run; null when the last of them came after its end. */
async function cutRun(plan: Plan, cuts: readonly Fault[]): Promise<RunResult | null> {
  const run = withCuts(plan, cuts);
  const result = await runPlan(run, CREDULOUS);
  if (cutsIn(result) < cuts.length) return null;
  const what = `${plan.scenario.id}, ${cuts.map(({ when }) => JSON.stringify(when)).join(" and ")}`;
  // Among the oracles: cash_accounted, cash_conserved, books_balance, one_debit_per_dispense.
  assert.deepEqual(result.findings, [], what);
  assert.equal(result.ending.reversal === "pending", false, `${what}: every reversal is answered`);
  const [back] = journalOf(result, "power_returned");
  assert.ok(back !== undefined, `${what}: the journal says that power came back`);
  for (const { amount, stan } of journalOf(result, "cash_retracted_suspect")) {
    assert.equal(amount, 50_000, `${what}: SUSPECT says how much`);
    assert.match(String(stan), /^[0-9]{6}$/, `${what}: SUSPECT says of which debit`);
  }
  const decisions = retakeDecisions(result.trace, run);
  assert.ok(decisions.ok, `${what}: the core decides again what it decided: ${show(decisions)}`);
  return result;
}

function show(value: unknown): string {
  return JSON.stringify(value);
}

/** How often each end was met: by what the session was doing, and what became of the cash. */
async function sweep(plan: Plan, stride: number): Promise<{ runs: number; ends: Set<string> }> {
  const ends = new Set<string>();
  let runs = 0;
  for (let at = 1; at < CUT_POINTS_MAX; at += stride) {
    const result = await cutRun(plan, [cutAt(at)]);
    if (result === null) return { runs, ends };
    runs++;
    ends.add(`${journalOf(result, "power_returned")[0]?.["detail"]}: ${endOf(result)}`);
    if (!ALL) continue;
    for (const later of [3, 6, 9, 14, 19, 25]) {
      if (await cutRun(plan, [cutAt(at), cutAt(at + later)]) !== null) runs++;
    }
  }
  assert.fail("the run has an end");
}

function endOf(result: RunResult): string {
  if (journalOf(result, "cash_retracted_suspect").length > 0) return "SUSPECT";
  if (result.ending.cash_taken > 0) return "paid";
  return result.ending.reversal === "acknowledged" ? "reversed" : "nothing moved";
}

Deno.test("power cut: twice in the first moments, the core decides again what it decided", async () => {
  const plan = await planFrom("returning-customer", {});
  for (const again of [6, 7, 8, 9, 10, 12]) await cutRun(plan, [cutAt(3), cutAt(again)]);
});

Deno.test("power cut: at every event of an ordinary withdrawal the money is accounted for", async () => {
  const plan = await planFrom("returning-customer", {});
  const { runs, ends } = await sweep(plan, 1);
  assert.ok(runs > 250, `${runs} cut points`);
  for (
    const end of [
      "entering_pin: nothing moved",
      "authorising: reversed",
      "dispensing: reversed",
      "presenting: reversed",
      "presenting: SUSPECT",
      "presenting: paid",
      "cash_waiting: paid",
      "printing: paid",
    ]
  ) assert.ok(ends.has(end), `${end} is among ${[...ends].join(", ")}`);
});

for (
  const [id, expected] of [
    ["cash-not-taken", ["retracting: SUSPECT", "cash_waiting: SUSPECT"]],
    ["network-drop-after-debit", ["authorising: reversed", "ending: reversed"]],
    ["cassette-jam", ["rejecting: reversed", "ending: reversed"]],
  ] as const
) {
  Deno.test(`power cut: ${id}: at any event the money is accounted for`, async () => {
    const { ends } = await sweep(await planFrom(id, {}), STRIDE);
    if (ALL) { for (const end of expected) assert.ok(ends.has(end), `${end}: ${[...ends]}`); }
    assert.ok(ends.size > 3, [...ends].join(", "));
  });
}

Deno.test("power cut: notes still at the shutter when power is back are taken in, and SUSPECT", async () => {
  const plan = await planFrom("cash-not-taken", {});
  const result = await cutRun(plan, [{ id: "E3", when: { state: "cash_waiting", nth: 1 } }]);
  const [suspect] = journalOf(result!, "cash_retracted_suspect");
  assert.match(String(suspect?.["detail"]), /SUSPECT: power lost, not taken, 500 yuan came back/);
  assert.equal(result!.ending.cash_taken, 0);
});
