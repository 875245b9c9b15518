/** Somebody before the machine sees what a touch did before they touch again. */
import assert from "node:assert/strict";
import type { CustomerAction } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

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
