/** What a run on somebody else's devices says of itself, nobody can run again: it is asked all the same. */
import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import { mutantCalled, mutated } from "../../sim/campaign/mod.ts";
import {
  newKeys,
  openBundle,
  openSigningKey,
  packBundle,
  retakeDecisions,
  verifyTrace,
} from "../../sim/evidence/mod.ts";
import { type Trace, traceHeader, traceText, TraceWriter } from "../../sim/trace/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const ELSEWHERE = {
  ...CREDULOUS,
  pinned: { ...CREDULOUS.pinned, devices: "ws://10.0.0.1:5846" },
};

/** A trace of a dispenser that pays a note too much, as `run --devices` leaves it. */
const plan = await planFrom("returning-customer", {});
const { trace, findings } = await runPlan(
  plan,
  mutated(ELSEWHERE, mutantCalled("pays-one-more")!),
);

/** These lines, chained anew. */
function chained({ header }: Trace, lines: Trace["lines"]): Trace {
  const writer = new TraceWriter(traceHeader(header.pinned, header.runtime));
  for (const { n: _n, t, chain: _chain, ...body } of lines) writer.write(micros(t), body);
  return writer.finish();
}

/** The checks that are not passed, with the line each names. */
async function refusals(trace: Trace) {
  const checks = await verifyTrace(traceText(trace), () => Promise.resolve(CREDULOUS));
  return checks.filter(({ ok }) => ok === false).map(({ name, line }) => [name, line]);
}

Deno.test("verify: what the oracles found elsewhere is found again", async () => {
  assert.ok(findings.length > 0);
  assert.deepEqual(await refusals(trace), []);
});

Deno.test("verify: a finding that was taken out of a trace is missed at its line", async () => {
  const at = trace.lines.findIndex(({ type }) => type === "oracle");
  const clean = trace.lines.filter(({ type }) => type !== "oracle");
  assert.deepEqual(await refusals(chained(trace, clean)), [["oracles", at + 2]]);
});

Deno.test("verify: a finding that no oracle has is not believed", async () => {
  const found = trace.lines.find(({ type }) => type === "oracle")!;
  const more = trace.lines.toSpliced(40, 0, { ...found, t: trace.lines[39]!.t });
  assert.deepEqual(await refusals(chained(trace, more)), [["oracles", 42]]);
});

Deno.test("verify: lines that no machine writes are refused, and stop nothing", async () => {
  const { trace } = await runPlan(await planFrom("operator-clears-jam", {}), ELSEWHERE);
  const notes = { unit1: { 100: "many" } };
  const lines = trace.lines.map((line) =>
    line.type === "device" && line.device === "cashdispenser"
      ? { ...line, state: { ...line.state, notes } }
      : line
  );
  const refused = await refusals(chained(trace, lines));
  assert.deepEqual(refused.map(([name]) => name), ["oracles"]);
});

Deno.test.each(
  [
    ["a device without a header", { type: "xfs", device: "pinpad", from: "device", message: {} }],
    ["a bank without fields", { type: "host", from: "bank", seen: "received", message: {} }],
    ["a request without fields", { type: "host", from: "atm", seen: "sent", message: {} }],
  ] as const,
)("verify: $0 is refused at its line, and ends nothing", (_, line) => {
  const honest = trace.lines.findIndex(({ type }) => type === "frame");
  const { n, t, chain } = trace.lines[honest]!;
  const more = trace.lines.toSpliced(honest + 1, 0, { ...line, n, t, chain });
  const again = retakeDecisions(chained(trace, more), plan);
  assert.deepEqual(again.ok || [again.line, /^no machine writes this/.test(again.problem)], [
    n + 2,
    true,
  ]);
});

/** What a bundle of this trace tells of the oracles. */
async function packed(trace: Trace): Promise<readonly { line: number; oracle: string }[]> {
  const key = await openSigningKey((await newKeys()).private_pem);
  const run = { name: "visit", text: traceText(trace), trace };
  const files = openBundle(await packBundle([run], null, key!)) as Record<string, Uint8Array>;
  return JSON.parse(new TextDecoder().decode(files["bundle.json"])).runs[0].findings;
}

Deno.test("bundle: what the oracles find is signed, though the trace tells it no more", async () => {
  const told = trace.lines.filter((line) => line.type === "oracle");
  assert.deepEqual(
    await packed(trace),
    told.map(({ n, oracle, finding }) => ({ line: n + 1, oracle, finding })),
  );
  const clean = chained(trace, trace.lines.filter(({ type }) => type !== "oracle"));
  const found = await packed(clean);
  assert.deepEqual(found.map(({ oracle }) => oracle), told.map(({ oracle }) => oracle));
});

Deno.test("verify: a visit that is cut short anywhere is refused, however it is chained", async () => {
  const honest = (await runPlan(plan, ELSEWHERE)).trace;
  const states = honest.lines.filter((line) => line.type === "state");
  const [begun, over] = [states[1]!.n, states.at(-1)!.n];
  for (let n = begun; n < over; n += 7) {
    const cut = chained(honest, honest.lines.slice(0, n));
    assert.ok(!retakeDecisions(cut, plan).ok, `cut after line ${n} of ${over}, unnoticed`);
  }
  assert.ok(retakeDecisions(honest, plan).ok);
});
