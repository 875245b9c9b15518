/** 轧帐: every difference between count, books and journal is listed, with its reason or as having none. */
import assert from "node:assert/strict";
import { reconcile, type Reconciliation, reconciliationSchema } from "../../sim/audit/mod.ts";
import { planOf, type Scenario } from "../../sim/plan/mod.ts";
import { type Trace, type TraceBody, traceText, TraceWriter } from "../../sim/trace/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { HOME, readScenario } from "../../sim/adapters/files.ts";
import { lobbyProfile } from "../devices/surroundings.ts";
import { reconcileVerb } from "../../sim/adapters/reconcile_verb.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

async function dayOf(change: Partial<Scenario>, retract_credit = false): Promise<Reconciliation> {
  const scenario = await readScenario(new URL("scenarios/cash-not-taken.yaml", HOME));
  const profile = lobbyProfile();
  const policies = { ...profile.policies, retract_credit };
  const plan = planOf({ ...scenario, ...change }, 1, { ...profile, policies });
  return reconciliationSchema.parse(reconcile((await runPlan(plan, CREDULOUS)).trace));
}

/**
 * A day of these lines: what a wrong machine or a wrong host would leave behind. The books have the hundred
 * notes of a hundred yuan that each begins with.
 */
function day(...bodies: readonly TraceBody[]): Reconciliation {
  const lines = [booked("load", 10_000, null), ...bodies].map((body, i) => ({
    ...body,
    n: i + 1,
    t: 0,
    chain: "",
  }));
  return reconcile({ lines } as unknown as Trace);
}

function cash(unit1: number, customer = 0): TraceBody {
  const notes = { unit1: { 100: unit1 }, customer: { 100: customer } };
  return { type: "device", device: "cashdispenser", state: { notes } };
}

type Kind = "load" | "unload" | "withdrawal" | "reversal";
function booked(kind: Kind, yuan: number, stan: string | null = "000003"): TraceBody {
  return { type: "ledger", entry: { kind, amount: yuan * 100, stan } };
}

function told(line: string, yuan: number, detail = "", stan = "000003"): TraceBody {
  return { type: "journal", wall_ms: 0, entry: { line, amount: yuan * 100, stan, detail } };
}

function whys(reconciliation: Reconciliation): string[] {
  return reconciliation.differences.map(({ why }) => why);
}

Deno.test("reconciliation: a day on which everybody took their cash agrees to the fen", async () => {
  const taken = await dayOf({
    customer: [
      "show_face",
      { enter: "id" },
      { pin: "correct" },
      { choose: "withdraw" },
      { amount_yuan: 500 },
      { take: "cash" },
    ],
  });
  assert.deepEqual([taken.surplus_fen, taken.debits, taken.differences], [0, 1, []]);
  assert.equal(taken.loaded_fen - taken.counted_fen, 50_000);
  assert.ok(taken.explained);
});

Deno.test("reconciliation: cash that was swallowed is a surplus, and the journal says whose", async () => {
  const { surplus_fen, differences, explained } = await dayOf({});
  assert.equal(surplus_fen, 50_000);
  assert.deepEqual(differences.map(({ why, surplus_fen }) => [why, surplus_fen]), [
    ["suspect", 50_000],
  ]);
  assert.ok(explained);
});

Deno.test("reconciliation: an operator's count books the surplus to suspense", async () => {
  const operator = [
    { at_s: 100, does: "open_door" as const },
    { at_s: 120, does: "swap_cassette" as const, unit: "unit1", notes: 2_000 },
    { at_s: 130, does: "empty_bins" as const },
    { at_s: 140, does: "count" as const },
    { at_s: 150, does: "close_door" as const },
    { at_s: 155, does: "back_in_service" as const },
  ];
  const { suspense_fen, differences, explained } = await dayOf({ operator });
  assert.equal(suspense_fen, 50_000, "as much as was swallowed, and no more for the refill");
  assert.deepEqual(differences.map(({ why }) => why), ["suspect"]);
  assert.ok(explained);
  const some = day(cash(100), { type: "ledger", entry: { kind: "shortage", amount: 300 } });
  assert.equal(some.suspense_fen, -300);
});

Deno.test("reconciliation: swallowed cash that is credited at once leaves nothing to explain", async () => {
  const { surplus_fen, differences } = await dayOf({}, true);
  assert.deepEqual([surplus_fen, differences], [0, []]);
});

Deno.test("reconciliation: a suspect bunch of which the customer kept a part explains itself", () => {
  const some = day(
    cash(100),
    booked("withdrawal", 500),
    told("cash_retracted_suspect", 500, "SUSPECT: 300 yuan came back"),
    cash(98, 2),
  );
  assert.deepEqual([some.surplus_fen, whys(some), some.explained], [30_000, ["suspect"], true]);
  const more = day(
    cash(100),
    booked("withdrawal", 500),
    told("cash_retracted_suspect", 500),
    cash(94, 6),
  );
  assert.deepEqual([whys(more), more.explained], [["suspect", "unexplained"], false]);
});

Deno.test("reconciliation: a debit that nobody paid and nobody reversed is found", () => {
  const silent = day(cash(100), booked("withdrawal", 500));
  assert.deepEqual([whys(silent), silent.surplus_fen, silent.explained], [
    ["not_in_journal"],
    50_000,
    false,
  ]);
  const waiting = day(
    cash(100),
    booked("withdrawal", 500),
    told("reversal_queued", 500, "of 000003: 4021", "000004"),
  );
  assert.deepEqual([whys(waiting), waiting.explained], [["reversal_pending"], true]);
  const forgotten = day(
    cash(100),
    booked("withdrawal", 500),
    told("reversal_queued", 500, "of 000003: 4021", "000004"),
    told("reversal_acknowledged", 500, "00", "000004"),
  );
  assert.deepEqual([whys(forgotten), forgotten.explained], [["not_in_journal"], false]);
});

Deno.test("reconciliation: cash that was paid twice, or on a debit undone, is a shortage with a name", () => {
  const undone = day(
    cash(100),
    booked("withdrawal", 500),
    told("cash_taken", 500),
    booked("reversal", 500),
    cash(95, 5),
  );
  assert.deepEqual([whys(undone), undone.surplus_fen], [["paid_without_debit"], -50_000]);
  const twice = day(cash(100), booked("withdrawal", 500), told("cash_taken", 500), cash(90, 10));
  assert.deepEqual([whys(twice), twice.surplus_fen, twice.explained], [
    ["unexplained"],
    -50_000,
    false,
  ]);
});

Deno.test("reconciliation: a refill is no difference", () => {
  const refilled = day(
    cash(100),
    booked("unload", 10_000, null),
    booked("load", 100_000, null),
    cash(1_000),
    booked("withdrawal", 500),
    told("cash_taken", 500),
    cash(995, 5),
  );
  assert.deepEqual([refilled.loaded_fen, refilled.surplus_fen], [10_000_000, 0]);
});

Deno.test("reconciliation: notes that are gone, and that no book says were taken out, are missed", () => {
  const robbed = day(
    cash(100),
    cash(50),
    booked("withdrawal", 500),
    told("cash_taken", 500),
    cash(45, 5),
  );
  const { loaded_fen, surplus_fen, explained } = robbed;
  assert.deepEqual([loaded_fen, surplus_fen, explained], [1_000_000, -500_000, false]);
  assert.deepEqual(whys(robbed), ["unexplained"]);
});

const ELSEWHERE = [
  [
    { bank: { address: "10.0.0.1:8583", first_stan: 0 } },
    "bank: was at 10.0.0.1:8583, so its books are not in this trace; compare there",
  ],
  [
    { devices: "ws://10.0.0.1:5846" },
    "devices: were at ws://10.0.0.1:5846, so their notes are not in this trace; count there",
  ],
] as const;

Deno.test("reconciliation: books and notes that are not in a trace accuse nobody", async () => {
  const plan = await planFrom("returning-customer", {});
  const file = await Deno.makeTempFile();
  try {
    for (const [where, told] of ELSEWHERE) {
      const pinned = { ...CREDULOUS.pinned, ...where };
      const { trace } = await runPlan(plan, { ...CREDULOUS, pinned });
      await Deno.writeTextFile(file, traceText(trace));
      const message = `${file}: ${told}`;
      await assert.rejects(reconcileVerb([file], { format: "text" }), {
        name: "InputError",
        message,
      });
    }
    // Nothing was counted: that is not nothing.
    const { trace: { header } } = await runPlan(plan, CREDULOUS);
    await Deno.writeTextFile(file, traceText(new TraceWriter(header).finish()));
    const message = `${file}: cashdispenser: no line says which notes lay in the machine, ` +
      "so there is nothing to compare; bring the trace as the run wrote it";
    await assert.rejects(reconcileVerb([file], { format: "json" }), {
      name: "InputError",
      message,
    });
  } finally {
    await Deno.remove(file);
  }
});
