/** What a run on somebody else's devices says of itself, nobody can run again: it is asked all the same. */
import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { type Trace, traceHeader, TraceWriter } from "../../sim/trace/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const ELSEWHERE = {
  ...CREDULOUS,
  pinned: { ...CREDULOUS.pinned, devices: "ws://10.0.0.1:5846" },
};

const plan = await planFrom("returning-customer", {});

/** These lines, chained anew. */
function chained({ header }: Trace, lines: Trace["lines"]): Trace {
  const writer = new TraceWriter(traceHeader(header.pinned, header.runtime));
  for (const { n: _n, t, chain: _chain, ...body } of lines) writer.write(micros(t), body);
  return writer.finish();
}

Deno.test("verify: a visit that is cut short anywhere is refused, however it is chained", async () => {
  const honest = (await runPlan(plan, ELSEWHERE)).trace;
  const states = honest.lines.filter((line) => line.type === "state");
  const [begun, over] = [states[1]!.n, states.at(-1)!.n];
  for (let n = begun; n < over; n += 3) {
    const cut = chained(honest, honest.lines.slice(0, n));
    assert.ok(!retakeDecisions(cut, plan).ok, `cut after line ${n} of ${over}, unnoticed`);
  }
  assert.ok(retakeDecisions(honest, plan).ok);
});
