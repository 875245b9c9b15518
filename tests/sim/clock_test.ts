import assert from "node:assert/strict";
import fc from "fast-check";
import { micros } from "../../core/units.ts";
import { Clock, PRIORITY } from "../../sim/clock/mod.ts";

function drain(clock: Clock): void {
  for (let task = clock.take(); task !== null; task = clock.take()) void task();
}

Deno.test("clock: entries run by time, then priority, then the order they were made in", () => {
  const clock = new Clock();
  const ran: string[] = [];
  clock.after(micros(20), PRIORITY.person, () => void ran.push("late person"));
  clock.after(micros(10), PRIORITY.person, () => void ran.push("person 1"));
  clock.after(micros(10), PRIORITY.person, () => void ran.push("person 2"));
  clock.after(micros(10), PRIORITY.fault, () => void ran.push("fault"));
  drain(clock);
  assert.deepEqual(ran, ["fault", "person 1", "person 2", "late person"]);
  assert.equal(clock.now(), 20);
});

Deno.test("clock: a cancelled entry never runs, whenever it is cancelled", () => {
  const clock = new Clock();
  const ran: number[] = [];
  const second = clock.after(micros(2), PRIORITY.core, () => void ran.push(2));
  clock.after(micros(1), PRIORITY.core, () => {
    ran.push(1);
    second.cancel();
    second.cancel();
  });
  drain(clock);
  assert.deepEqual(ran, [1]);
  assert.equal(clock.next(), null);
  assert.equal(clock.now(), 1, "nor does time go on to it");
});

Deno.test("clock: any mixture of entries comes out in one order, and time never goes back", () => {
  const entry = fc.record({
    delay: fc.integer({ min: 0, max: 50 }),
    priority: fc.constantFrom(...Object.values(PRIORITY)),
  });
  fc.assert(fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
    const clock = new Clock();
    const ran: number[] = [];
    entries.forEach(({ delay, priority }, i) => {
      clock.after(micros(delay), priority, () => void ran.push(i));
    });
    drain(clock);
    const expected = entries.map((each, i) => ({ ...each, i }))
      .sort((a, b) => a.delay - b.delay || a.priority - b.priority || a.i - b.i)
      .map(({ i }) => i);
    assert.deepEqual(ran, expected);
  }));
});

Deno.test("clock: nothing is scheduled in the past", () => {
  assert.throws(
    () => new Clock().after(micros(-1), PRIORITY.core, () => {}),
    /nothing is scheduled in the past/,
  );
});
