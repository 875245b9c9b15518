/** Thirty seconds, and what a slow mechanism may take beyond them. */
import assert from "node:assert/strict";
import { Heaps } from "../../sim/oracles/heaps.ts";
import type { Line } from "../../sim/oracles/mod.ts";
import { sessionUnderLimit } from "../../sim/oracles/time_limit.ts";

const SECOND = 1_000_000;

/** A session of so many seconds in which somebody who held `before` notes takes `notes` more. */
function session(lasts_s: number, notes: number, before = 0): Line[] {
  const hand = (n: number) => ({ notes: { customer: n === 0 ? {} : { 100: n } } });
  return [
    { n: 1, t: 0, type: "device", device: "cashdispenser", state: hand(before) },
    { n: 2, t: SECOND, type: "journal", wall_ms: 0, entry: { line: "session_started" } },
    { n: 3, t: 9 * SECOND, type: "device", device: "cashdispenser", state: hand(before + notes) },
    { n: 4, t: (1 + lasts_s) * SECOND, type: "outcome", outcome: "served", reason: "cash_taken" },
  ];
}

function finding(lines: readonly Line[], pick_ms: number, fault_free = true): string | null {
  const oracle = sessionUnderLimit({ fault_free, pick_us: pick_ms * 1_000 }, new Heaps());
  return lines.map((line) => oracle.observe(line)).find((found) => found !== null) ?? null;
}

Deno.test("thirty seconds: a machine of five notes a second or more gets none beyond them", () => {
  for (const pick_ms of [60, 160, 200]) {
    assert.equal(finding(session(29.9, 40), pick_ms), null);
    assert.notEqual(finding(session(30, 40), pick_ms), null);
  }
});

Deno.test("thirty seconds: a slow mechanism gets what its notes take longer, and nothing more", () => {
  assert.equal(finding(session(33.9, 10), 600), null);
  assert.equal(finding(session(34, 10), 600), "it lasted 34.0 s of 34.0");
  assert.notEqual(finding(session(30.1, 0), 600), null, "no note, no more time");
  assert.notEqual(
    finding(session(30.1, 0, 10), 600),
    null,
    "an earlier session's notes are its own",
  );
});

Deno.test("thirty seconds: nobody promised them where something breaks", () => {
  assert.equal(finding(session(90, 10), 160, false), null);
});
