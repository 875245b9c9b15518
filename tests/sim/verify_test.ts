import assert from "node:assert/strict";
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import {
  newKeys,
  openBundle,
  openSigningKey,
  packBundle,
  retakeDecisions,
  verifyBundle,
  verifyTrace,
} from "../../sim/evidence/mod.ts";
import { planOf } from "../../sim/plan/mod.ts";
import { readTrace, traceText } from "../../sim/trace/mod.ts";
import { machineStartOf, runPlan, type RunPorts } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";
import { DAMAGES, forged, unchanged } from "./damages.ts";

const pipeline = await openModels();
const ports = portsOf(pipeline);
globalThis.addEventListener("unload", () => void pipeline.release());
const FILE = pathOf(new URL("scenarios/wrong-pin-three-times.yaml", HOME));
const scenario = await readScenario(FILE);
const plan = planOf(scenario, 3, await readProfile(scenario.machine, FILE));
const { trace } = await runPlan(plan, ports);
const text = traceText(trace);
const open = () => Promise.resolve(ports);

Deno.test("verify: an untouched trace is proven, with five answers", async () => {
  const checks = await verifyTrace(text, open);
  assert.deepEqual(
    checks.map(({ name, ok }) => [name, ok]),
    [
      ["chain", true],
      ["models", true],
      ["resimulation", true],
      ["decisions", true],
      ["oracles", true],
    ],
  );
});

Deno.test("verify: where another program wrote what differs, both are named", async () => {
  const commitOf = (commit: string) => ({
    ...CREDULOUS,
    runtime: { ...CREDULOUS.runtime, commit },
  });
  const { trace } = await runPlan(plan, commitOf("a".repeat(40)));
  const resimulated = async (commit: string) => {
    const other: RunPorts = {
      ...commitOf(commit),
      render: (scene) => CREDULOUS.render({ ...scene, noise: scene.noise + 1 }),
    };
    const checks = await verifyTrace(traceText(trace), () => Promise.resolve(other));
    const check = checks.find(({ name }) => name === "resimulation");
    assert.equal(check?.ok, false);
    return check.evidence;
  };
  assert.match(
    await resimulated("b".repeat(40)),
    /again \(written by commit a{7}, run by b{7}\): now/,
  );
  for (const same of ["a".repeat(40), "unknown"]) {
    assert.match(await resimulated(same), /again: now/);
  }
});

Deno.test("verify: a changed byte is refused at its line, without running anything", async () => {
  const at = text.indexOf("pin_refused");
  const line = text.slice(0, at).split("\n").length;
  const changed = text.replace("pin_refused", "pin_accepted");
  const checks = await verifyTrace(changed, () => Promise.reject(new Error("not needed")));
  assert.deepEqual(checks.map(({ name, ok, line }) => ({ name, ok, line })), [
    { name: "chain", ok: false, line },
  ]);
});

Deno.test("verify: a byte order mark in front is a changed byte too", async () => {
  const marked = new TextEncoder().encode(`\ufeff${text}`);
  const [chain] = await verifyTrace(marked, () => Promise.reject(new Error("not needed")));
  assert.deepEqual([chain?.name, chain?.ok, chain?.line], ["chain", false, 1]);
});

Deno.test("verify: a real trace with one byte changed is refused at its line, wherever that is", () => {
  const bytes = new TextEncoder().encode(text);
  const step = Math.ceil(bytes.length / 250);
  for (let at = 0; at < bytes.length; at += step) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (bytes[at] ?? 0) ^ 1;
    const reading = readTrace(new TextDecoder().decode(changed));
    const line = new TextDecoder().decode(bytes.subarray(0, at)).split("\n").length;
    assert.ok(!reading.ok, `byte ${at} of line ${line} changed unnoticed`);
    assert.equal(reading.line, line);
  }
});

Deno.test.each(DAMAGES)("verify: $what is refused under $refusedUnder", async (damage) => {
  const text = damage.damaged(trace);
  const checks = await verifyTrace(text, open);
  assert.equal(checks.find(({ ok }) => ok === false)?.name, damage.refusedUnder);
});

Deno.test("verify: a run on somebody else's devices is proven as far as it can be", async () => {
  const elsewhere = { ...trace.header.pinned, devices: "ws://127.0.0.1:5846" };
  const checks = await verifyTrace(forged(trace, unchanged, elsewhere), open);
  assert.deepEqual(
    checks.map(({ name, ok }) => [name, ok]),
    [
      ["chain", true],
      ["models", true],
      ["resimulation", null],
      ["decisions", true],
      ["oracles", true],
    ],
  );
});

Deno.test.each([
  [
    "a fault that there is not",
    { faults: [{ id: "Z9", when: { at_s: 1 } }] },
    /there is no fault Z9/,
  ],
  [
    "a person twice",
    { people: { customer: { person: 42 }, other: { person: 42 } } },
    /42 is customer/,
  ],
])("verify: a plan with %s cannot be run, and is refused", async (_, change, told) => {
  const plan = { ...trace.header.pinned.plan, scenario: { ...scenario, ...change } };
  const checks = await verifyTrace(forged(trace, unchanged, { ...ports.pinned, plan }), open);
  const refused = checks.find(({ ok }) => ok === false);
  assert.deepEqual([refused?.name, refused?.line], ["resimulation", 1]);
  assert.match(refused?.evidence ?? "", /the plan cannot be run/);
  assert.match(refused?.evidence ?? "", told);
});

Deno.test("verify: a trace changed and chained anew is refused at the changed line", async () => {
  const forgery = forged(
    trace,
    (body) =>
      body.type === "outcome" ? { type: "outcome", outcome: "served", reason: "cash_taken" } : body,
  );
  const checks = await verifyTrace(forgery, open);
  const at = trace.lines.findIndex(({ type }) => type === "outcome") + 2;
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ name, line }) => [name, line]),
    [["resimulation", at], ["decisions", at]],
  );
});

Deno.test("verify: the core decides the same where people come one after another", async () => {
  const file = pathOf(new URL("scenarios/returning-customer.yaml", HOME));
  const scenario = await readScenario(file);
  const neighbour = { person: 43, enrolled: true, balance_yuan: 8_600 };
  const visit = {
    after_s: 2,
    at_the_machine: { is: "neighbour" },
    customer: [
      "show_face" as const,
      { enter: "phone" as const },
      { pin: "correct" as const },
      { choose: "withdraw" as const },
      { amount_yuan: 700 },
      { take: "cash" as const },
    ],
  };
  const { people } = scenario;
  const both = { ...scenario, people: { ...people, neighbour }, visits: [visit] };
  const plan = planOf(both, 3, await readProfile(scenario.machine, file));
  const { trace } = await runPlan(plan, ports);
  const served = trace.lines.filter((line) => line.type === "outcome" && line.outcome === "served");
  assert.equal(served.length, 2, "both were served");
  const decisions = retakeDecisions(trace, plan);
  assert.ok(decisions.ok, JSON.stringify(decisions));
});

Deno.test("verify: a run is proven in whatever order a file lists its people", async () => {
  const z = { person: 42, enrolled: true, balance_yuan: 8_600 };
  const people = { z, a: { person: 43, enrolled: false, balance_yuan: 100 } };
  // Whoever is not listed uses the number of the first who is.
  const presences = [{ is: "z" }, { person: 77 }];
  for (const at_the_machine of presences) {
    const plan = await planFrom("returning-customer", { people, at_the_machine });
    const { trace } = await runPlan(plan, CREDULOUS);
    const checks = await verifyTrace(traceText(trace), () => Promise.resolve(CREDULOUS));
    assert.deepEqual(checks.filter(({ ok }) => !ok), []);
  }
});

Deno.test.each([["E11", 3_600_000], ["N15", -420_000]] as const)(
  "verify: under %s the journal is stamped with the clock that the machine has, and proven",
  async (id, ahead_ms) => {
    const at_s = 8;
    const plan = await planFrom("returning-customer", { faults: [{ id, when: { at_s } }] });
    const { trace } = await runPlan(plan, CREDULOUS);
    const wrong = trace.lines.flatMap((line) => {
      if (line.type !== "journal") return [];
      const right = machineStartOf(plan.scenario) + Math.floor(line.t / 1000);
      return [[line.t > at_s * 1e6, line.wall_ms - right]];
    });
    assert.deepEqual(wrong.filter(([late, by]) => by !== (late ? ahead_ms : 0)), []);
    assert.ok(wrong.some(([late]) => late) && wrong.some(([late]) => !late));
    const decisions = retakeDecisions(trace, plan);
    assert.ok(decisions.ok, JSON.stringify(decisions));
  },
);

Deno.test("verify: codes on the line are no decisions of the core's", async () => {
  const file = pathOf(new URL("scenarios/network-drop-after-debit.yaml", HOME));
  const scenario = await readScenario(file);
  const profile = await readProfile(scenario.machine, file);
  const policies = { ...profile.policies, message_mac: "required" as const };
  const plan = planOf(scenario, 3, { ...profile, policies });
  const { trace, findings } = await runPlan(plan, ports);
  assert.deepEqual(findings, []);
  const decisions = retakeDecisions(trace, plan);
  assert.ok(decisions.ok, JSON.stringify(decisions));
});

Deno.test("verify: a damaged signature is refused under chain, a signed lie under oracles", async () => {
  const { private_pem } = await newKeys();
  const key = await openSigningKey(private_pem);
  const packed = openBundle(await packBundle([{ name: "visit", text, trace }], "{}", key!));
  const files = packed as Record<string, Uint8Array>;
  const proven = await verifyBundle(files, key!.public_pem, open);
  assert.deepEqual(proven.map(({ ok }) => ok), [true, true, true, true, true]);
  const told = JSON.parse(new TextDecoder().decode(files["bundle.json"]));
  told.runs[0].findings.push({ line: 9, oracle: "one_debit", finding: "debited twice" });
  const signed = new TextEncoder().encode(JSON.stringify(told));
  const lied = { ...files, "bundle.json": signed, "bundle.sig": await key!.sign(signed) };
  const doubted = await verifyBundle(lied, key!.public_pem, open);
  assert.deepEqual(doubted.filter(({ ok }) => !ok).map(({ name }) => name), ["oracles"]);
  const signature = files["bundle.sig"]!.with(7, files["bundle.sig"]![7]! ^ 1);
  const refused = await verifyBundle({ ...files, "bundle.sig": signature }, null, open);
  assert.deepEqual(refused.map(({ name, ok }) => [name, ok]), [["chain", false]]);
});

Deno.test("verify: a trace of other models is refused by name", async () => {
  const models = { ...ports.pinned.models, embedder: "0".repeat(64) };
  const other = { ...ports, pinned: { ...ports.pinned, models } };
  const checks = await verifyTrace(text, () => Promise.resolve(other));
  const failed = checks.find(({ ok }) => !ok);
  assert.equal(failed?.name, "models");
  assert.match(failed.evidence, /models\.embedder/);
});
