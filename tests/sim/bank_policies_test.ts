/** What a bank may decide otherwise: policies are data. */
import assert from "node:assert/strict";
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
