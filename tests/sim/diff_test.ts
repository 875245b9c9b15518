import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import { diffTraces, whereTheyPart } from "../../sim/evidence/mod.ts";
import { type Trace, traceHeader, TraceWriter } from "../../sim/trace/mod.ts";

function trace(controls: readonly string[], seed = 1, program = "one"): Trace {
  const writer = new TraceWriter(traceHeader(
    { plan: { seed, scenario: { id: "x" } }, renderer: "r", models: {}, locale: {} },
    { commit: "c", program, v8: "v", platform: "p" },
  ));
  controls.forEach((control, t) => writer.write(micros(t), { type: "touch", control }));
  return writer.finish();
}

Deno.test("diff: two runs that did the same are the same, whatever they ran on", () => {
  const difference = diffTraces(trace(["face", "agree"]), trace(["face", "agree"], 1, "two"));
  assert.equal(difference.same, true);
});

Deno.test("diff: the first line that differs is named, and both sides are told", () => {
  const difference = diffTraces(trace(["face", "agree"]), trace(["face", "decline"]));
  assert.ok(!difference.same);
  assert.deepEqual([difference.where, difference.line, difference.pinned], ["line", 3, []]);
  assert.match(difference.left, /agree/);
  assert.match(difference.right, /decline/);
});

Deno.test("diff: a run that goes on longer parts where the other ends", () => {
  const difference = diffTraces(trace(["face"]), trace(["face", "agree"]));
  assert.ok(!difference.same);
  assert.deepEqual([difference.where, difference.line], ["end", 3]);
});

Deno.test("diff: what the two set out with is told by path", () => {
  const difference = diffTraces(trace(["face"], 1), trace(["face"], 2));
  assert.ok(!difference.same);
  assert.deepEqual([difference.where, difference.pinned], ["pinned", ["plan.seed"]]);
});

Deno.test("diff: of lines too long to read, what stands about the difference is told", () => {
  const receipt = (word: string) => `{"data":"${"A".repeat(3000)}${word}${"B".repeat(3000)}"}`;
  const [one, other] = whereTheyPart(receipt("left"), receipt("right"));
  assert.match(one, /^…A+leftB+…$/);
  assert.match(other, /^…A+rightB+…$/);
  assert.ok(one.length < 500 && other.length < 500);
  const over = "nothing: this run is over";
  const [all, begun] = whereTheyPart(over, receipt("left"));
  assert.equal(all, over);
  assert.match(begun, /^{"data":"A+…$/);
});
