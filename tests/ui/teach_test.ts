import assert from "node:assert/strict";
import { readTrace, type TraceLine } from "../../sim/trace/mod.ts";
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { planOf } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { Replay } from "../../ui/app/replay/mod.ts";
import { stepsOf } from "../../ui/app/teach/steps.ts";
import { sampleTrace } from "./sample.ts";

const pipeline = await openModels();
const ports = portsOf(pipeline);
globalThis.addEventListener("unload", () => void pipeline.release());

async function linesOf(name: string): Promise<readonly TraceLine[]> {
  const file = pathOf(new URL(`scenarios/${name}.yaml`, HOME));
  const scenario = await readScenario(file);
  const plan = planOf(scenario, 1, await readProfile(scenario.machine, file));
  return (await runPlan(plan, ports)).trace.lines;
}

Deno.test("lesson: an ordinary visit is told in the order in which the customer sees it", () => {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const kinds = stepsOf(reading.trace.lines).map(({ kind }) => kind);
  const [first, ...rest] = kinds;
  assert.deepEqual([first, rest.at(-1)], ["welcome", "goodbye"]);
  const wanted = ["look", "judging", "number", "pin", "service", "amount", "cash", "receipt"];
  assert.deepEqual(
    kinds.filter((kind) => wanted.includes(kind)).filter((kind, i, all) => all.indexOf(kind) === i),
    wanted,
  );
});

Deno.test("lesson: each step shows what it speaks of", () => {
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const replay = new Replay(reading.trace);
  for (const { kind, n } of stepsOf(reading.trace.lines)) {
    const moment = replay.momentAfter(n);
    if (kind === "cash") assert.equal(moment.cash, "presented");
    if (kind === "receipt") assert.notEqual(moment.receipt, null);
    if (kind === "look") assert.ok(moment.looks.length > 0);
    if (kind === "number") assert.ok(moment.screen?.page === "enter_number");
    if (kind === "goodbye") assert.equal(moment.screen?.page, "goodbye");
  }
});

const ENDINGS = [
  { scenario: "spoof-printed-photo", ends: "not_verified" },
  { scenario: "wrong-pin-three-times", ends: "locked" },
  { scenario: "cassette-jam", ends: "returned" },
  { scenario: "cash-not-taken", ends: "checked" },
] as const;

Deno.test.each(ENDINGS)("lesson: $scenario ends with $ends", async ({ scenario, ends }) => {
  const kinds = stepsOf(await linesOf(scenario)).map(({ kind }) => kind);
  assert.equal(kinds.at(-1), ends);
  if (scenario === "wrong-pin-three-times") assert.ok(kinds.includes("pin_again"));
  if (scenario === "cash-not-taken") {
    assert.deepEqual(kinds.slice(-4), ["cash", "hurry", "taking_back", "checked"]);
  }
});
