/** The oracle of PIN digits, on a run as it is and on the same run of a pad that talks. */
import assert from "node:assert/strict";
import { pinUnnamed } from "../../sim/oracles/pin_unnamed.ts";
import type { TraceLine } from "../../sim/trace/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

/** A key that the pad reported without its name. */
function isUnnamed(line: TraceLine): boolean {
  if (line.type !== "xfs") return false;
  const { header, payload } = line.message as {
    header: { name: string };
    payload?: { completion?: string; digit?: string };
  };
  return header.name === "Keyboard.KeyEvent" && payload?.completion === "continue" &&
    payload.digit === undefined;
}

function named(line: TraceLine, digit: string): TraceLine {
  assert(line.type === "xfs");
  const payload = { completion: "continue", digit };
  return { ...line, message: { ...line.message, payload } };
}

function found(lines: readonly TraceLine[]): string[] {
  const oracle = pinUnnamed();
  return lines.flatMap((line) => oracle.observe(line) ?? []);
}

Deno.test("oracle: no digit of a PIN is named, and a pad that names one is found out", async () => {
  const { trace, findings } = await runPlan(await planFrom("returning-customer", {}), CREDULOUS);
  assert.deepEqual(findings, []);
  const typed = trace.lines.filter(isUnnamed).length;
  assert.equal(typed, 6, "the six digits of the PIN");
  assert.deepEqual(found(trace.lines), []);
  for (const digit of ["five", "•"]) {
    const talking = trace.lines.map((line) => isUnnamed(line) ? named(line, digit) : line);
    assert.equal(found(talking).length, typed, digit);
  }
});
