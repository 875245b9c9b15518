/** The orders of a visit that a machine profile can ask for, and consent that is taken back. */
import assert from "node:assert/strict";
import type { SessionConfig } from "../../core/session/mod.ts";
import { fen } from "../../core/units.ts";
import { Front, PAN } from "./session_front.ts";

const AFTER_AMOUNT: Partial<SessionConfig> = { flow: { first: "face", pin: "after_amount" } };
const NUMBER_FIRST: Partial<SessionConfig> = { flow: { first: "number", pin: "before_service" } };

/** Face and number are accepted; 500 yuan are wished, and the PIN is asked for. */
function wishing(): Front {
  const front = new Front(AFTER_AMOUNT);
  front.toPin();
  front.touch("withdraw");
  front.touch("amount_500");
  front.complete("CashDispenser.Denominate");
  return front;
}

function journal(front: Front): string[] {
  return front.all("journal").map(({ entry }) => entry.line);
}

Deno.test("flow: with the PIN after the amount, the bank judges it with the debit", () => {
  const front = wishing();
  assert.equal(front.state, "entering_pin");
  assert.equal(front.all("host").length, 1, "nothing but the inquiry has left");
  front.enterPin();
  assert.equal(front.last("host").message.mti, "0200");
  front.answer("0210", { 39: "00" });
  assert.equal(front.state, "dispensing");
  assert.ok(journal(front).includes("pin_accepted"));
});

Deno.test("flow: a wrong PIN after the amount is asked again for the same amount", () => {
  const front = wishing();
  front.enterPin();
  front.answer("0210", { 39: "55", 48: { pin_tries_left: 2 } });
  assert.deepEqual([front.state, front.page], ["entering_pin", "enter_pin"]);
  front.enterPin();
  const { message } = front.last("host");
  assert.deepEqual([message.mti, message.fields[4]], ["0200", fen(50_000)]);
  front.answer("0210", { 39: "75" });
  assert.equal(front.last("ended").reason, "pin_locked");
  assert.ok(!journal(front).includes("pin_accepted"));
});

Deno.test("flow: a balance needs the PIN, whenever it is asked", () => {
  const front = new Front(AFTER_AMOUNT);
  front.toPin();
  front.touch("balance");
  assert.equal(front.page, "enter_pin");
  front.enterPin();
  front.answer("0110", { 39: "00", 54: fen(1_000) });
  assert.equal(front.page, "show_balance");
});

Deno.test("flow: with the number first, the face is shown when it is known whose it must be", () => {
  const front = new Front(NUMBER_FIRST);
  front.touch("face");
  assert.equal(front.state, "entering_number");
  front.enterNumber();
  front.found();
  assert.equal(front.state, "capturing");
  front.look();
  front.verified();
  assert.equal(front.state, "entering_pin");
});

Deno.test("flow: with the number first, a first use asks for consent before the camera", () => {
  const front = new Front(NUMBER_FIRST);
  front.touch("face");
  front.enterNumber();
  front.found("id_photo");
  assert.deepEqual([front.state, front.commands("Camera.TakePicture").length], ["consent", 0]);
  front.touch("agree");
  front.look();
  front.verified();
  front.enterPin();
  front.answer("0110", { 39: "00" });
  assert.ok(front.all("face").some(({ request }) => request.op === "enrol"));
});

Deno.test("consent: whose template is kept can have it deleted, and the bank is told until it knows", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw_consent");
  assert.equal(front.page, "withdraw_consent");
  front.touch("agree");
  const deleted = front.all("face").map(({ request }) => request)
    .find((request) => request.op === "delete");
  assert.deepEqual(deleted, { op: "delete", reference: `template:${PAN}` });
  assert.deepEqual([front.last("ended").outcome, front.last("ended").reason], [
    "served",
    "consent_withdrawn",
  ]);
  const first = front.last("host").message;
  assert.deepEqual([first.mti, first.fields[48]], ["0120", { reference: "none" }]);
  front.timer("advice");
  const again = front.last("host").message;
  assert.equal(again.mti, "0121");
  for (const element of [2, 3, 7, 11] as const) {
    assert.equal(again.fields[element], first.fields[element]);
  }
  front.answer("0130", { 39: "00" });
  assert.deepEqual(front.machine.advices, []);
});

Deno.test("consent: who thinks better of it keeps the template", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw_consent");
  front.touch("decline");
  assert.equal(front.page, "choose_service");
  assert.ok(front.all("face").every(({ request }) => request.op !== "delete"));
});

Deno.test("consent: who has just given it can take it back, however long the template takes", () => {
  for (const late of [false, true]) {
    const front = new Front();
    front.toFirstPin();
    front.enterPin();
    front.answer("0110", { 39: "00" });
    const { request } = front.last("face");
    assert(request.op === "enrol");
    const enrolled = () => front.face({ ...request, verdict: "enrolled" });
    if (!late) enrolled();
    front.touch("withdraw_consent");
    front.touch("agree");
    if (late) enrolled();
    assert.equal(front.last("ended").reason, "consent_withdrawn");
    const kept = front.all("face").map(({ request }) => request.op)
      .filter((op) => op === "enrol" || op === "delete");
    assert.deepEqual(kept.slice(kept.indexOf("enrol")), ["enrol", "delete"]);
    const told = front.machine.advices.map(({ about }) =>
      about.what === "reference" && about.reference
    );
    assert.deepEqual(told, late ? ["none"] : ["template", "none"]);
  }
});

Deno.test("consent: before the PIN nothing is kept of a first use, and nothing to be deleted", () => {
  const front = new Front(AFTER_AMOUNT);
  front.touch("first_use");
  front.touch("agree");
  front.look();
  front.enterNumber();
  front.found("id_photo");
  front.verified();
  assert.equal(front.page, "choose_service");
  assert.ok(!front.machine.controls.includes("withdraw_consent"));
  front.touch("withdraw_consent");
  assert.equal(front.page, "choose_service");
});

Deno.test("consent: a template of which the bank knows nothing is deleted when that is learnt", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found("none");
  const asked = front.all("face").map(({ request }) => request.op);
  assert.ok(asked.includes("delete"));
  assert.equal(front.last("ended").reason, "no_reference");
});

Deno.test("flow: a bank that takes the PIN and tells no balance has none shown", () => {
  const front = new Front();
  front.toPin();
  front.enterPin();
  front.answer("0110", { 39: "00" });
  assert.deepEqual([front.page, front.machine.controls.includes("balance")], [
    "choose_service",
    false,
  ]);
  const later = new Front(AFTER_AMOUNT);
  later.toPin();
  later.touch("balance");
  later.enterPin();
  later.answer("0110", { 39: "00" });
  assert.equal(later.last("ended").reason, "declined");
});

/** A first visit in which a template was kept, of which the bank has not heard yet. */
function enrolled(front: Front): void {
  front.toFirstPin();
  front.enterPin();
  front.answer("0110", { 39: "00", 54: fen(1) });
  const capture = front.all("face").flatMap(({ request }) =>
    request.op === "enrol" ? [request.capture] : []
  );
  front.face({ op: "enrol", capture: capture.at(-1)!, verdict: "enrolled" });
  front.touch("cancel");
  front.timer("goodbye");
}

/** What the bank was told of templates, each time. */
function toldOf(front: Front): string[] {
  return front.all("host").flatMap(({ message: { mti, fields } }) =>
    fields[3] === "910000" ? [`${mti} ${fields[48]?.reference}`] : []
  );
}

/** Somebody shows their face and enters the number; the bank finds this. */
function comesAgain(front: Front, reference: "template" | "id_photo" | "none"): void {
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found(reference);
}

Deno.test("consent: that a template is kept is told no more once it is deleted", () => {
  const front = new Front();
  enrolled(front);
  comesAgain(front, "id_photo");
  assert.deepEqual([toldOf(front), front.machine.advices], [["0120 template"], []]);
  assert.equal(front.timers("advice").at(-1), null, "nothing is left to repeat");
});

Deno.test("consent: when the bank is not told of a template any more, it is told what waited behind", () => {
  const front = new Front({ tell_face_refusals: true });
  enrolled(front);
  comesAgain(front, "template");
  front.verified("no_match");
  front.touch("cancel");
  front.timer("goodbye");
  comesAgain(front, "none");
  assert.equal(front.last("host").message.fields[3], "920000");
  assert.equal(front.timers("advice").at(-1), front.machine.config.reversal_repeat);
});

Deno.test("consent: a bank that asks for a template which is gone is told so, once", () => {
  const front = new Front();
  for (let visit = 0; visit < 2; visit++) {
    comesAgain(front, "template");
    front.verified("no_reference");
    assert.equal(front.last("ended").reason, "no_reference");
    front.timer("goodbye");
  }
  assert.deepEqual(toldOf(front), ["0120 none"]);
});

Deno.test("consent: a template that the bank refuses is deleted", () => {
  const front = new Front();
  enrolled(front);
  front.answer("0130", { 39: "62" });
  assert.deepEqual(front.machine.advices, []);
  assert.deepEqual(front.last("face").request, { op: "delete", reference: `template:${PAN}` });
});

Deno.test("advice: a face that was not the customer's is told where the bank counts them", () => {
  for (const tell_face_refusals of [false, true]) {
    const front = new Front({ tell_face_refusals });
    front.touch("face");
    front.look();
    front.enterNumber();
    front.found();
    front.verified("no_match");
    const told = front.all("host").filter(({ message }) => message.fields[3] === "920000");
    assert.equal(told.length, tell_face_refusals ? 1 : 0);
  }
});
