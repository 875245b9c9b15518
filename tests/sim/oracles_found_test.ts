/** Every sentence that a run is judged by can be broken: a day as it should be, and one line otherwise. */
import assert from "node:assert/strict";
import { Approvals } from "../../sim/oracles/approvals.ts";
import { attackNotServed } from "../../sim/oracles/attack_not_served.ts";
import { attemptsBounded } from "../../sim/oracles/attempts_bounded.ts";
import { booksBalance } from "../../sim/oracles/books_balance.ts";
import { consentFirst } from "../../sim/oracles/consent_first.ts";
import { consentKept } from "../../sim/oracles/consent_kept.ts";
import { journalComplete } from "../../sim/oracles/journal_complete.ts";
import { limitsKept } from "../../sim/oracles/limits_kept.ts";
import { lockedStaysLocked } from "../../sim/oracles/locked_stays_locked.ts";
import { noSecret } from "../../sim/oracles/no_secret.ts";
import { noSecretOnWire } from "../../sim/oracles/no_secret_on_wire.ts";
import { onePerson } from "../../sim/oracles/one_person.ts";
import { promiseKept } from "../../sim/oracles/promise_kept.ts";
import { returnsToIdle } from "../../sim/oracles/returns_to_idle.ts";
import { reversalsKept } from "../../sim/oracles/reversals_kept.ts";
import { Glance } from "../../sim/oracles/secrets.ts";
import { threeFactors } from "../../sim/oracles/three_factors.ts";
import { sessionUnderLimit } from "../../sim/oracles/time_limit.ts";
import { wayWithoutFace } from "../../sim/oracles/way_without_face.ts";
import type { TraceBody } from "../../sim/trace/mod.ts";
import {
  ACCOUNT,
  answered,
  asked,
  command,
  face,
  found,
  journal,
  type Json,
  ledger,
  screen,
  served,
  STAN,
  status,
  to,
  touch,
  typing,
} from "./oracle_lines.ts";

Deno.test("oracle: a picture that nobody asked for, and a template that nobody agreed to, are found", () => {
  const picture = command("Camera.TakePicture");
  const look = to("capturing");
  assert.deepEqual(found(consentFirst(), touch("agree"), look, picture, face("enrol")), []);
  const one_more = [touch("face"), look, picture, to("entering_pin"), picture];
  assert.deepEqual(found(consentFirst(), ...one_more), [
    "a picture was asked for while entering_pin",
  ]);
  assert.deepEqual(found(consentFirst(), touch("other_way"), picture), [
    "a picture was asked for without consent",
  ]);
  assert.deepEqual(found(consentFirst(), touch("face"), look, picture, face("enrol")), [
    "a template was kept without consent",
  ]);
  assert.deepEqual(found(consentFirst(), touch("agree"), served, picture, face("enrol")).length, 2);
});

Deno.test("oracle: whoever was locked and is approved is found", () => {
  const locks = answered("0110", { 2: ACCOUNT, 39: "75" });
  for (const mti of ["0110", "0210"]) {
    const approved = answered(mti, { 2: ACCOUNT, 39: "00" });
    assert.deepEqual(found(lockedStaysLocked(), approved, locks), []);
    assert.deepEqual(found(lockedStaysLocked(), locks, approved), [
      "a locked customer was approved",
    ]);
  }
  const other = answered("0210", { 2: "622848*********0025", 39: "00" });
  assert.deepEqual(found(lockedStaysLocked(), locks, other), []);
});

Deno.test("oracle: more at once, in a day, too often, or than there is, is found", () => {
  const limits = { per_withdrawal_fen: 100_000, per_day_fen: 150_000, per_day_count: 2 };
  const day = (holds: number, ...yuan: readonly number[]) =>
    found(
      limitsKept(limits),
      ledger("opening", holds),
      ...yuan.map((amount, i) => ledger("withdrawal", amount, { stan: `00000${i}` })),
    );
  assert.deepEqual(day(9_000, 1_000, 500), []);
  assert.deepEqual(day(9_000, 1_001), ["100100 fen at once"]);
  assert.deepEqual(day(9_000, 1_000, 501), ["150100 fen in a day"]);
  assert.deepEqual(day(9_000, 100, 100, 100), ["3 withdrawals in a day"]);
  assert.deepEqual(day(499, 500), ["an account is overdrawn"]);
  const undone = [ledger("withdrawal", 1_000), ledger("reversal", 1_000)];
  const again = ledger("withdrawal", 1_000, { stan: "000009" });
  assert.deepEqual(found(limitsKept(limits), ledger("opening", 1_000), ...undone, again), []);
});

Deno.test("oracle: a debit, a face or a PIN of another account is found", () => {
  const find = asked("0100", { 3: "330000", 11: STAN });
  const says = (stan: string, account: string) =>
    answered("0110", { 2: account, 3: "330000", 11: stan, 39: "00" }, "received");
  const is = says(STAN, ACCOUNT);
  const visit = (reference: string, account: string) =>
    found(
      onePerson(),
      find,
      is,
      face("verify", { reference: `template:${reference}` }),
      asked("0100", { 2: account, 3: "310000" }),
      asked("0200", { 2: account, 3: "010000" }),
    );
  const other = "622848*********0025";
  assert.deepEqual(visit(ACCOUNT, ACCOUNT), []);
  assert.deepEqual(visit(other, ACCOUNT), ["a face is compared with somebody else's reference"]);
  const another = "the bank is asked about another account";
  assert.deepEqual(visit(ACCOUNT, other), [another, another]);
  const mixed_up = [find, says("000009", ACCOUNT), asked("0100", { 2: ACCOUNT, 3: "310000" })];
  assert.deepEqual(found(onePerson(), ...mixed_up), [another], "that answered somebody else");
});

Deno.test("oracle: an approval of another request than the last accepts neither number nor PIN", () => {
  const result = (op: string, verdict: string): TraceBody => ({
    type: "face_result",
    result: { op, verdict },
  });
  const approved = (mti: string, code: string, stan: string) =>
    answered(mti, { 3: code, 11: stan, 39: "00" }, "received");
  const pays = (number: string, pin: string, debit: string | null) =>
    found(
      threeFactors(),
      result("assess", "live"),
      result("verify", "match"),
      asked("0100", { 3: "330000", 11: "000001" }),
      approved("0110", "330000", number),
      ...(debit === null
        ? [asked("0100", { 3: "310000", 11: "000002" }), approved("0110", "310000", pin)]
        : [asked("0200", { 11: "000003", 52: "AB" }), approved("0210", "010000", debit)]),
      command("CashDispenser.Dispense"),
    );
  assert.deepEqual(pays("000001", "000002", null), []);
  assert.deepEqual(pays("000001", "000002", "000003"), [], "the PIN is judged with the debit");
  assert.deepEqual(pays("000009", "000002", null), ["dispense without number"]);
  assert.deepEqual(pays("000001", "000001", null), ["dispense without pin"]);
  assert.deepEqual(pays("000001", "000002", "000002"), ["dispense without pin"]);
});

Deno.test("oracle: who agrees that a template goes has it deleted, whatever the journal says", () => {
  const account = answered("0110", { 2: ACCOUNT, 11: "000001" }, "received");
  const agrees = [
    asked("0100", { 3: "330000", 11: "000001" }),
    account,
    to("withdrawing_consent"),
    touch("agree"),
  ];
  const gone = face("delete", { reference: `template:${ACCOUNT}` });
  const told = asked("0120", { 2: ACCOUNT, 3: "910000", 11: "000002", 48: { reference: "none" } });
  const heard = answered("0130", { 2: ACCOUNT, 11: "000002", 39: "00" }, "sent");
  const judge = (...lines: readonly TraceBody[]) =>
    found(consentKept([], new Approvals(), true), ...lines);
  assert.deepEqual(judge(...agrees, gone, told, heard), []);
  assert.deepEqual(judge(...agrees, gone, told), ["the bank was never told"]);
  assert.deepEqual(judge(...agrees, to("ending")), ["a template was never deleted"]);
  assert.deepEqual(judge(...agrees, gone), ["the bank was never told"]);
  assert.deepEqual(judge(...agrees.slice(0, 3), touch("decline")), []);
});

Deno.test("oracle: a page that asks for something and has nothing to touch is found", () => {
  const bare = (page: string, more: Json = {}) =>
    found(wayWithoutFace(), screen(page, { controls: [], ...more }));
  assert.deepEqual(bare("enter_pin"), ["enter_pin offers no other way"]);
  assert.deepEqual(bare("please_wait", { about: "face" }), ["please_wait offers no other way"]);
  for (const page of ["sorry", "take_cash", "out_of_service"]) assert.deepEqual(bare(page), []);
  assert.deepEqual(bare("please_wait", { about: "bank" }), []);
});

Deno.test("oracle: a print that is served is found, by the plan or by somebody's own hands", () => {
  const shown = [journal("session_started"), screen("show_balance", {}), served];
  const stands = (attack: string): TraceBody => ({
    type: "customer",
    does: "stands",
    detail: { person: 77, attack },
  });
  const arrives: TraceBody = { type: "customer", does: "arrives" };
  const both = ["balance to a presentation attack", "the attack was served"];
  assert.deepEqual(found(attackNotServed([false, true]), arrives, ...shown), []);
  assert.deepEqual(found(attackNotServed([false, true]), arrives, arrives, ...shown), both);
  assert.deepEqual(found(attackNotServed([]), stands("printed-photo"), ...shown), both);
  assert.deepEqual(found(attackNotServed([]), stands("none"), ...shown), []);
  assert.deepEqual(found(attackNotServed([true]), arrives, stands("none"), ...shown), []);
});

Deno.test("oracle: whoever guesses on is found: PINs over all sessions, faces and numbers in one", () => {
  const limits = { pin_tries: 2, face_tries: 2, number_tries: 2 };
  const begins = journal("session_started");
  const guess = {
    pin: answered("0110", { 2: ACCOUNT, 3: "310000", 39: "55" }),
    face: { type: "face_result", result: { op: "verify", verdict: "no_match" } },
    number: [
      to("entering_number"),
      typing("command"),
      typing("completion", { pinKeys: "(5 keys)" }),
    ],
  } as const;
  const says = {
    pin: "3 wrong PINs in a row were judged",
    face: "3 faces were compared",
    number: "3 numbers were tried",
  };
  for (const what of ["pin", "face", "number"] as const) {
    const once = [guess[what]].flat();
    const twice = [begins, ...once, ...once];
    assert.deepEqual(found(attemptsBounded(limits), ...twice), [], what);
    assert.deepEqual(found(attemptsBounded(limits), ...twice, ...once), [says[what]]);
    const later = found(attemptsBounded(limits), ...twice, begins, ...once);
    assert.deepEqual(later, what === "pin" ? [says.pin] : [], what);
  }
  const { number } = guess;
  const given_up = [number[0], number[1], typing("completion", { completion: "cancel" })];
  const amount = [to("entering_amount"), number[1], number[2]];
  const told_twice = [...number, ...number.slice(2)];
  const tried = [...given_up, ...amount, ...told_twice, ...number];
  assert.deepEqual(found(attemptsBounded(limits), begins, ...tried), [], "two numbers, no more");
  const right = answered("0110", { 2: ACCOUNT, 3: "310000", 39: "00" });
  const { pin } = guess;
  assert.deepEqual(found(attemptsBounded(limits), pin, pin, right, pin, pin), []);
  for (
    const [mti, about] of [["0130", "920000"], ["0430", "010000"], ["0110", "330000"]] as const
  ) {
    const other = answered(mti, { 2: ACCOUNT, 3: about, 39: "00" });
    assert.deepEqual(found(attemptsBounded(limits), pin, pin, other, pin), [says.pin], about);
  }
});

Deno.test("oracle: a journal with a gap, a step twice, two ends or a whole number is found", () => {
  const paid = ["debit_authorised", "cash_dispensed", "cash_presented", "cash_taken"];
  const told = (...names: readonly string[]) =>
    found(journalComplete(), ...names.map((name) => journal(name)));
  assert.deepEqual(told("session_started", ...paid, "session_ended"), []);
  assert.deepEqual(told(...paid.toSpliced(2, 1)), [
    `cash_taken for ${STAN} without cash_presented`,
  ]);
  assert.deepEqual(told(...paid, "cash_taken"), [`cash_taken twice for ${STAN}`]);
  assert.deepEqual(told(...paid, "cash_retracted_suspect"), [
    `debit ${STAN} ended twice: cash_taken, cash_retracted_suspect`,
  ]);
  assert.deepEqual(told("debit_authorised"), [
    `the journal does not say what became of debit ${STAN}`,
  ]);
  assert.deepEqual(told("session_started", "session_started"), ["a session began within another"]);
  const entered = (customer: string) =>
    found(journalComplete(), journal("number_entered", { customer }));
  assert.deepEqual(entered("540102********0017"), []);
  assert.deepEqual(entered("26140271922"), ["a customer's number is not masked"]);
});

Deno.test("oracle: a screen that says of money what does not come true is found", () => {
  const promise = (...lines: readonly TraceBody[]) =>
    found(promiseKept(true), journal("session_started"), ...lines);
  const debit = [asked("0200", { 11: STAN }), ledger("withdrawal", 500)];
  const sorry = (money: string) => screen("sorry", { money });
  const queued = journal("reversal_queued", { stan: "000004" });
  const undone = ledger("reversal", 500);
  assert.deepEqual(promise(...debit, queued, sorry("will_be_returned"), undone), []);
  assert.deepEqual(promise(...debit, queued, sorry("will_be_returned")), [
    `debit ${STAN} stayed, against what was said`,
  ]);
  assert.deepEqual(promise(...debit, sorry("will_be_returned"), undone), [
    "returned, without a reversal",
  ]);
  assert.deepEqual(promise(...debit, sorry("not_debited")), [
    `debit ${STAN} stayed, against what was said`,
  ]);
  assert.deepEqual(promise(...debit, sorry("will_be_checked")), ["nobody was told to check"]);
  const silent = screen("sorry", { money: null });
  assert.deepEqual(promise(...debit, silent), [`nothing is said of debit ${STAN}`]);
  assert.deepEqual(promise(...debit, journal("cash_taken"), silent), []);
  const refused = answered("0210", { 11: STAN, 39: "51" }, "received");
  assert.deepEqual(promise(asked("0200", { 11: STAN }), refused, silent), [], "nothing moved");
  const ready = screen("take_cash", { amount: 60_000 });
  assert.deepEqual(promise(journal("cash_dispensed"), ready), [
    "take 60000 fen, dispensed were 50000",
  ]);
  assert.deepEqual(promise(journal("cash_taken"), screen("goodbye", { amount: 60_000 })), [
    "goodbye with 60000 fen, taken were 50000",
  ]);
});

Deno.test("oracle: books that differ from cash and journal are found", () => {
  const debit = ledger("withdrawal", 500);
  assert.deepEqual(found(booksBalance(), debit, journal("cash_taken")), []);
  assert.deepEqual(found(booksBalance(), debit, journal("reversal_queued")), [], "it may come");
  assert.deepEqual(found(booksBalance(), debit), [
    "debited 50000 − reversed 0 ≠ taken 0 + suspect 0 fen",
  ]);
  const paid = [debit, journal("cash_taken"), ledger("reversal", 500)];
  assert.deepEqual(found(booksBalance(), ...paid), [
    "debited 50000 − reversed 50000 ≠ taken 50000 + suspect 0 fen",
  ]);
});

Deno.test("oracle: a reversal that is forgotten, and cash on what was reversed, are found", () => {
  const queued = journal("reversal_queued", { stan: "000004", detail: `of ${STAN}: 4021` });
  const sent = asked("0420", { 11: "000004" });
  const heard = journal("reversal_acknowledged", { stan: "000004" });
  assert.deepEqual(found(reversalsKept(true), queued, sent, heard), []);
  assert.deepEqual(found(reversalsKept(false), queued, sent), []);
  assert.deepEqual(found(reversalsKept(true), queued, sent), [
    "nothing is broken any more, and 000004 is not acknowledged",
  ]);
  assert.deepEqual(found(reversalsKept(true), queued, heard), [
    "000004 is acknowledged, and was never sent",
  ]);
  for (const paid of ["debit_authorised", "cash_dispensed", "cash_presented"]) {
    assert.deepEqual(found(reversalsKept(true), queued, sent, heard, journal(paid)), [
      `${paid} for ${STAN}, which was reversed`,
    ]);
  }
});

Deno.test("oracle: a step that does not end, and a machine that is left without a reason, are found", () => {
  const run = (settles: boolean, ...lines: readonly TraceBody[]) =>
    found(returnsToIdle(settles), ...lines);
  const waits = (seconds: number) => Array.from({ length: seconds }, () => touch("face"));
  assert.deepEqual(run(true, to("idle"), ...waits(400), to("consent"), to("idle")), []);
  assert.deepEqual(run(true, to("consent"), ...waits(149), to("idle")), []);
  assert.deepEqual(run(true, to("consent"), ...waits(150), to("idle")), ["consent lasted 151 s"]);
  const cut: TraceBody = { type: "fault", id: "E3", active: true };
  const dark = [cut, ...waits(400), { ...cut, active: false }, to("recovering"), to("idle")];
  assert.deepEqual(run(true, to("consent"), ...dark), []);
  assert.deepEqual(run(true, to("consent"), ...waits(150), ...dark), ["consent lasted 151 s"]);
  assert.deepEqual(run(true, to("idle"), to("consent")), ["everybody has gone, and it is consent"]);
  const silent = "everybody has gone, and nothing says why it is out of service";
  assert.deepEqual(run(true, to("idle"), to("out_of_service")), [silent]);
  assert.deepEqual(run(false, to("idle"), to("out_of_service")), []);
  const told = [
    status("auxiliaries", { auxiliaries: { safeDoor: "open" } }),
    journal("operator_called", { detail: "machine_unfit" }),
    to("out_of_service"),
  ];
  assert.deepEqual(run(true, to("idle"), ...told), []);
  assert.deepEqual(run(true, ...told, to("idle"), to("out_of_service")), [silent], "that is past");
});

Deno.test("oracle: a machine that stays out of service for what has long gone is found", () => {
  const run = (...lines: readonly TraceBody[]) => found(returnsToIdle(true), to("idle"), ...lines);
  const gone = ["everybody has gone, and what kept it out of service has gone as well"];
  const out = (detail: string) => [journal("out_of_service", { detail }), to("out_of_service")];
  const says = {
    safeDoor: (told: string) => status("auxiliaries", { auxiliaries: { safeDoor: told } }),
    UPS: (told: boolean) => status("auxiliaries", { auxiliaries: { UPS: { low: told } } }),
    pinpad: (told: string) => status("pinpad", { common: { device: told } }),
  };
  const open = [says.safeDoor("open"), ...out("safeDoor")];
  assert.deepEqual(run(...open), []);
  assert.deepEqual(run(...open, says.safeDoor("closed")), gone);
  const also = [...open, says.UPS(true), says.pinpad("hardwareError"), says.safeDoor("closed")];
  assert.deepEqual(run(...also, says.UPS(false)), []);
  assert.deepEqual(run(...also, says.UPS(false), says.pinpad("online")), gone);
  const dead = [journal("operator_called", { detail: "keypad_dead" }), ...out("keypad_dead")];
  assert.deepEqual(run(...dead), [], "it has not said that it is well");
  assert.deepEqual(run(...dead, says.pinpad("online")), gone);
  assert.deepEqual(
    run(...out("notes are to be cleared by an operator")),
    [],
    "they still lie there",
  );
});

Deno.test("oracle: thirty seconds are too many where nothing broke and somebody was served", () => {
  const wait = (seconds: number): TraceBody[] =>
    Array.from({ length: seconds - 1 }, () => touch("face"));
  const lasting = (seconds: number, fault_free = true) =>
    found(sessionUnderLimit(fault_free), journal("session_started"), ...wait(seconds), served);
  assert.deepEqual(lasting(29), []);
  assert.deepEqual(lasting(30), ["it lasted 30.0 s"]);
  assert.deepEqual(lasting(30, false), []);
});

Deno.test("oracle: a PIN and a number in a trace, a typed digit, and a PIN on a wire are found", () => {
  const secrets = ["482915", "26140271922"];
  const inTrace = (line: TraceBody) => found(noSecret(secrets, new Glance(secrets)), line);
  assert.deepEqual(inTrace(journal("number_entered", { customer: "261****1922" })), []);
  for (const secret of secrets) {
    assert.deepEqual(inTrace(journal("number_entered", { customer: secret })), [
      "a secret stands in a journal line",
    ]);
  }
  const key: TraceBody = {
    type: "xfs",
    device: "pinpad",
    from: "device",
    message: { header: { name: "Keyboard.KeyEvent" }, payload: { digit: "five" } },
  };
  assert.deepEqual(inTrace(key), ["a typed digit is named"]);
  const onWire = (fields: Json) => {
    const oracle = noSecretOnWire(secrets, new Glance(secrets));
    oracle.overhears?.("host", { mti: "0200", fields });
    return oracle.finish();
  };
  assert.equal(onWire({ 11: "482915", 52: "AB" }), null, "any six digits may be a number");
  assert.equal(onWire({ 52: "482915" }), "a secret stands in a message");
});
