import assert from "node:assert/strict";
import fc from "fast-check";
import { completion, unsolicited } from "../../core/xfs4iot/mod.ts";
import { Front, outcomeOf, PAN, PHONE } from "./session_front.ts";

Deno.test("session: the ordinary way is face, number, PIN, service, cash", () => {
  const front = new Front();
  front.toCashWaiting();
  assert.equal(front.page, "take_cash");
  front.taken();
  front.complete("Printer.PrintNative");
  assert.deepEqual(outcomeOf(front), ["served", "cash_taken"]);
  front.timer("goodbye");
  assert.equal(front.page, "welcome");
});

Deno.test("session: no picture is taken before a touch asked for it", () => {
  const front = new Front();
  front.timer("look");
  assert.equal(front.commands("Camera.TakePicture").length, 0);
  front.touch("first_use");
  front.timer("look");
  assert.equal(front.commands("Camera.TakePicture").length, 0, "consent is asked first");
  front.touch("agree");
  front.timer("look");
  assert.equal(front.commands("Camera.TakePicture").length, 3);
});

Deno.test("session: whoever declines consent is let go, unphotographed", () => {
  const front = new Front();
  front.touch("first_use");
  front.touch("decline");
  assert.deepEqual(outcomeOf(front), ["cancelled", "consent_declined"]);
  assert.equal(front.commands("Camera.TakePicture").length, 0);
});

Deno.test("session: a presentation attack ends it, before any number is asked", () => {
  const front = new Front();
  front.touch("face");
  front.look("presentation_attack");
  assert.deepEqual(outcomeOf(front), ["refused", "presentation_attack"]);
  assert.equal(front.all("host").length, 0);
});

Deno.test("session: a device that never answers is answered for, and the money with it", () => {
  const front = new Front();
  front.toCashWaiting();
  front.taken();
  front.timer("device");
  assert.deepEqual(outcomeOf(front), ["served", "cash_taken"], "the receipt is only paper");
  const mute = new Front();
  mute.toAuthorising();
  mute.answer("0210", { 39: "00" });
  assert.equal(mute.state, "dispensing");
  mute.timer("device");
  assert.equal(mute.state, "rejecting");
  mute.timer("device");
  assert.deepEqual(outcomeOf(mute), ["failed", "dispense_failed"]);
  assert.equal(mute.machine.reversals.length, 1);
  mute.timer("device");
  assert.equal(mute.state, "ending", "nothing is waited for any more");
});

Deno.test("session: an unusable look is explained and tried again, not for ever", () => {
  const front = new Front();
  front.touch("face");
  for (let look = 1; look < front.machine.config.looks_max; look++) {
    front.look("unusable");
    assert.deepEqual(front.machine.page, { page: "look_at_camera", instruction: "too_far" });
  }
  front.look("unusable");
  assert.deepEqual(outcomeOf(front), ["refused", "face_unusable"]);
});

Deno.test("session: somebody else's face is refused after three looks", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found();
  front.verified("no_match");
  front.look();
  front.verified("no_match");
  assert.equal(front.commands("Keyboard.PinEntry").length, 0, "no PIN is asked of a stranger");
  front.look();
  front.verified("no_match");
  assert.deepEqual(outcomeOf(front), ["refused", "face_not_matched"]);
});

Deno.test("session: a face that is not theirs is forgotten before the next is looked at", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found();
  front.verified("no_match");
  assert.deepEqual(front.last("face").request, { op: "forget", capture: "capture-1" });
});

Deno.test("session: a camera that shows the same picture twice is broken", () => {
  const front = new Front();
  front.touch("face");
  for (const _ of [1, 2]) {
    front.timer("look");
    for (const picture of front.commands("Camera.TakePicture").slice(-3)) {
      const pictureFile = `sha256:${"0".repeat(64)}`;
      const message = completion(picture, "success", { pictureFile });
      front.tell({ type: "device", device: "camera", message });
    }
  }
  assert.deepEqual(outcomeOf(front), ["failed", "camera_failed"]);
});

Deno.test("session: a comparison has the one reference of the number that was entered", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.enterNumber();
  front.found("id_photo");
  assert.equal(front.state, "consent", "keeping a template needs a page of its own");
  front.touch("agree");
  const { request } = front.last("face");
  assert.ok(request.op === "verify");
  assert.equal(request.reference, `id_photo:${PAN}`);
});

Deno.test("session: a template is kept after all three factors, and only with consent", () => {
  const front = new Front();
  front.toFirstPin();
  const enrolments = () => front.all("face").filter(({ request }) => request.op === "enrol").length;
  assert.equal(enrolments(), 0);
  front.enterPin();
  front.answer("0110", { 39: "00" });
  assert.equal(enrolments(), 1);
  assert.deepEqual(front.machine.advices, [], "the bank is not told before it is kept");
  const { request } = front.last("face");
  assert.ok(request.op === "enrol");
  front.face({ op: "enrol", capture: request.capture, verdict: "enrolled" });
  assert.deepEqual(front.last("host").message.fields[48], { reference: "template" });

  const returning = new Front();
  returning.toServices();
  assert.ok(returning.all("face").every(({ request }) => request.op !== "enrol"));
});

Deno.test("session: the bank is told of no template that could not be kept", () => {
  const front = new Front();
  front.toFirstPin();
  front.enterPin();
  front.answer("0110", { 39: "00" });
  const { request } = front.last("face");
  assert.ok(request.op === "enrol");
  front.face({ op: "enrol", capture: request.capture, verdict: "not_kept" });
  assert.ok(front.journal().includes("face_not_kept"));
  assert.deepEqual(front.machine.advices, []);
  assert.equal(front.page, "choose_service", "the visit goes on");
});

Deno.test("session: a number that cannot be right is asked again and never sent", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  for (const number of ["123", PHONE + "9", "110105194912310021"]) front.enterNumber(number);
  assert.equal(front.all("host").length, 0);
  assert.deepEqual(outcomeOf(front), ["refused", "number_malformed"]);
});

Deno.test("session: three wrong PINs lock, and the pad is cleared", () => {
  const front = new Front();
  front.toPin();
  for (const pin_tries_left of [2, 1]) {
    front.enterPin();
    front.answer("0110", { 39: "55", 48: { pin_tries_left } });
    assert.deepEqual(front.machine.page, {
      page: "enter_pin",
      entered: 0,
      tries_left: pin_tries_left,
    });
  }
  front.enterPin();
  front.answer("0110", { 39: "75" });
  assert.deepEqual(outcomeOf(front), ["refused", "pin_locked"]);
  assert.equal(front.commands("PinPad.Reset").length, 1);
});

Deno.test("session: a wrong PIN is called wrong though the host does not say how many tries are left", () => {
  const asked = new Front();
  asked.toPin();
  asked.enterPin();
  asked.answer("0110", { 39: "55" });
  const debited = new Front();
  debited.toAuthorising();
  debited.answer("0210", { 39: "55" });
  for (const front of [asked, debited]) {
    assert.deepEqual(front.machine.page, { page: "enter_pin", entered: 0, tries_left: "untold" });
    assert.equal(front.all("journal").at(-1)?.entry.detail, "tries left not told");
  }
});

Deno.test("session: a way without the face is on every page until money moves", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw_consent");
  front.touch("decline");
  front.touch("balance");
  front.touch("withdraw");
  front.touch("other_amount");
  const newcomer = new Front();
  newcomer.touch("first_use");
  const screens = [front, newcomer].flatMap((each) => each.all("screen")).map(({ screen }) =>
    screen
  );
  const asking = screens.filter(({ controls }) => controls.length > 0);
  assert.deepEqual([...new Set(asking.map(({ page }) => page))].sort(), [
    "choose_amount",
    "choose_service",
    "consent",
    "enter_amount",
    "enter_number",
    "enter_pin",
    "look_at_camera",
    "please_wait",
    "show_balance",
    "welcome",
    "withdraw_consent",
  ]);
  for (const { page, controls } of asking) assert.ok(controls.includes("other_way"), page);
});

Deno.test("session: whoever cancels while the dispenser still reckons is not debited", () => {
  for (const control of ["cancel", "other_way"] as const) {
    const front = new Front();
    front.toServices();
    front.touch("withdraw");
    front.touch("amount_500");
    assert.ok(front.machine.controls.includes(control));
    front.touch(control);
    front.complete("CashDispenser.Denominate");
    assert.equal(outcomeOf(front)[0], "cancelled");
    assert.ok(front.all("host").every(({ message }) => message.mti !== "0200"));
  }
});

Deno.test("session: the language can be changed on any page", () => {
  const front = new Front();
  front.toServices();
  front.touch("language_bo");
  const { screen } = front.last("screen");
  assert.equal(screen.language, "bo");
  assert.equal(screen.page, "choose_service");
});

Deno.test("session: a key that has just gone from the page is not touched", () => {
  const blind = new Front();
  blind.tell({
    type: "device",
    device: "camera",
    message: unsolicited("Common.StatusChangedEvent", { common: { device: "hardwareError" } }),
  });
  assert.ok(!blind.machine.controls.includes("face"));
  for (const control of ["face", "first_use"] as const) {
    blind.touch(control);
    assert.equal(blind.page, "welcome", control);
    assert.deepEqual(blind.journal(), [], control);
  }
  const front = new Front();
  front.toServices();
  front.touch("balance");
  assert.ok(!front.machine.controls.includes("withdraw_consent"));
  front.touch("withdraw_consent");
  assert.equal(front.page, "show_balance");
});

Deno.test("session: cancel lets go of the keypad, the PIN and the capture", () => {
  const front = new Front();
  front.toPin();
  front.touch("cancel");
  assert.deepEqual(outcomeOf(front), ["cancelled", "customer_cancelled"]);
  assert.equal(front.commands("Common.Cancel").length, 1);
  assert.equal(front.commands("PinPad.Reset").length, 1);
  assert.equal(front.last("face").request.op, "forget");
});

Deno.test("session: the core is pure: the same state and event give the same answer", () => {
  const one = new Front();
  const two = new Front();
  one.toCashWaiting();
  two.toCashWaiting();
  assert.deepEqual(one.machine, two.machine);
  assert.deepEqual(one.effects, two.effects);
});

/** One way the world may answer what the core asked for last, or disturb it. */
const MOVES: readonly ((front: Front) => void)[] = [
  (f) => f.touch("face"),
  (f) => f.touch("first_use"),
  (f) => f.touch("agree"),
  (f) => f.look(),
  (f) => f.look("unusable"),
  (f) => f.look("presentation_attack"),
  (f) => f.enterNumber(),
  (f) => f.found(),
  (f) => f.found("id_photo"),
  (f) => f.answer("0110", { 39: "14" }),
  (f) => f.verified(),
  (f) => f.verified("no_match"),
  (f) => f.enterPin(),
  (f) => f.answer("0110", { 39: "00", 54: 1 as never }),
  (f) => f.answer("0110", { 39: "55", 48: { pin_tries_left: 1 } }),
  (f) => f.touch("withdraw"),
  (f) => f.touch("amount_500"),
  (f) => f.complete("CashDispenser.Denominate"),
  (f) => f.complete("PinPad.GetPinBlock", "success", { pinBlock: "A".repeat(22) + "==" }),
  (f) => f.answer("0210", { 39: "00" }),
  (f) => f.answer("0210", { 39: "51" }),
  (f) => f.complete("CashDispenser.Dispense"),
  (f) => f.complete("CashDispenser.Dispense", "hardwareError"),
  (f) => f.complete("CashDispenser.Present"),
  (f) => f.complete("CashDispenser.Reject"),
  (f) => f.taken(),
  (f) => f.complete("CashManagement.Retract"),
  (f) => f.complete("Printer.PrintNative"),
  (f) => f.answer("0430", { 39: "00" }),
  (f) => f.touch("cancel"),
  (f) => f.toServices(),
  (f) => f.toAuthorising(),
  (f) => f.toCashWaiting(),
  ...(["idle", "look", "host", "hurry", "retract", "goodbye", "reversal", "device"] as const)
    .map((timer) => (f: Front) => f.timer(timer)),
];

/** Plays a move; a move that has nothing to answer yet is no move. */
function play(front: Front, move: (front: Front) => void): void {
  try {
    move(front);
  } catch (error) {
    if (!/not sent|no \w+ effect yet/.test(String(error))) throw error;
  }
}

/** What a dispense must have behind it, worked out from what the core was told, not from its word. */
function checkDispenses(front: Front): void {
  let told = { live: false, match: false, pin: false };
  let debit: { stan: string; approved: boolean; reversed: boolean } | null = null;
  for (const entry of front.log) {
    if (entry.type === "face" && entry.result.op === "assess") {
      told.live = entry.result.verdict === "live";
    }
    if (entry.type === "face" && entry.result.op === "verify") {
      told.match = entry.result.verdict === "match";
    }
    if (entry.type === "host") {
      const { mti, fields } = entry.message;
      if (mti === "0110" && fields[3] === "310000") told.pin = fields[39] === "00";
      if (mti === "0210" && fields[11] === debit?.stan) debit!.approved = fields[39] === "00";
    }
    if (entry.type !== "wished") continue;
    const { effect } = entry;
    if (effect.type === "ended") told = { live: false, match: false, pin: false };
    if (effect.type === "host" && effect.message.mti === "0200") {
      debit = { stan: effect.message.fields[11]!, approved: false, reversed: false };
    }
    if (effect.type === "host" && effect.message.fields[90]?.includes(debit?.stan ?? "none")) {
      debit!.reversed = true;
    }
    if (effect.type === "device" && effect.message.header.name === "CashDispenser.Dispense") {
      assert.deepEqual(told, { live: true, match: true, pin: true });
      assert.deepEqual(debit && { ...debit, stan: "" }, {
        stan: "",
        approved: true,
        reversed: false,
      });
      debit = null; // one dispense a debit
    }
  }
}

Deno.test("session: whatever happens, cash follows three factors and one debit, or nothing", () => {
  let dispenses = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MOVES), { maxLength: 60 }), (moves) => {
      const front = new Front();
      for (const move of moves) play(front, move);
      checkDispenses(front);
      dispenses += front.commands("CashDispenser.Dispense").length;
      const lines = front.journal();
      const count = (line: string) => lines.filter((each) => each === line).length;
      assert.ok(count("cash_taken") <= count("cash_presented"));
      assert.ok(count("reversal_acknowledged") <= count("reversal_queued"));
    }),
    { numRuns: 1500 },
  );
  assert.ok(dispenses > 100, `${dispenses} dispenses are enough to mean something`);
});
