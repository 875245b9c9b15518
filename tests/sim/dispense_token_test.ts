/** A machine that wants the bank's permission: the token travels from the bank to the dispenser, once. */
import assert from "node:assert/strict";
import type { Plan } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

async function guarded(faults: Plan["scenario"]["faults"] = []): Promise<Plan> {
  const plan = await planFrom("returning-customer", { faults, expect: [{}] });
  const policies = { ...plan.profile.policies, dispense_tokens: "required" } as const;
  return { ...plan, profile: { ...plan.profile, policies } };
}

Deno.test("tokens: the dispenser's nonce comes back as the bank's token, and the cash follows", async () => {
  const { trace, ending, findings } = await runPlan(await guarded(), CREDULOUS);
  assert.deepEqual(findings, []);
  assert.equal(ending.outcome, "served");
  const text = JSON.stringify(trace.lines);
  const [, nonce] = /"commandNonce":"([0-9A-F]{32})"/.exec(text) ?? [];
  assert(text.includes(`"nonce":"${nonce}"`), "the bank is told the nonce");
  const tokens = text.match(/"token":"[^"]+"/g) ?? [];
  assert.equal(new Set(tokens).size, 1, "one token, from the bank to the dispenser");
  assert.match(tokens[0]!, new RegExp(`NONCE=${nonce},.*DISPENSE1=500\\.00CNY`));
});

Deno.test("tokens: a token that the power took with it moves no note, and the debit is undone", async () => {
  const plan = await guarded([{ id: "N5", when: { host_message: "0210", nth: 1 } }]);
  const { ending, findings } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(findings, []);
  assert.equal(ending.cash_taken, 0);
  assert.equal(ending.balance, 860_000);
});
