import assert from "node:assert/strict";
import type { Fields } from "../../core/iso8583/mod.ts";
import { yuan } from "../../core/units.ts";
import { Front, outcomeOf, PAN } from "./session_front.ts";

Deno.test("session: silence after the debit was asked for is reversed until acknowledged", () => {
  const front = new Front();
  front.toAuthorising();
  const debit = front.last("host").message;
  front.timer("host");
  assert.deepEqual(outcomeOf(front), ["failed", "host_unreachable"]);
  const reversal = front.last("host").message;
  assert.equal(reversal.mti, "0420");
  assert.equal(reversal.fields[90], `0200${debit.fields[11]}${debit.fields[7]}`);
  assert.deepEqual([reversal.fields[2], reversal.fields[4]], [debit.fields[2], debit.fields[4]]);
  front.timer("goodbye");
  front.timer("reversal");
  const repeat = front.last("host").message;
  assert.equal(repeat.mti, "0421");
  assert.equal(repeat.fields[11], reversal.fields[11], "a repeat keeps its STAN");
  front.answer("0430", { 39: "00" });
  assert.equal(front.machine.reversals.length, 0);
  assert.equal(front.timers("reversal").at(-1), null, "there is nothing to be repeated");
});

Deno.test("session: a second reversal leaves when the first is acknowledged", () => {
  const front = new Front();
  const sent = () =>
    front.all("host").filter(({ message }) => message.mti.startsWith("042")).length;
  for (const _ of [1, 2]) {
    front.toAuthorising();
    front.timer("host");
    front.timer("goodbye");
    assert.equal(sent(), 1);
  }
  const [first, second] = front.machine.reversals;
  front.tell({ type: "host", message: { mti: "0430", fields: { 11: first!.stan, 39: "00" } } });
  assert.deepEqual([sent(), front.last("host").message.fields[11]], [2, second?.stan]);
});

Deno.test("session: an approval that comes after its reversal dispenses nothing", () => {
  const front = new Front();
  front.toAuthorising();
  const { fields } = front.last("host").message;
  front.timer("host");
  front.tell({ type: "host", message: { mti: "0210", fields: { 11: fields[11]!, 39: "00" } } });
  assert.equal(front.commands("CashDispenser.Dispense").length, 0);
});

Deno.test.each<[string, Fields]>([
  ["another terminal", { 41: "OTHER001" }],
  ["another account", { 2: "6217009999999999" }],
  ["another kind of transaction", { 3: "310000" }],
])("session: an answer of %s is to nothing that was asked", (_what, other) => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", { 39: "00", ...other });
  assert.equal(front.state, "authorising", "it waits on");
  front.timer("host");
  front.answer("0430", { 39: "00", ...other });
  assert.equal(front.machine.reversals.length, 1, "nobody has acknowledged it");
  front.answer("0430", { 39: "00", 2: PAN, 41: "TWIN0001" });
  assert.equal(front.machine.reversals.length, 0);
});

Deno.test("session: an answer that does not say whether it was debited is as good as none", () => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", {});
  assert.deepEqual(outcomeOf(front), ["failed", "host_unreachable"]);
  assert.equal(front.last("host").message.fields[48]?.reason, "4021");
});

Deno.test("session: a refusal of what the bank could not believe or read leaves nobody debited", () => {
  // Who sits on the line sends a changed copy first: the bank refuses that, and debits ours.
  for (const code of ["A0", "30", "94", "68", "91"]) {
    const front = new Front();
    front.toAuthorising();
    front.answer("0210", { 39: code });
    assert.equal(front.last("host").message.mti, "0420", code);
    const { page } = front.machine;
    assert.equal(page.page === "sorry" && page.money, "will_be_returned", code);
  }
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

Deno.test("session: notes that cannot be put away keep everybody out, and where none lay nobody", () => {
  for (
    const [code, errorCode, page] of [
      ["hardwareError", undefined, "out_of_service"],
      ["commandErrorCode", "cashUnitError", "out_of_service"],
      ["commandErrorCode", "noItems", "welcome"],
      ["success", undefined, "welcome"],
    ] as const
  ) {
    const front = new Front();
    front.toAuthorising();
    front.answer("0210", { 39: "00" });
    front.complete("CashDispenser.Dispense", "hardwareError");
    front.complete("CashDispenser.Reject", code, errorCode && { errorCode });
    assert.equal(front.machine.reversals.length, 1, "the debit is undone either way");
    front.timer("goodbye");
    assert.equal(front.page, page, errorCode ?? code);
  }
});

Deno.test("session: after a failed Present the notes go where the dispenser's word leaves them", () => {
  function presented(errorCode: "shutterNotOpen" | "presentErrorNoItems" | "presentErrorUnknown") {
    const front = new Front();
    front.toAuthorising();
    front.answer("0210", { 39: "00" });
    front.complete("CashDispenser.Dispense");
    front.complete("CashDispenser.Present", "commandErrorCode", { errorCode });
    return front;
  }
  for (const errorCode of ["shutterNotOpen", "presentErrorNoItems"] as const) {
    const front = presented(errorCode);
    assert.equal(front.commands("CashDispenser.GetPresentStatus").length, 0, errorCode);
    front.complete("CashDispenser.Reject");
    assert.deepEqual(outcomeOf(front), ["failed", "present_failed"]);
    assert.equal(front.machine.reversals.length, 1);
  }
  const within_reach = presented("presentErrorUnknown");
  within_reach.complete("CashDispenser.GetPresentStatus", "success", {
    presentState: "presented",
    denomination: {},
  });
  assert.equal(within_reach.page, "take_cash");
  const unknown = presented("presentErrorUnknown");
  unknown.complete("CashDispenser.GetPresentStatus", "success", {
    presentState: "unknown",
    denomination: {},
  });
  assert.ok(unknown.journal().includes("cash_retracted_suspect"));
  assert.deepEqual(unknown.machine.reversals, [], "nobody knows that the customer has none");
  assert.equal(unknown.commands("CashManagement.Reset").length, 1, "the notes go to a bin");
});

Deno.test.each<[string, Record<string, number> | undefined, boolean]>([
  ["says nothing of the notes", undefined, true],
  ["says that they come to what was debited", { CNY: 500 }, true],
  ["says that they come to less", { CNY: 300 }, false],
  ["says that they come to more", { CNY: 600 }, false],
  ["brought another currency as well", { CNY: 500, USD: 20 }, false],
])("session: where the dispenser %s", (_what, currencies, presented) => {
  const front = new Front();
  front.toAuthorising();
  assert.equal(front.last("host").message.fields[4], yuan(500));
  front.answer("0210", { 39: "00" });
  front.complete(
    "CashDispenser.Dispense",
    "success",
    currencies && { denomination: { currencies } },
  );
  assert.equal(front.commands("CashDispenser.Present").length, presented ? 1 : 0);
  if (presented) return;
  assert.ok(!front.journal().includes("cash_dispensed"));
  front.complete("CashDispenser.Reject");
  assert.deepEqual(outcomeOf(front), ["failed", "dispense_failed"]);
  assert.equal(front.last("host").message.fields[48]?.reason, "4017");
});

Deno.test("session: cash taken before the dispenser says that it is presented is taken", () => {
  const presenting = () => {
    const front = new Front();
    front.toAuthorising();
    front.answer("0210", { 39: "00" });
    front.complete("CashDispenser.Dispense");
    front.taken();
    return front;
  };
  const quick = presenting();
  quick.complete("CashDispenser.Present");
  assert.deepEqual(quick.journal().slice(-2), ["cash_presented", "cash_taken"]);
  quick.complete("Printer.PrintNative");
  assert.deepEqual(outcomeOf(quick), ["served", "cash_taken"]);
  for (
    const [presentState, ends] of [["presented", "cash_taken"], ["notPresented", null]] as const
  ) {
    const front = presenting();
    front.complete("CashDispenser.Present", "commandErrorCode", { errorCode: "shutterNotOpen" });
    front.complete("CashDispenser.GetPresentStatus", "success", { presentState, denomination: {} });
    assert.equal(front.journal().at(-1) === "cash_taken", ends !== null, presentState);
    assert.deepEqual(front.machine.reversals, [], "who took the notes is not given them as well");
  }
});

Deno.test("session: cash that was taken is not hurried for, nor swallowed", () => {
  const front = new Front();
  front.toCashWaiting();
  front.taken();
  for (const timer of ["hurry", "retract"] as const) {
    assert.equal(front.timers(timer).at(-1), null, timer);
  }
});

Deno.test("session: the most that may be withdrawn is asked for, a yuan more and nothing are not", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw");
  for (
    const [typed, problem] of [[["zero"], "not_dispensable"], [[], "not_dispensable"], [
      ["three", "zero", "zero", "one"],
      "limit_exceeded",
    ], [["three", "zero", "zero", "zero"], null]] as const
  ) {
    front.touch("other_amount");
    front.complete("Keyboard.DataEntry", "success", {
      keys: typed.length,
      pinKeys: typed.map((digit) => ({ completion: "continue" as const, digit })),
      completion: "enter",
    });
    const { page } = front.machine;
    if (problem === null) assert.equal(front.state, "denominating");
    else assert.deepEqual(page, { page: "choose_amount", problem });
  }
  assert.equal(front.commands("CashDispenser.Denominate").length, 1);
});

Deno.test("session: after message 999999 comes 000001", () => {
  const front = new Front({ first_stan: 999_998 });
  front.toServices();
  assert.deepEqual(front.all("host").map(({ message }) => message.fields[11]), [
    "999999",
    "000001",
  ]);
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

Deno.test("session: worn notes, and those that went to the reject bin, have come back too", () => {
  const front = new Front({ retract_credit: true });
  front.toCashWaiting();
  front.timer("retract");
  front.complete("CashManagement.Retract", "success", {
    storage: {
      unit6: { retracted: { typeCNY100: { fit: 2, unfit: 1 } } },
      unit5: { rejected: { typeCNY100: { fit: 2 } } },
    },
  });
  assert.equal(front.machine.reversals.length, 1);
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
