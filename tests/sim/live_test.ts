/** A visit by hand becomes a plan, and that plan run headless is the same run. */
import assert from "node:assert/strict";
import { milliseconds, seconds } from "../../core/units.ts";
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import {
  type Deed,
  keyOf,
  type Plan,
  planOf,
  planSchema,
  relativeKey,
  withDeed,
} from "../../sim/plan/mod.ts";
import type { Trace, TraceLine } from "../../sim/trace/mod.ts";
import { LiveRun, runPlan } from "../../sim/world/mod.ts";
import { keyOfCharacter } from "../../core/session/mod.ts";

const pipeline = await openModels();
const ports = portsOf(pipeline);
globalThis.addEventListener("unload", () => void pipeline.release());

async function planFor(id: string): Promise<Plan> {
  const file = pathOf(new URL(`scenarios/${id}.yaml`, HOME));
  const scenario = await readScenario(file);
  return planOf(scenario, 3, await readProfile(scenario.machine, file));
}

/** The same people and machine, and nobody who acts by a script. */
async function nobody(): Promise<Plan> {
  const plan = await planFor("returning-customer");
  return { ...plan, scenario: { ...plan.scenario, customer: [], expect: [], deeds: [] } };
}

function keys(text: string): string[] {
  return [...[...text].map(keyOfCharacter), "enter"];
}

function page(live: LiveRun): string {
  return String(live.lines.findLast((line) => line.type === "screen")?.screen.page);
}

/** Lets time pass in uneven steps, as a display does, until this page is there. */
async function until(live: LiveRun, wanted: string): Promise<void> {
  for (let step = 0; page(live) !== wanted; step++) {
    assert.ok(step < 2_000, `${wanted} never comes; the page is ${page(live)}`);
    await live.advance(milliseconds(step % 3 === 0 ? 16 : 17));
  }
}

async function comesWithNumber(live: LiveRun, person: number): Promise<void> {
  await live.begin();
  await live.advance(milliseconds(333));
  live.do({ stand: { person, distance_cm: 45, attack: null, kin: "self" } });
  await live.advance(milliseconds(500));
  live.do({ touch: "face" });
  await until(live, "enter_number");
  live.do({ press: keys(personOf(42).idNumber) });
}

async function entersByHand(live: LiveRun): Promise<void> {
  await comesWithNumber(live, 42);
  await until(live, "enter_pin");
  live.do({ press: keys(personOf(42).pin) });
}

Deno.test("live: a withdrawal by hand is served, and its plan gives the same root", async () => {
  const live = new LiveRun(await nobody(), ports);
  await entersByHand(live);
  await until(live, "choose_service");
  live.do({ touch: "withdraw" });
  await until(live, "choose_amount");
  live.do({ touch: "amount_500" });
  await until(live, "take_cash");
  await live.advance(milliseconds(700));
  live.do({ take_cash: "all" });
  await live.advance(milliseconds(900));
  live.do({ leave: true });
  // The display runs on while nobody is there: the replay ends before.
  await live.advance(milliseconds(9_000));
  const done = await live.end();
  assert.deepEqual([done.ending.outcome, done.ending.reason], ["served", "cash_taken"]);
  assert.deepEqual(done.findings, []);
  const kept = planSchema.parse(JSON.parse(JSON.stringify(live.plan)));
  const replayed = await runPlan(kept, ports);
  assert.equal(replayed.trace.end.root, done.trace.end.root);
  const decisions = retakeDecisions(done.trace, kept);
  assert.ok(decisions.ok, JSON.stringify(decisions));
});

Deno.test("live: in slices or at once, a run that nobody takes part in is the same", async () => {
  const plan = await planFor("cash-not-taken");
  const live = new LiveRun(plan, ports);
  await live.begin();
  while (!(await live.work(milliseconds(250)))) assert.ok(live.now() < 900e6);
  const done = await live.end();
  assert.equal(done.trace.end.root, (await runPlan(plan, ports)).trace.end.root);
});

Deno.test("live: neither the plan nor the trace of a visit by hand tells what was typed", async () => {
  const live = new LiveRun(await nobody(), ports);
  await entersByHand(live);
  await until(live, "choose_service");
  const { trace } = await live.end();
  const { idNumber, pin } = personOf(42);
  const text = JSON.stringify([live.plan, trace.lines]);
  assert.ok(!text.includes(idNumber));
  assert.ok(!JSON.stringify(live.plan).includes(keys(pin).join('"]},{"')));
  const digits = (live.plan.scenario.deeds ?? []).flatMap((deed) =>
    "press" in deed ? deed.press : []
  ).filter((key) => !/^(id|pin)\d+$|^enter$/.test(key));
  assert.deepEqual(digits, []);
});

Deno.test("live: somebody else before the camera is refused by the face", async () => {
  const live = new LiveRun(await nobody(), ports);
  await comesWithNumber(live, 77);
  await live.advance(milliseconds(20_000));
  const done = await live.end();
  assert.equal(done.ending.reason, "face_not_matched");
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

Deno.test("live: a visit that lasts too long is over in time to be settled, and replays", async () => {
  const live = new LiveRun(await nobody(), ports);
  await live.begin();
  live.do({ stand: { person: 42, distance_cm: 45, attack: null, kin: "self" } });
  for (let by_s = 1; await live.pass(seconds(by_s)) !== "over"; by_s = 20) {
    assert.ok(live.now() < 900e6);
  }
  live.do({ touch: "other_way" });
  const done = await live.end();
  assert.deepEqual(done.findings, []);
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

Deno.test("live: where nobody is time stands still, and goes on for who comes", async () => {
  const live = new LiveRun(await nobody(), ports);
  await live.begin();
  for (let i = 0; i < 100; i++) await live.pass(seconds(2));
  const before = live.now();
  assert.equal(await live.pass(seconds(2)), "rests");
  assert.ok(live.now() === before && before < 60e6);
  live.do({ stand: { person: 42, distance_cm: 45, attack: null, kin: "self" } });
  assert.equal(await live.pass(seconds(2)), "goes");
  assert.ok(live.now() > before);
  const done = await live.end();
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

/** The lines before the first that differs. */
function shared(a: Trace, b: Trace): readonly TraceLine[] {
  const bare = ({ chain: _chain, ...line }: TraceLine) => JSON.stringify(line);
  const parts = a.lines.findIndex((line, i) => {
    const other = b.lines[i];
    return other === undefined || bare(line) !== bare(other);
  });
  return parts < 0 ? a.lines : a.lines.slice(0, parts);
}

/** What is changed, and what the journal has then. */
const FORKS: readonly (readonly [(at_us: number) => Deed, RegExp])[] = [
  [(at_us) => ({ at_us, slip: true }), /pin_refused/],
  [(at_us) => ({ at_us, forget: "cash" }), /cash_retracted_suspect/],
  [(at_us) => ({ at_us, fault: { id: "N4" } }), /reversal_sent/],
];

Deno.test("fork: up to the deed the runs are one, and after it they part", async () => {
  const plan = await planFor("returning-customer");
  const { trace } = await runPlan(plan, ports);
  const at_us = 1 +
    (trace.lines.find((line) => line.type === "screen" && line.screen.page === "enter_pin")?.t ??
      0);
  for (const [deedAt, journal] of FORKS) {
    const deed = deedAt(at_us);
    const name = JSON.stringify(deed);
    const scenario = withDeed(plan.scenario, deed);
    const forked = await runPlan({ ...plan, scenario }, ports);
    const same = shared(trace, forked.trace);
    assert.ok((same.at(-1)?.t ?? 0) >= at_us - 1, `${name}: the runs are one until the deed`);
    assert.ok(same.length < trace.lines.length, `${name}: the runs part`);
    assert.match(forked.ending.journal.join(" "), journal, name);
    assert.deepEqual(forked.findings, [], name);
  }
});

Deno.test("fork: somebody takes over by hand, and cash left behind is retracted", async () => {
  const plan = await planFor("returning-customer");
  const { trace } = await runPlan(plan, ports);
  const presented =
    trace.lines.find((line) => line.type === "screen" && line.screen.page === "take_cash")?.t ?? 0;
  const at_us = presented + 1;
  const live = new LiveRun(
    { ...plan, scenario: withDeed({ ...plan.scenario, expect: [] }, { at_us, by_hand: true }) },
    ports,
  );
  await live.begin();
  await live.advance(milliseconds(Math.ceil(presented / 1_000) + 50));
  assert.ok(shared(trace, { ...trace, lines: live.lines }).length > 50);
  live.do({ leave: true });
  const done = await live.end();
  assert.equal(done.ending.cash_taken, 0);
  assert.ok(done.ending.journal.includes("cash_retracted_suspect"));
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

Deno.test("fork: who comes when the visit is over, and does nothing, keeps no run from ending", async () => {
  const plan = await planFor("returning-customer");
  const { trace } = await runPlan(plan, ports);
  const at_us = trace.lines.at(-1)?.t ?? 0;
  const stand = { person: 77, distance_cm: 45, attack: null, kin: "self" } as const;
  const scenario = withDeed({ ...plan.scenario, expect: [] }, { at_us, stand });
  const live = new LiveRun({ ...plan, scenario }, ports);
  await live.begin();
  while (!(await live.work(milliseconds(250)))) assert.ok(live.now() < 900e6);
  const done = await live.end();
  assert.equal(done.ending.reason, "cash_taken");
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

Deno.test("fork: power that is cut by a deed comes back by itself, or when somebody says so", async () => {
  const plan = await planFor("returning-customer");
  const cut: Deed = { at_us: 9_000_000, fault: { id: "E3" } };
  const back: Deed = { at_us: 12_000_000, clear: "E3" };
  for (const [deeds, off_s] of [[[cut], [39]], [[cut, back], [12]]] as const) {
    const scenario = { ...plan.scenario, deeds: [...deeds], expect: [] };
    const { trace, ending, findings } = await runPlan({ ...plan, scenario }, ports);
    const off = trace.lines.filter((line) => line.type === "fault" && !line.active);
    assert.deepEqual(off.map(({ t }) => t / 1e6), off_s);
    assert.deepEqual([ending.reason, findings], ["power_lost", []]);
  }
});

Deno.test("fork: who has taken over by hand stays when power goes, and goes when they say so", async () => {
  const plan = await planFor("returning-customer");
  const scenario = withDeed({ ...plan.scenario, expect: [] }, { at_us: 2_000_000, by_hand: true });
  const live = new LiveRun({ ...plan, scenario }, ports);
  const left = () => live.lines.some((line) => line.type === "customer" && line.does === "leaves");
  await live.begin();
  await live.advance(milliseconds(3_000));
  live.do({ fault: { id: "E3" } });
  await live.advance(milliseconds(60_000));
  assert.ok(live.lines.some((line) => line.type === "screen" && line.screen.page === "welcome"));
  assert.ok(!left(), "nobody said so");
  live.do({ leave: true });
  await live.advance(milliseconds(1_000));
  assert.ok(left());
  const done = await live.end();
  assert.equal((await runPlan(live.plan, ports)).trace.end.root, done.trace.end.root);
});

Deno.test("deeds: a key is told by its place in what the customer knows", () => {
  const knows = { phone: "19900001234", id: "00010119900101001X", pin: "271828" };
  for (const [what, own] of Object.entries(knows)) {
    [...own].forEach((_, index) => {
      for (const typed of "0123456789X") {
        const key = relativeKey(what as keyof typeof knows, index, typed, knows);
        assert.equal(keyOf(key, knows), keyOfCharacter(typed));
        assert.equal(key.includes("+"), own[index] !== typed);
      }
    });
  }
  assert.equal(keyOf("enter", knows), "enter");
});
