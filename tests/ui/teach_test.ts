import assert from "node:assert/strict";
import { machineText, screenTexts } from "../../core/locale/mod.ts";
import { readTrace, type TraceLine } from "../../sim/trace/mod.ts";
import { Replay } from "../../ui/app/replay/mod.ts";
import { stepsOf } from "../../ui/app/teach/steps.ts";
import { everyScreen } from "../fixtures/every_screen.ts";
import { sampleTrace } from "./sample.ts";

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

Deno.test("lesson: a reason is said to be kept back exactly where the screen keeps it back", () => {
  const kept = machineText("en", "page-sorry-not_verified");
  for (const screen of everyScreen("en")) {
    const [step] = stepsOf([
      { n: 1, type: "screen", screen: { ...screen } } as unknown as TraceLine,
    ]);
    const silent = screenTexts(screen).body === kept;
    assert.equal(step?.kind === "not_verified", silent, JSON.stringify(screen));
  }
});
