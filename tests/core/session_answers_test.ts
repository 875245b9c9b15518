/** Answers that are to another question, or to nobody's: the core waits for its own. */
import assert from "node:assert/strict";
import type { Fields, Mti } from "../../core/iso8583/mod.ts";
import { completion } from "../../core/xfs4iot/mod.ts";
import { Front, outcomeOf, PAN } from "./session_front.ts";

/** What no message of these visits has. */
const ANOTHER_STAN = "999999";

/** The host answers something that was asked at another time. */
function lateAnswer(front: Front, mti: Mti, fields: Fields): void {
  front.tell({ type: "host", message: { mti, fields: { 11: ANOTHER_STAN, ...fields } } });
}

Deno.test("session: the approval of another debit dispenses nothing", () => {
  const front = new Front();
  front.toAuthorising();
  lateAnswer(front, "0210", { 39: "00" });
  assert.equal(front.state, "authorising");
  assert.equal(front.commands("CashDispenser.Dispense").length, 0);
  assert.ok(!front.journal().includes("debit_authorised"));
});

Deno.test("session: the answer to another inquiry names nobody", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  lateAnswer(front, "0110", { 39: "00", 2: PAN, 48: { reference: "template" } });
  assert.equal(front.state, "looking_up");
  assert.ok(front.all("face").every(({ request }) => request.op !== "verify"));
});

Deno.test("session: an account of one digit, to which no pad can bind a PIN, is nobody's", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.answer("0110", { 39: "00", 2: "1", 48: { reference: "template" } });
  assert.deepEqual(outcomeOf(front), ["failed", "declined"]);
});

Deno.test("session: the answer to another PIN accepts none", () => {
  const front = new Front();
  front.toPin();
  front.enterPin();
  lateAnswer(front, "0110", { 39: "00" });
  assert.equal(front.state, "checking_pin");
  assert.ok(!front.journal().includes("pin_accepted"));
});

Deno.test("session: a verdict about another capture decides nothing", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found();
  const capture = "capture-of-somebody-else";
  front.face({
    op: "verify",
    capture,
    verdict: "match",
    score: 0.9,
    threshold: 0.5,
    model: "test",
  });
  assert.equal(front.state, "verifying");
  assert.equal(front.commands("Keyboard.PinEntry").length, 0);
});

Deno.test("session: a look is live when its own pictures are, not another's", () => {
  const front = new Front();
  front.touch("face");
  front.look("unusable");
  const earlier = front.all("face").map(({ request }) => request).find(({ op }) => op === "assess");
  assert.ok(earlier?.op === "assess");
  for (let n = 0; n < front.machine.config.exposures; n++) {
    front.timer("look");
    for (const picture of front.commands("Camera.TakePicture").slice(-3)) {
      const pictureFile = `sha256:${String(picture.header.requestId).padStart(64, "0")}`;
      const message = completion(picture, "success", { pictureFile });
      front.tell({ type: "device", device: "camera", message });
    }
  }
  assert.equal(front.state, "assessing");
  front.face({
    op: "assess",
    capture: earlier.capture,
    verdict: "live",
    problem: null,
    liveness: 0.99,
    liveness_threshold: 0.5,
    frames: [],
  });
  assert.equal(front.state, "assessing");
});

Deno.test("session: a template of another capture is not told to the bank as this customer's", () => {
  const front = new Front();
  front.toFirstPin();
  front.enterPin();
  front.answer("0110", { 39: "00" });
  front.face({ op: "enrol", capture: "capture-of-somebody-else", verdict: "enrolled" });
  assert.deepEqual(front.machine.advices, []);
});

Deno.test("session: the acknowledgement of another reversal ends none", () => {
  const front = new Front();
  front.toAuthorising();
  front.timer("host");
  lateAnswer(front, "0430", { 39: "00" });
  assert.equal(front.machine.reversals.length, 1);
  assert.ok(!front.journal().includes("reversal_acknowledged"));
});

Deno.test("advice: the bank was told when it answers this one, and has heard it", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw_consent");
  front.touch("agree");
  lateAnswer(front, "0130", { 39: "00" });
  const waiting = front.machine.advices;
  for (const code of ["96", "A0", "30", "68", "91"]) {
    front.answer("0130", { 39: code });
    assert.deepEqual(front.machine.advices, waiting, `${code}: nobody has heard it`);
  }
  front.timer("advice");
  assert.equal(front.last("host").message.mti, "0121");
  front.answer("0130", { 39: "00" });
  assert.deepEqual(front.machine.advices, []);
});

Deno.test("advice: what a bank understands and never takes keeps no other waiting", () => {
  for (const code of ["12", "14", "40"]) {
    const front = new Front();
    front.toServices();
    front.touch("withdraw_consent");
    front.touch("agree");
    front.answer("0130", { 39: code });
    assert.deepEqual(front.machine.advices, [], code);
  }
});

Deno.test("session: nobody tries numbers until one is somebody's", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  for (let nth = 1; nth <= front.machine.config.number_tries_max; nth++) {
    assert.equal(front.state, "entering_number");
    front.enterNumber();
    front.answer("0110", { 39: "14" });
  }
  assert.deepEqual(outcomeOf(front), ["refused", "number_unknown"]);
});

Deno.test("session: what the machine cannot pay out is asked anew, and never debited", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw");
  front.touch("amount_500");
  front.complete("CashDispenser.Denominate", "commandErrorCode", { errorCode: "notDispensable" });
  assert.deepEqual(front.machine.page, { page: "choose_amount", problem: "not_dispensable" });
  assert.ok(front.all("host").every(({ message }) => message.mti !== "0200"));
});

Deno.test("session: a device is waited for from when it was asked, whatever else is heard", () => {
  const front = new Front();
  front.toAuthorising();
  front.answer("0210", { 39: "00" });
  const set = front.timers("device").length;
  front.touch("language_bo");
  front.answer("0210", { 39: "00" });
  assert.equal(front.timers("device").length, set);
});
