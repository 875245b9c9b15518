/** When a fault strikes: every kind of trigger, how long it lasts, and whose chance decides. */
import assert from "node:assert/strict";
import { randomStream } from "../../core/numeric/mod.ts";
import type { Micros } from "../../core/units.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { FaultInjector } from "../../sim/faults/mod.ts";
import { type Fault, scenarioOf } from "../../sim/plan/mod.ts";
import { faultSchema } from "../../sim/plan/schema.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

/** Two things that can break, and a clock of tasks that a test runs by hand. */
function injector(...faults: unknown[]) {
  return healing(undefined, ...faults);
}

/** The same, where everything is mended for good at this moment. */
function healing(heals_at_s: number | undefined, ...faults: unknown[]) {
  const log: string[] = [];
  const tasks: { readonly due: number; readonly task: () => void }[] = [];
  const thing = (name: string, ids: readonly string[]) => ({
    name,
    faults: ids.map((id) => ({ id, does: "", wire: "" })),
    fault: (id: string, active: boolean) => void log.push(`${name} ${id} ${active ? "on" : "off"}`),
  });
  const read = faults.map((fault): Fault => faultSchema.parse(fault));
  const struck = new FaultInjector(
    read,
    [thing("printer", ["P2", "P3"]), thing("pinpad", ["K2"])],
    {
      after: (delay: Micros, task) => void tasks.push({ due: delay, task }),
      random: (name) => randomStream(`test/${name}`),
      record: () => {},
    },
    heals_at_s,
  );
  return { struck, log, tasks };
}

Deno.test("triggers: at a time", () => {
  const { log, tasks } = injector({ id: "P3", when: { at_s: 3 } });
  assert.deepEqual(tasks.map(({ due }) => due), [3_000_000]);
  tasks[0]?.task();
  assert.deepEqual(log, ["printer P3 on"]);
});

Deno.test("triggers: on the nth command of a name, once", () => {
  const when = { command: "Printer.PrintNative", nth: 2 };
  const { struck, log } = injector({ id: "P3", when });
  struck.command("Printer.PrintNative");
  struck.command("Camera.TakePicture");
  assert.deepEqual(log, []);
  struck.command("Printer.PrintNative");
  struck.command("Printer.PrintNative");
  assert.deepEqual(log, ["printer P3 on"]);
});

Deno.test("triggers: on a state of the session, the second time it is entered", () => {
  const { struck, log } = injector({ id: "K2", when: { state: "entering_pin", nth: 2 } });
  struck.state("entering_pin");
  struck.state("checking_pin");
  assert.deepEqual(log, []);
  struck.state("entering_pin");
  assert.deepEqual(log, ["pinpad K2 on"]);
});

Deno.test("triggers: at a cut point, before the event of that number happens", () => {
  const { struck, log } = injector({ id: "P2", when: { cut_point: 3 } });
  struck.event();
  struck.event();
  assert.deepEqual(log, []);
  struck.event();
  assert.deepEqual(log, ["printer P2 on"]);
});

Deno.test("triggers: with a chance, again and again, from the nth on", () => {
  const when = { command: "Camera.TakePicture", nth: 11, chance: 0.25 };
  const { struck, log } = injector({ id: "P3", when });
  for (let i = 0; i < 10; i++) struck.command("Camera.TakePicture");
  assert.deepEqual(log, []);
  for (let i = 0; i < 400; i++) struck.command("Camera.TakePicture");
  // 100 expected; five standard deviations are 43.
  assert.ok(log.length > 57 && log.length < 143, String(log.length));
});

Deno.test("triggers: a chance is a stream of its own: another fault shifts nothing", () => {
  const when = { state: "capturing", chance: 0.5 };
  const strikes = (...others: unknown[]) => {
    const { struck, log } = injector({ id: "P3", when }, ...others);
    return Array.from({ length: 50 }, () => {
      const before = log.filter((line) => line === "printer P3 on").length;
      struck.state("capturing");
      return log.filter((line) => line === "printer P3 on").length > before;
    });
  };
  assert.deepEqual(strikes({ id: "K2", when }), strikes());
});

Deno.test("triggers: a fault lasts for its time, or until an operator clears it", () => {
  const { struck, log, tasks } = injector(
    { id: "P3", when: { state: "idle" }, for_s: 5 },
    { id: "K2", when: { state: "idle" }, until: { state: "capturing" } },
  );
  struck.state("idle");
  assert.deepEqual(log, ["printer P3 on", "pinpad K2 on"]);
  struck.state("capturing");
  tasks[0]?.task();
  assert.deepEqual(log.slice(2), ["pinpad K2 off", "printer P3 off"]);
});

Deno.test("triggers: what is struck again stays broken until the last strike is over", () => {
  const { struck, log, tasks } = injector(
    { id: "P3", when: { state: "idle" }, for_s: 5 },
    { id: "P3", when: { state: "capturing" }, for_s: 60 },
  );
  struck.state("idle");
  struck.state("capturing");
  const over = (for_s: number) => tasks.find(({ due }) => due === for_s * 1_000_000)?.task();
  over(5);
  assert.deepEqual(log, ["printer P3 on", "printer P3 on"]);
  over(60);
  assert.deepEqual(log.slice(2), ["printer P3 off"]);
});

Deno.test("triggers: whoever clears a fault clears every strike, and none is over a second time", () => {
  const { struck, log, tasks } = injector(
    { id: "P3", when: { state: "idle" }, for_s: 5, until: { state: "looking_up" } },
    { id: "P3", when: { state: "capturing" } },
  );
  for (const state of ["idle", "capturing", "looking_up"]) struck.state(state);
  for (const { task } of tasks) task();
  assert.deepEqual(log, ["printer P3 on", "printer P3 on", "printer P3 off"]);
});

Deno.test("triggers: nobody clears what is not broken yet", () => {
  const { struck, log } = injector(
    { id: "K2", when: { state: "entering_pin" }, until: { state: "idle" } },
  );
  struck.state("idle");
  assert.deepEqual(log, []);
  struck.state("entering_pin");
  struck.state("idle");
  struck.state("idle");
  assert.deepEqual(log, ["pinpad K2 on", "pinpad K2 off"]);
});

Deno.test("triggers: what strikes by chance is cleared each time", () => {
  const { struck, log } = injector(
    { id: "K2", when: { state: "entering_pin", chance: 1 }, until: { state: "idle" } },
  );
  for (const state of ["entering_pin", "idle", "entering_pin", "idle"]) struck.state(state);
  assert.deepEqual(log, ["pinpad K2 on", "pinpad K2 off", "pinpad K2 on", "pinpad K2 off"]);
});

Deno.test("triggers: what breaks anew before its time is over lasts its time from then on", () => {
  const when = { state: "idle", chance: 1 };
  const { struck, log, tasks } = injector({ id: "K2", when, for_s: 5 });
  struck.state("idle");
  struck.state("idle");
  const [first, , second] = tasks;
  first?.task();
  assert.deepEqual(log, ["pinpad K2 on", "pinpad K2 on"]);
  second?.task();
  assert.deepEqual(log.slice(2), ["pinpad K2 off"]);
});

Deno.test("triggers: once everything is mended for good nothing breaks any more", () => {
  const when = { state: "idle" };
  const late = { state: "capturing" };
  const { struck, log, tasks } = healing(5, { id: "K2", when }, { id: "P3", when: late });
  struck.state("idle");
  tasks[0]?.task();
  struck.state("capturing");
  assert.deepEqual(log, ["pinpad K2 on", "pinpad K2 off"]);
});

Deno.test("triggers: a fault of any device strikes the one that is named", () => {
  const { struck, log } = injector({ id: "G4", device: "pinpad", when: { cut_point: 1 } });
  struck.event();
  assert.deepEqual(log, ["pinpad G4 on"]);
});

Deno.test("triggers: whose fault it is has to be said where it can be anybody's", async () => {
  const { scenario } = await planFrom("returning-customer", {});
  const read = (fault: object) => () => scenarioOf({ ...scenario, faults: [fault] }, "mine.yaml");
  const when = { at_s: 1 };
  assert.throws(read({ id: "G4", when }), /mine\.yaml: faults\.0\.device: G4 can be any device's/);
  assert.throws(read({ id: "P3", device: "camera", when }), /faults\.0\.device: P3 is a fault of/);
  assert.throws(read({ id: "Z9", when }), /faults\.0\.id: there is no fault Z9/);
});

Deno.test("triggers: every cut point of a run is a moment of its own", async () => {
  const struckAt = async (cut_point: number) => {
    const faults: Fault[] = [{ id: "P3", when: { cut_point } }];
    const { trace } = await runPlan(
      await planFrom("returning-customer", { faults, expect: [{}] }),
      CREDULOUS,
    );
    return trace.lines.findIndex(({ type }) => type === "fault");
  };
  const lines = [await struckAt(1), await struckAt(60), await struckAt(120)];
  assert.ok(lines.every((line) => line >= 0));
  assert.deepEqual(lines, lines.toSorted((a, b) => a - b));
  assert.equal(new Set(lines).size, 3);
  assert.equal(await struckAt(100_000), -1, "a run that is over strikes nothing");
});

/** When the machine came back after each time it did not run, in seconds. */
async function returnsOf(faults: readonly Fault[]): Promise<number[]> {
  const plan = await planFrom("returning-customer", { faults: [...faults], expect: [{}] });
  const { trace, findings } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(findings, []);
  const retaken = retakeDecisions(trace, plan);
  assert.ok(retaken.ok, JSON.stringify(retaken));
  return trace.lines.flatMap((line) =>
    line.type === "journal" && line.entry.line === "power_returned" ? [line.t / 1_000_000] : []
  );
}

const CUT: Fault = { id: "E3", when: { at_s: 8 }, for_s: 30 };
const CRASH: Fault = { id: "E10", when: { at_s: 8 }, for_s: 30 };

Deno.test("triggers: a machine runs again when it has both power and its program", async () => {
  const within = { when: { at_s: 10 }, for_s: 5 };
  assert.deepEqual(await returnsOf([CUT, { ...within, id: "E10" }]), [38]);
  assert.deepEqual(await returnsOf([CRASH, { ...within, id: "E3" }]), [38]);
});

Deno.test("triggers: power that goes twice is back after the longer time, or when called for", async () => {
  assert.deepEqual(await returnsOf([CUT, { id: "E3", when: { at_s: 10 }, for_s: 5 }]), [38]);
  assert.deepEqual(await returnsOf([{ id: "E3", when: CUT.when, until: { at_s: 50 } }]), [50]);
});

const MONEY: readonly Fault["when"][] = [
  { command: "CashDispenser.Dispense", nth: 1 },
  { command: "CashDispenser.Present", nth: 1 },
  { host_message: "0200", nth: 1 },
];

Deno.test("triggers: what was wished before power went is not done when it is back at once", async () => {
  for (const when of MONEY) {
    const faults: Fault[] = [{ id: "E3", when, until: when }];
    const plan = await planFrom("returning-customer", { faults, expect: [{}] });
    const { trace, findings, ending } = await runPlan(plan, CREDULOUS);
    assert.deepEqual(findings, [], JSON.stringify(when));
    assert.equal(ending.reason, "power_lost");
    assert.deepEqual([ending.cash_taken, ending.balance], [0, 860_000]);
    assert.deepEqual(retakeDecisions(trace, plan).ok, true);
  }
});
