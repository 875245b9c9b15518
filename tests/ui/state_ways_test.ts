/** The session's state chart: which ways it draws, and where. */
import assert from "node:assert/strict";
import { STAGES } from "../../core/locale/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { ORDINARY_WAYS, pathOf, waysAt } from "../../ui/app/panels/state_ways.ts";
import { Replay } from "../../ui/app/replay/mod.ts";
import { sampleTrace } from "./sample.ts";

const reading = readTrace(sampleTrace);
assert.ok(reading.ok);
const replay = new Replay(reading.trace);

Deno.test("state chart: every way of an ordinary withdrawal is drawn before it is taken", () => {
  const drawn = new Set(waysAt([]).map(({ from, to }) => `${from} ${to}`));
  const taken = replay.trace.lines.flatMap((line) =>
    line.type === "state" && line.from !== "out_of_service" && line.to !== "idle"
      ? [`${line.from} ${line.to}`]
      : []
  );
  assert.ok(taken.length > 15);
  assert.deepEqual(taken.filter((way) => !drawn.has(way)), []);
});

Deno.test("state chart: the way just taken is lit, those before it are marked", () => {
  const at = replay.trace.lines.findIndex((line) =>
    line.type === "state" && line.to === "verifying"
  );
  const ways = waysAt(replay.momentAfter(at + 1).visited);
  assert.deepEqual(ways.at(-1), { from: "looking_up", to: "verifying", when: "now" });
  assert.equal(ways.filter(({ when }) => when === "now").length, 1);
  const passed = ways.filter(({ when }) => when === "passed").map(({ to }) => to);
  assert.deepEqual(passed, ["capturing", "assessing", "entering_number", "looking_up"]);
});

Deno.test("state chart: a way that nobody expects is drawn once it is taken", () => {
  const ways = waysAt(["idle", "capturing", "ending"]);
  assert.deepEqual(ways.at(-1), { from: "capturing", to: "ending", when: "now" });
});

Deno.test("state chart: every state has its place in a stage", () => {
  const placed = Object.values(STAGES).flat().toSorted();
  assert.deepEqual(Object.keys(ORDINARY_WAYS).toSorted(), placed);
});

Deno.test("state chart: a way begins and ends at the edges of its nodes", () => {
  const node = (x: number, y: number) => ({ x, y, width: 80, height: 30 });
  assert.match(pathOf(node(0, 0), node(120, 40)), /^M80 15C.* 120 55$/, "to the next stage");
  assert.match(pathOf(node(120, 40), node(0, 0)), /^M120 55C.* 80 15$/, "and back");
  assert.equal(pathOf(node(0, 0), node(0, 40)), "M32 30L32 40", "to the neighbour below");
  assert.match(pathOf(node(0, 0), node(0, 120)), /^M80 15C96 15 96 135 80 135$/, "past others");
});
