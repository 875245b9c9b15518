/** What a bank may decide otherwise: policies are data. */
import assert from "node:assert/strict";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import { bankLimitsOf, type Fact } from "../../sim/bank/mod.ts";
import { lobbyProfile } from "../devices/surroundings.ts";
import { Counter, CUSTOMER, LIMITS, wrongPin } from "./bank_counter.ts";

Deno.test("bank: a lock with a clock runs out at its moment, and begins anew with the next tries", () => {
  const HOUR_MS = 3_600_000;
  const counter = new Counter(8_600, { limits: { ...LIMITS, pin_lock_ms: 24 * HOUR_MS } });
  for (const nth of [1, 2, 3]) counter.checkPin(wrongPin(nth));
  counter.now += 24 * HOUR_MS - 1;
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "62");
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "62");
  counter.now += 1;
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00");
  assert.equal(counter.checkPin(wrongPin())[48]?.pin_tries_left, 2);
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "00");
});

Deno.test("bank: the limits of a machine profile are yuan and hours, the bank's fen and milliseconds", () => {
  const { limits } = lobbyProfile();
  const stated = { ...limits, pin_lock_h: 24, face_refusals: 3, face_lock_h: 2 };
  assert.deepEqual(bankLimitsOf(stated), {
    per_withdrawal: limits.per_withdrawal_yuan * 100,
    per_day: limits.per_day_yuan * 100,
    per_day_count: limits.per_day_count,
    pin_tries: limits.pin_tries,
    pin_lock_ms: 86_400_000,
    face_refusals: 3,
    face_lock_ms: 7_200_000,
  });
});

Deno.test.each([1, 2])("bank: with %i tries in a row, a lock that ran out closes again", (most) => {
  const DAY_MS = 24 * 3_600_000;
  const counter = new Counter(8_600, {
    limits: {
      ...LIMITS,
      pin_tries: most,
      pin_lock_ms: DAY_MS,
      face_refusals: most,
      face_lock_ms: DAY_MS,
    },
  });
  for (let day = 0; day < 3; day++) {
    for (let nth = 1; nth <= most; nth++) counter.checkPin(wrongPin(nth));
    assert.equal(counter.checkPin(CUSTOMER.pin)[39], "62", `the PIN is locked on day ${day}`);
    counter.now += DAY_MS;
    assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00");
    for (let nth = 1; nth <= most; nth++) counter.send(refusedFace(counter));
    assert.equal(counter.inquiry(CUSTOMER.phone)[39], "62", `the face is closed on day ${day}`);
    counter.now += DAY_MS;
  }
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "00");
});

const FACES = { ...LIMITS, face_refusals: 2, face_lock_ms: 3_600_000 };

/** A face that was not the customer's, as the machine tells it. */
function refusedFace(counter: Counter): Iso8583Message {
  const face = { score: 0.1, threshold: 0.5, model: "test" };
  return counter.message("0120", { 2: CUSTOMER.pan, 3: "920000", 48: { face } });
}

function referenceIs(counter: Counter, reference: "template" | "none"): Iso8583Message {
  return counter.message("0120", { 2: CUSTOMER.pan, 3: "910000", 48: { reference } });
}

Deno.test("bank: faces that were not the customer's close the way with the face, for its time", () => {
  const counter = new Counter(8_600, { limits: FACES });
  assert.equal(counter.send(refusedFace(counter))[39], "00");
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00");
  counter.send(refusedFace(counter));
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "62");
  counter.now += 3_600_000;
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00");
  counter.send(refusedFace(counter));
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00", "the count begins anew");
});

Deno.test("bank: a repeated advice counts once, and the right PIN clears the count", () => {
  const counter = new Counter(8_600, { limits: FACES });
  const told = refusedFace(counter);
  for (const mti of ["0120", "0121", "0121"] as const) {
    assert.equal(counter.send({ ...told, mti })[39], "00");
  }
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00");
  counter.checkPin(CUSTOMER.pin);
  counter.send(refusedFace(counter));
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "00", "not two in a row");
});

Deno.test("bank: a template that was kept is known at the next visit, one that was deleted is not", () => {
  const counter = new Counter();
  counter.send(referenceIs(counter, "none"));
  assert.equal(counter.withdraw(100), "62", "consent is withdrawn, so no face decides");
  assert.deepEqual(counter.inquiry(CUSTOMER.phone)[48], { reference: "id_photo" });
  assert.equal(counter.send(referenceIs(counter, "template"))[39], "00");
  assert.deepEqual(counter.inquiry(CUSTOMER.phone)[48], { reference: "template" });
  assert.equal(counter.withdraw(100), "00");
  const nobody = counter.message("0120", { 2: "0".repeat(19), 3: "910000" });
  assert.equal(counter.send(nobody)[39], "14");
});

Deno.test("bank: consent withdrawn elsewhere stops the debit of a visit under way", () => {
  const counter = new Counter();
  assert.deepEqual(counter.inquiry(CUSTOMER.phone)[48], { reference: "template" });
  const before = referenceIs(counter, "template");
  counter.bank.withdrawConsent(42);
  assert.equal(counter.withdraw(500), "62");
  assert.equal(counter.balance(), 8_600);
  assert.deepEqual([counter.checkPin(CUSTOMER.pin)[39], counter.checkPin(wrongPin())[39]], [
    "62",
    "55",
  ]);
  assert.equal(counter.send(referenceIs(counter, "template"))[39], "62", "nor is one kept");
  assert.deepEqual(counter.inquiry(CUSTOMER.phone)[48], { reference: "id_photo" });
  assert.equal(counter.send(before)[39], "62", "what comes late is of a visit before");
  assert.deepEqual(counter.inquiry(CUSTOMER.phone)[48], { reference: "id_photo" });
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "00", "a new visit asks for consent anew");
  assert.equal(counter.send(referenceIs(counter, "template"))[39], "00");
  assert.equal(counter.withdraw(500), "00");
});

Deno.test("bank: consent given anew at one machine is none for a visit under way at another", () => {
  const counter = new Counter(8_600, { terminalId: undefined } as object);
  const other = { 41: "TWIN0002" };
  counter.bank.withdrawConsent(42);
  const inquiry = counter.message("0100", {
    3: "330000",
    48: { number: CUSTOMER.phone },
    ...other,
  });
  assert.equal(counter.send(inquiry)[39], "00");
  assert.equal(counter.withdraw(100), "62");
  assert.equal(counter.withdraw(100, other), "00");
});

Deno.test("bank: locks, counts and consents outlive the program", () => {
  const facts: Fact[] = [];
  const store = {
    load: () => [...facts],
    commit: (some: readonly Fact[]) => void facts.push(...some),
  };
  const limits = { ...FACES, pin_lock_ms: 3_600_000 };
  const first = new Counter(8_600, { limits, store });
  for (const nth of [1, 2, 3]) first.checkPin(wrongPin(nth));
  for (let n = 0; n < 2; n++) first.send(refusedFace(first));
  first.send(referenceIs(first, "none"));
  const again = new Counter(8_600, { limits, store });
  again.stan = 100;
  assert.equal(again.checkPin(CUSTOMER.pin)[39], "62", "the PIN is still locked");
  again.now += 3_600_000;
  assert.deepEqual(again.inquiry(CUSTOMER.phone)[48], { reference: "id_photo" });
});
