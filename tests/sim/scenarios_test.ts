/**
 * The shipped scenarios on the shipped models: they end as they say, and nothing in them is scripted.
 *
 * Every run here renders its pictures and runs its models; the endings are what the core decided.
 */
import assert from "node:assert/strict";
import { HOME, readProfile, readScenario, scenarioNames } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { type Plan, planOf, type Scenario } from "../../sim/plan/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunResult } from "../../sim/world/mod.ts";
import { type StepKind, stepsOf } from "../../ui/app/teach/steps.ts";

const pipeline = await openModels();
const ports = portsOf(pipeline);
globalThis.addEventListener("unload", () => void pipeline.release());

async function scenarioFile(id: string): Promise<Scenario> {
  return await readScenario(new URL(`scenarios/${id}.yaml`, HOME));
}

async function planFor(scenario: Scenario, seed = 1): Promise<Plan> {
  return planOf(scenario, seed, await readProfile(scenario.machine, scenario.id));
}

async function run(scenario: Scenario, seed = 1): Promise<RunResult> {
  return await runPlan(await planFor(scenario, seed), ports);
}

const shipped = new Map<string, Promise<RunResult>>();

/** The run of a scenario as it is shipped: made by the first test that looks at it. */
async function runShipped(id: string): Promise<RunResult> {
  const made = shipped.get(id) ?? run(await scenarioFile(id));
  shipped.set(id, made);
  return await made;
}

/** How the lesson of each ends: a trainer says nothing that the customer's screen does not. */
const LESSON_ENDS: Readonly<Record<string, readonly StepKind[]>> = {
  "cash-not-taken": ["cash", "hurry", "taking_back", "checked"],
  "cassette-jam": ["returned"],
  "consent-declined": ["consent", "other_way"],
  "consent-withdrawn": ["service", "withdraw_consent", "face_deleted"],
  "consent-withdrawn-elsewhere": ["account_refused"],
  "face-covered": ["goodbye"],
  "first-use": ["goodbye"],
  "injected-feed": ["not_verified"],
  "look-alike-sibling": ["not_verified"],
  "look-alike-twin": ["goodbye"],
  "network-drop-after-debit": ["returned"],
  "operator-clears-jam": ["returned", "out_of_service"],
  "power-cut-while-presenting": ["counting", "out_of_service"],
  "receipt-jams": ["cash", "receipt", "goodbye"],
  "returning-customer": ["goodbye"],
  "spoof-eye-hole-print": ["not_verified"],
  "spoof-phone-replay": ["not_verified"],
  "spoof-printed-photo": ["not_verified"],
  "spoof-tablet-video": ["not_verified"],
  "tibetan-session": ["goodbye"],
  "wrong-pin-three-times": ["pin_again", "bank", "locked"],
};

/** Visits that end before a face is looked at: fewer decisions than others. */
const SHORT: Readonly<Record<string, number>> = { "consent-declined": 15 };

for (const id of await scenarioNames()) {
  Deno.test(`scenario ${id}: ends as it says, with every oracle quiet`, async () => {
    const { expectations, findings } = await runShipped(id);
    assert.deepEqual(expectations.filter(({ ok }) => !ok).map(({ text }) => text), []);
    assert.deepEqual(findings, []);
  });

  Deno.test(`scenario ${id}: the core decides the same from what it was told`, async () => {
    const { trace, plan } = await runShipped(id);
    const decisions = retakeDecisions(trace, plan);
    assert.ok(decisions.ok && decisions.decisions > (SHORT[id] ?? 20), JSON.stringify(decisions));
  });

  Deno.test(`scenario ${id}: its lesson ends as the visit does`, async () => {
    const { trace } = await runShipped(id);
    const ends = LESSON_ENDS[id];
    assert.ok(ends !== undefined, "a new scenario says here how its lesson ends");
    assert.deepEqual(stepsOf(trace.lines).map(({ kind }) => kind).slice(-ends.length), ends);
  });
}

Deno.test("scenarios: the same plan gives the same root, another seed another", async () => {
  const scenario = await scenarioFile("returning-customer");
  const first = await run(scenario, 5);
  const again = await run(scenario, 5);
  const other = await run(scenario, 6);
  assert.equal(again.trace.end.root, first.trace.end.root);
  assert.equal(traceText(again.trace), traceText(first.trace));
  assert.notEqual(other.trace.end.root, first.trace.end.root);
});

Deno.test("scenarios: a session's trace stays below one megabyte", async () => {
  for (const id of ["first-use", "wrong-pin-three-times", "network-drop-after-debit"]) {
    const { trace } = await runShipped(id);
    assert.ok(traceText(trace).length <= 1_000_000, id);
  }
});

Deno.test("nothing is scripted: the photo's scenario with the living customer is served", async () => {
  const scenario = await scenarioFile("spoof-printed-photo");
  const { ending } = await run({ ...scenario, at_the_machine: { is: "customer" } });
  assert.deepEqual([ending.outcome, ending.reason], ["served", "cash_taken"]);
});

Deno.test("nothing is scripted: the returning customer's scenario with another face is refused", async () => {
  const scenario = await scenarioFile("returning-customer");
  for (const person of [77, 512]) {
    const { ending } = await run({ ...scenario, at_the_machine: { person } });
    assert.deepEqual([ending.outcome, ending.reason], ["refused", "face_not_matched"]);
    assert.equal(ending.cash_taken, 0);
  }
});

Deno.test("nothing is scripted: who keeps the mask on is told again, and not served", async () => {
  const scenario = await scenarioFile("face-covered");
  const { ending, trace } = await run({ ...scenario, conditions: { wears: ["surgical-mask"] } });
  assert.deepEqual([ending.reason, ending.cash_taken], ["face_unusable", 0]);
  assert.deepEqual(stepsOf(trace.lines).at(-1)?.kind, "not_seen");
});

Deno.test("conditions: what is worn comes off when the screen says that it hides face or eyes", async () => {
  const scenario = await scenarioFile("face-covered");
  const told = { "surgical-mask": "covered", scarf: "covered", sunglasses: "eyes_closed" } as const;
  for (const [worn, instruction] of Object.entries(told)) {
    const conditions = { wears: [worn as keyof typeof told], takes_off: true as const };
    const { ending, trace } = await run({ ...scenario, conditions });
    const looks = trace.lines.flatMap((line) =>
      line.type === "journal" && line.entry.line === "face_assessed" ? [line.entry["detail"]] : []
    );
    assert.deepEqual([worn, ending.reason, ...looks], [worn, "cash_taken", instruction, "live"]);
  }
});

Deno.test("nothing is scripted: a photo of somebody else is an attack too", async () => {
  const scenario = await scenarioFile("returning-customer");
  const people = { ...scenario.people, other: { person: 9, enrolled: false, balance_yuan: 0 } };
  const attack = { attack: "printed-photo", of: "other" } as const;
  const { ending } = await run({ ...scenario, people, at_the_machine: attack });
  assert.equal(ending.reason, "presentation_attack");
});

Deno.test("injection: no pixel shows it, a seal does, and the living customer is sealed", async () => {
  const scenario = await scenarioFile("injected-feed");
  const generated = { injected: "generated", of: "customer" } as const;
  const feed = await run({ ...scenario, at_the_machine: generated });
  assert.deepEqual([feed.ending.outcome, feed.ending.reason], ["refused", "injected_feed"]);
  const alive = await run({ ...scenario, at_the_machine: { is: "customer" } });
  assert.equal(alive.ending.outcome, "served");
  const unsealed = await run({ ...scenario, machine: "lhasa-lobby" });
  assert.equal(unsealed.ending.outcome, "served");
});

Deno.test("scenarios: the same story holds for other seeds", async () => {
  for (const seed of [2, 3, 4]) {
    const served = await run(await scenarioFile("returning-customer"), seed);
    assert.equal(served.ending.outcome, "served", `seed ${seed}`);
    const spoof = await run(await scenarioFile("spoof-phone-replay"), seed);
    assert.equal(spoof.ending.reason, "presentation_attack", `seed ${seed}`);
  }
});

Deno.test("scenarios: the customer's limits are the bank's, whatever the machine asks for", async () => {
  const scenario = await scenarioFile("returning-customer");
  const poor = { customer: { person: 42, enrolled: true, balance_yuan: 100 } };
  const { ending } = await run({ ...scenario, people: poor });
  assert.equal(ending.cash_taken, 0);
  assert.equal(ending.balance, 10_000);
});
