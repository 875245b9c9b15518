/** How fast any moment of a long run can be looked at: a hand on the time line wants it in 50 ms. */
import { assert } from "../../core/assert.ts";
import { micros } from "../../core/units.ts";
import { readTrace, type TraceLine } from "../../sim/trace/mod.ts";
import { Replay } from "../../ui/app/replay/mod.ts";

const LINES = 20_000;

const reading = readTrace(
  await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url)),
);
assert(reading.ok, "the sample trace is whole");
const { trace } = reading;
const lines = Array.from({ length: LINES }, (_, i) => {
  const line = trace.lines[i % trace.lines.length];
  assert(line !== undefined, "a trace has lines");
  return { ...line, n: i + 1, t: i * 1_000 } as TraceLine;
});
const replay = new Replay({ ...trace, lines });

let sought = 0;
Deno.bench(`replay: a seek in a trace of ${LINES} lines`, () => {
  sought = (sought + 9_990_001) % (LINES * 1_000);
  replay.momentAt(micros(sought));
});
