/**
 * The campaign: a short one breaks no sentence, wrong parts are caught and shrunk, and what once went
 * wrong stays right. `deno task campaign` runs the long ones.
 */
import assert from "node:assert/strict";
import { canonicalJson } from "../../core/json.ts";
import { CampaignWorker } from "../../sim/adapters/campaign_worker.ts";
import { HOME, readProfile } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import {
  added,
  Campaign,
  EMPTY_PAGES,
  entriesOf,
  entriesOn,
  type Failure,
  Gallery,
  hangPictures,
  mutantCalled,
  MUTANTS,
  planAt,
  reportHash,
  shrunk,
  TOWN,
  tryPlan,
} from "../../sim/campaign/mod.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { planSchema } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());
const ports = portsOf(pipeline);
const machine = await readProfile("lhasa-lobby", "campaign_test");
const town = TOWN.slice(0, 1);
const gallery = new Gallery(ports);
for (const person of town) await hangPictures(gallery, person);

function campaign(seed: number, mutant: string | null = null): Campaign {
  const generator = { seed, profile: "swarm", machine, town } as const;
  const wrong = mutant === null ? null : mutantCalled(mutant);
  return new Campaign({ generator, gallery, ports, mutant: wrong });
}

async function caught(mutant: string, runs: number): Promise<Failure> {
  const search = campaign(1, mutant);
  for (let index = 0; index < runs; index++) {
    const [failure] = await search.run(index);
    if (failure !== undefined) return failure;
  }
  assert.fail(`${mutant} was not caught in ${runs} runs`);
}

Deno.test("campaign: a hundred and twenty runs break no sentence", async () => {
  const search = campaign(1);
  const found: string[] = [];
  for (let index = 0; index < 120; index++) {
    for (const { oracle, finding } of await search.run(index)) {
      found.push(`run ${index}: ${oracle}: ${finding}`);
    }
  }
  assert.deepEqual(found, []);
  assert(search.tally.recorded > 0, "one of them was recorded in full, and said the same");
});

Deno.test("campaign: the core decides again what the record of any plan says it decided", async () => {
  const wrong: string[] = [];
  for (let index = 200; index < 240; index++) {
    const plan = planAt({ seed: 1, profile: "swarm", machine, town }, index);
    const { trace } = await runPlan(plan, { ...ports, ...gallery.ports() });
    const decisions = retakeDecisions(trace, plan);
    if (!decisions.ok) wrong.push(`run ${index}, line ${decisions.line}: ${decisions.problem}`);
  }
  assert.deepEqual(wrong, []);
});

/** What stood in the way of that: an event at the very end, a device nobody asks, broken contacts. */
for (const id of ["E2", "E10", "K1", "K2", "K3", "K4", "K5", "K9", "K10"]) {
  Deno.test(`campaign: with ${id} breaking early or late the core decides the same again`, async () => {
    for (const at_s of [0, 4.5, 12]) {
      const plan = planAt({ seed: 3, profile: "perf", machine, town }, 0);
      const customer = [
        "show_face" as const,
        { enter: "phone" as const },
        { pin: "correct" as const },
        { choose: "withdraw" as const },
        { amount_yuan: 700 },
        { take: "cash" as const },
      ];
      const scenario = { ...plan.scenario, customer, faults: [{ id, when: { at_s }, for_s: 40 }] };
      const broken = { ...plan, scenario };
      const { trace } = await runPlan(broken, { ...ports, ...gallery.ports() });
      const decisions = retakeDecisions(trace, broken);
      assert.ok(decisions.ok, `${id} at ${at_s} s: ${JSON.stringify(decisions)}`);
    }
  });
}

Deno.test("campaign: two parts in any order give the report of the whole", async () => {
  const [whole, even, odd] = [campaign(5), campaign(5), campaign(5)];
  for (let index = 20; index < 60; index++) await whole.run(index);
  for (let index = 59; index >= 20; index--) await (index % 2 === 0 ? even : odd).run(index);
  const parts = added(odd.tally, even.tally);
  const search = { seed: 5, profile: "swarm", mutant: null, machine: machine.id } as const;
  const five = { ...search, people: 1, from: 20, asked: 40 };
  assert.equal(reportHash(five, parts), reportHash(five, whole.tally));
  const other = campaign(6);
  for (let index = 20; index < 60; index++) await other.run(index);
  assert.notEqual(reportHash(five, other.tally), reportHash(five, whole.tally));
});

for (const mutant of ["forgets-reversal", "liveness-off", "first-frame-only", "no-idle-timer"]) {
  Deno.test(`campaign: the mutant ${mutant} is caught, and its plan is small`, async () => {
    const failure = await caught(mutant, 400);
    const wrong = campaign(1, mutant);
    const breaks = async (plan: Failure["plan"]) =>
      (await tryPlan(plan, wrong.ports)).some(({ oracle }) => oracle === failure.oracle);
    const plan = await shrunk(failure.plan, machine, breaks);
    assert(entriesOf(plan) <= 12, `${entriesOf(plan)} entries`);
    assert(await breaks(plan), "the small plan breaks the same sentence");
    const right = await tryPlan(plan, campaign(1).ports);
    assert.deepEqual(right, [], "and with the right part it breaks none");
  });
}

Deno.test("campaign: what was rendered once is not again, spoilt by a camera's fault or not", async () => {
  const { scenario, ...plan } = planAt({ seed: 9, profile: "perf", machine, town }, 4);
  const faults = [{ id: "C10", when: { at_s: 1 }, for_s: 40 }];
  async function lines(gallery: Gallery): Promise<string> {
    const told: string[] = [];
    const spoilt = { ...plan, scenario: { ...scenario, faults } };
    const hear = (line: unknown) => void told.push(canonicalJson(line));
    await tryPlan(spoilt, { ...ports, ...gallery.ports() }, { hear });
    return told.join("\n");
  }
  const first = new Gallery(ports);
  const before = await lines(first);
  const pages = first.takeLearnt();
  assert(Object.keys(pages.spoilt ?? {}).length > 0, "a spoilt picture is among them");
  const render = () => assert.fail("everything is remembered");
  assert.equal(await lines(new Gallery({ ...ports, render }, pages)), before);
});

Deno.test("campaign: what one worker learns of faces, no other has to work out", async () => {
  async function opened() {
    const worker = new CampaignWorker();
    const setup = { seed: 9, profile: "perf", machine, town, mutant: null } as const;
    await worker.hear({ task: { do: "open", setup }, known: [] });
    await worker.hear({ task: { do: "learn", pages: EMPTY_PAGES }, known: [] });
    return worker;
  }
  const task = { do: "run", indexes: [4, 5] } as const;
  const { learnt } = await (await opened()).hear({ task, known: [] });
  assert(learnt !== null && entriesOn(learnt) > 0, "somebody has to");
  const { answer, learnt: more } = await (await opened()).hear({ task, known: [learnt] });
  assert.deepEqual([answer !== null && "found" in answer && answer.found, more], [[], null]);
});

/** What comes after it may break an assertion as well; the sentence it broke is named. */
for (
  const [mutant, oracle] of [
    ["liveness-off", "judged_whole"],
    ["believes-any-liveness", "judged_whole"],
    ["retries-dispense", "one_debit_per_dispense"],
    ["balance-lies", "balance_true"],
    ["balance-without-face", "three_factors"],
    ["another-amount", "asked_amount"],
    ["captures-kept", "capture_forgotten"],
    ["template-not-deleted", "consent_kept"],
    ["withdrawal-ignored", "consent_kept"],
    ["consent-phone-ignored", "consent_kept"],
    ["faces-never-counted", "faces_counted"],
    ["no-other-way", "way_without_face"],
  ] as const
) {
  Deno.test(`campaign: the mutant ${mutant} breaks the sentence of ${oracle}`, async () => {
    assert.equal((await caught(mutant, 400)).oracle, oracle);
  });
}

Deno.test("campaign: there are at least twenty-five wrong parts, each of its own name", () => {
  assert(MUTANTS.length >= 25, `${MUTANTS.length} mutants`);
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
});

Deno.test("regressions: what once went wrong stays right", async () => {
  const folder = new URL("scenarios/regressions/", HOME);
  const wrong: string[] = [];
  let files = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".json")) continue;
    files++;
    const { plan, shows } = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    assert.equal(typeof shows, "string", `${name} says what it shows`);
    const findings = await tryPlan(planSchema.parse(plan), { ...ports, ...gallery.ports() });
    wrong.push(...findings.map(({ oracle, finding }) => `${name}: ${oracle}: ${finding}`));
    const { trace } = await runPlan(planSchema.parse(plan), { ...ports, ...gallery.ports() });
    const decisions = retakeDecisions(trace, planSchema.parse(plan));
    if (!decisions.ok) wrong.push(`${name}, line ${decisions.line}: ${decisions.problem}`);
  }
  assert(files > 0, "there is at least one");
  assert.deepEqual(wrong, []);
});
