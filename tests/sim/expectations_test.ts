/** What a scenario promises is held against what happened, each promise by itself. */
import assert from "node:assert/strict";
import { yuan } from "../../core/units.ts";
import type { Expectation } from "../../sim/plan/mod.ts";
import { type Ending, judge } from "../../sim/world/expectations.ts";
import { endingOf } from "../../sim/world/run.ts";
import { journal, served } from "./oracle_lines.ts";

const ENDING: Ending = {
  outcome: "served",
  reason: "cash_taken",
  cash_taken: yuan(500),
  balance: yuan(8_100),
  session_s: 30,
  reversal: "none",
  journal: ["session_started", "cash_taken"],
};

const PROMISES: readonly (readonly [Expectation, Expectation, string])[] = [
  [{ outcome: "served" }, { outcome: "refused" }, "served (cash_taken)"],
  [{ reason: "cash_taken" }, { reason: "pin_locked" }, "cash_taken"],
  [{ cash_taken_yuan: 500 }, { cash_taken_yuan: 400 }, "500"],
  [{ balance_yuan: 8_100 }, { balance_yuan: 8_600 }, "8,100"],
  [{ session_under_s: 30.1 }, { session_under_s: 30 }, "30.0 s"],
  [{ reversal: "none" }, { reversal: "pending" }, "none"],
  [{ journal: "cash_taken" }, { journal: "pin_refused" }, "not written"],
  [{ stopped_by: "nobody" }, { stopped_by: "face" }, "nobody"],
];

Deno.test.each(PROMISES.map((each) => [Object.keys(each[0]).join(), ...each] as const))(
  "expectations: %s is kept, or it is said what was",
  (_name, kept, broken, was) => {
    assert.deepEqual(judge(kept, ENDING).map(({ ok }) => ok), [true]);
    const [{ ok, text } = { ok: true, text: "" }, ...more] = judge(broken, ENDING);
    assert.deepEqual([ok, more], [false, []]);
    assert.ok(text.endsWith(`, but it was ${was}`), text);
  },
);

Deno.test("expectations: a session that never began or never ended lasted under nothing", () => {
  const begun = { ...journal("session_started"), n: 1, t: 1_000_000 };
  assert.equal(endingOf([begun], null, 0).session_s, null);
  assert.equal(endingOf([begun, { ...served, n: 2, t: 3_000_000 }], null, 0).session_s, 2);
  for (
    const [written, was] of [[["session_started"], "never ended"], [[], "never begun"]] as const
  ) {
    const [result] = judge({ session_under_s: 30 }, {
      ...ENDING,
      session_s: null,
      journal: written,
    });
    assert.equal(result?.ok, false);
    assert.ok(result.text.endsWith(`, but it was ${was}`), result.text);
  }
});

Deno.test("expectations: who is locked, or has not enough, is stopped by the bank, as the audit says", () => {
  for (const reason of ["customer_locked", "limit_exceeded", "insufficient_funds", "declined"]) {
    const [result] = judge({ stopped_by: "bank" }, { ...ENDING, reason });
    assert.equal(result?.ok, true, reason);
  }
});

Deno.test("expectations: of a bank somewhere else no balance is judged", () => {
  assert.deepEqual(judge({ balance_yuan: 1 }, { ...ENDING, balance: null }), []);
});
