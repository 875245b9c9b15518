/** Somebody before the machine sees what a touch did before they touch again. */
import assert from "node:assert/strict";
import { unsolicited } from "../../core/xfs4iot/mod.ts";
import type { CustomerAction, Scenario, Visit } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { View } from "../../sim/world/view.ts";
import { CREDULOUS, planFrom, WITHDRAWS } from "./credulous.ts";

/** The keys on the screen that were touched after the face, in order. */
async function touched(...then: readonly CustomerAction[]): Promise<string[]> {
  const customer: CustomerAction[] = ["show_face", { enter: "id" }, { pin: "correct" }, ...then];
  const { trace } = await runPlan(await planFrom("cash-not-taken", { customer }), CREDULOUS);
  const touches = trace.lines.filter((line) => line.type === "touch");
  return touches.map(({ control }) => control).filter((control) => control !== "face");
}

Deno.test("visitor: another amount is asked for with one touch", async () => {
  assert.deepEqual(
    await touched({ choose: "withdraw" }, { amount_yuan: 700 }, { take: "cash" }),
    ["withdraw", "other_amount"],
  );
});

Deno.test("visitor: who withdraws consent touches the key once, and then says yes", async () => {
  assert.deepEqual(await touched("withdraw_consent"), ["withdraw_consent", "agree"]);
});

Deno.test("visitor: a hand that is on its way stops when the key is gone", async () => {
  assert.deepEqual(
    await touched({ choose: "withdraw" }, { amount_yuan: 500 }, { amount_yuan: 500 }),
    ["withdraw", "amount_500"],
  );
});

/** Who comes and takes something, and how each visit ends, in order. */
async function hands(change: Partial<Scenario>): Promise<string[]> {
  const at_the_machine = { is: "customer" };
  const customer: CustomerAction[] = [...WITHDRAWS, { take: "receipt" }];
  const visits = [{ after_s: 60, at_the_machine, customer }];
  const plan = await planFrom("returning-customer", { visits, expect: [], deeds: [], ...change });
  const { trace } = await runPlan(plan, CREDULOUS);
  return trace.lines.flatMap((line) => {
    if (line.type === "outcome") return [line.reason];
    return line.type === "customer" && /^take|arrives/.test(line.does) ? [line.does] : [];
  });
}

Deno.test("visitor: nobody reaches for notes that are gone, taken back or taken in the dark", async () => {
  const faults = [{ id: "E3", when: { state: "cash_waiting", nth: 1 }, for_s: 20 }];
  const served = ["arrives", "take_cash", "cash_taken", "take_receipt"];
  const left = await hands({ customer: WITHDRAWS.slice(0, -1), faults });
  assert.deepEqual(left, ["arrives", "power_lost", ...served]);
  const taken = await hands({ customer: WITHDRAWS, faults });
  assert.deepEqual(taken, ["arrives", "take_cash", "power_lost", ...served]);
});

Deno.test("visitor: what could not be taken back lies there for whoever comes next", async () => {
  const at_the_machine = { is: "customer" };
  const next: Visit = { after_s: 40, at_the_machine, customer: [{ take: "cash" }] };
  const come = (id: string) =>
    hands({
      customer: [...WITHDRAWS.slice(0, -1), "leave"],
      visits: [next],
      faults: [{ id, when: { state: "cash_waiting", nth: 1 } }],
    });
  const left = ["arrives", "cash_not_taken", "arrives"];
  assert.deepEqual(await come("D24"), [...left, "take_cash"]);
  assert.deepEqual(await come("D12"), left, "jammed behind the shutter");
});

Deno.test("visitor: what the machine took back is not in its slots, what it failed to is", () => {
  let lies = true;
  const view = new View(() => lies);
  const hears = (name: string, completionCode?: "success" | "hardwareError") =>
    view.hears(
      {
        header: { name, type: completionCode ? "completion" : "unsolicited", completionCode },
      } as never,
    );
  for (const name of ["CashManagement.Reset", "CashManagement.Retract"]) {
    lies = true;
    hears("CashManagement.ItemsPresentedEvent");
    hears(name, "hardwareError");
    assert.equal(view.cash, true, name);
    hears(name, "success");
    assert.equal(view.cash, false, name);
    hears("CashManagement.ItemsPresentedEvent");
    lies = false;
    hears(name, "hardwareError");
    assert.equal(view.cash, false, "what stuck on the way back is out of sight");
  }
  for (const name of ["Printer.MediaAutoRetractedEvent", "Printer.MediaTakenEvent"] as const) {
    hears("Printer.PrintNative", "success");
    assert.equal(view.receipt, true);
    hears(name);
    assert.equal(view.receipt, false, name);
  }
  const detects = (position: string) =>
    view.hears(unsolicited("Printer.MediaDetectedEvent", { position }));
  hears("Printer.MediaPresentedEvent");
  assert.equal(view.receipt, true, "it is seen before the printer says that it is done");
  detects("entering");
  assert.equal(view.receipt, true);
  detects("unit1");
  assert.equal(view.receipt, false);
});
