import assert from "node:assert/strict";
import type { Fields } from "../../core/iso8583/mod.ts";
import { yuan } from "../../core/units.ts";
import { Front, outcomeOf } from "./session_front.ts";

Deno.test("session: silence after the debit was asked for is reversed until acknowledged", () => {
  const front = new Front();
  front.toAuthorising();
  const debit = front.last("host").message;
  front.timer("host");
  assert.deepEqual(outcomeOf(front), ["failed", "host_unreachable"]);
  const reversal = front.last("host").message;
  assert.equal(reversal.mti, "0420");
  assert.equal(reversal.fields[90], `0200${debit.fields[11]}${debit.fields[7]}`);
  front.timer("goodbye");
  front.timer("reversal");
  const repeat = front.last("host").message;
  assert.equal(repeat.mti, "0421");
  assert.equal(repeat.fields[11], reversal.fields[11], "a repeat keeps its STAN");
  front.answer("0430", { 39: "00" });
  assert.equal(front.machine.reversals.length, 0);
});

Deno.test("session: an approval that comes after its reversal dispenses nothing", () => {
  const front = new Front();
  front.toAuthorising();
  const { fields } = front.last("host").message;
  front.timer("host");
  front.tell({ type: "host", message: { mti: "0210", fields: { 11: fields[11]!, 39: "00" } } });
  assert.equal(front.commands("CashDispenser.Dispense").length, 0);
});

Deno.test("session: an answer that does not say whether it was debited is as good as none", () => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", {});
  assert.deepEqual(outcomeOf(front), ["failed", "host_unreachable"]);
  assert.equal(front.last("host").message.fields[48]?.reason, "4021");
});

Deno.test.each<[string, Fields]>([
  ["a part of the amount", { 39: "10", 4: yuan(200) }],
  ["a customer who is important", { 39: "11" }],
  ["a debit that is not done yet", { 39: "09" }],
  ["another amount", { 39: "00", 4: yuan(200) }],
])(
  "session: an approval of %s pays nothing, and what was debited is given back",
  (_what, fields) => {
    const front = new Front();
    front.toAuthorising();
    front.answer("0210", fields);
    assert.equal(front.commands("CashDispenser.Dispense").length, 0);
    assert.deepEqual(outcomeOf(front), ["failed", "host_unreachable"]);
    assert.equal(front.last("host").message.mti, "0420");
  },
);

Deno.test("session: an approval that repeats the amount is one", () => {
  const front = new Front();
  front.toAuthorising();
  const { 4: amount } = front.last("host").message.fields;
  front.answer("0210", { 39: "00", 4: amount! });
  assert.equal(front.commands("CashDispenser.Dispense").length, 1);
});

Deno.test("session: a code that only another host gives is a refusal", () => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", { 39: "05" });
  assert.deepEqual(outcomeOf(front), ["failed", "declined"]);
  assert.deepEqual(front.machine.reversals, []);
});

Deno.test("session: a reversal that the host knows already is acknowledged", () => {
  const front = new Front();
  front.toAuthorising();
  front.timer("host");
  front.answer("0430", { 39: "96" });
  assert.equal(front.machine.reversals.length, 1);
  front.answer("0430", { 39: "94" });
  assert.deepEqual(front.machine.reversals, []);
});

Deno.test("session: a failed dispense is rejected, reversed, and said to be returned", () => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", { 39: "00" });
  front.complete("CashDispenser.Dispense", "hardwareError");
  front.complete("CashDispenser.Reject");
  assert.equal(front.last("host").message.fields[48]?.reason, "4017");
  assert.deepEqual(outcomeOf(front), ["failed", "dispense_failed"]);
  assert.deepEqual(front.machine.page, {
    page: "sorry",
    reason: "dispense_failed",
    money: "will_be_returned",
  });
});

Deno.test("session: cash not taken is swallowed and SUSPECT, not credited by itself", () => {
  const front = new Front();
  front.toCashWaiting();
  front.timer("hurry");
  assert.ok(front.machine.page.page === "take_cash" && front.machine.page.hurry);
  front.timer("retract");
  front.complete("CashManagement.Retract");
  assert.deepEqual(outcomeOf(front), ["timed_out", "cash_not_taken"]);
  assert.ok(front.journal().includes("cash_retracted_suspect"));
  assert.equal(front.machine.reversals.length, 0);

  for (const [fit, reversals] of [[5, 1], [3, 0]] as const) {
    const generous = new Front({ retract_credit: true });
    generous.toCashWaiting();
    generous.timer("retract");
    generous.complete("CashManagement.Retract", "success", {
      storage: { unit6: { retracted: { typeCNY100: { fit } } } },
    });
    assert.equal(generous.machine.reversals.length, reversals, `${fit} of 5 notes came back`);
  }
});

Deno.test("session: notes that may be forged are not credited", () => {
  for (const level of ["counterfeit", "suspect", "inked"] as const) {
    const front = new Front({ retract_credit: true });
    front.toCashWaiting();
    front.timer("retract");
    front.complete("CashManagement.Retract", "success", {
      storage: { unit6: { retracted: { typeCNY100: { fit: 2, [level]: 3 } } } },
    });
    assert.deepEqual(front.machine.reversals, [], level);
    assert.match(front.all("journal").at(-2)?.entry.detail ?? "", /SUSPECT: 200 yuan came back/);
  }
});

Deno.test("session: where nothing lay to be retracted nothing is to be cleared", () => {
  for (
    const [errorCode, page] of [["noItems", "welcome"], [
      "cashUnitError",
      "out_of_service",
    ]] as const
  ) {
    const front = new Front();
    front.toCashWaiting();
    front.timer("retract");
    front.complete("CashManagement.Retract", "commandErrorCode", { errorCode });
    front.timer("goodbye");
    assert.equal(front.page, page, errorCode);
  }
});

Deno.test("session: a printer without paper costs the receipt, never the cash", () => {
  const front = new Front();
  front.toCashWaiting();
  front.taken();
  front.complete("Printer.PrintNative", "commandErrorCode", { errorCode: "paperOut" });
  assert.deepEqual(outcomeOf(front), ["served", "cash_taken"]);
  assert.ok(front.journal().includes("receipt_failed"));
});
